/** Photographs before the real reader: a good one reads, and each thing that goes wrong makes one that does not, by itself. */
import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { photograph, renderQr, type PhotographOptions } from '../hardware/index.ts';
import { loadQrReader } from './qr-reader.ts';

const readQr = await loadQrReader();
const octets = new SeededRandom('code').stream('octets').octets(900);
const sheet = renderQr(octets);
const GOOD: PhotographOptions = { centimetres: 30, degrees: 0, glare: false, hurried: false };

/** How many of five photographs the reader reads, each of them rightly. */
function readOf(
  t: { deepEqual: (a: unknown, b: unknown) => unknown },
  change: Partial<PhotographOptions> = {},
): number {
  let count = 0;
  for (let n = 0; n < 5; n++) {
    const random = new SeededRandom(`hand ${n}`).stream('camera');
    const [found] = readQr(photograph(sheet, { ...GOOD, ...change }, random));
    if (found === undefined) continue;
    t.deepEqual(Buffer.compare(found, octets), 0);
    count++;
  }
  return count;
}

test('from near and straight ahead the code reads, and from the side as far as a plane can', (t) => {
  t.true(readOf(t) >= 4);
  t.true(readOf(t, { degrees: 20 }) >= 3);
  t.is(readOf(t, { degrees: 75 }), 0);
});

test('from across the room, in a hurry, or with a light on it, it does not', (t) => {
  t.is(readOf(t, { centimetres: 400 }), 0);
  t.is(readOf(t, { hurried: true }), 0);
  t.true(readOf(t, { glare: true }) <= 1);
});

test('the same hand takes the same picture, and another hand another', (t) => {
  const taken = (seed: string) => photograph(sheet, GOOD, new SeededRandom(seed).stream('camera'));
  t.deepEqual(taken('a'), taken('a'));
  t.notDeepEqual(taken('a').pixels, taken('b').pixels);
});
