import test from 'ava';
import * as fc from 'fast-check';
import { SeededRandom } from '../../sim/random.ts';
import { decodeG711, encodeG711 } from './g711.ts';
import { Playout } from './playout.ts';

/** A payload whose octets tell where they belong. */
const frameOf = (n: number): Uint8Array => Uint8Array.from({ length: 160 }, (_, i) => (n * 31 + i) & 0x7e);

test('whatever is lost, doubled or out of order: each sample stands in its place or is silent', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 80, size: 'large' }),
      (start, frames) => {
        const playout = new Playout();
        for (const n of frames) {
          t.true(playout.add((start + n * 160) >>> 0, frameOf(n)));
        }
        const first = Math.min(...frames);
        const last = Math.max(...frames);
        const samples = playout.toSamples();
        t.is(samples.length, (last - first + 1) * 160);
        const arrived = new Set(frames);
        for (let n = first; n <= last; n++) {
          const heard = samples.slice((n - first) * 160, (n - first + 1) * 160);
          t.deepEqual(heard, arrived.has(n) ? decodeG711(frameOf(n)) : new Int16Array(160), `frame ${n}`);
        }
        t.is(playout.dropped, 0);
      },
    ),
  );
});

test('the order of arrival does not matter', (t) => {
  const random = new SeededRandom('playout').stream('order');
  const order = Array.from({ length: 50 }, (_, n) => n).filter((n) => n % 7 !== 3);
  const inOrder = new Playout();
  for (const n of order) inOrder.add(n * 160, frameOf(n));
  const shuffled = new Playout();
  for (const n of order.map((n) => [random.uint32(), n] as const).sort((a, b) => a[0] - b[0])) {
    shuffled.add(n[1] * 160, frameOf(n[1]));
  }
  t.deepEqual(shuffled.toSamples(), inOrder.toSamples());
});

test('the timestamp may pass 2^32 more than once, forwards and back', (t) => {
  const playout = new Playout({ samplesMax: 2 ** 30 });
  t.true(playout.add(0xffffffff, Uint8Array.of(0x80)));
  t.true(playout.add(1, Uint8Array.of(0x80)));
  t.true(playout.add(0xfffffffd, Uint8Array.of(0x80)));
  t.deepEqual([...playout.toSamples()], [32_124, 0, 32_124, 0, 32_124]);
});

test('where two payloads overlap, the first to arrive is heard', (t) => {
  const playout = new Playout();
  playout.add(100, encodeG711(Int16Array.of(8, 8, 8)));
  playout.add(101, encodeG711(Int16Array.of(-120, -120, -120)));
  t.deepEqual([...playout.toSamples()], [8, 8, 8, -120]);
});

test('the A-law is played as the A-law', (t) => {
  const playout = new Playout({ law: 'A-law' });
  playout.add(0, encodeG711(Int16Array.of(1_000), 'A-law'));
  t.deepEqual(playout.toSamples(), decodeG711(encodeG711(Int16Array.of(1_000), 'A-law'), 'A-law'));
});

test('nothing received is no sound', (t) => {
  t.is(new Playout().toSamples().length, 0);
});

test('a peer cannot make a recording grow without end', (t) => {
  const playout = new Playout({ samplesMax: 1_000 });
  t.true(playout.add(0, new Uint8Array(160)));
  t.false(playout.add(0x7fffffff, new Uint8Array(160)), 'far ahead');
  t.false(playout.add(0x80000000, new Uint8Array(160)), 'far behind');
  t.false(playout.add(841, new Uint8Array(160)), 'one sample too far');
  t.false(playout.add(160, new Uint8Array(0)), 'nothing at all');
  t.true(playout.add(840, new Uint8Array(160)));
  for (let i = 0; i < 4; i++) t.true(playout.add(840, new Uint8Array(160)));
  t.false(playout.add(840, new Uint8Array(160)), 'the same place again and again');
  t.is(playout.dropped, 5);
  t.is(playout.toSamples().length, 1_000);
});
