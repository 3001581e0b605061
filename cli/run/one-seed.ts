/** The usual run: one seed, its report, its results. */
import { join } from 'node:path';
import { seedsText, terminalReport } from '../../reports/index.ts';
import type { SuiteResult } from '../../scenarios/runs/index.ts';
import { writeJson, type Context } from '../context.ts';
import { EXIT, exitOfSuite, worstExit, type ExitCode } from '../exit-code.ts';
import { modelOf, replayedBy, writeReports } from './evidence.ts';
import { replayFacts, tellMissing, writingResults } from './outcome.ts';
import { differencesFrom } from './replay-file.ts';
import { deploymentOf, keySeedOf, replayOf, type RunSettings } from './settings.ts';
import { performSuites, type PerformedSuite } from './suites.ts';

/** Writes the results, prints the report and gives the exit code of its verdicts; a replay is held against its recording. */
export async function runOneSeed(settings: RunSettings, context: Context): Promise<ExitCode> {
  const { seed, plans, parameters, plant, recording, out, capture, heard, probes } = settings;
  const keySeed = keySeedOf(settings, seed);
  const typed = recording?.typed;
  const request = {
    seed,
    keySeed,
    plans,
    parameters,
    ...deploymentOf(settings),
    heard,
    probes,
    ...(plant === undefined ? {} : { plant }),
    ...(typed === undefined ? {} : { typed }),
    ...(capture === undefined ? {} : { capture }),
  };
  const clauses = context.library.clauses;
  const suite = await writingResults(settings, context, async (folder, options) => {
    let made: SuiteResult | undefined;
    for await (const plain of performSuites([request], options, context)) {
      refuseEmpty(plain);
      const replay = replayOf(settings, seed);
      const performed = typed === undefined ? plain : withReplay(plain, replay);
      made = modelOf(performed, replay, clauses);
      const { oscalVersion } = settings;
      writeReports(folder, made, {
        request,
        build: plain.build,
        typedFile: recording?.typedFile,
        oscalVersion,
      });
    }
    if (made === undefined) throw new Error('a suite that was performed has a model');
    return made;
  });
  tellMissing(suite, context);
  const exit = worstExit([exitOfSuite(suite, settings.strict), compare(settings, suite, context)]);
  if (context.json) {
    writeJson(context, { exitCode: exit, out, seed, keySeed, replay: suite.replay, suite });
    return exit;
  }
  context.stdout.write(
    settings.quiet ? replayFacts(exit, seedsText(suite), suite.replay) : reportOf(settings, suite, context),
  );
  return exit;
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
