/**
 * The first question of whoever puts the page on a table: did it come out as it must? A yes is only ever given with what it does not say: checks hold
 * predictions, and many of these predict that an attack succeeds.
 */
import type { SuiteResult, Verdict } from '../../scenarios/evidence/model.ts';
import { schedulesOf } from '../schedule.ts';
import {
  countsText,
  lossesText,
  missingRuns,
  numbered,
  placedChecks,
  shardText,
  tallyOf,
  type PlacedCheck,
} from '../tally.ts';
import { listed, groundText, type Basis, type ConclusionLine } from './conclusion-line.ts';

/** How many are named in one sentence. */
const NAMED = 4;

/** What came out of the checks, worst first; never empty. */
export function outcomeOf(suite: SuiteResult): readonly ConclusionLine[] {
  const checks = placedChecks(suite);
  const having = (verdict: Verdict): readonly PlacedCheck[] =>
    checks.filter(({ check }) => check.verdict === verdict);
  const worse = [
    ...shardOf(suite),
    ...plantOf(suite),
    ...missingOf(suite),
    ...named(having('fail'), { one: 'check fails', more: 'checks fail' }),
    ...named(having('inconclusive'), { one: 'check is inconclusive', more: 'checks are inconclusive' }),
    ...named(having('waived'), { one: 'check failed and is waived', more: 'checks failed and are waived' }),
  ];
  return [...worse, countOf(suite)];
}

/** The answer in a word or two: a no, a doubt, or that all came out as it was predicted. */
export function answerOf(suite: SuiteResult): string {
  const { worst, counts, missing } = tallyOf(suite);
  if (worst === 'fail') return 'No';
  if (missing > 0) return 'Not complete';
  if (schedulesOf(suite).some(({ valid }) => !valid)) return 'Not valid';
  if (worst === 'inconclusive' || counts.pass === 0) return 'Not shown';
  return counts.waived > 0 ? 'As predicted, but for what is waived' : 'As predicted';
}

function plantOf({ plant }: SuiteResult): readonly ConclusionLine[] {
  if (plant === undefined) return [];
  return [
    {
      text: `A violation was planted (${plant}): this tests the checks, and not the procedures.`,
      grounds: [],
    },
  ];
}

function shardOf(suite: SuiteResult): readonly ConclusionLine[] {
  const shard = shardText(suite);
  if (shard === undefined) return [];
  return [{ text: `This is ${shard}, and says nothing of the others.`, grounds: [] }];
}

function missingOf(suite: SuiteResult): readonly ConclusionLine[] {
  const missing = missingRuns(suite);
  if (missing.length === 0) return [];
  const names = missing.map(({ scenario, run }) => `${scenario.id}/${run.name}`);
  return [
    {
      text: `${lossesText(suite, 'came to no end')}, and could have failed any check: ${listed(names, NAMED)}.`,
      grounds: [],
    },
  ];
}

function named(
  checks: readonly PlacedCheck[],
  { one, more }: { readonly one: string; readonly more: string },
): readonly ConclusionLine[] {
  if (checks.length === 0) return [];
  const grounds = checks.map(groundOfCheck);
  const text = `${checks.length} ${checks.length === 1 ? one : more}: ${listed(grounds.map(groundText), NAMED)}.`;
  return [{ text, grounds }];
}

function groundOfCheck({ scenario, variant, check: { id } }: PlacedCheck): Basis {
  return {
    kind: 'check',
    ...(scenario === undefined ? {} : { scenario: scenario.id }),
    ...(variant === undefined ? {} : { variant: variant.name }),
    id,
  };
}

function countOf(suite: SuiteResult): ConclusionLine {
  const { checks, counts, variants, scenarios } = tallyOf(suite);
  const predicted = suite.scenarios.flatMap(({ variants: runs }) =>
    runs.flatMap((run) => run.checks.filter(({ probe }) => probe?.predict === 'opened')),
  ).length;
  const attacks =
    predicted === 0
      ? ''
      : ` A pass says that a prediction came true; ${numbered(predicted, 'of the predictions was', 'of the predictions were')} that an attack succeeds.`;
  return {
    text: `${numbered(checks, 'check')} in ${numbered(variants, 'run')} of ${numbered(scenarios, 'scenario')}: ${countsText(counts)}.${attacks}`,
    grounds: suite.scenarios.flatMap(({ id, variants: runs }) =>
      runs.map((run): Basis => ({ kind: 'run', scenario: id, variant: run.name })),
    ),
  };
}
