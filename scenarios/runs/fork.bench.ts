/**
 * What a fork costs at a quiet moment, early in a run and late: what has happened before must hardly matter. The two moments are of two
 * performances whose forks take turns, so that a busy machine slows both.
 */
import { DAY, HOUR, type Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Screenplay } from '../language/index.ts';
import type { Assets, World } from '../world/index.ts';
import { Performance } from './performance.ts';
import { resolvedFor } from './run.ts';
import { TOOL } from './tool.ts';

/** What is forked: a variant of 38 days. */
export interface ForksBenchOptions {
  readonly screenplay: Screenplay;
  readonly variant: string;
  readonly assets: Assets;
}

/** What a fork takes, the remembering of its moment included. */
export interface ForksBench {
  readonly earlyMs: number;
  readonly lateMs: number;
  /** Late over early. Median over rounds. */
  readonly growth: number;
  /** Events in the trace at the two moments. */
  readonly earlyEvents: number;
  readonly lateEvents: number;
}

const EARLY: Micros = DAY;
/** Within the 38th day. */
const LATE: Micros = 37 * DAY + 16 * HOUR;
/** Until then a fork becomes cheaper from round to round, as its code is compiled. */
const WARM_UP = 120;
const ROUNDS = 151;

/** `now` tells milliseconds, of the processor where it can. */
export function benchForks(now: () => number, options: ForksBenchOptions): ForksBench {
  const early = worldAt(EARLY, options);
  const late = worldAt(LATE, options);
  const costs: { readonly early: number; readonly late: number }[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    // Whoever is first in a round finds what the other has left in the caches of the processor.
    const first = round % 2 === 0 ? costOfFork(now, early) : undefined;
    const lateMs = costOfFork(now, late);
    const earlyMs = first ?? costOfFork(now, early);
    if (round >= WARM_UP) costs.push({ early: earlyMs, late: lateMs });
  }
  return {
    earlyMs: median(costs.map((cost) => cost.early)),
    lateMs: median(costs.map((cost) => cost.late)),
    growth: median(costs.map((cost) => cost.late / cost.early)),
    earlyEvents: early.trace.events.length,
    lateEvents: late.trace.events.length,
  };
}

/** The first quiet moment from that time on. */
function worldAt(time: Micros, { screenplay, variant, assets }: ForksBenchOptions): World {
  const performance = new Performance({
    screenplay: resolvedFor({ screenplay, parameters: {} }, variant),
    seed: 'bench',
    keySeed: 'bench',
    assets,
    tool: TOOL,
    broken: [],
    played: [],
    probes: false,
  });
  performance.advanceTo(time);
  const { world } = performance;
  while (world.unrest !== undefined && world.clock.step()) assert(!performance.over, 'it becomes quiet');
  assert(!performance.over && world.unrest === undefined, 'it is quiet before the end');
  assert(world.fork().trace.digest() === world.trace.digest(), 'a fork is the same world');
  return world;
}

function costOfFork(now: () => number, world: World): number {
  const begun = now();
  world.fork();
  return now() - begun;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
