/** The clause table: worst first, one line each; what was not tested is a count unless the list was asked for. */
import type { ClauseResult, SuiteResult } from '../../scenarios/run/model.ts';
import { countVerdicts, countsText, numbered, worstFirst } from '../tally.ts';
import { columnFor } from './columns.ts';
import { cell, heading, paddedCell, paragraph, type Style } from './style.ts';

/** `howToList` is said when the clauses that were not tested are only counted. */
export function clauseLines(
  suite: SuiteResult,
  listNotTested: boolean,
  howToList: string,
  style: Style,
): string[] {
  const { palette } = style;
  const counts = countVerdicts(suite.clauses);
  const shown = suite.clauses
    .filter(({ verdict }) => listNotTested || verdict !== 'not-tested')
    .toSorted(worstFirst);
  const folded = suite.clauses.length - shown.length;
  return [
    heading('Clauses', style),
    ...paragraph(`${numbered(suite.clauses.length, 'clause')}: ${countsText(counts)}`, 2, style),
    '',
    ...table(shown, style),
    ...(folded === 0
      ? []
      : paragraph(`${numbered(folded, 'clause')} not tested; ${howToList}`, 2, style).map(palette.quiet)),
  ];
}

function table(clauses: readonly ClauseResult[], style: Style): string[] {
  const { palette, columns } = style;
  const verdictWidth = columnFor(
    clauses.map(({ verdict }) => verdict),
    14,
  );
  const idWidth = columnFor(
    clauses.map(({ id }) => id),
    20,
  );
  const modalityWidth = columnFor(
    clauses.map(({ modality }) => modality),
    9,
  );
  const indent = 2 + verdictWidth + 2 + idWidth + 2 + modalityWidth + 2;
  return clauses.flatMap((clause) => {
    const line = [
      `  ${palette.verdict[clause.verdict](paddedCell(clause.verdict, verdictWidth, style))}`,
      paddedCell(clause.id, idWidth, style),
      palette.quiet(paddedCell(clause.modality, modalityWidth, style)),
      cell(clause.paraphrase, columns - indent, style),
    ].join('  ');
    const quietly = clause.verdict === 'pass' || clause.verdict === 'not-tested';
    return quietly ? [line] : [line, ...paragraph(clause.why, indent, style).map(palette.quiet)];
  });
}
