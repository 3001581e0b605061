/**
 * Waivers: a risk owner's decisions to live with what is not met. One that is in force turns what failed, or was not tested, into `waived`, and says
 * what it was; what is unclear stays unclear, and exposures stay as they are. One that has expired changes nothing and fails by itself. Whether one is in force is a question of
 * the day that was asked about, never of the clock.
 */
import { clauseOfPart } from '../../catalogue/clauses.ts';
import type {
  AcrossResult,
  CheckResult,
  ClauseResult,
  ScenarioResult,
  Verdict,
  WaiverResult,
  WaiverTerms,
} from '../model.ts';

/** What can be waived: it has a verdict and a reason. */
interface Waivable {
  readonly verdict: Verdict;
  readonly why: string;
}

/** The waivers of a deployment as they stand on one day, `2015-12-01`. */
export class Waivers {
  readonly #all: readonly WaiverTerms[];
  readonly #asOf: string;

  constructor(all: readonly WaiverTerms[] = [], asOf = '') {
    this.#all = all;
    this.#asOf = asOf;
  }

  /** The waiver in force for a part: its own, or else that of its clause. */
  forPart(part: string): WaiverTerms | undefined {
    return (
      this.#inForce.find(({ kind, covers }) => kind === 'part' && covers === part) ??
      this.forClause(clauseOfPart(part))
    );
  }

  /** The waiver in force for a clause as a whole. */
  forClause(clause: string): WaiverTerms | undefined {
    return this.#inForce.find(({ kind, covers }) => kind === 'clause' && covers === clause);
  }

  /** The same with a verdict of `waived`, where it is not met and a waiver in force covers it. */
  applied<Judged extends Waivable>(judged: Judged, waiver: WaiverTerms | undefined): Judged {
    if (waiver === undefined || !isUnmet(judged)) return judged;
    const { owner, expires, reason } = waiver;
    const why = `waived by ${owner} until ${expires}: ${reason} (was ${judged.verdict}: ${judged.why})`;
    return { ...judged, verdict: 'waived', why };
  }

  /** The scenarios with those of their checks waived that failed, or were not tested, for what is waived and nothing else. */
  appliedToScenarios(scenarios: readonly ScenarioResult[]): readonly ScenarioResult[] {
    if (this.#all.length === 0) return scenarios;
    return scenarios.map((scenario) => ({
      ...scenario,
      variants: scenario.variants.map((variant) => ({
        ...variant,
        checks: variant.checks.map((check) => this.appliedToCheck(check)),
      })),
      across: scenario.across.map((check) => this.appliedToCheck(check)),
    }));
  }

  /** What became of each waiver, given what became of the clauses. */
  results(clauses: readonly ClauseResult[]): readonly WaiverResult[] {
    return this.#all.map((terms) => ({
      ...terms,
      id: `waiver of ${terms.covers}`,
      title: `${terms.owner} waives ${terms.covers} until ${terms.expires}`,
      parts: [],
      ...this.#fateOf(terms, clauses),
    }));
  }

  get #inForce(): readonly WaiverTerms[] {
    return this.#all.filter(({ date, expires }) => date <= this.#asOf && this.#asOf < expires);
  }

  /** One check, waived where it is not met and every part of it is waived. */
  appliedToCheck<Check extends CheckResult | AcrossResult>(check: Check): Check {
    // Every part has to be unmet and waived: a check that failed though its part was shown failed for something else.
    const [first, ...others] = check.parts.map(({ part, verdict }) =>
      isUnmet({ verdict }) ? this.forPart(part) : undefined,
    );
    if (first === undefined || others.includes(undefined) || !isUnmet(check)) return check;
    return { ...this.applied(check, first), was: check.verdict };
  }

  #fateOf({ date, expires, kind, covers }: WaiverTerms, clauses: readonly ClauseResult[]): Waivable {
    const asOf = this.#asOf;
    if (asOf >= expires)
      return {
        verdict: 'fail',
        why: `it expired ${expires}, and this is ${asOf}: what it covered counts as it is`,
      };
    if (asOf < date)
      return { verdict: 'not-applicable', why: `it is in force from ${date}, and this is ${asOf}` };
    const waived = clauses
      .filter(({ id }) => id === (kind === 'clause' ? covers : clauseOfPart(covers)))
      .flatMap((clause) => [clause, ...clause.checks.flatMap(({ parts }) => parts)])
      .filter(({ id, verdict }) => verdict === 'waived' && (kind === 'clause' || id === covers));
    return waived.length > 0
      ? { verdict: 'waived', why: `it covers ${covers}, which is not met` }
      : { verdict: 'not-applicable', why: `unused: nothing of ${covers} failed or was not tested` };
  }
}

function isUnmet({ verdict }: Pick<Waivable, 'verdict'>): boolean {
  return verdict === 'fail' || verdict === 'not-tested';
}
