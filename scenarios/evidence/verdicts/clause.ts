/**
 * The verdict on each clause of the catalogue, from its parts up: a part is decided by all checks that are bound to it, a check passes
 * when all its parts did, a clause when all its checks did. What nothing showed is not-tested, and says so with numbers. Every clause is
 * in the result exactly once. What a deployment declares counts as what a run shows; a waiver turns what is not met into `waived`, and never hides why.
 */
import type { CatalogueCheck, CatalogueClause, CataloguePart } from '../../catalogue/clauses.ts';
import {
  isTested,
  isWhole,
  lossText,
  VERDICTS,
  type ClauseCheckResult,
  type ClauseResult,
  type DeploymentCheck,
  type PartResult,
  type ScenarioResult,
  type Verdict,
} from '../model.ts';
import { Waivers } from './waiver.ts';

/** What one check of one run says of a part. */
interface Contribution {
  readonly name: string;
  readonly verdict: Verdict;
  readonly why: string;
}

/** Parts named in the reason of a clause, at most. */
const NAMED_MAX = 3;

/** What a deployment says of clauses beside the runs: what it declares, and what it waives. */
export interface DeclaredOfClauses {
  readonly declares: readonly DeploymentCheck[];
  readonly waivers: Waivers;
}

/** Verdicts in the order of the catalogue. */
export function judgeClauses(
  catalogue: readonly CatalogueClause[],
  scenarios: readonly ScenarioResult[],
  { declares, waivers }: DeclaredOfClauses = { declares: [], waivers: new Waivers() },
): readonly ClauseResult[] {
  const byPart = contributionsOf(scenarios, declares);
  return catalogue.map((clause) => {
    const { id, paraphrase, modality, class: kind } = clause;
    const checks = clause.checks.map((check) => judgeCheck(check, byPart, waivers));
    const { verdict, why } = waivers.applied(judgeClause(checks), waivers.forClause(id));
    return { id, paraphrase, modality, class: kind, verdict, why, checks };
  });
}

/** The catalogue that clauses were judged by, without what they came to. */
export function catalogueOf(clauses: readonly CatalogueClause[]): readonly CatalogueClause[] {
  return clauses.map(({ id, paraphrase, modality, class: kind, checks }) => ({
    ...{ id, paraphrase, modality, class: kind },
    checks: checks.map(({ id: check, stance, parts }) => ({ id: check, stance, parts: parts.map(partOf) })),
  }));
}

function partOf({ id, what, by, rows, outcome, reason }: CataloguePart): CataloguePart {
  return {
    ...{ id, what, by, rows },
    ...(outcome === undefined ? {} : { outcome }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What checks say of each part, with rows that are not tested and runs that are missing. */
function contributionsOf(
  scenarios: readonly ScenarioResult[],
  declares: readonly DeploymentCheck[],
): ReadonlyMap<string, readonly Contribution[]> {
  const byPart = new Map<string, Contribution[]>();
  const add = (part: string, contribution: Contribution): void => {
    const list = byPart.get(part);
    if (list === undefined) byPart.set(part, [contribution]);
    else list.push(contribution);
  };
  for (const scenario of scenarios) {
    for (const { name, checks } of scenario.variants)
      for (const { id, parts } of checks)
        for (const { part, verdict, why } of parts)
          add(part, { name: `${scenario.id}/${name}/${id}`, verdict, why });
    // Of a run that came to no end nothing is known: the parts of its checks must not pass by what else was run.
    for (const { name, checks, code, why } of scenario.missing)
      for (const { id, parts } of checks)
        for (const part of parts)
          add(part, {
            name: `${scenario.id}/${name}/${id}`,
            verdict: 'inconclusive',
            why: lossText({ code, why }),
          });
    for (const { id, parts } of scenario.across)
      for (const { part, verdict, why } of parts) add(part, { name: `${scenario.id}/${id}`, verdict, why });
    for (const { row, reason, parts } of scenario.notTested)
      for (const part of parts)
        add(part, { name: `${scenario.id}/${row}`, verdict: 'not-tested', why: reason });
  }
  for (const { id, parts } of declares)
    for (const { part, verdict, why } of parts) add(part, { name: `deployment/${id}`, verdict, why });
  return byPart;
}

interface Judgement {
  readonly verdict: Verdict;
  readonly why: string;
}

function judgeCheck(
  { id, stance, parts }: CatalogueCheck,
  byPart: ReadonlyMap<string, readonly Contribution[]>,
  waivers: Waivers,
): ClauseCheckResult {
  const judged = parts.map((part) =>
    waivers.applied(judgePart(part, byPart.get(part.id) ?? []), waivers.forPart(part.id)),
  );
  return { id, stance, ...judgementOn(judged), parts: judged };
}

/** The worst over all that is bound to it: one check that fails is enough. */
function judgePart(part: CataloguePart, contributions: readonly Contribution[]): PartResult {
  // A check that does not apply to one variant says nothing of the part while another one applies.
  const applicable = contributions.filter(({ verdict }) => verdict !== 'not-applicable');
  const base = { ...partOf(part), decidedBy: applicable.map(({ name }) => name) };
  const verdict = worstOf(applicable);
  const deciding = applicable.filter((each) => each.verdict === verdict);
  const [first] = deciding;
  if (first === undefined) {
    const [unable] = contributions;
    return {
      ...base,
      verdict: 'not-tested',
      why: unable === undefined ? 'nothing is bound to it' : `it does not apply: ${unable.why}`,
    };
  }
  const why = `${first.name}: ${first.why}`;
  return {
    ...base,
    verdict,
    why: verdict === 'pass' ? why : `${deciding.length} of ${applicable.length}: ${why}`,
  };
}

function judgeClause(checks: readonly ClauseCheckResult[]): Judgement {
  const parts = checks.flatMap((check) => check.parts);
  const { verdict, why } = judgementOn(parts);
  const whole = checks.filter(({ parts: own }) => isWhole(own)).length;
  return { verdict, why: `${whole} of ${checks.length} checks, ${why}` };
}

/** Over the parts of a check or a clause: a failure outweighs what is unclear, and that what is missing. */
function judgementOn(parts: readonly PartResult[]): Judgement {
  const tested = parts.filter(isTested).length;
  const verdict = worstOf(parts);
  const counted = `${tested} of ${parts.length} parts tested`;
  if (verdict === 'pass') return { verdict, why: counted };
  const short = parts.filter((part) => part.verdict === verdict);
  const [first] = verdict === 'not-tested' ? [] : short;
  const named =
    first === undefined
      ? `not tested: ${listed(short.map(({ id }) => id))}`
      : `${verdict}: ${first.id}: ${first.why}`;
  return { verdict, why: `${counted}; ${named}` };
}

function listed(ids: readonly string[]): string {
  const more = ids.length - NAMED_MAX;
  return `${ids.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The worst that is said; of nothing it is that it was not tested. */
function worstOf(judged: readonly Pick<Judgement, 'verdict'>[]): Verdict {
  return VERDICTS.findLast((verdict) => judged.some((each) => each.verdict === verdict)) ?? 'not-tested';
}
