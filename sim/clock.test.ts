import test from 'ava';
import fc from 'fast-check';
import { VirtualClock, type TimerOwner } from './clock.ts';

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

/** Notes what its timers say. */
function owner(timerName: string, told: string[]): TimerOwner {
  return {
    timerName,
    timerFired: (action, data) => void told.push(`${timerName} ${action} ${JSON.stringify(data)}`),
  };
}

test('timers of both kinds are in one order', (t) => {
  const clock = new VirtualClock();
  const told: string[] = [];
  clock.arm(20, owner('a', told), 'second', { of: 1 });
  clock.schedule(20, () => told.push('third'));
  clock.arm(10, owner('b', told), 'first');
  clock.runUntil(20);
  t.deepEqual(told, ['b first undefined', 'a second {"of":1}', 'third']);
});

test('a clock is taken up again where it was kept, by those who claim their timers', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(50), fc.nat(2))),
      fc.array(fc.nat(60)),
      fc.nat(50),
      (set, cancelled, at) => {
        const clock = new VirtualClock();
        const told: string[] = [];
        const owners = ['a', 'b', 'c'].map((name) => owner(name, told));
        const ids = set.map(([delay, who], index) =>
          clock.arm(delay, owners[who] ?? owner('d', told), `${index}`),
        );
        for (const index of cancelled) if (ids[index] !== undefined) clock.cancel(ids[index]);
        clock.runUntil(at);
        const again = new VirtualClock(structuredClone(clock.save()));
        t.deepEqual(again.save(), clock.save());
        const toldAgain: string[] = [];
        for (const name of ['a', 'b', 'c']) again.claim(owner(name, toldAgain));
        t.deepEqual(again.unclaimed, []);
        told.length = 0;
        t.is(clock.arm(1, owner('d', told), 'next'), again.arm(1, owner('d', toldAgain), 'next'));
        clock.runUntil(100);
        again.runUntil(100);
        t.deepEqual(toldAgain, told);
      },
    ),
  );
});

test('who claims is given the timers that were left, and can cancel them', (t) => {
  const clock = new VirtualClock();
  const told: string[] = [];
  clock.arm(30, owner('a', told), 'late');
  clock.arm(10, owner('a', told), 'soon', 7);
  const again = new VirtualClock(clock.save());
  const left = again.claim(owner('a', told));
  t.deepEqual(left, [
    { id: 2, at: 10, owner: 'a', action: 'soon', data: 7 },
    { id: 1, at: 30, owner: 'a', action: 'late', data: undefined },
  ]);
  t.deepEqual(again.claim(owner('a', told)), [], 'once');
  again.cancel(2);
  again.runUntil(50);
  t.deepEqual(told, ['a late undefined']);
});

test('a timer that was kept and that nobody claims is a defect when it is due, and so is a passing one that would be kept', (t) => {
  const clock = new VirtualClock();
  clock.arm(10, owner('nobody', []), 'ring');
  const again = new VirtualClock(clock.save());
  t.deepEqual(again.unclaimed, ['nobody']);
  t.throws(() => again.runUntil(10), { message: /nobody/ });
  clock.schedule(5, () => undefined);
  t.is(clock.passing, 1);
  t.throws(() => clock.save(), { message: /passing/ });
});

test('cancelling what was never set, such as 0, leaves the clock as it was', (t) => {
  const clock = new VirtualClock();
  for (const id of [0, -1, 1, 64, NaN]) clock.cancel(id);
  t.is(clock.passing, 0);
  t.is(clock.pending, 0);
  t.deepEqual(clock.save().timers, []);
});

test('cancelled timers leave the queue', (t) => {
  const clock = new VirtualClock();
  for (let set = 0; set < 10_000; set++) {
    clock.cancel(clock.schedule(1_000_000 + set, () => undefined));
    clock.cancel(clock.arm(1_000_000 + set, owner('a', []), 'again'));
  }
  t.is(clock.pending, 0);
  t.true(clock.queued < 200, `${clock.queued} are left`);
});
