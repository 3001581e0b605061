/**
 * Checks over many suites, the oldest first: what each came to, when it failed first, and how often it went to and fro. A suite in which a check is
 * not there, or says nothing, is a gap and is counted as one: it is neither a pass nor the end of a failure.
 */
import { isTested, type SuiteResult, type Verdict } from '../model.ts';
import { verdictsByPlace } from './checks.ts';

/** One check over all suites. */
export interface CheckHistory {
  /** `scenario/variant/check`, as in a comparison. */
  readonly place: string;
  /** One for each suite; null where the check is not there. */
  readonly verdicts: readonly (Verdict | null)[];
  /** Which suite it failed in first, also behind a waiver; null where in none. */
  readonly firstFailed: number | null;
  /** How often the last word before, pass or fail, was the other one. */
  readonly flips: number;
  /** In how many suites it said pass or fail. */
  readonly tested: number;
}

/** Histories of every check of any of the suites, in the order in which they turn up. */
export class Histories {
  readonly #rows = new Map<string, { shown: (Verdict | null)[]; found: (Verdict | null)[] }>();
  #count = 0;

  /** The next suite; nothing of it is kept but the verdicts. */
  add(suite: SuiteResult): void {
    for (const [place, { verdict, was }] of verdictsByPlace(suite)) {
      const row = this.#rows.get(place) ?? { shown: this.#gap(), found: this.#gap() };
      this.#rows.set(place, row);
      row.shown.push(verdict);
      row.found.push(was ?? verdict);
    }
    this.#count++;
    for (const { shown, found } of this.#rows.values())
      if (shown.length < this.#count) {
        shown.push(null);
        found.push(null);
      }
  }

  #gap(): (Verdict | null)[] {
    return Array.from({ length: this.#count }, () => null);
  }

  /** Of all that were added. */
  get checks(): readonly CheckHistory[] {
    return [...this.#rows].map(([place, { shown, found }]) => {
      const said = found.filter((verdict) => verdict !== null && isTested({ verdict }));
      const failed = found.indexOf('fail');
      return {
        ...{ place, verdicts: shown, firstFailed: failed < 0 ? null : failed },
        flips: said.filter((verdict, at) => at > 0 && verdict !== said[at - 1]).length,
        tested: said.length,
      };
    });
  }
}
