/**
 * The time axis of a picture. A scenario is minutes of action with weeks of waiting between them; on a plain axis the
 * action is one pixel. So long waits are cut: a cut takes a fixed share of the width, is always drawn as a cut with its
 * length written on it, and everything between cuts has one common scale.
 */
import { DAY, HOUR, MINUTE, SECOND, type Micros } from '../sim/clock.ts';

/** A part of the axis: `x0` and `x1` are shares of the width, 0 to 1. */
interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
  readonly x0: number;
  readonly x1: number;
  /** True for a wait that is not drawn to scale. */
  readonly cut: boolean;
}

/** An axis from its beginning to the end of a run; `at` never decreases as time grows. */
export interface TimeScale {
  readonly stretches: readonly Stretch[];
  /** Share of the width, 0 to 1, at which a time is drawn. */
  at(time: Micros): number;
}

/** How readily waits are cut. */
export interface Cuts {
  /** Share of the width that a cut takes. */
  readonly width: number;
  readonly max: number;
  /** A wait is cut when it takes more than this share of what is drawn to scale. */
  readonly from: number;
  /** And only when it is this many times as long as most of the others. */
  readonly timesMedian: number;
}

/** A few cuts: for axes of characters. */
const COARSE: Cuts = { width: 0.07, max: 5, from: 0.35, timesMedian: 10 };
/** Many narrow ones: a picture has room for weeks of waiting and the minutes between. */
export const FINE: Cuts = { width: 0.032, max: 13, from: 0.1, timesMedian: 30 };

/** The axis from 0, or from `begin`, to `ends` on which `times` are to be told apart. */
export function timeScale(
  ends: Micros,
  times: Iterable<Micros>,
  cutting: Cuts = COARSE,
  begin: Micros = 0,
): TimeScale {
  const points = [...new Set([begin, ends, ...times])].sort((a, b) => a - b);
  const gaps = points.slice(1).map((to, index): Gap => ({ from: points[index] ?? 0, to, cut: false }));
  for (let cuts = 0; cuts < cutting.max; cuts++) {
    const byLength = gaps.filter(({ cut }) => !cut).sort((a, b) => lengthOf(b) - lengthOf(a));
    const [longest, ...others] = byLength;
    const median = others[Math.floor(others.length / 2)];
    if (longest === undefined || median === undefined || others.length < 2) break;
    const total = byLength.reduce((sum, gap) => sum + lengthOf(gap), 0);
    if (
      lengthOf(longest) <= cutting.from * total ||
      lengthOf(longest) < cutting.timesMedian * lengthOf(median)
    )
      break;
    longest.cut = true;
  }
  const stretches = layOut(gaps, cutting.width);
  return { stretches, at: (time) => place(stretches, time) };
}

interface Gap {
  readonly from: Micros;
  to: Micros;
  cut: boolean;
}

function lengthOf({ from, to }: Gap): Micros {
  return to - from;
}

function layOut(gaps: readonly Gap[], cutWidth: number): Stretch[] {
  const merged: Gap[] = [];
  for (const gap of gaps) {
    const last = merged.at(-1);
    if (last !== undefined && !last.cut && !gap.cut) last.to = gap.to;
    else merged.push({ ...gap });
  }
  const cuts = merged.filter(({ cut }) => cut).length;
  const total = merged.reduce((sum, { from, to, cut }) => sum + (cut ? 0 : to - from), 0);
  const share = 1 - cuts * cutWidth;
  let x = 0;
  return merged.map(({ from, to, cut }) => {
    const x0 = x;
    x += cut ? cutWidth : ((to - from) / total) * share;
    return { from, to, x0, x1: Math.min(1, x), cut };
  });
}

function place(stretches: readonly Stretch[], time: Micros): number {
  for (const { from, to, x0, x1 } of stretches) {
    if (time <= from) return x0;
    if (time <= to) return x0 + ((time - from) / (to - from)) * (x1 - x0);
  }
  return stretches.length === 0 ? 0 : 1;
}

/** One labelled place on the axis. */
export interface Tick {
  readonly time: Micros;
  readonly x: number;
  /** How it is written: a date at midnight of an axis of days, else minutes, or seconds where minutes are not enough. */
  readonly form: 'date' | 'minutes' | 'seconds';
}

const STEPS: readonly Micros[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 91, 364].map((count) => count * DAY),
];

/**
 * Ticks at round UTC times, neighbours at least `spacing` (share of the width) apart. Each drawn stretch has one where
 * there is room.
 */
export function ticksOf(scale: TimeScale, begins: number, spacing: number): Tick[] {
  const ticks: Tick[] = [];
  const drawn = scale.stretches.filter(({ cut }) => !cut);
  const total = drawn.reduce((sum, { from, to }) => sum + to - from, 0);
  const width = drawn.reduce((sum, { x0, x1 }) => sum + x1 - x0, 0);
  const step = STEPS.find((size) => (size / total) * width >= spacing) ?? total + 1;
  const offset = (begins * 1000) % step;
  for (const { from, to } of drawn) {
    const first = Math.ceil((from + offset) / step) * step - offset;
    const round: Micros[] = [];
    for (let time = first; time <= to; time += step) round.push(time);
    for (const time of round.length === 0 ? [from] : round) {
      const x = scale.at(time);
      const last = ticks.at(-1);
      if (last !== undefined && x - last.x < spacing) continue;
      ticks.push({ time, x, form: formOf(begins * 1000 + time, step) });
    }
  }
  return ticks;
}

function formOf(time: Micros, step: Micros): Tick['form'] {
  // Where no round time falls into a stretch, the tick is at its beginning: on an axis of minutes the seconds say nothing.
  if (time % MINUTE !== 0) return step < MINUTE ? 'seconds' : 'minutes';
  return step % DAY === 0 && time % DAY === 0 ? 'date' : 'minutes';
}
