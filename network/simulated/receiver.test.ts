/** The receiving half alone, against a plain array. */
import test from 'ava';
import * as fc from 'fast-check';
import { concat } from '../../sim/octets.ts';
import { Receiver } from './receiver.ts';
import { positionOf, sequenceOf, WINDOW } from './segment.ts';

test('segments in any order, repeated and overlapping, give the stream once', (t) => {
  const cut = fc.record({ at: fc.nat(999), length: fc.integer({ min: 1, max: 200 }) });
  fc.assert(
    fc.property(fc.array(cut, { maxLength: 40 }), (cuts) => {
      const whole = new Uint8Array(1000).map((_, i) => i * 7);
      // The cuts come first, then all of it in pieces, so that the end is always reached.
      const pieces = Array.from({ length: 10 }, (_, i) => ({ at: i * 100, length: 100 }));
      const receiver = new Receiver();
      const received: Uint8Array[] = [];
      for (const { at, length } of [...cuts, ...pieces.toReversed()]) {
        const octets = whole.subarray(at, at + length);
        received.push(...receiver.take(at + 1, octets, at + length >= 1000));
      }
      t.is(Buffer.compare(concat(...received), whole), 0);
      t.true(receiver.finished);
      t.is(receiver.next, 1002);
    }),
    { numRuns: 300 },
  );
});

test('nothing beyond the window is taken', (t) => {
  const receiver = new Receiver();
  t.deepEqual(receiver.take(WINDOW + 1, Uint8Array.of(1), false), []);
  t.deepEqual(receiver.take(WINDOW, Uint8Array.of(1), false), []);
  t.is(concat(...receiver.take(1, new Uint8Array(WINDOW - 1), false)).length, WINDOW);
  t.false(receiver.isInWindow(WINDOW));
  t.true(receiver.isInWindow(WINDOW + 1));
});

test('positions survive the wrap of sequence numbers', (t) => {
  fc.assert(
    fc.property(
      fc.nat(0xffffffff),
      fc.nat({ max: 2 ** 40 }),
      fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }),
      (initial, near, distance) => {
        t.is(positionOf(initial, sequenceOf(initial, near + distance), near), near + distance);
      },
    ),
  );
});
