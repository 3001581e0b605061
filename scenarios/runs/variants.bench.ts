/**
 * What a suite costs: each variant of some scenarios once, one after the other on one thread, to its trace, its verdicts and its
 * model. Nothing is rendered or written. The first variant meets cold code: the suite pays for it, the median leaves it out.
 */
import { assert } from '../../sim/errors.ts';
import { variantsOf, type Screenplay } from '../language/index.ts';
import type { Assets } from '../world/index.ts';
import { Beginnings } from './beginnings.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';

/** Which variants, and how they are run. */
export interface VariantsBenchOptions {
  readonly screenplays: readonly Screenplay[];
  readonly assets: Assets;
  /** Keys come from it, too: under a seed of its own a pass finds nothing that an earlier one remembered. */
  readonly seed: string;
  readonly probes: boolean;
  /** Which of their variants; all when left out. */
  readonly chosen?: (scenario: string, variant: string) => boolean;
  readonly onVariant?: (scenario: string, variant: string) => void;
}

/** What the variants took, each run once. */
export interface VariantsBench {
  readonly variants: number;
  /** Of all of them together, the first included. */
  readonly seconds: number;
  /** Milliseconds of a variant, the first left out. */
  readonly medianMs: number;
}

/** No build is needed to name orders that are never written. */
const BUILD = '0'.repeat(64);

/** `now` tells milliseconds, of the processor where it can. At least two variants. */
export function benchVariants(
  now: () => number,
  { screenplays, assets, seed, probes, chosen, onVariant }: VariantsBenchOptions,
): VariantsBench {
  const beginnings = new Beginnings();
  const costs = screenplays.flatMap((screenplay) =>
    variantsOf(screenplay).flatMap(({ name }) => {
      if (chosen?.(screenplay.id, name) === false) return [];
      onVariant?.(screenplay.id, name);
      const begun = now();
      const order = orderOf(screenplay, { build: BUILD, variant: name, seed, parameters: {}, probes });
      const { events } = runScenario(order, { assets, screenplay, beginnings });
      const elapsed = now() - begun;
      assert(events.at(-1)?.type === 'trace.ended', 'the variant was run to its end');
      return elapsed;
    }),
  );
  const warm = costs.slice(1).sort((a, b) => a - b);
  const [middle] = warm.slice(warm.length >> 1);
  assert(middle !== undefined, 'there is a variant after the first');
  const seconds = costs.reduce((sum, cost) => sum + cost, 0) / 1000;
  return { variants: costs.length, seconds, medianMs: middle };
}
