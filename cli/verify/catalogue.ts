/** Whether a report has every clause of the catalogue in the words of the catalogue: one that is left out, or asks for less, is told. */
import { isDeepStrictEqual } from 'node:util';
import { CATALOGUE, type CatalogueClause } from '../../scenarios/catalogue/clauses.ts';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { TOOL } from '../../scenarios/runs/index.ts';
import { verifiedUnless, type VerifyResult } from './verify-result.ts';

/** Holds the clauses of a report against the catalogue of this program, in both directions. */
export function verifyCatalogue({ clauses, tool }: SuiteResult): VerifyResult {
  const reported = new Map(clauses.map((clause) => [clause.id, clause]));
  const known = new Set(CATALOGUE.map(({ id }) => id));
  const made = tool === TOOL ? '' : `; the report was made by ${tool}, and this is ${TOOL}`;
  const faults = [
    ...(reported.size === clauses.length ? [] : ['a clause is there twice']),
    ...clauses
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => `${id} is no clause of the catalogue${made}`),
    ...CATALOGUE.flatMap((clause) => {
      const found = reported.get(clause.id);
      if (found === undefined) return [`the clause ${clause.id} is missing${made}`];
      return isDeepStrictEqual(askedBy(found), askedBy(clause))
        ? []
        : [`the clause ${clause.id} is not in the words of the catalogue${made}`];
    }),
  ];
  return verifiedUnless(
    'catalogue',
    faults,
    `${clauses.length} clauses in the words of the catalogue${made}`,
  );
}

/** What a clause asks for, without what it came to. */
function askedBy({ id, paraphrase, modality, class: kind, checks }: CatalogueClause): unknown {
  return [
    ...[id, paraphrase, modality, kind],
    checks.map((check) => [
      check.id,
      check.stance,
      check.parts.map((part) => [part.id, part.what, part.by, part.rows, part.outcome, part.reason]),
    ]),
  ];
}
