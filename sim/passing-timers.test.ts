import test from 'ava';
import fc from 'fast-check';
import { PassingTimers } from './passing-timers.ts';

/** What is done next: so many are set, one of those that were is taken out, or the ids of so many go to timers of the other kind. */
const STEPS = fc.array(
  fc.oneof(
    fc.record({ set: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ take: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) }),
    fc.record({ pass: fc.integer({ min: 1, max: 5_000 }) }),
  ),
  { maxLength: 100 },
);

/** Ids of a long run do not fit into 32 bits. */
const FIRST = fc.constantFrom(1, 2 ** 31 - 500, 2 ** 32 - 500, 2 ** 45);

test('a function is found by its id, and once, however many ids have passed since', (t) => {
  fc.assert(
    fc.property(FIRST, STEPS, (first, steps) => {
      const timers = new PassingTimers();
      const expected = new Map<number, () => void>();
      let next = first;
      for (const step of steps) {
        if ('pass' in step) next += step.pass;
        else if ('set' in step)
          for (let each = 0; each < step.set; each++, next++) {
            const action = (): void => undefined;
            timers.set(next, action);
            expected.set(next, action);
          }
        else {
          const id = Math.floor(step.take * (next - first)) + first;
          t.is(timers.take(id), expected.get(id));
          expected.delete(id);
          t.is(timers.take(id), undefined);
        }
        t.is(timers.size, expected.size);
      }
      for (let id = first; id <= next; id += 37) t.is(timers.has(id), expected.has(id));
      for (const [id, action] of expected) t.is(timers.take(id), action);
      t.is(timers.size, 0);
    }),
  );
});

test('one that is never due does not stand in the way of those that come after it', (t) => {
  const timers = new PassingTimers();
  const first = (): void => undefined;
  timers.set(1, first);
  for (let id = 2; id < 50_000; id++) {
    timers.set(id, () => undefined);
    t.truthy(timers.take(id));
  }
  t.is(timers.size, 1);
  t.is(timers.take(1), first);
});
