/**
 * Another process, which takes a world up from a checkpoint on disk, does with it what its origin has done since, and says what became of it. What
 * it is told is a file of JSON, a {@link TakenUpOrder}.
 */
import { readFileSync } from 'node:fs';
import { digestOfKept } from '../../sim/kept.ts';
import { lastLook, Performance, resolvedFor, runSeed, TOOL, type PerformanceOptions } from '../runs/index.ts';
import type { LogEntry } from '../world/log.ts';
import { SHIPPED_KINDS, World, type Checkpoint } from '../world/index.ts';
import { buildId, loadAssets, loadScenario, readCheckpoint, shippedScenarios } from './index.ts';

/** A shipped variant, made without its probes. */
export interface ShippedRun {
  readonly scenario: string;
  readonly variant: string;
}

/** What the child does. */
export interface TakenUpOrder extends ShippedRun {
  readonly checkpoint: string;
  readonly since: readonly LogEntry[];
  readonly until: number;
}

/** What two processes that had the same world have to agree on: all that happened, and all that it is at last. */
export interface WorldEnd {
  readonly trace: string;
  readonly unrest: string | undefined;
  readonly state: string | undefined;
}

/** What a performance of a shipped variant is made with. */
export async function shippedOptions({ scenario, variant }: ShippedRun): Promise<PerformanceOptions> {
  const file = (await shippedScenarios()).find(({ name }) => name === scenario);
  if (file === undefined) throw new Error(`${scenario} is not shipped`);
  const screenplay = await loadScenario(file, SHIPPED_KINDS);
  return {
    screenplay: resolvedFor({ screenplay, parameters: {} }, variant),
    seed: runSeed('disk', scenario),
    keySeed: 'disk',
    assets: await loadAssets(),
    tool: TOOL,
    broken: [],
    played: [],
    probes: false,
  };
}

/** The octets of the trace, and the digest of all state where it can be kept. */
export function endOf(world: World): WorldEnd {
  const { unrest } = world;
  const state: Checkpoint['state'] | undefined = world.checkpoint()?.state;
  return {
    trace: world.trace.toNdjson(),
    unrest,
    state: state === undefined ? undefined : digestOfKept(state),
  };
}

const [, , order] = process.argv;
if (order !== undefined && import.meta.filename === process.argv[1]) {
  const { checkpoint, since, until, ...run }: TakenUpOrder = JSON.parse(readFileSync(order, 'utf8'));
  // A world has its witnesses from whoever performs; the performance itself does not begin.
  const { options } = new Performance(await shippedOptions(run)).world;
  const world = new World(options, await readCheckpoint(checkpoint, { build: await buildId(), options }));
  world.repeat(since, until);
  world.end((devices) => lastLook(world, devices, []));
  process.stdout.write(JSON.stringify(endOf(world)));
}
