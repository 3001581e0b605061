/** The clauses of two suites side by side: what became of each and of its parts, and whether it still says the same. */
import { canonicalJson, type JsonValue } from '../../../sim/canonical-json.ts';
import { catalogueOf } from '../verdicts/index.ts';
import type { CatalogueClause } from '../../catalogue/clauses.ts';
import type { ClauseResult } from '../model.ts';
import type { ClauseTextChange, VerdictChange } from './model.ts';
import { byPlace, sideBySide } from './places.ts';
import { verdictChange, type JudgedPlace } from './verdict-change.ts';

type Clauses = readonly ClauseResult[];

/** Clauses and their parts that came to something else. */
export function clauseChanges(before: Clauses, after: Clauses): readonly VerdictChange[] {
  return sideBySide(foundIn(before), foundIn(after)).flatMap(([place, one, other]) => {
    const change = verdictChange(place, one, other, 'the catalogue has it no more');
    return change === undefined ? [] : [change];
  });
}

function foundIn(clauses: Clauses): ReadonlyMap<string, JudgedPlace> {
  const found = clauses.flatMap((clause): (JudgedPlace & { readonly id: string })[] => [
    clause,
    ...clause.checks.flatMap(({ parts }) => parts),
  ]);
  return byPlace(found, ({ id }) => id);
}

/** What the catalogue says otherwise, field by field. */
export function clauseTextChanges(before: Clauses, after: Clauses): readonly ClauseTextChange[] {
  return sideBySide(textsOf(before), textsOf(after)).flatMap(([clause, one, other]): ClauseTextChange[] => {
    if (one === undefined || other === undefined)
      return [{ clause, field: 'clause', before: one?.['words'] ?? null, after: other?.['words'] ?? null }];
    return Object.keys(one).flatMap((field) =>
      one[field] === other[field]
        ? []
        : [{ clause, field, before: one[field] ?? null, after: other[field] ?? null }],
    );
  });
}

function textsOf(clauses: Clauses): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(catalogueOf(clauses).map((clause) => [clause.id, fieldsOf(clause)]));
}

function fieldsOf({
  paraphrase,
  modality,
  class: kind,
  checks,
}: CatalogueClause): Readonly<Record<string, string>> {
  return {
    ...{ words: paraphrase, modality, class: kind },
    // Whole: another stance or reason is another question.
    checks: canonicalJson(checks as unknown as JsonValue),
  };
}
