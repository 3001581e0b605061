/**
 * Three tables for spreadsheets: clauses.csv, checks.csv and exposures.csv, as RFC 4180 has them. A spreadsheet takes a cell that begins with
 * `=`, `+`, `-` or `@` for a formula, and telephone numbers begin so: such a cell has an apostrophe before it, which it shows as text.
 */
import type { SuiteResult, VariantResult } from '../../scenarios/evidence/model.ts';
import { notProbed, pathOf } from '../exposure.ts';
import { printable } from '../printable.ts';
import { missingText } from '../tally.ts';
import { momentOf } from '../when.ts';
import { toldChecks } from './told-checks.ts';

type Cell = string | number | boolean | undefined;

/** The tables, by file name. */
export function csvTables(suite: SuiteResult): ReadonlyMap<string, string> {
  return new Map([
    ['checks.csv', table(CHECKS, checkRows(suite), suite)],
    ['clauses.csv', table(CLAUSES, clauseRows(suite), suite)],
    ['exposures.csv', table(EXPOSURES, exposureRows(suite), suite)],
  ]);
}

const CLAUSES = ['kind', 'id', 'asks', 'status', 'reason', 'text', 'decided by'];

/** Clauses, below each its checks, below each its parts. */
function clauseRows({ clauses }: SuiteResult): readonly (readonly Cell[])[] {
  return clauses.flatMap(({ id, modality, verdict, why, paraphrase, checks }) => [
    ['clause', id, modality, verdict, why, paraphrase, ''],
    ...checks.flatMap((check) => [
      ['check', check.id, check.stance, check.verdict, check.why, '', ''],
      ...check.parts.map((part) => [
        ...['part', part.id, part.by, part.verdict, part.why, part.what],
        listed(part.decidedBy),
      ]),
    ]),
  ]);
}

const CHECKS = [
  ...[
    'scenario',
    'variant',
    'reference',
    'kind',
    'id',
    'title',
    'status',
    'reason',
    'was',
    'parts',
    'source',
  ],
  ...['replay', 'run missing'],
];

/** Every check, and every row of a matrix that no probe makes, as `not-tested`. */
function checkRows(suite: SuiteResult): readonly (readonly Cell[])[] {
  return [
    ...toldChecks(suite).map(
      ({ suite: [scenario, variant], reference, kind, id, title, verdict, why, was, parts, ...more }) => [
        ...[scenario, variant, reference, kind, id, title, verdict, why, was, listed(parts)],
        ...[more.source, more.replay, more.missing],
      ],
    ),
    ...suite.scenarios.flatMap(({ id, file, notTested }) =>
      notTested.map(({ row, reason, parts }) => [
        ...[id, '', '', 'row', row, '', 'not-tested', reason, '', listed(parts), file, '', false],
      ]),
    ),
  ];
}

const EXPOSURES = [
  ...[
    'scenario',
    'variant',
    'shown',
    'attacker',
    'capability',
    'asset',
    'path',
    'possible since',
    'first success',
  ],
  ...['last success', 'first refusal', 'refused as', 'seconds of speech', 'hours at least', 'hours at most'],
  ...['controlled', 'means', 'tries'],
];

/** The ledger. What was not probed, and runs that failed, are rows too: their absence would look like safety. */
function exposureRows({ scenarios }: SuiteResult): readonly (readonly Cell[])[] {
  return scenarios.flatMap(({ id, variants, missing }) => [
    ...variants.flatMap((variant) => [
      ...exposedRows(id, variant),
      ...notProbed(variant).map((probe) => [id, variant.name, 'not probed', ...lastCell(probe)]),
    ]),
    ...missing.map((run) => [id, run.name, 'run missing', ...lastCell(missingText(run))]),
  ]);
}

/** A row of which only the last cell says something. */
function lastCell(text: string): readonly Cell[] {
  return [...EXPOSURES.slice(4).map(() => ''), text];
}

function exposedRows(
  scenario: string,
  { name, begins, exposure }: VariantResult,
): readonly (readonly Cell[])[] {
  return exposure.map((bar) => [
    ...[scenario, name, 'exposed', bar.attacker, bar.capability, bar.asset, pathOf(bar)],
    ...[bar.fromEarliest, bar.from, bar.lastSuccess].map((time) => momentOf(begins, time)),
    bar.firstFailure === undefined ? 'never shown to end' : momentOf(begins, bar.firstFailure),
    ...[bar.refusedAs, bar.audioSeconds, bar.impersonationHours?.atLeast, bar.impersonationHours?.atMost],
    ...[bar.controlled, listed(bar.means), listed(bar.tries)],
  ]);
}

function listed(texts: readonly string[]): string {
  return texts.join('; ');
}

/** Where keys are revealed a last column says so: a table has no other place for a mark. */
function table(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  { revealsKeys }: SuiteResult,
): string {
  const marked = revealsKeys === true ? rows.map((row) => [...row, 'revealed']) : rows;
  const heads = revealsKeys === true ? [...header, 'keys'] : header;
  return [heads, ...marked].map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

/** What spreadsheets take for the beginning of a formula, also in its wide form and behind spaces. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = printable(String(cell ?? ''));
  // Tabs and carriage returns, which begin formulas too, are shown as escapes by now.
  const safe = FORMULA.test(text) || /^\\[trn]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
