/** The usual run: one seed, its report, its results. */
import { join } from 'node:path';
import { seedsText, terminalReport } from '../../reports/index.ts';
import { printable } from '../../reports/printable.ts';
import { shardText } from '../../reports/tally.ts';
import { quoted } from '../../devices/console/index.ts';
import { isNotMade, type SuiteResult } from '../../scenarios/runs/index.ts';
import { writeJson, type Context } from '../context.ts';
import { EXIT, exitOfSuite, worstExit, type ExitCode } from '../exit-code.ts';
import { readBaseline } from '../compare/baseline.ts';
import { changeHeadline } from './baseline.ts';
import { modelOf, replayedBy, writeReports } from './evidence.ts';
import { replayFacts, tellMissing, writingResults } from './outcome.ts';
import { differencesFrom } from './replay-file.ts';
import { requestOf } from './request.ts';
import { repeated, type Repeats } from './repeats.ts';
import { replayOf, type RunSettings } from './settings.ts';
import { shareOf } from '../shards/share.ts';
import { PLAN_FILE, shardIn, wholePlanOf, writeWholePlan } from '../shards/whole-plan.ts';
import { performSuites, type PerformedSuite } from './suites.ts';

/** Writes the results, prints the report and gives the exit code of its verdicts; a replay is held against its recording. */
export async function runOneSeed(settings: RunSettings, context: Context): Promise<ExitCode> {
  const { seed, plans, recording, out, shard } = settings;
  const baseline =
    settings.baseline === undefined ? undefined : await readBaseline(settings.baseline, context);
  const typed = recording?.typed;
  const whole = requestOf(settings);
  const request = shard === undefined ? whole : { ...whole, plans: shareOf(plans, shard) };
  const { keySeed } = request;
  const clauses = context.library.clauses;
  let repeats: Repeats | undefined;
  const suite = await writingResults(settings, context, async (folder, options) => {
    let made: SuiteResult | undefined;
    const stopping = { ...options, maxFailures: settings.maxFailures };
    for await (const plain of performSuites([request], stopping, context)) {
      // A shard, and what can be gone on with, say so by themselves.
      if (shard === undefined && !plain.stopped) refuseEmpty(plain);
      if (settings.repeats > 1)
        repeats = await repeated(plain, settings.repeats, { folder, options: stopping, context });
      const replay = replayOf(settings, seed);
      const performed = typed === undefined ? plain : withReplay(plain, replay);
      made = modelOf(performed, replay, clauses);
      if (shard !== undefined || plain.stopped) {
        const { number, of } = shard ?? { number: 1, of: 1 };
        const plan = wholePlanOf(settings, plain.build, { shards: [number], of });
        folder.write(new Map([[PLAN_FILE, writeWholePlan(plan)]]));
        if (shard !== undefined) made = { ...made, shard: shardIn(plan) };
      }
      const { oscalVersion } = settings;
      // A shard has what the whole was made from, so that joining needs nothing else.
      writeReports(folder, made, {
        request: whole,
        build: plain.build,
        typedFile: recording?.typedFile,
        baseline,
        oscalVersion,
      });
    }
    if (made === undefined) throw new Error('a suite that was performed has a model');
    return made;
  });
  tellMissing(suite, context);
  if (suite.scenarios.some(({ missing }) => missing.some(isNotMade)))
    context.stderr.write(`note: the rest can be made by: calldrill run --resume ${quoted(out)}\n`);
  const exit = worstExit([
    exitOfSuite(suite, settings.strict),
    compare(settings, suite, context),
    tellRepeats(repeats, context),
  ]);
  if (context.json) {
    writeJson(context, { exitCode: exit, out, seed, keySeed, replay: suite.replay, repeats, suite });
    return exit;
  }
  tellSuite(settings, suite, exit, context);
  if (baseline !== undefined)
    context.stdout.write(
      `Since   ${printable(settings.baseline ?? '')}: ${changeHeadline(baseline, suite)}\n`,
    );
  return exit;
}

/** Whether every repetition was the same. */
function tellRepeats(repeats: Repeats | undefined, { stderr }: Context): ExitCode {
  if (repeats === undefined) return EXIT.pass;
  const { times, differences } = repeats;
  if (differences.length === 0) {
    stderr.write(`repeat: every run was made ${times} times, and every octet is the same\n`);
    return EXIT.pass;
  }
  for (const each of differences) stderr.write(`${printable(each)}\n`);
  stderr.write(
    'repeat: the same seeds gave other octets, which is a defect of calldrill: please report it\n',
  );
  return EXIT.unverified;
}

/** Prints the report, or the little that is asked for. */
export function tellSuite(settings: RunSettings, suite: SuiteResult, exit: ExitCode, context: Context): void {
  const facts = (): string => replayFacts(exit, seedsText(suite), suite.replay, shardText(suite));
  context.stdout.write(settings.quiet ? facts() : reportOf(settings, suite, context));
}

/** A suite of which every run failed has nothing to show: the old results stay, and the first error is told as it is. */
function refuseEmpty({ scenarios, errors: [first] }: PerformedSuite): void {
  if (first !== undefined && scenarios.every(({ variants }) => variants.length === 0)) throw first;
}

function withReplay(performed: PerformedSuite, replay: string): PerformedSuite {
  return { ...performed, scenarios: performed.scenarios.map((scenario) => replayedBy(scenario, replay)) };
}

function reportOf({ out, strict, details }: RunSettings, suite: SuiteResult, { stdout }: Context): string {
  const { columns, colour, unicode } = stdout.terminal;
  return terminalReport(suite, {
    ...(columns === undefined ? {} : { columns }),
    colour,
    unicode,
    page: join(out, 'index.html'),
    listNotTested: strict,
    ...(details ? { details } : {}),
    howToSee: '--details shows every check and every exposure here; the page does too',
  });
}

/** Whether a replay gave what it is of: traces, verdicts and exposures. */
function compare({ recording }: RunSettings, suite: SuiteResult, { stderr }: Context): ExitCode {
  if (recording === undefined || recording.runs.size === 0) return EXIT.pass;
  const different = differencesFrom(recording, suite);
  if (different.length === 0) {
    const { runs } = recording;
    const judged = [...runs.values()].some(({ verdicts }) => verdicts !== undefined);
    stderr.write(
      `replay: all ${runs.size} traces are the same${judged ? ', and so are verdicts and exposures' : ''}\n`,
    );
    return EXIT.pass;
  }
  stderr.write(`replay: not as recorded by ${recording.tool}: ${different.join(', ')}\n`);
  return EXIT.unverified;
}
