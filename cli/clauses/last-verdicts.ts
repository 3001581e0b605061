/**
 * What the last results say of each part. A verdict of results rests on what was run for them: so it is told with how many of the runs that show
 * the part were among them, and results of another version of a scenario, or of a planted violation, say so.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Screenplay } from '../../scenarios/language/index.ts';
import { VERDICTS, type PartResult, type SuiteResult, type Verdict } from '../../scenarios/runs/index.ts';
import { BASELINES } from '../compare/baseline.ts';
import { readSide } from '../compare/side.ts';
import type { Context } from '../context.ts';
import { DEFAULT_OUT } from '../run/options.ts';
import { REPORT } from '../verify/files.ts';
import type { ClauseRow } from './clause-matrix.ts';

/** What the results say of one part. */
export interface LastVerdict {
  /** `never-run` without results, and of a part that their catalogue does not have. */
  readonly verdict: Verdict | 'never-run';
  readonly why: string;
  /** Of the runs that show the part, how many decided this, and how many there are. */
  readonly ran: number;
  readonly of: number;
}

/** Where the verdicts are from; without a name there are none. */
export interface LastResults {
  readonly name?: string;
  /** What has to be known before one of them is believed. */
  readonly notes: readonly string[];
  readonly verdictOf: (row: ClauseRow) => LastVerdict;
}

/**
 * Reads the results that were named, or else those in the usual place, if there are any.
 * @throws what reading a side of a comparison throws
 */
export async function lastResults(
  named: string | undefined,
  screenplays: readonly Screenplay[],
  context: Context,
): Promise<LastResults> {
  if (named === undefined && !existsSync(join(DEFAULT_OUT, REPORT)))
    return {
      notes: [`never run: there is no ${join(DEFAULT_OUT, REPORT)}, and --results names no other`],
      verdictOf: (row) => ({ verdict: 'never-run', why: 'never run', ran: 0, of: placesOf(row).length }),
    };
  const { name, suites: sides, vouched } = await readSide(named ?? DEFAULT_OUT, BASELINES, context);
  const suites = [...sides.values()].map(({ suite }) => suite);
  return {
    name,
    notes: [
      ...(named === undefined ? ['no results were named: these are in the usual place'] : []),
      ...(vouched ? [] : ['a report by itself: nothing vouches for it']),
      ...(suites.length > 1 ? [`the worst of ${suites.length} seeds`] : []),
      ...new Set(suites.flatMap((suite) => notesOn(suite, screenplays))),
    ],
    verdictOf: (row) => verdictIn(suites, row),
  };
}

function notesOn(suite: SuiteResult, screenplays: readonly Screenplay[]): readonly string[] {
  const texts = new Map(screenplays.map(({ id, text }) => [id, sha256Of(text)]));
  const procedures = new Map(
    screenplays.flatMap((each) => each.procedures.map(({ name, text }) => [name, sha256Of(text)])),
  );
  const strays = suite.scenarios.filter(({ id }) => !texts.has(id)).map(({ id }) => id);
  const others = suite.scenarios.filter(
    ({ id, sha256, performs }) =>
      texts.has(id) &&
      (texts.get(id) !== sha256 || performs.some((each) => procedures.get(each.name) !== each.sha256)),
  );
  const missing = suite.scenarios.flatMap(({ id, missing: runs }) => runs.map(({ name }) => `${id}/${name}`));
  return [
    `made by ${suite.tool}`,
    ...(suite.plant === undefined ? [] : [`the violation ${suite.plant} was planted`]),
    ...(suite.shard === undefined ? [] : ['they are one part of several']),
    ...(missing.length === 0 ? [] : [`runs are missing: ${missing.join(', ')}`]),
    ...(others.length === 0 ? [] : [`of another version of ${others.map(({ id }) => id).join(', ')}`]),
    ...(strays.length === 0 ? [] : [`also of ${strays.join(', ')}, which no shipped scenario is`]),
  ];
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The worst over all seeds. */
function verdictIn(suites: readonly SuiteResult[], row: ClauseRow): LastVerdict {
  const places = placesOf(row);
  const results = suites.flatMap((suite) => partIn(suite, row) ?? []);
  const verdict = VERDICTS.findLast((each) => results.some((result) => result.verdict === each));
  const worst = results.find((result) => result.verdict === verdict);
  if (worst === undefined)
    return {
      ...{ verdict: 'never-run', why: 'the catalogue of these results does not have it' },
      ...{ ran: 0, of: places.length },
    };
  const ran = Math.min(
    ...results.map(({ decidedBy }) => places.filter((place) => decidedBy.includes(place)).length),
  );
  return { verdict: worst.verdict, why: worst.why, ran, of: places.length };
}

function partIn({ clauses }: SuiteResult, { part }: ClauseRow): PartResult | undefined {
  return clauses.flatMap(({ checks }) => checks.flatMap(({ parts }) => parts)).find(({ id }) => id === part);
}

/** Where a part is shown, as results name it: `scenario/variant/check`, `scenario/check` or `deployment/check`. */
function placesOf({ coverage }: ClauseRow): readonly string[] {
  if (coverage.is === 'declared') return [`deployment/${coverage.entry}`];
  if (coverage.is !== 'bound') return [];
  return coverage.checks.flatMap(({ scenario, check, kind, variants }) =>
    kind === 'across'
      ? [`${scenario}/${check}`]
      : variants.map((variant) => `${scenario}/${variant}/${check}`),
  );
}
