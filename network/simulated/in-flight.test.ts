import test from 'ava';
import * as fc from 'fast-check';
import { InFlight } from './in-flight.ts';

test('packets leave in the order of (arrival, departure), however they came', (t) => {
  const step = fc.oneof(fc.nat(20), fc.constant('take' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = new InFlight<number>();
      const model: { time: number; item: number }[] = [];
      steps.forEach((time, item) => {
        if (time === 'take') {
          t.is(queue.shift(), model.shift()?.item);
        } else {
          queue.push(time, item);
          model.push({ time, item });
          model.sort((a, b) => a.time - b.time);
        }
      });
    }),
  );
});
