import test from 'ava';
import * as fc from 'fast-check';
import {
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  VirtualClock,
  type ClockState,
  type TimerOwner,
} from '../../sim/clock.ts';
import { RealTimeClock, type RealTimeClockState } from './real-time-clock.ts';

/** 2015-10-31T23:00:00Z, an hour before a month ends. */
const BEGINS = 1_446_332_400_000;
const MIDNIGHT = BEGINS + 3_600_000;

function clocks(options: { offsetMs?: number; driftPpm?: number } = {}) {
  const virtual = new VirtualClock();
  return { virtual, wall: new RealTimeClock(virtual, { beginsUnixMs: BEGINS, ...options }) };
}

/** Sets an alarm that nobody else has. */
function at(wall: RealTimeClock, unixMs: number, action: () => void): void {
  const timerName = `owner ${wall.save().alarms.length}`;
  wall.alarm(unixMs, { timerName, timerFired: action }, 'ring');
}

test('a right clock shows the begin plus virtual time', (t) => {
  const { virtual, wall } = clocks();
  t.is(wall.unixMs(), BEGINS);
  virtual.runUntil(90 * SECOND);
  t.is(wall.unixMs(), BEGINS + 90_000);
});

test('a clock of a device that starts later shows the same time', (t) => {
  const virtual = new VirtualClock();
  virtual.runUntil(HOUR);
  t.is(new RealTimeClock(virtual, { beginsUnixMs: BEGINS, offsetMs: -500 }).unixMs(), MIDNIGHT - 500);
});

test('offset and drift add up in whole numbers', (t) => {
  const { virtual, wall } = clocks({ offsetMs: -2_000, driftPpm: 50 });
  t.is(wall.driftPpm, 50);
  virtual.runUntil(DAY);
  t.is(wall.unixMs(), BEGINS - 2_000 + 86_400_000 + 4_320);
});

test('a slow clock loses time', (t) => {
  const { virtual, wall } = clocks({ driftPpm: -100_000 });
  virtual.runUntil(10 * SECOND);
  t.is(wall.unixMs(), BEGINS + 9_000);
});

test('setting, stepping and drifting take effect from now on', (t) => {
  const { virtual, wall } = clocks({ driftPpm: 1_000 });
  virtual.runUntil(1_000 * SECOND);
  t.is(wall.unixMs(), BEGINS + 1_001_000);
  wall.step(-1_000);
  t.is(wall.unixMs(), BEGINS + 1_000_000);
  wall.setDrift(0);
  virtual.runUntil(1_001 * SECOND);
  t.is(wall.unixMs(), BEGINS + 1_001_000);
  wall.set(MIDNIGHT);
  t.is(wall.unixMs(), MIDNIGHT);
});

test('an alarm rings when the clock of the device says so, not when virtual time does', (t) => {
  const { virtual, wall } = clocks({ offsetMs: 10 * 60_000 });
  let rang: number | undefined;
  at(wall, MIDNIGHT, () => (rang = virtual.now()));
  virtual.runUntil(50 * MINUTE - 1);
  t.is(rang, undefined);
  virtual.runUntil(50 * MINUTE);
  t.is(rang, 50 * MINUTE);
});

test('an alarm follows every step: forward it rings at once, back it waits longer', (t) => {
  const { virtual, wall } = clocks();
  const rang: number[] = [];
  at(wall, MIDNIGHT, () => rang.push(virtual.now()));
  virtual.runUntil(10 * MINUTE);
  wall.step(-5 * 60_000);
  virtual.runUntil(HOUR);
  t.deepEqual(rang, []);
  wall.set(MIDNIGHT + 1);
  virtual.runUntil(HOUR);
  t.deepEqual(rang, [HOUR]);
  wall.set(BEGINS);
  virtual.runUntil(3 * HOUR);
  t.deepEqual(rang, [HOUR], 'it rings once');
});

test('a step over several alarms rings them in the order of their times', (t) => {
  const { virtual, wall } = clocks();
  const rang: string[] = [];
  at(wall, MIDNIGHT + 2, () => rang.push('later'));
  at(wall, MIDNIGHT + 1, () => rang.push('sooner'));
  at(wall, MIDNIGHT + 2, () => rang.push('last'));
  wall.set(MIDNIGHT + 3);
  virtual.runUntil(0);
  t.deepEqual(rang, ['sooner', 'later', 'last']);
});

test('an alarm in the past rings at once; one that is set again for the same action is moved', (t) => {
  const { virtual, wall } = clocks();
  const rang: string[] = [];
  const owner: TimerOwner = {
    timerName: 'owner',
    timerFired: (action) => rang.push(`${action} at ${virtual.now() / SECOND}`),
  };
  at(wall, BEGINS - 1, () => rang.push('past'));
  wall.alarm(BEGINS + 1_000, owner, 'one');
  wall.alarm(BEGINS + 2_000, owner, 'two');
  wall.alarm(BEGINS + 3_000, owner, 'one');
  virtual.runUntil(MINUTE);
  t.deepEqual(rang, ['past', 'two at 2', 'one at 3']);
  t.is(virtual.pending, 0);
  t.deepEqual(wall.save().alarms, []);
});

test('property: an alarm rings in the first microsecond at which the clock shows its time', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100_000, max: 100_000 }),
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.integer({ min: 1, max: 5_000_000 }),
      fc.integer({ min: -500_000, max: 500_000 }),
      (driftPpm, stepAfterMicros, delayMs, stepMs) => {
        const { virtual, wall } = clocks({ driftPpm });
        const target = BEGINS + delayMs;
        const shown: number[] = [];
        at(wall, target, () => shown.push(wall.unixMs()));
        virtual.runUntil(stepAfterMicros);
        const early = shown.length > 0;
        wall.step(stepMs);
        const jumped = wall.unixMs() >= target;
        while (shown.length === 0) {
          const next = virtual.next() ?? 0;
          virtual.runUntil(next - 1);
          if (!jumped && next - 1 >= stepAfterMicros) t.true(wall.unixMs() < target);
          virtual.step();
        }
        t.is(shown.length, 1);
        t.true(early || jumped || shown[0] === target);
      },
    ),
    { numRuns: 200 },
  );
});

test('a clock cannot be set outside 1970 to 2200 or drift without bound', (t) => {
  const { virtual, wall } = clocks();
  for (const bad of [
    () => wall.set(-1),
    () => wall.set(0.5),
    () => wall.set(7_258_118_400_001),
    () => wall.step(-BEGINS - 1),
    () => wall.step(NaN),
    () => wall.setDrift(100_001),
    () => wall.setDrift(0.5),
    () => at(wall, Infinity, () => undefined),
    () => new RealTimeClock(virtual, { beginsUnixMs: BEGINS, offsetMs: 0.1 }),
  ]) {
    t.throws(bad, { code: 'HARDWARE_CLOCK_RANGE' });
  }
  t.is(wall.unixMs(), BEGINS);
});

/** Owners of alarms on a clock, which write down what rings when. */
function household(kept?: { readonly virtual: ClockState; readonly wall: RealTimeClockState }) {
  const virtual = new VirtualClock(kept?.virtual);
  const wall = new RealTimeClock(
    virtual,
    { beginsUnixMs: BEGINS, offsetMs: 1_234, driftPpm: 77 },
    kept?.wall,
  );
  const rang: string[] = [];
  const owners = ['phone', 'server'].map((timerName): TimerOwner => {
    const timerFired = (action: string, data: unknown): void =>
      void rang.push(`${timerName} ${action} ${String(data)} ${virtual.now()} ${wall.unixMs()}`);
    return { timerName, timerFired };
  });
  if (kept !== undefined) for (const owner of owners) wall.claim(owner);
  return { virtual, wall, rang, owners, save: () => ({ virtual: virtual.save(), wall: wall.save() }) };
}

type Household = ReturnType<typeof household>;

const deed: fc.Arbitrary<(house: Household) => void> = fc.oneof(
  fc
    .tuple(fc.nat(1), fc.constantFrom('one', 'two', 'three'), fc.integer({ min: -2_000, max: 20_000 }))
    .map(([whose, action, inMs]) => ({ wall, owners }: Household) => {
      for (const owner of owners.slice(whose, whose + 1)) wall.alarm(wall.unixMs() + inMs, owner, action);
    }),
  fc.integer({ min: -20_000, max: 20_000 }).map(
    (ms) =>
      ({ wall }: Household) =>
        wall.step(ms),
  ),
  fc.integer({ min: -90_000, max: 90_000 }).map(
    (ppm) =>
      ({ wall }: Household) =>
        wall.setDrift(ppm),
  ),
  fc.integer({ min: 0, max: 9_000_000 }).map((micros) => ({ virtual }: Household) => {
    virtual.runUntil(virtual.now() + micros);
  }),
);

test('property: a clock that was kept shows, and rings, what it would have', (t) => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), fc.array(deed, { maxLength: 20 }), (before, after) => {
      const origin = household();
      for (const act of before) act(origin);
      const kept = origin.save();
      const again = household(structuredClone(kept));
      t.deepEqual(again.save(), kept);
      const already = origin.rang.length;
      for (const house of [origin, again]) {
        for (const act of after) act(house);
        house.virtual.runUntil(house.virtual.now() + HOUR);
      }
      t.deepEqual(again.rang, origin.rang.slice(already));
      t.deepEqual(again.save(), origin.save());
    }),
    { numRuns: 300 },
  );
});

test('a clock whose kept alarms nobody claims does not ring them, and says so', (t) => {
  const origin = household();
  origin.wall.alarm(MIDNIGHT, { timerName: 'phone', timerFired: () => undefined }, 'one');
  const { virtual, wall } = origin.save();
  const clock = new VirtualClock(virtual);
  const unclaimed = new RealTimeClock(clock, { beginsUnixMs: BEGINS }, wall);
  t.throws(() => unclaimed.step(1), { message: /alarms of phone are claimed/ });
  t.throws(() => clock.runUntil(2 * HOUR), { message: /timers of phone are claimed/ });
});
