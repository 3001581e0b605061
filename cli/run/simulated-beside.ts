/** The simulated run that a live one is compared with: the same variant, in virtual time. */
import { driftOf, type Drift } from '../../scenarios/evidence/drift/index.ts';
import { loadAssets } from '../../scenarios/host/index.ts';
import { type LiveRun } from '../../scenarios/live/index.ts';
import { runScenario } from '../../scenarios/runs/index.ts';
import type { ChosenRun } from './chosen-run.ts';
import { DEFAULT_SEED } from './options.ts';

export async function driftFromSimulation(
  { screenplay, parameters, variant }: ChosenRun,
  { world }: LiveRun['performance'],
): Promise<Drift> {
  const assets = await loadAssets();
  const { events } = runScenario({ screenplay, parameters, assets, seed: DEFAULT_SEED, variants: [variant] });
  return driftOf(events.get(variant) ?? [], world.trace.events);
}
