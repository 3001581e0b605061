/** The tables that the conclusion rests on: clauses, exposures, parameters, and what is taken for granted. */
import {
  isTested,
  type ClauseResult,
  type ScenarioResult,
  type SuiteResult,
} from '../../scenarios/evidence/model.ts';
import { modalitiesOf } from '../conclusion/clauses.ts';
import type { ConclusionLine } from '../conclusion/conclusion-line.ts';
import { attackPathsOf, lossText, type OpenPath } from '../conclusion/open-path.ts';
import { exposureFrom, exposureLength, exposureUntil, pathOf } from '../exposure.ts';
import { setByText } from '../set-by.ts';
import { numbered, WORST_FIRST } from '../tally.ts';
import { sentencesList, verdictCell } from './finding-sheets.ts';
import { printGrid, type GridCell } from './grid.ts';
import type { PdfSheets } from './sheets.ts';

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
      columns: [
        { head: 'Clause', weight: 1.2 },
        { head: 'Verdict', weight: 1.1 },
        { head: 'What it says, in our words', weight: 4.2 },
        { head: 'Why', weight: 3.2 },
        { head: 'Parts tested', weight: 0.8 },
      ],
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
export function exposureSheets(paper: PdfSheets, { scenarios }: SuiteResult): void {
  paper.section('Exposures');
  paper.paragraph(
    'What an attacker could do, from when to when. An interval at the beginning or the end lies between two attempts. A path that is in no table was not seen to be open, which is not the same as being closed: see what was not looked at.',
  );
  for (const scenario of scenarios) exposureGrid(paper, scenario);
}

function exposureGrid(paper: PdfSheets, scenario: ScenarioResult): void {
  printGrid(paper, {
    caption: `${scenario.title} (${scenario.id})`,
    columns: [
      { head: 'Somebody could', weight: 3.2 },
      { head: 'Run', weight: 1.6 },
      { head: 'From', weight: 1.9 },
      { head: 'Until', weight: 2.1 },
      { head: 'Open for', weight: 1.5 },
    ],
    rows: attackPathsOf(scenario, scenario.variants).flatMap(pathRows),
  });
}

/** Runs in which a path was open at the same times and for as long stand in one row. */
function pathRows({ bars }: OpenPath): (GridCell | string)[][] {
  const rows = new Map<string, { readonly runs: string[]; readonly texts: readonly [string, ...string[]] }>();
  for (const { bar, variant } of bars) {
    const texts = [
      `${lossText(bar)} (${bar.attacker}: ${pathOf(bar)})`,
      exposureFrom(variant.begins, bar),
      exposureUntil(variant.begins, bar),
      exposureLength(bar),
    ] as const;
    const run = variant.reference ? variant.name : `${variant.name} (an error)`;
    const key = texts.join('\0');
    const known = rows.get(key);
    if (known === undefined) rows.set(key, { runs: [run], texts });
    else known.runs.push(run);
  }
  return [...rows.values()].map(({ runs, texts: [what, ...rest] }) => [what, runs.join(', '), ...rest]);
}

/** What the source document leaves open, with who decided it. */
export function parameterSheets(paper: PdfSheets, { parameters }: SuiteResult): void {
  paper.section('Parameters');
  paper.paragraph(
    'What the source document leaves open is a choice of the deployment. A run that sets one says so in report.json.',
  );
  printGrid(paper, {
    caption: 'Parameters in force',
    columns: [
      { head: 'Parameter', weight: 1.8 },
      { head: 'Value', weight: 1.2 },
      { head: 'Set by', weight: 1 },
      { head: 'Default', weight: 1.2 },
      { head: 'Decides', weight: 3 },
      { head: 'Left open by', weight: 1.3 },
    ],
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
  const columns = [
    { head: 'What', weight: 2 },
    { head: 'Verdict', weight: 1 },
    { head: 'Why', weight: 4 },
    { head: 'Written at', weight: 2 },
  ];
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
    columns: [
      { head: 'Scenario', weight: 1 },
      { head: 'Row', weight: 2 },
      { head: 'Why not', weight: 4 },
    ],
    rows: scenarios.flatMap(({ id, notTested }) => notTested.map(({ row, reason }) => [id, row, reason])),
  });
  const untouched = clauses.filter(({ checks }) => !checks.some(({ parts }) => parts.some(isTested)));
  if (untouched.length > 0)
    paper.paragraph(
      `Clauses of which no part was tested (${untouched.length} of ${clauses.length}): ${untouched.map(({ id }) => id).join(', ')}.`,
    );
}
