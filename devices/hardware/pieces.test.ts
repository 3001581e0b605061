import test from 'ava';
import { loadQrReader } from '../zxing/qr-reader.ts';
import { SeededRandom } from '../../sim/random.ts';
import { cutUp, readPieces, withoutSome, type Cut } from './pieces.ts';
import { renderQr } from './qr-image.ts';

const SEEDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Of how many prints the code is read when they are cut up so, and so many pieces are elsewhere. */
async function readOf(cut: Cut, lost = 0, seeds = SEEDS): Promise<number> {
  const readQr = await loadQrReader();
  return seeds.filter((seed) => {
    const random = new SeededRandom(seed).stream('shredder');
    const code = random.octets(500);
    const pieces = withoutSome(cutUp(renderQr(code), cut, random), lost, random);
    const [read] = readPieces(pieces, readQr);
    return read !== undefined && Buffer.compare(read, code) === 0;
  }).length;
}

test('pieces are the whole print, and no pixel more', (t) => {
  const random = new SeededRandom('whole').stream('shredder');
  const image = renderQr(random.octets(300));
  const area = (pieces: readonly { readonly width: number; readonly height: number }[]): number =>
    pieces.reduce((sum, { width, height }) => sum + width * height, 0);
  for (const cut of [{ widthMm: 12 }, { widthMm: 2, heightMm: 2 }])
    t.is(area(cutUp(image, cut, random)), image.pixels.length);
});

test('strips of one bin are put together, whatever order they lie in', async (t) => {
  t.is(await readOf({ widthMm: 30 }), SEEDS.length);
  t.is(await readOf({ widthMm: 12 }), SEEDS.length);
});

test('what is missing is more than the error correction bears, or is not: the reader decides', async (t) => {
  t.true((await readOf({ widthMm: 6 }, 0)) < SEEDS.length, 'narrow strips are not all told apart');
  t.is(await readOf({ widthMm: 12 }, 4), 0);
  const many = Array.from({ length: 16 }, (_, n) => `seed-${n}`);
  t.true((await readOf({ widthMm: 12 }, 1, many)) > 0, 'one strip of eight is borne sometimes');
});

test('particles a few modules small leave nothing to go by', async (t) => {
  t.is(await readOf({ widthMm: 2, heightMm: 2 }), 0);
});

test('nothing is read of nothing', async (t) => {
  t.deepEqual(readPieces([], await loadQrReader()), []);
});
