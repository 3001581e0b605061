import test from 'ava';
import fc from 'fast-check';
import { createActor, createMachine } from 'xstate';
import { MILLISECOND, SECOND, VirtualClock } from './clock.ts';

test('events run in order of time, and in order of scheduling on a tie', (t) => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.schedule(20, () => ran.push('b'));
  clock.schedule(10, () => ran.push('a'));
  clock.schedule(20, () => ran.push('c'));
  clock.runUntil(30);
  t.deepEqual(ran, ['a', 'b', 'c']);
  t.is(clock.now(), 30);
});

test('any schedule runs as a stable sort by deadline would order it', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 200 }), fc.array(fc.nat(199)), (delays, cancelled) => {
      const clock = new VirtualClock();
      const ran: number[] = [];
      const ids = delays.map((delay, index) => clock.schedule(delay, () => ran.push(index)));
      for (const index of cancelled) if (ids[index] !== undefined) clock.cancel(ids[index]);
      clock.runUntil(100);
      const expected = delays
        .map((delay, index) => ({ delay, index }))
        .filter(({ index }) => !cancelled.includes(index))
        .sort((a, b) => a.delay - b.delay || a.index - b.index)
        .map(({ index }) => index);
      t.deepEqual(ran, expected);
      t.is(clock.pending, 0);
    }),
  );
});

test('a timer set by a timer fires at its own deadline, within the same run', (t) => {
  const clock = new VirtualClock();
  const at: number[] = [];
  clock.schedule(10, () => clock.schedule(5, () => at.push(clock.now())));
  clock.schedule(15, () => at.push(-clock.now()));
  clock.runUntil(100);
  t.deepEqual(at, [-15, 15], 'the timer scheduled first goes first on the tie');
});

test('thousands of pending events survive growth of the queue', (t) => {
  const clock = new VirtualClock();
  let sum = 0;
  for (let i = 5_000; i > 0; i--) clock.schedule(i, () => (sum += clock.now() === i ? 1 : 0));
  clock.runUntil(5_000);
  t.is(sum, 5_000);
  t.is(clock.next(), undefined);
  t.false(clock.step());
});

test('negative and fractional delays never run in the past', (t) => {
  const clock = new VirtualClock();
  clock.runUntil(7);
  const at: number[] = [];
  clock.schedule(-5, () => at.push(clock.now()));
  clock.schedule(0.2, () => at.push(clock.now()));
  clock.runUntil(9);
  t.deepEqual(at, [7, 8]);
});

test("XState's `after` runs on the clock, in milliseconds", (t) => {
  const clock = new VirtualClock();
  const machine = createMachine({
    initial: 'waiting',
    states: { waiting: { after: { 1500: 'first' } }, first: { after: { 500: 'done' } }, done: {} },
  });
  const actor = createActor(machine, { clock }).start();
  clock.runUntil(2 * SECOND - MILLISECOND);
  t.is(actor.getSnapshot().value, 'first');
  clock.runUntil(2 * SECOND);
  t.is(actor.getSnapshot().value, 'done');
});
