/** The matrix on a terminal: under each clause its parts, each with how it is shown, the last verdict, and the scenarios or the reason why there are none. */
import { printable } from '../../reports/printable.ts';
import { columnFor, padded, wrapped } from '../../reports/terminal/columns.ts';
import { heading, styleOf, type Style, type TerminalKind } from '../../reports/terminal/style.ts';
import { numbered } from '../../reports/tally.ts';
import type { ClauseRow, PartCoverage } from './clause-matrix.ts';
import type { LastResults, LastVerdict } from './last-verdicts.ts';

/** A row of the matrix with what the last results say of it. */
export interface JudgedRow extends ClauseRow {
  readonly last: LastVerdict;
}

const GAP = '  ';

/** Ended by a newline. `all` is how many rows there are without any filter. */
export function matrixText(
  rows: readonly JudgedRow[],
  { results, all, terminal }: { results: LastResults; all: number; terminal: TerminalKind },
): string {
  const style = styleOf(terminal);
  const partWidth = columnFor(rows.map(shortName), 34);
  const wayWidth = columnFor(
    rows.map(({ by }) => by),
    12,
  );
  const verdictWidth = columnFor(
    rows.map(({ last }) => verdictText(last)),
    22,
  );
  const indent = 2 + partWidth + wayWidth + verdictWidth + 3 * GAP.length;
  const lines = [...new Set(rows.map(({ clause }) => clause))].flatMap((clause) => [
    '',
    heading(titleOf(rows, clause), style),
    ...rows
      .filter((row) => row.clause === clause)
      .flatMap((row) => {
        const [first = '', ...more] = wrapped(
          printable(saysOf(row.coverage)),
          Math.max(24, style.columns - indent),
        );
        const painted = paintedVerdict(row.last, verdictWidth, style);
        const name = padded(shortName(row), partWidth);
        return [
          `  ${name}${GAP}${style.palette.quiet(padded(row.by, wayWidth))}${GAP}${painted}${GAP}${first}`,
          ...more.map((line) => ' '.repeat(indent) + line),
        ];
      }),
  ]);
  return `${[...headOf(rows, all, results), ...lines].join('\n')}\n`;
}

function titleOf(rows: readonly JudgedRow[], clause: string): string {
  const { modality, class: kind } = rows.find((row) => row.clause === clause) ?? { modality: '', class: '' };
  return `${clause}  ${modality}  ${kind}`;
}

/** `tested 9 of 349 parts`, and whose verdicts they are. */
function headOf(rows: readonly JudgedRow[], all: number, results: LastResults): readonly string[] {
  const distinct = (of: (row: JudgedRow) => string): number => new Set(rows.map(of)).size;
  const counted = [
    numbered(
      distinct(({ clause }) => clause),
      'clause',
    ),
    numbered(
      distinct(({ check }) => check),
      'check',
    ),
    rows.length === all ? numbered(all, 'part') : `${rows.length} of ${numbered(all, 'part')}`,
  ].join(', ');
  const counts = (['bound', 'declared', 'missing', 'awaited', 'unexplained'] as const)
    .map((is) => [is, rows.filter(({ coverage }) => coverage.is === is).length] as const)
    .filter(([, count]) => count > 0)
    .map(([is, count]) => `${count} ${MEANINGS[is]}`);
  return [`${counted}: ${counts.length === 0 ? 'none' : counts.join(', ')}`, ...resultsLines(results)];
}

const MEANINGS: Readonly<Record<PartCoverage['is'], string>> = {
  bound: 'shown by scenarios',
  declared: 'by a deployment file',
  missing: 'by nothing, for a reason',
  awaited: 'whose scenario is not shipped yet',
  unexplained: 'by nothing, and nobody says why',
};

/** Where the verdicts are from, with all that has to be known of them. */
export function resultsLines({ name, notes }: LastResults): readonly string[] {
  const from = name === undefined ? [] : [printable(name)];
  return [`Verdicts: ${[...from, ...notes.map(printable)].join('; ')}`];
}

/** `c2/wrong-psk` of `para-11.c2/wrong-psk`: its clause stands above. */
function shortName({ part, clause }: ClauseRow): string {
  return part.slice(clause.length + 1);
}

/** `pass 3/9` where but three of the nine runs that show it were made. */
export function verdictText({ verdict, ran, of }: LastVerdict): string {
  return verdict === 'never-run' || ran === of ? verdict : `${verdict} ${ran}/${of}`;
}

/** Coloured, and as wide as its column. */
export function paintedVerdict(last: LastVerdict, width: number, { palette }: Style): string {
  const text = padded(verdictText(last), width);
  return last.verdict === 'never-run' ? palette.quiet(text) : palette.verdict[last.verdict](text);
}

/** The scenarios, the entry of the deployment file, or the reason why there is neither. */
function saysOf(coverage: PartCoverage): string {
  if (coverage.is === 'bound')
    return [...new Set(coverage.checks.map(({ scenario }) => scenario))].join(', ');
  return coverage.is === 'declared' ? `deployment file: ${coverage.entry}` : `no check: ${coverage.reason}`;
}
