/** Compares suites that differ in their seed: which checks do not come to the same verdict under each. */
import type { SuiteResult, Verdict } from '../../scenarios/runs/index.ts';

/** A check whose verdict depends on the seed. */
export interface Wavering {
  /** `scenario/variant/check`. */
  readonly check: string;
  /** The seeds of each verdict. */
  readonly verdicts: ReadonlyMap<Verdict, readonly string[]>;
}

/** Collects the verdict of each `scenario/variant/check` by seed, one suite after the other. */
export class SeedComparison {
  readonly #checks = new Map<string, Map<Verdict, string[]>>();

  add({ seed, scenarios }: SuiteResult): void {
    for (const { id: scenario, variants, across } of scenarios) {
      for (const { name, checks } of variants)
        for (const { id, verdict } of checks) this.#note(`${scenario}/${name}/${id}`, verdict, seed);
      for (const { id, verdict } of across) this.#note(`${scenario}/${id}`, verdict, seed);
    }
  }

  /** In the order in which the checks were first seen. */
  get wavering(): readonly Wavering[] {
    return [...this.#checks]
      .filter(([, verdicts]) => verdicts.size > 1)
      .map(([check, verdicts]) => ({ check, verdicts }));
  }

  #note(check: string, verdict: Verdict, seed: string): void {
    const verdicts = this.#checks.get(check) ?? new Map<Verdict, string[]>();
    this.#checks.set(check, verdicts);
    const seeds = verdicts.get(verdict);
    // With thousands of seeds a new list for each would cost more than their runs.
    if (seeds === undefined) verdicts.set(verdict, [seed]);
    else seeds.push(seed);
  }
}

/** Seeds that are listed for one verdict; the rest is counted. */
const SEEDS_LISTED = 8;

/** `pass with 48 seeds, fail with 2 (7, 19)`: the seeds of the rarer verdicts are named. */
export function waveringText({ verdicts }: Wavering): string {
  const most = Math.max(...[...verdicts.values()].map(({ length }) => length));
  return [...verdicts]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([verdict, seeds]) => {
      const more = seeds.length > SEEDS_LISTED ? ', ...' : '';
      const named =
        seeds.length === most && most > 1 ? '' : ` (${seeds.slice(0, SEEDS_LISTED).join(', ')}${more})`;
      return `${verdict} with ${seeds.length}${named}`;
    })
    .join('; ');
}
