import test from 'ava';
import * as fc from 'fast-check';
import { concat } from '../../sim/octets.ts';
import { OctetQueue } from './octet-queue.ts';

test('what goes in comes out in order, whatever the pieces, and belongs to whoever took it', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.uint8Array({ maxLength: 50 }), fc.nat({ max: 60 })), { maxLength: 40 }),
      (steps) => {
        const queue = new OctetQueue();
        let waiting = new Uint8Array(0);
        for (const [octets, wanted] of steps) {
          queue.push(octets);
          waiting = concat(waiting, octets);
          octets.fill(0);
          t.is(queue.length, waiting.length);
          for (const index of [0, 3, waiting.length]) t.is(queue.at(index), waiting[index] ?? 0);
          const length = Math.min(wanted, waiting.length);
          const taken = queue.take(length);
          t.deepEqual(taken, waiting.slice(0, length));
          taken.fill(0);
          waiting = waiting.slice(length);
        }
        t.deepEqual(queue.take(queue.length), waiting);
        t.is(queue.length, 0);
      },
    ),
  );
});
