/**
 * The shapes of jitter (netem `distribution`): how many deviations from the mean a delay is, by tables of integers and plain arithmetic,
 * so that it is the same on every platform. The tables have 1,024 entries, netem's own 4,096: every fourth of them.
 */
import type { Distribution } from './link-parameters.ts';
import { NORMAL_POSITIVE, NORMAL_SCALE } from './normal-table.ts';
import { PARETO } from './pareto-table.ts';

const SCALE = NORMAL_SCALE;
const HALF = NORMAL_POSITIVE.length;
const ENTRIES = 2 * HALF;

/** Both halves, from the smallest. */
const NORMAL = Int16Array.from({ length: ENTRIES }, (_, k) =>
  k < HALF ? -(NORMAL_POSITIVE[HALF - 1 - k] ?? 0) : (NORMAL_POSITIVE[k - HALF] ?? 0),
);

/** A quarter normal and three quarters Pareto, place by place (iproute2's `netem/paretonormal.c`). */
const PARETONORMAL = NORMAL.map((normal, k) => Math.trunc((normal + 3 * (PARETO[k] ?? 0)) / 4));

const TABLES: Readonly<Record<Exclude<Distribution, 'uniform'>, Int16Array>> = {
  normal: NORMAL,
  pareto: PARETO,
  paretonormal: PARETONORMAL,
};

/** The table of a shape; undefined where every delay is as likely as another. */
export function shapeOf(distribution: Distribution): Int16Array | undefined {
  return distribution === 'uniform' ? undefined : TABLES[distribution];
}

/**
 * The delay for a number of 32 bits, in nanoseconds and in netem's integers; it may be negative. Without a table its remainder by the
 * width is the place in the width, with one its lowest bits are the place in the table. So what correlates are numbers, and delays
 * hardly.
 */
export function delayNanosOf(
  mean: number,
  jitter: number,
  number: number,
  shape: Int16Array | undefined,
): number {
  if (shape === undefined) return (number % (2 * jitter)) - jitter + mean;
  const entry = shape[number % ENTRIES] ?? 0;
  const rest = (jitter % SCALE) * entry;
  const rounded = Math.trunc((rest + (rest >= 0 ? SCALE : -SCALE) / 2) / SCALE);
  return rounded + Math.floor(jitter / SCALE) * entry + mean;
}
