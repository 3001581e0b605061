/**
 * The shapes of jitter (netem `distribution`): how many deviations from the mean a delay is, by tables of integers and plain arithmetic,
 * so that it is the same on every platform. Each shape takes a position in [0, 1) and rises with it, so that positions that
 * correlate give delays that correlate. (netem takes the lowest bits of a correlated number for the place in its table,
 * which throws the correlation away.)
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

/** The delay at this position, in units of the jitter. */
export function deviationAt(position: number, distribution: Distribution): number {
  if (distribution === 'uniform') return 2 * position - 1;
  return (TABLES[distribution][Math.floor(position * ENTRIES)] ?? 0) / SCALE;
}

/**
 * The same for a whole random number without correlation; its lowest bit is the sign of a normal one, the nine above it choose the slice.
 */
export function deviationOf(draw: number, distribution: Distribution): number {
  if (distribution !== 'normal') return deviationAt(draw / TWO_POW_32, distribution);
  const magnitude = (NORMAL_POSITIVE[(draw >>> 1) & (HALF - 1)] ?? 0) / SCALE;
  return (draw & 1) === 0 ? magnitude : -magnitude;
}

const TWO_POW_32 = 4294967296;
