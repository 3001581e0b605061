/** Whether a plan is that of the results that it is with: the report has the runs of its shards and no others, and its orders are those of the line and the sources beside it. */
import { isDeepStrictEqual } from 'node:util';
import type { Vocabulary } from '../../scenarios/language/index.ts';
import type { SuiteResult } from '../../scenarios/runs/index.ts';
import { parseCommandLine } from '../command-line.ts';
import { replayedWords } from '../run/replay-line.ts';
import { RUN_LINE } from '../run/run-options.ts';
import { runSettings } from '../run/run-settings.ts';
import type { RunSettings } from '../run/settings.ts';
import type { Sources } from '../verify/sources.ts';
import type { RunName } from './share.ts';
import { PLAN_FILE, shardIn, wholePlanOf, type WholePlan } from './whole-plan.ts';

/** What of a report is not as the plan beside it says; none when every run of the shards that are there is in it, and no other. */
export function planFaults(plan: WholePlan, suite: SuiteResult): readonly string[] {
  const { shards, runs } = plan;
  const here = runs.filter(({ shard }) => shards.includes(shard));
  const absent = runs.filter(({ shard }) => !shards.includes(shard));
  const single = suite.shard !== undefined;
  const expected = single ? here : runs;
  const shard = single ? shardIn(plan) : undefined;
  const reported = suite.scenarios.flatMap(({ id, variants, missing }) => [
    ...variants.map(({ name }) => ({ scenario: id, variant: name, code: '' })),
    ...missing.map(({ name, code }) => ({ scenario: id, variant: name, code })),
  ]);
  const notJoined = reported.filter(({ code }) => code === 'RUN_NOT_JOINED');
  const ids = suite.scenarios.map(({ id }) => id);
  return [
    ...(['tool', 'seed', 'keySeed'] as const).flatMap((key) =>
      plan[key] === suite[key]
        ? []
        : [`the ${key} is ${plan[key]} by the plan and ${suite[key]} by the report`],
    ),
    ...(isDeepStrictEqual(suite.shard, shard) && (!single || shards.length === 1)
      ? []
      : ['the report says that it is of another shard than the plan']),
    ...differenceOf(expected, reported, 'the report'),
    ...differenceOf(single ? [] : absent, notJoined, 'what the report calls not joined'),
    ...(isDeepStrictEqual(ids, [...new Set(expected.map(({ scenario }) => scenario))])
      ? []
      : ['the scenarios are in another order']),
  ];
}

function differenceOf(
  planned: readonly RunName[],
  found: readonly RunName[],
  where: string,
): readonly string[] {
  const places = (runs: readonly RunName[]): readonly string[] =>
    runs.map(({ scenario, variant }) => `${scenario}/${variant}`);
  const [wanted, there] = [new Set(places(planned)), new Set(places(found))];
  return [
    ...[...wanted]
      .filter((each) => !there.has(each))
      .map((each) => `${each} is in the plan and not in ${where}`),
    ...[...there]
      .filter((each) => !wanted.has(each))
      .map((each) => `${each} is in ${where} and not in the plan`),
  ];
}

/** What the line of a plan asks for, with scenarios and deployment from the sources. Throws what reading a command line throws. */
export function plannedSettings(
  { line }: WholePlan,
  { screenplays, deployment }: Sources,
  vocabulary: Vocabulary,
): RunSettings {
  const words = replayedWords(line);
  const { options: given, operands } = parseCommandLine(words, RUN_LINE);
  const asOf = given['as-of'];
  const chosen = {
    ...(deployment === undefined ? {} : { deployment }),
    ...(asOf === undefined ? {} : { asOf }),
  };
  return runSettings({ given, operands, screenplays, chosen }, { words }, { vocabulary, threads: 1 });
}

/** What of a plan does not come of its settings when every order is made again. */
export function orderFaults(plan: WholePlan, settings: RunSettings): readonly string[] {
  const again = wholePlanOf(settings, plan.build, plan);
  const differing = (['seed', 'keySeed', 'line', 'runs'] as const).filter(
    (key) => !isDeepStrictEqual(again[key], plan[key]),
  );
  return differing.map((key) => `its ${key} are not what the line and the sources beside it come to`);
}

/** Where the fault is, for messages. */
export function ofPlan(fault: string): string {
  return `${PLAN_FILE}: ${fault}`;
}
