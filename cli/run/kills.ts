/**
 * The kill table: every violation that a scenario plants, what it must fail and what it did fail. The scenario is run without
 * it too, and a check that fails either way is no catch.
 */
import { RULES } from '../../devices/rules.ts';
import type { KillRow } from '../../reports/index.ts';
import type { ScenarioResult } from '../../scenarios/run/index.ts';
import type { Plan } from './plan.ts';
import type { Performed, SuiteRequest } from './suites.ts';

/** First each scenario that plants something, as it is; then each of its plants. */
export function plantRequests(
  plans: readonly Plan[],
  { seed, parameters }: Pick<SuiteRequest, 'seed' | 'parameters'>,
): readonly SuiteRequest[] {
  const planting = plans.filter(({ screenplay }) => screenplay.plants.length > 0);
  return planting.flatMap((plan) => [
    { seed, parameters, plans: [plan] },
    ...plan.screenplay.plants.map(({ name }) => ({ seed, parameters, plans: [plan], plant: name })),
  ]);
}

/** Builds the table from performed requests, in the order of {@link plantRequests}. */
export class KillTable {
  readonly rows: KillRow[] = [];
  /** Failures without any plant, as `scenario/variant/check`. */
  readonly cleanFailures: string[] = [];
  #clean: ReadonlySet<string> = new Set();

  add({ request, outcomes }: Performed): void {
    for (const { result } of outcomes) {
      const failed = failuresOf(result);
      if (request.plant === undefined) {
        this.#clean = new Set(failed.keys());
        this.cleanFailures.push(...[...failed.keys()].map((place) => `${result.id}/${place}`));
      } else this.rows.push(this.#row(request, result, failed, request.plant));
    }
  }

  /** True when every plant fails all the checks that it must, and no other, and nothing fails without one. */
  get holds(): boolean {
    return (
      this.cleanFailures.length === 0 && this.rows.every((row) => row.caught && strays(row).length === 0)
    );
  }

  #row(
    { plans }: SuiteRequest,
    { id }: ScenarioResult,
    failed: ReadonlyMap<string, string>,
    plant: string,
  ): KillRow {
    const declared = plans.flatMap(({ screenplay }) => screenplay.plants).find(({ name }) => name === plant);
    const expectedChecks = declared?.fails ?? [];
    const killed = [...failed].filter(([place]) => !this.#clean.has(place)).map(([, check]) => check);
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

/** Checks that a plant failed and did not say it would. */
function strays({ expectedChecks, failedChecks }: KillRow): readonly string[] {
  return failedChecks.filter((check) => !expectedChecks.includes(check));
}

/** `variant/check` to check, of what failed. */
function failuresOf({ variants }: ScenarioResult): ReadonlyMap<string, string> {
  return new Map(
    variants.flatMap(({ name, checks }) =>
      checks
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ id }): [string, string] => [`${name}/${id}`, id]),
    ),
  );
}
