/**
 * The kill table: every violation that a scenario plants, what it must fail and what it did fail. A plant is made in one variant:
 * its own, or the first of the plan. That variant is run without it too, and a check that fails either way is no catch. A check
 * that was decided before and is inconclusive now has noticed as well.
 */
import { rulesOf, SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import type { KillRow } from '../../reports/index.ts';
import type { ScenarioResult } from '../../scenarios/runs/index.ts';
import type { Plant } from '../../scenarios/language/index.ts';
import type { Plan } from './plan.ts';
import type { PerformedSuite, SuiteRequest } from './suites.ts';

/** What each planted violation breaks. */
const STATEMENTS = rulesOf(SHIPPED_KINDS);

/** First each variant that something is planted in, as it is; then each plant, as it was declared. */
export function plantRequests(
  plans: readonly Plan[],
  {
    seed,
    keySeed,
    parameters,
    ...rest
  }: Pick<SuiteRequest, 'seed' | 'keySeed' | 'parameters' | 'deployment'>,
): ReadonlyMap<SuiteRequest, Plant | undefined> {
  const of = (plan: Plan, variant: string, plant: string | undefined): SuiteRequest => ({
    seed,
    keySeed,
    parameters,
    ...(rest.deployment === undefined ? {} : { deployment: rest.deployment }),
    plans: [{ ...plan, variants: [variant] }],
    ...(plant === undefined ? {} : { plant }),
  });
  const requests = plans.flatMap((plan): readonly (readonly [SuiteRequest, Plant | undefined])[] => {
    const plants = plan.screenplay.plants.map((plant) => ({ plant, variant: variantOf(plan, plant) }));
    const chosen = plants.filter(({ variant }) => plan.variants.includes(variant));
    const clean = [...new Set(chosen.map(({ variant }) => variant))];
    return [
      ...clean.map((variant) => [of(plan, variant, undefined), undefined] as const),
      ...chosen.map(({ plant, variant }) => [of(plan, variant, plant.name), plant] as const),
    ];
  });
  return new Map(requests);
}

function variantOf({ variants }: Plan, { variant }: Plant): string {
  return variant ?? variants[0] ?? '';
}

/** Builds the table from performed requests, in the order of {@link plantRequests}. */
export class KillTable {
  readonly rows: KillRow[] = [];
  /** Failures without any plant, as `scenario/variant/check`. */
  readonly cleanFailures: string[] = [];
  /** Runs that came to no end, each with its reason: without them the table is not whole. */
  readonly lost: string[] = [];
  readonly #declared: ReadonlyMap<SuiteRequest, Plant | undefined>;
  readonly #clean = new Set<string>();

  /** `declared`: what {@link plantRequests} asks for. One rule may be planted in several variants, each with checks of its own. */
  constructor(declared: ReadonlyMap<SuiteRequest, Plant | undefined>) {
    this.#declared = declared;
  }

  add({ request, scenarios }: Pick<PerformedSuite, 'request' | 'scenarios'>): void {
    for (const result of scenarios) {
      const failed = failuresOf(result);
      const plant = this.#declared.get(request);
      for (const { name, code, why, replay } of result.missing)
        this.lost.push(`${result.id}/${name} failed to run: ${code}: ${why}; run it again by: ${replay}`);
      // A run that came to no end caught nothing, and missed nothing either.
      if (result.missing.length > 0) continue;
      if (plant === undefined) {
        for (const place of failed.keys()) {
          this.#clean.add(`${result.id}/${place}`);
          this.cleanFailures.push(`${result.id}/${place}`);
        }
      } else this.rows.push(this.#row(result, failed, plant));
    }
  }

  /** True when every plant fails all the checks that it must, and nothing fails without one. */
  get holds(): boolean {
    return this.lost.length + this.cleanFailures.length === 0 && this.rows.every(({ caught }) => caught);
  }

  #row({ id, variants: [run] }: ScenarioResult, failed: ReadonlyMap<string, string>, plant: Plant): KillRow {
    const { name, fails: expectedChecks } = plant;
    const killed = [...failed]
      .filter(([place]) => !this.#clean.has(`${id}/${place}`))
      .map(([, check]) => check);
    const failedChecks = [...new Set(killed)].sort();
    return {
      plant: name,
      statement: STATEMENTS[name] ?? '',
      scenario: id,
      variant: run?.name ?? '',
      expectedChecks,
      failedChecks,
      caught: expectedChecks.every((check) => failedChecks.includes(check)),
    };
  }
}

/** `variant/check` to check, of what failed. */
function failuresOf({ variants }: ScenarioResult): ReadonlyMap<string, string> {
  return new Map(
    variants.flatMap(({ name, checks }) =>
      checks
        .filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive')
        .map(({ id }): [string, string] => [`${name}/${id}`, id]),
    ),
  );
}
