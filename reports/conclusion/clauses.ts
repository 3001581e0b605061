/** Which clauses are met, not met, or not tested, by how binding they are. */
import type { ClauseResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import { countsText, countVerdicts, coverageOf, numbered } from '../tally.ts';
import { listed, type Basis, type ConclusionLine } from './conclusion-line.ts';

/** From what binds most. */
const MODALITIES: readonly string[] = ['must', 'shall', 'should', 'recommend', 'may', 'inform'];
const NAMED = 8;

/** A sentence for each modality that occurs, what binds most first. */
export function clausesByModality({ clauses }: SuiteResult): readonly ConclusionLine[] {
  return modalitiesOf(clauses).map((modality) =>
    sentenceOf(
      modality,
      clauses.filter((each) => each.modality === modality),
    ),
  );
}

/** The modalities that occur, what binds most first. */
export function modalitiesOf(clauses: readonly ClauseResult[]): readonly string[] {
  return [...new Set(clauses.map(({ modality }) => modality))].sort((a, b) => rank(a) - rank(b));
}

function rank(modality: string): number {
  const at = MODALITIES.indexOf(modality);
  return at < 0 ? MODALITIES.length : at;
}

function sentenceOf(modality: string, clauses: readonly ClauseResult[]): ConclusionLine {
  const { parts } = coverageOf(clauses);
  const named = (['fail', 'inconclusive', 'waived', 'pass'] as const).flatMap((verdict) => {
    const ids = clauses.filter((clause) => clause.verdict === verdict).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${verdict}: ${listed(ids, NAMED)}`];
  });
  const verdicts = named.length === 0 ? '' : `; ${named.join('; ')}`;
  return {
    text: `${modality}: ${numbered(clauses.length, 'clause')}, ${countsText(countVerdicts(clauses))}; ${parts.tested} of ${numbered(parts.of, 'part')} tested${verdicts}.`,
    grounds: clauses.map(({ id }): Basis => ({ kind: 'clause', id })),
  };
}
