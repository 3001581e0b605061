/** The conclusion, what needs attention, and what each scenario shows: sentences, and the matrix of paths by runs. */
import type { ScenarioResult, SuiteResult, VariantResult } from '../../scenarios/evidence/model.ts';
import type { Conclusion } from '../conclusion/conclusion.ts';
import { groundText, listed, type ConclusionLine } from '../conclusion/conclusion-line.ts';
import { atLeast, atMost, staysOpen } from '../conclusion/open-path.ts';
import { matrixOf, splitMatrix, type MatrixCell, type PathBesideBook } from '../matrix.ts';
import { missingRuns, missingText, placeOfCheck, troubledChecks } from '../tally.ts';
import { roughly } from '../when.ts';
import { columnsOf, printGrid, type GridCell } from './grid.ts';
import { SMALL } from './ink.ts';
import type { PdfSheets } from './sheets.ts';

/** So many runs stand beside each other; the rest of them in tables below. */
const RUNS_BESIDE = 7;
/** So many of what a sentence rests on are named. */
const NAMED = 3;

/** The three questions, then what needs somebody's attention. */
export function conclusionSheets(
  paper: PdfSheets,
  suite: SuiteResult,
  { outcome, exposed, unseen }: Conclusion,
): void {
  paper.section('Conclusion');
  question(paper, 'Did it come out as it must?', outcome);
  question(paper, 'What stayed open although the procedures were kept to?', exposed);
  question(paper, 'What was not looked at?', unseen);
  printGrid(paper, {
    caption: 'Needs attention, worst first',
    columns: columnsOf({ Check: 3, Verdict: 1, Why: 5 }),
    rows: [
      ...missingRuns(suite).map(({ scenario, run }): (GridCell | string)[] => [
        `${scenario.id}/${run.name}, seed ${run.seed}`,
        { text: 'missing', tone: 'bad', bold: true },
        missingText(run),
      ]),
      ...troubledChecks(suite).map((placed): (GridCell | string)[] => [
        placeOfCheck(placed),
        verdictCell(placed.check.verdict),
        placed.check.why,
      ]),
    ],
  });
}

/** What each scenario shows. */
export function scenarioSheets(paper: PdfSheets, suite: SuiteResult, { scenarios }: Conclusion): void {
  paper.section('What was protected, and what each order and error cost');
  paper.paragraph(
    'In the tables: a length says for how long a path was open at the most; open, that nothing shows that it ended; refused, that the same attempt was refused; not known, that it was not tried as it should have been; a dot, that nobody tried it in this run.',
    { ...SMALL, tone: 'muted' },
  );
  for (const [at, { sentences }] of scenarios.entries()) {
    const scenario = suite.scenarios[at];
    if (scenario === undefined) continue;
    paper.heading(3, `${scenario.title} (${scenario.id})`);
    sentencesList(paper, sentences);
    matrixGrids(paper, scenario);
  }
}

/** A verdict by its word and its colour. */
export function verdictCell(verdict: string): GridCell {
  const tone =
    verdict === 'pass' ? 'good' : verdict === 'fail' ? 'bad' : verdict === 'not-tested' ? 'muted' : 'unsure';
  return { text: verdict, tone, bold: true };
}

function question(paper: PdfSheets, title: string, sentences: readonly ConclusionLine[]): void {
  if (sentences.length === 0) return;
  paper.heading(3, title);
  sentencesList(paper, sentences);
}

/** Sentences with the first few of what they rest on. */
export function sentencesList(paper: PdfSheets, sentences: readonly ConclusionLine[]): void {
  if (sentences.length === 0) return;
  paper.list(
    sentences.map(({ text, grounds }) => {
      const places = [...new Set(grounds.map(groundText))];
      return places.length === 0 ? text : `${text} [${listed(places, NAMED)}]`;
    }),
    { ...SMALL, size: 8.6 },
  );
}

/** The matrix in two, as the page has it: the runs by the book side by side, and what errors cost beside what the book comes to. */
function matrixGrids(paper: PdfSheets, scenario: ScenarioResult): void {
  const { book, errors } = splitMatrix(matrixOf(scenario));
  matrixGrid(paper, `For how long each path was open by the book: ${scenario.id}`, book);
  matrixGrid(paper, `For how long each path was open with an error: ${scenario.id}`, errors);
}

/** So many runs at a time; a path that was tried in none of these is left out of their table. */
function matrixGrid(
  paper: PdfSheets,
  caption: string,
  {
    variants,
    rows,
  }: {
    readonly variants: readonly VariantResult[];
    readonly rows: readonly (Omit<PathBesideBook, 'book'> & Partial<PathBesideBook>)[];
  },
): void {
  for (let at = 0; at < variants.length && rows.length > 0; at += RUNS_BESIDE) {
    const beside = variants.slice(at, at + RUNS_BESIDE);
    const last = at + beside.length;
    const part =
      variants.length > RUNS_BESIDE
        ? `, runs ${at + 1} to ${last} of ${variants.length}; what none of them tried is left out`
        : '';
    const hasBook = rows.some(({ book }) => book !== undefined);
    printGrid(paper, {
      caption: `${caption}${part}`,
      columns: [
        { head: 'Somebody could', weight: 2.6 },
        ...(hasBook ? [{ head: 'by the book', weight: 1 }] : []),
        ...beside.map(({ name }) => ({ head: name, weight: 1 })),
      ],
      rows: rows
        .map((row) => ({ ...row, cells: row.cells.slice(at, at + RUNS_BESIDE) }))
        .filter(({ cells }) => cells.some(({ kind }) => kind !== 'not-tried'))
        .map(({ path, cells, book }) => {
          const bar = path.bars[0]?.bar;
          const what =
            bar && `${bar.capability} ${bar.asset} (${bar.attacker}: ${bar.attack} by ${bar.route})`;
          return [what ?? '', ...(book === undefined ? [] : [matrixCell(book)]), ...cells.map(matrixCell)];
        }),
    });
  }
}

function matrixCell(cell: MatrixCell): GridCell {
  switch (cell.kind) {
    case 'exposed': {
      const { bar } = cell.longest;
      if (!staysOpen(bar)) return { text: roughly(atMost(bar), 'at most'), tone: 'unsure', filled: true };
      const seen = atLeast(bar);
      const least = seen > 0 ? ` ≥ ${roughly(seen, 'at least')}` : '';
      return { text: `open${least}`, tone: 'bad', bold: true, filled: true };
    }
    case 'refused':
      return { text: 'refused', tone: 'good' };
    case 'not-known':
      return { text: 'not known', tone: 'unsure' };
    case 'not-tried':
      return { text: '·', tone: 'muted' };
  }
}
