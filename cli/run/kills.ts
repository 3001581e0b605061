/**
 * The kill table: every violation that a scenario plants, what it must fail and what it did fail. A plant is made in one variant:
 * its own, or the first of the plan. That variant is run without it too, and a check that fails either way is no catch. A check
 * that was decided before and is inconclusive now has noticed as well.
 */
import { RULES } from '../../devices/rules.ts';
import type { KillRow } from '../../reports/index.ts';
import type { ScenarioResult } from '../../scenarios/run/index.ts';
import type { Plant } from '../../scenarios/screenplay/index.ts';
import type { Plan } from './plan.ts';
import type { Performed, SuiteRequest } from './suites.ts';

/** First each variant that something is planted in, as it is; then each plant. */
export function plantRequests(
  plans: readonly Plan[],
  { seed, parameters }: Pick<SuiteRequest, 'seed' | 'parameters'>,
): readonly SuiteRequest[] {
  const of = (plan: Plan, variant: string, plant: string | undefined): SuiteRequest => ({
    seed,
    parameters,
    plans: [{ ...plan, variants: [variant] }],
    ...(plant === undefined ? {} : { plant }),
  });
  return plans.flatMap((plan) => {
    const plants = plan.screenplay.plants.map((plant) => ({ plant, variant: variantOf(plan, plant) }));
    const chosen = plants.filter(({ variant }) => plan.variants.includes(variant));
    const clean = [...new Set(chosen.map(({ variant }) => variant))];
    return [
      ...clean.map((variant) => of(plan, variant, undefined)),
      ...chosen.map(({ plant, variant }) => of(plan, variant, plant.name)),
    ];
  });
}

function variantOf({ variants }: Plan, { variant }: Plant): string {
  return variant ?? variants[0] ?? '';
}

/** Builds the table from performed requests, in the order of {@link plantRequests}. */
export class KillTable {
  readonly rows: KillRow[] = [];
  /** Failures without any plant, as `scenario/variant/check`. */
  readonly cleanFailures: string[] = [];
  readonly #clean = new Set<string>();

  add({ request, outcomes }: Performed): void {
    for (const { result } of outcomes) {
      const failed = failuresOf(result);
      if (request.plant === undefined) {
        for (const place of failed.keys()) {
          this.#clean.add(`${result.id}/${place}`);
          this.cleanFailures.push(`${result.id}/${place}`);
        }
      } else this.rows.push(this.#row(request, result, failed, request.plant));
    }
  }

  /** True when every plant fails all the checks that it must, and nothing fails without one. */
  get holds(): boolean {
    return this.cleanFailures.length === 0 && this.rows.every(({ caught }) => caught);
  }

  #row(
    { plans }: SuiteRequest,
    { id }: ScenarioResult,
    failed: ReadonlyMap<string, string>,
    plant: string,
  ): KillRow {
    const declared = plans
      .flatMap((plan) =>
        plan.screenplay.plants.filter((each) => plan.variants.includes(variantOf(plan, each))),
      )
      .find(({ name }) => name === plant);
    const expectedChecks = declared?.fails ?? [];
    const killed = [...failed]
      .filter(([place]) => !this.#clean.has(`${id}/${place}`))
      .map(([, check]) => check);
    const failedChecks = [...new Set(killed)].sort();
    return {
      plant,
      statement: Object.entries(RULES).find(([rule]) => rule === plant)?.[1] ?? '',
      scenario: id,
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
