import * as fc from 'fast-check';
import test from 'ava';
import { DAY, HOUR, MINUTE, SECOND } from '../sim/clock.ts';
import { ticksOf, timeScale } from './time-scale.ts';

const BEGINS = Date.UTC(2015, 9, 14, 8);
const MORNING = [5, 12, 30, 40, 70, 80, 105, 150].map((minutes) => minutes * MINUTE);

test('an evenly used time has a plain axis', (t) => {
  const scale = timeScale(HOUR, [10 * MINUTE, 20 * MINUTE, 30 * MINUTE, 45 * MINUTE]);
  t.is(scale.stretches.length, 1);
  t.is(scale.at(0), 0);
  t.is(scale.at(HOUR), 1);
  t.is(scale.at(30 * MINUTE), 0.5);
});

test('a wait of weeks is cut, so that the minutes before it stay apart', (t) => {
  const scale = timeScale(18 * DAY, MORNING);
  t.deepEqual(
    scale.stretches.map(({ from, to, cut }) => [from, to, cut]),
    [
      [0, 150 * MINUTE, false],
      [150 * MINUTE, 18 * DAY, true],
    ],
  );
  t.true(scale.at(12 * MINUTE) - scale.at(5 * MINUTE) > 0.03);
  t.is(scale.at(18 * DAY), 1);
});

test('two waits are both cut', (t) => {
  const scale = timeScale(18 * DAY, [...MORNING, 6 * DAY, 6 * DAY + HOUR]);
  t.is(scale.stretches.filter(({ cut }) => cut).length, 2);
});

test('a run without length or events still has an axis', (t) => {
  t.is(timeScale(0, []).at(0), 0);
  t.is(timeScale(SECOND, []).at(SECOND), 1);
  t.is(timeScale(SECOND, []).at(2 * SECOND), 1);
  t.deepEqual(ticksOf(timeScale(0, []), BEGINS, 0.1), []);
});

test('whatever the times, later is never left of earlier, and all is on the axis', (t) => {
  const time = fc.oneof(fc.nat(HOUR), fc.nat(40 * DAY));
  fc.assert(
    fc.property(time, fc.array(time, { maxLength: 30 }), (ends, times) => {
      const inside = times.filter((value) => value <= ends).sort((a, b) => a - b);
      const scale = timeScale(ends, inside);
      let before = 0;
      for (const value of inside) {
        const x = scale.at(value);
        t.true(x >= before && x <= 1);
        before = x;
      }
      let edge = 0;
      for (const { x0, x1 } of scale.stretches) {
        t.true(Math.abs(x0 - edge) < 1e-9 && x1 >= x0);
        edge = x1;
      }
    }),
  );
});

test('ticks stand at round times and apart from each other', (t) => {
  const ticks = ticksOf(timeScale(150 * MINUTE, MORNING), BEGINS, 0.09);
  t.true(ticks.length >= 5);
  t.true(ticks.every(({ time, form }) => time % (15 * MINUTE) === 0 && form === 'minutes'));
  for (const [index, tick] of ticks.entries())
    t.true(index === 0 || tick.x - (ticks[index - 1]?.x ?? 0) >= 0.09);
});

test('an axis of days is labelled with dates at midnight, one of seconds with seconds', (t) => {
  const days = ticksOf(timeScale(18 * DAY, []), BEGINS, 0.09);
  t.true(days.every(({ time, form }) => form === 'date' && (BEGINS * 1000 + time) % DAY === 0));
  const seconds = ticksOf(timeScale(MINUTE, []), BEGINS, 0.09);
  t.deepEqual([...new Set(seconds.map(({ form }) => form))].sort(), ['minutes', 'seconds']);
});

test('each drawn stretch has a tick where there is room, even when no round time falls in it', (t) => {
  const scale = timeScale(18 * DAY, [...MORNING, 6 * DAY + 11 * MINUTE, 6 * DAY + 12 * MINUTE]);
  const ticks = ticksOf(scale, BEGINS, 0.02);
  const drawn = scale.stretches.filter(({ cut }) => !cut);
  t.true(drawn.length >= 2);
  for (const { from, to } of drawn) t.true(ticks.some(({ time }) => time >= from && time <= to));
});
