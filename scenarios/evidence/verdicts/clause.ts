/**
 * The verdict on each clause of the catalogue: the worst over its checks in all reference variants. Every clause is in the
 * result exactly once; a clause without a check says so. A waiver turns what is not met into `waived`, with its owner and
 * its expiry, and never hides why.
 */
import {
  VERDICTS,
  type ClauseClass,
  type ClauseResult,
  type ScenarioResult,
  type Verdict,
} from '../model.ts';
import type { UnixMillis } from '../../language/index.ts';

/** A clause of the catalogue, as far as its verdict needs it. */
export interface CatalogueClause {
  readonly id: string;
  readonly paraphrase: string;
  readonly modality: string;
  /** An `information` clause states something and asks for nothing: without checks it is not-applicable, not not-tested. */
  readonly class: ClauseClass;
}

/** A risk owner's decision to live with a clause that is not met. */
export interface Waiver {
  readonly clause: string;
  readonly owner: string;
  readonly reason: string;
  /** From this instant on the waiver is void. */
  readonly expires: UnixMillis;
  /** The expiry as it is shown. */
  readonly expiresText: string;
}

/** One contribution to a clause. */
interface Contribution {
  readonly name: string;
  readonly verdict: Verdict;
  readonly why: string;
}

/** Verdicts in the order of the catalogue. `asOf` is when waivers are looked at. */
export function judgeClauses(
  catalogue: readonly CatalogueClause[],
  scenarios: readonly ScenarioResult[],
  waivers: readonly Waiver[] = [],
  asOf: UnixMillis = 0,
): readonly ClauseResult[] {
  const byClause = contributionsOf(scenarios);
  return catalogue.map((clause) => {
    const { id, paraphrase, modality, class: kind } = clause;
    const contributions = byClause.get(id) ?? [];
    const { verdict, why } = waive(worst(clause, contributions), waivers, id, asOf);
    const checks = contributions.map(({ name }) => name);
    return { id, paraphrase, modality, class: kind, verdict, checks, why };
  });
}

/** Checks of reference variants and rows that are not tested, by clause. */
function contributionsOf(scenarios: readonly ScenarioResult[]): ReadonlyMap<string, readonly Contribution[]> {
  const byClause = new Map<string, Contribution[]>();
  const add = (clauses: readonly string[], contribution: Contribution): void => {
    for (const clause of clauses) {
      const list = byClause.get(clause);
      if (list === undefined) byClause.set(clause, [contribution]);
      else list.push(contribution);
    }
  };
  for (const scenario of scenarios) {
    for (const variant of scenario.variants) {
      if (!variant.reference) continue;
      for (const { id, clauses, verdict, why } of variant.checks)
        add(clauses, { name: `${scenario.id}/${variant.name}/${id}`, verdict, why });
    }
    // Of a run that came to no end nothing is known: the clauses of its checks must not pass by what else was run.
    for (const { name, reference, checks, code, why } of scenario.missing)
      for (const { id, clauses } of reference ? checks : [])
        add(clauses, {
          name: `${scenario.id}/${name}/${id}`,
          verdict: 'inconclusive',
          why: `the run failed: ${code}: ${why}`,
        });
    for (const { row, reason, clauses } of scenario.notTested)
      add(clauses, { name: `${scenario.id}/${row}`, verdict: 'not-tested', why: reason });
  }
  return byClause;
}

interface Judgement {
  readonly verdict: Verdict;
  readonly why: string;
}

function worst({ class: kind }: CatalogueClause, contributions: readonly Contribution[]): Judgement {
  if (contributions.length === 0)
    return kind === 'information'
      ? { verdict: 'not-applicable', why: 'the clause informs; there is nothing to check' }
      : { verdict: 'not-tested', why: 'no check names the clause' };
  // A check that does not apply to one variant says nothing about the clause while another one applies.
  const applicable = contributions.filter(({ verdict }) => verdict !== 'not-applicable');
  const counted = applicable.length === 0 ? contributions : applicable;
  const verdict = counted.map((each) => each.verdict).reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const deciding = counted.filter((each) => each.verdict === verdict);
  if (verdict === 'pass') return { verdict, why: `${counted.length} of ${counted.length} checks pass` };
  const [first] = deciding;
  return {
    verdict,
    why: `${deciding.length} of ${counted.length} checks: ${first?.name ?? ''}: ${first?.why ?? ''}`,
  };
}

function rank(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict);
}

/** Applies the waiver of a clause that is not met. An expired one is named and changes nothing. */
function waive(judgement: Judgement, waivers: readonly Waiver[], id: string, asOf: UnixMillis): Judgement {
  const { verdict, why } = judgement;
  if (rank(verdict) < rank('not-tested')) return judgement;
  const own = waivers.filter(({ clause }) => clause === id);
  const valid = own.find(({ expires }) => asOf < expires);
  if (valid !== undefined)
    return {
      verdict: 'waived',
      why: `waived by ${valid.owner} until ${valid.expiresText}: ${valid.reason} (was ${verdict}: ${why})`,
    };
  const [expired] = own;
  if (expired === undefined) return judgement;
  return { verdict, why: `${why} (the waiver of ${expired.owner} expired ${expired.expiresText})` };
}
