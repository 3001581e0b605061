/** The simulated run that a live one is compared with: the same variant, in virtual time. */
import { driftOf, type Drift } from '../../scenarios/evidence/drift/index.ts';
import { loadAssets } from '../../scenarios/host/index.ts';
import { type LiveRun } from '../../scenarios/live/index.ts';
import { orderOf, runScenario } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import type { ChosenRun } from './chosen-run.ts';
import { DEFAULT_SEED } from './options.ts';

/** Runs the simulation under the default seed and compares its trace with that of the live run. */
export async function driftFromSimulation(
  { screenplay, parameters, variant, deployment }: ChosenRun,
  { world }: LiveRun['performance'],
  context: Context,
): Promise<Drift> {
  const assets = await loadAssets();
  const order = orderOf(screenplay, {
    build: await context.build(),
    seed: DEFAULT_SEED,
    variant,
    parameters,
    deployment,
  });
  return driftOf(runScenario(order, { assets, screenplay }).events, world.trace.events);
}
