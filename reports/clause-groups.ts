/** The clauses by how binding they are, each with how much of it was tested and what was waived: plain data, for whatever lays it out. */
import {
  isTested,
  type ClauseResult,
  type SuiteResult,
  type Verdict,
  type WaiverResult,
} from '../scenarios/evidence/model.ts';
import { modalitiesOf } from './conclusion/clauses.ts';
import { clauseOf } from './tally.ts';

/** A clause with its coverage and the waivers that cover it or a part of it. */
export interface CoveredClause {
  readonly clause: ClauseResult;
  /** Parts that were tried so that they say yes or no, and all there are. */
  readonly tested: number;
  readonly parts: number;
  readonly waivers: readonly WaiverResult[];
}

/** The clauses of one modality: what has to be looked at first, what nobody looked at last. */
export interface ClauseGroup {
  readonly modality: string;
  readonly rows: readonly CoveredClause[];
}

/** Something said comes before nothing said, and trouble before a pass. */
const ORDER: readonly Verdict[] = ['fail', 'inconclusive', 'waived', 'pass', 'not-tested', 'not-applicable'];

/** Every clause exactly once, what binds most first. */
export function clauseGroups({ clauses, deployment }: SuiteResult): readonly ClauseGroup[] {
  const waivers = deployment?.waivers ?? [];
  return modalitiesOf(clauses).map((modality) => ({
    modality,
    rows: clauses
      .filter((clause) => clause.modality === modality)
      .map((clause) => coveredClause(clause, waivers))
      .sort(
        (a, b) =>
          ORDER.indexOf(a.clause.verdict) - ORDER.indexOf(b.clause.verdict) ||
          Number(b.tested > 0) - Number(a.tested > 0),
      ),
  }));
}

function coveredClause(clause: ClauseResult, waivers: readonly WaiverResult[]): CoveredClause {
  const parts = clause.checks.flatMap((check) => check.parts);
  return {
    clause,
    tested: parts.filter(isTested).length,
    parts: parts.length,
    waivers: waivers.filter(
      ({ kind, covers }) => (kind === 'clause' ? covers : clauseOf(covers)) === clause.id,
    ),
  };
}
