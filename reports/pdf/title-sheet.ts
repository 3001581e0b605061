/** The first sheet: the answer in a line, what keeps anybody from relying on it, and what it was made from. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { NOT_VALID_MEANS, notValidText, schedulesOf } from '../schedule.ts';
import { secrecyOf } from '../secrecy.ts';
import {
  countsText,
  countVerdicts,
  coverageText,
  headlineOf,
  lossesText,
  shardText,
  tallyOf,
} from '../tally.ts';
import { printGrid } from './grid.ts';
import { BODY } from './ink.ts';
import { MEASURE, SHEET, type PdfSheets } from './sheets.ts';

/** What the sheet says of the report that is attached. */
export interface ReportFacts {
  /** SHA-256 of its octets: 64 lower-case hex digits. */
  readonly sha256: string;
  /** Whether a manifest vouched for it when it was read. */
  readonly vouched: boolean;
}

/** Prints it; nothing that weakens the result is left to a later sheet. */
export function titleSheet(
  paper: PdfSheets,
  suite: SuiteResult,
  headline: string,
  report: ReportFacts,
): void {
  paper.down(40);
  paper.paragraph('calldrill: evidence of security procedures', { ...BODY, tone: 'muted' });
  paper.heading(1, headline);
  paper.down(4);
  for (const warning of warningsOf(suite, report))
    paper.paragraph(warning, { ...BODY, face: 'bold', tone: 'bad' });
  paper.rule(SHEET.left, paper.y, MEASURE);
  paper.down(10);
  paper.paragraph(headlineOf(suite));
  printGrid(paper, {
    caption: 'What this was made from',
    columns: [
      { head: 'Fact', weight: 1 },
      { head: 'Value', weight: 4 },
    ],
    rows: [
      ['Checks', countsText(tallyOf(suite).counts)],
      ['Clauses', `${countsText(countVerdicts(suite.clauses))}; ${coverageText(suite.clauses)}`],
      ['Tool', suite.tool],
      ['Seed', { text: suite.seed, mono: true }],
      ['Key seed', { text: suite.keySeed, mono: true }],
      ['Deployment', deploymentText(suite)],
      ['report.json', { text: `SHA-256 ${report.sha256}`, mono: true }],
      ['Made again by', { text: suite.replay, mono: true }],
    ],
  });
  paper.paragraph(
    'The whole result is attached to this document as report.json. Its traces and captures are in the results folder that it was made from; calldrill verify reaches all verdicts anew from these. This document says nothing that the report does not say, and has no date: equal runs give equal documents.',
    { ...BODY, tone: 'muted' },
  );
}

/** Whatever makes the result less than a whole and honest run, worst first. */
export function warningsOf(suite: SuiteResult, { vouched }: ReportFacts): readonly string[] {
  const shard = shardText(suite);
  const { revealed } = secrecyOf(suite);
  return [
    ...(suite.plant === undefined
      ? []
      : [
          `A violation was planted: ${suite.plant}. Its check must fail; this is a test of the checks, not of the procedures.`,
        ]),
    ...(vouched
      ? []
      : [
          'Nothing vouches for the report that this was made from: it was read by itself, without its manifest.',
        ]),
    ...(shard === undefined ? [] : [`Not the whole: this is ${shard}.`]),
    ...(tallyOf(suite).missing === 0
      ? []
      : [`Not complete: ${lossesText(suite)}. What is missing could have failed any of its checks.`]),
    ...schedulesOf(suite).flatMap((schedule) => {
      const why = notValidText(schedule);
      return why === undefined ? [] : [`Not valid: ${why}. ${NOT_VALID_MEANS}`];
    }),
    ...(revealed === undefined ? [] : [revealed]),
  ];
}

function deploymentText({ deployment }: SuiteResult): string {
  if (deployment === undefined) return 'none: nothing of an organisation was declared, and no target';
  return `${deployment.name}, ${deployment.file}, SHA-256 ${deployment.sha256}; waivers as of ${deployment.asOf}`;
}
