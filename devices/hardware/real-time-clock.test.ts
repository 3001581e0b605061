import test from 'ava';
import * as fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND, VirtualClock } from '../../sim/clock.ts';
import { RealTimeClock } from './real-time-clock.ts';

/** 2015-10-31T23:00:00Z, an hour before a month ends. */
const BEGINS = 1_446_332_400_000;
const MIDNIGHT = BEGINS + 3_600_000;

function clocks(options: { offsetMs?: number; driftPpm?: number } = {}) {
  const virtual = new VirtualClock();
  return { virtual, wall: new RealTimeClock(virtual, { beginsUnixMs: BEGINS, ...options }) };
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
  wall.at(MIDNIGHT, () => (rang = virtual.now()));
  virtual.runUntil(50 * MINUTE - 1);
  t.is(rang, undefined);
  virtual.runUntil(50 * MINUTE);
  t.is(rang, 50 * MINUTE);
});

test('an alarm follows every step: forward it rings at once, back it waits longer', (t) => {
  const { virtual, wall } = clocks();
  const rang: number[] = [];
  wall.at(MIDNIGHT, () => rang.push(virtual.now()));
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
  wall.at(MIDNIGHT + 2, () => rang.push('later'));
  wall.at(MIDNIGHT + 1, () => rang.push('sooner'));
  wall.at(MIDNIGHT + 2, () => rang.push('last'));
  wall.set(MIDNIGHT + 3);
  virtual.runUntil(0);
  t.deepEqual(rang, ['sooner', 'later', 'last']);
});

test('an alarm in the past rings at once, a cancelled one never', (t) => {
  const { virtual, wall } = clocks();
  const rang: string[] = [];
  wall.at(BEGINS - 1, () => rang.push('past'));
  const cancel = wall.at(BEGINS + 1, () => rang.push('cancelled'));
  cancel();
  wall.set(BEGINS + 5);
  virtual.runUntil(SECOND);
  cancel();
  t.deepEqual(rang, ['past']);
  t.is(virtual.pending, 0);
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
        wall.at(target, () => shown.push(wall.unixMs()));
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
    () => wall.at(Infinity, () => undefined),
    () => new RealTimeClock(virtual, { beginsUnixMs: BEGINS, offsetMs: 0.1 }),
  ]) {
    t.throws(bad, { code: 'HARDWARE_CLOCK_RANGE' });
  }
  t.is(wall.unixMs(), BEGINS);
});
