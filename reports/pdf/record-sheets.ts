/** The tables that the conclusion rests on: clauses, exposures, parameters, and what is taken for granted. */
import { isTested, type ClauseResult, type SuiteResult } from '../../scenarios/evidence/model.ts';
import { modalitiesOf } from '../conclusion/clauses.ts';
import { listed, type ConclusionLine } from '../conclusion/conclusion-line.ts';
import { staysOpen } from '../conclusion/open-path.ts';
import { exposureGroups, laneName, occurrence, type ExposedPath } from '../exposed-paths.ts';
import { exposureFrom, exposureLength, exposureUntil } from '../exposure.ts';
import { setByText } from '../set-by.ts';
import { numbered, WORST_FIRST } from '../tally.ts';
import { momentOf } from '../when.ts';
import { sentencesList, verdictCell } from './finding-sheets.ts';
import { columnsOf, printGrid, type GridCell } from './grid.ts';
import type { PdfSheets } from './sheets.ts';

/** So many moments of a course are named; the page draws them all. */
const MOMENTS_NAMED = 4;

/** Every clause of the catalogue, the binding ones first, worst first among these. */
export function clauseSheets(
  paper: PdfSheets,
  { clauses }: SuiteResult,
  sentences: readonly ConclusionLine[],
): void {
  paper.section('Clauses');
  sentencesList(paper, sentences);
  for (const modality of modalitiesOf(clauses)) {
    const bound = clauses.filter((clause) => clause.modality === modality);
    printGrid(paper, {
      caption: `${modality}: ${numbered(bound.length, 'clause')}`,
      columns: columnsOf({
        ...{ Clause: 1.2, Verdict: 1.1, 'What it says, in our words': 4.2, Why: 3.2, 'Parts tested': 0.8 },
      }),
      rows: WORST_FIRST.flatMap((verdict) => bound.filter((clause) => clause.verdict === verdict)).map(
        clauseRow,
      ),
    });
  }
}

function clauseRow(clause: ClauseResult): (GridCell | string)[] {
  const parts = clause.checks.flatMap((check) => check.parts);
  const tested = parts.filter(isTested).length;
  return [
    clause.id,
    verdictCell(clause.verdict),
    clause.paraphrase,
    clause.why,
    `${tested} of ${parts.length}`,
  ];
}

/** Every entry of every ledger, by path. */
export function exposureSheets(paper: PdfSheets, suite: SuiteResult): void {
  paper.section('Exposures');
  paper.paragraph(
    'What an attacker could do, from when to when. An interval at the beginning or the end lies between two attempts. A path that is in no table was not seen to be open, which is not the same as being closed: see what was not looked at.',
  );
  for (const { scenario, paths } of exposureGroups(suite)) {
    paper.heading(3, `${scenario.title} (${scenario.id})`);
    for (const path of paths) pathGrid(paper, path);
  }
}

/** A path with the courses that it took: runs in which it was open at the same times stand in one row, those by the book first. */
function pathGrid(paper: PdfSheets, path: ExposedPath): void {
  const { bar, axes, begins } = path;
  printGrid(paper, {
    caption: `${bar.attacker} could ${bar.capability}: ${bar.asset}, ${bar.attack} by ${bar.route}; ${occurrence(path)}`,
    columns: columnsOf({ Runs: 2.4, From: 1.8, Until: 2.1, 'Open for': 1.4, Meanwhile: 2.2 }),
    rows: axes.flatMap(({ byTheBook, lanes }) =>
      lanes.map((lane): (GridCell | string)[] => {
        const [{ bar: first, variant }] = lane.bars;
        const names = [...new Set(lane.bars.map((placed) => placed.variant.name))].join(', ');
        const runs = lane.wholeBook ? laneName(lane) : names;
        const moments = lane.moments.map(
          (moment) => `${moment.names.join(', ')} ${momentOf(begins, moment.time)}`,
        );
        return [
          byTheBook ? runs : `with an error: ${runs}`,
          exposureFrom(variant.begins, first),
          exposureUntil(variant.begins, first),
          staysOpen(first) ? { text: exposureLength(first), tone: 'bad', bold: true } : exposureLength(first),
          listed(moments, MOMENTS_NAMED),
        ];
      }),
    ),
  });
}

/** What the source document leaves open, with who decided it. */
export function parameterSheets(paper: PdfSheets, { parameters }: SuiteResult): void {
  paper.section('Parameters');
  paper.paragraph(
    'What the source document leaves open is a choice of the deployment. A run that sets one says so in report.json.',
  );
  printGrid(paper, {
    caption: 'Parameters in force',
    columns: columnsOf({
      ...{ Parameter: 1.8, Value: 1.2, 'Set by': 1, Default: 1.2, Decides: 3, 'Left open by': 1.3 },
    }),
    rows: parameters.map(
      ({ name, value, default: standard, summary, source, setBy }): (GridCell | string)[] => [
        name,
        { text: value, bold: value !== standard },
        setByText(setBy),
        standard,
        summary,
        source,
      ],
    ),
  });
}

/** What nobody tried here: declared by the deployment, waived, listed as not tested, or without any check. */
export function assumptionSheets(paper: PdfSheets, { deployment, scenarios, clauses }: SuiteResult): void {
  paper.section('Assumptions and what was not tested');
  const columns = columnsOf({ What: 2, Verdict: 1, Why: 4, 'Written at': 2 });
  const declared = (caption: string, checks: NonNullable<SuiteResult['deployment']>['declares']): void => {
    printGrid(paper, {
      caption,
      columns,
      rows: checks.map(({ title, verdict, why, source }) => [title, verdictCell(verdict), why, source]),
    });
  };
  if (deployment === undefined)
    paper.paragraph('There was no deployment file, so nothing was declared and nothing was waived.');
  else {
    declared('Declared by the deployment', deployment.declares);
    declared('Waivers: a waiver closes no exposure', deployment.waivers);
  }
  printGrid(paper, {
    caption: 'Rows of scenarios that nothing tests',
    columns: columnsOf({ Scenario: 1, Row: 2, 'Why not': 4 }),
    rows: scenarios.flatMap(({ id, notTested }) => notTested.map(({ row, reason }) => [id, row, reason])),
  });
  const untouched = clauses.filter(({ checks }) => !checks.some(({ parts }) => parts.some(isTested)));
  if (untouched.length > 0)
    paper.paragraph(
      `Clauses of which no part was tested (${untouched.length} of ${clauses.length}): ${untouched.map(({ id }) => id).join(', ')}.`,
    );
}
