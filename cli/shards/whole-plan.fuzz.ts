/** Fuzz target: the plan in the results of a shard. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { dealt } from './share.ts';
import { parseWholePlan, writeWholePlan, type WholePlan } from './whole-plan.ts';

const encoder = new TextEncoder();
const RUNS = ['one', 'two', 'three'].map((variant) => ({ scenario: 'talk', variant }));

/** A plan of as many shards, all of which are here but the first. */
function plan(of: number): WholePlan {
  const shards = dealt(RUNS, of);
  return {
    ...{ version: 1, tool: 'calldrill 0.1.0', build: '0b'.repeat(32), seed: '1', keySeed: '2', of },
    line: "calldrill run talk '--grep=o|t' --seed 1 --key-seed 2",
    shards: Array.from({ length: of - 1 }, (_, at) => at + 2),
    runs: RUNS.map((run, at) => ({ ...run, key: `a${at}`.repeat(32), shard: shards[at] ?? 0 })),
  };
}

/** A plan of two shards, and one of three. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'plan.json',
    samples: [2, 3].map((of) => encoder.encode(writeWholePlan(plan(of)))),
    parse: (octets) => parseWholePlan(octets, 'fuzz'),
  },
];
