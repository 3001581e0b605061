import test from 'ava';
import * as fc from 'fast-check';
import { renderQr, type GrayImage } from '../hardware/index.ts';
import { loadQrReader } from './qr-reader.ts';
import { remembering } from './readings.ts';

/** A reader that says what it was given, and how often it was asked. */
function countingReader(): { read: (image: GrayImage) => readonly Uint8Array[]; count: () => number } {
  let count = 0;
  return {
    read: ({ width, height, pixels }) => {
      count++;
      return [Uint8Array.of(width, height, ...pixels), Uint8Array.of(count)];
    },
    count: () => count,
  };
}

const picture = fc
  .record({ width: fc.integer({ min: 1, max: 3 }), height: fc.integer({ min: 1, max: 3 }) })
  .chain(({ width, height }) => {
    const length = width * height;
    const pixels = fc.array(fc.constantFrom(0, 255), { minLength: length, maxLength: length });
    return pixels.map((values) => ({ width, height, pixels: Uint8Array.from(values) }));
  });

test('what is remembered is what the reader gives for exactly these pixels, in any order of pictures', (t) => {
  fc.assert(
    fc.property(fc.array(picture, { maxLength: 60 }), (pictures) => {
      const { read } = countingReader();
      const remembered = remembering(read, 4);
      for (const image of pictures) t.deepEqual(remembered(image)[0], read(image)[0]);
    }),
  );
});

test('a picture is read once, until so many others came after it', (t) => {
  const { read, count } = countingReader();
  const remembered = remembering(read, 2);
  const images = [0, 1, 2].map((grey) => ({ width: 2, height: 1, pixels: Uint8Array.of(grey, 7) }));
  const [a, b, c] = images;
  if (a === undefined || b === undefined || c === undefined) return t.fail();
  for (const image of [a, b, a, { ...a, pixels: a.pixels.slice() }]) remembered(image);
  t.is(count(), 2);
  for (const image of [c, a]) remembered(image);
  t.is(count(), 3, 'b came first, but a was asked for later');
  remembered(b);
  t.is(count(), 4);
});

test('the same pixels in another shape are another picture', (t) => {
  const { read, count } = countingReader();
  const remembered = remembering(read, 8);
  const pixels = Uint8Array.of(0, 255, 255, 0);
  for (const [width, height] of [
    [2, 2],
    [4, 1],
    [1, 4],
  ] as const)
    t.deepEqual(remembered({ width, height, pixels })[0], Uint8Array.of(width, height, ...pixels));
  t.is(count(), 3);
});

test('whoever draws on a picture, or on what was read, changes nothing that is remembered', (t) => {
  const { read } = countingReader();
  const remembered = remembering(read, 8);
  const image = { width: 2, height: 1, pixels: Uint8Array.of(1, 2) };
  remembered(image)[0]?.fill(9);
  t.deepEqual(remembered(image)[0], Uint8Array.of(2, 1, 1, 2));
  image.pixels[1] = 3;
  t.deepEqual(remembered(image)[0], Uint8Array.of(2, 1, 1, 3));
  image.pixels[1] = 2;
  t.deepEqual(remembered(image)[0], Uint8Array.of(2, 1, 1, 2));
});

test('a reader that throws is asked again', (t) => {
  let asked = 0;
  const remembered = remembering(() => {
    asked++;
    throw new Error('no memory');
  }, 8);
  const image = { width: 1, height: 1, pixels: Uint8Array.of(1) };
  t.throws(() => remembered(image));
  t.throws(() => remembered(image));
  t.is(asked, 2);
});

test('the real reader sees every pixel that was changed since', async (t) => {
  const readQr = await loadQrReader();
  const image = renderQr(Uint8Array.of(1, 2, 3));
  t.deepEqual(readQr(image), [Uint8Array.of(1, 2, 3)]);
  const white = { ...image, pixels: new Uint8Array(image.pixels.length).fill(255) };
  t.deepEqual(readQr(white), []);
  image.pixels.fill(255);
  t.deepEqual(readQr(image), []);
});
