/** The clause table: worst first, one line each; what was not tested is only named unless more was asked for. */
import type { ClauseResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import { countVerdicts, countsText, coverageOf, coverageText, numbered, worstFirst } from '../tally.ts';
import { columnFor } from './columns.ts';
import { cell, heading, paddedCell, paragraph, type Style } from './style.ts';

/** Clauses with nothing to say but that are named, not described, unless `describeAll` is set. */
export function clauseLines(suite: SuiteResult, describeAll: boolean, style: Style): string[] {
  const counts = countVerdicts(suite.clauses);
  const isNamed = ({ verdict }: ClauseResult): boolean =>
    !describeAll && (verdict === 'not-tested' || verdict === 'not-applicable');
  const shown = suite.clauses.filter((clause) => !isNamed(clause)).toSorted(worstFirst);
  return [
    heading('Clauses', style),
    ...paragraph(`${numbered(suite.clauses.length, 'clause')}: ${countsText(counts)}`, 2, style),
    ...paragraph(coverageText(suite.clauses), 2, style),
    ...(shown.length === 0 ? [] : ['', ...table(shown, style)]),
    ...named(suite.clauses.filter(isNamed), 'not-tested', style),
    ...named(suite.clauses.filter(isNamed), 'not-applicable', style),
  ];
}

/** `para-4 4/15`: with how many of its parts were tested, where that is some but not all. */
function nameOf(clause: ClauseResult): string {
  const { parts } = coverageOf([clause]);
  return parts.tested === 0 ? clause.id : `${clause.id} ${parts.tested}/${parts.of}`;
}

function named(clauses: readonly ClauseResult[], verdict: ClauseResult['verdict'], style: Style): string[] {
  const ids = clauses.filter((clause) => clause.verdict === verdict).map(nameOf);
  if (ids.length === 0) return [];
  return ['', ...paragraph(`${verdict}: ${ids.join(', ')}`, 2, style).map(style.palette.quiet)];
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
