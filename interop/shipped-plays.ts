/** What the first judge is given of every shipped variant. */
import { loadScenario, shippedScenarios } from '../scenarios/host/scenario-files.ts';
import { resolveVariant, type ResolvedScreenplay } from '../scenarios/language/index.ts';
import { SHIPPED_KINDS } from '../scenarios/world/index.ts';

/** By `scenario/variant`. */
export const plays = new Map<string, ResolvedScreenplay>(
  (await Promise.all((await shippedScenarios()).map((file) => loadScenario(file, SHIPPED_KINDS)))).flatMap(
    (play) => play.variants.map(({ name }) => [`${play.id}/${name}`, resolveVariant(play, name)] as const),
  ),
);
