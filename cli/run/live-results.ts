/** What becomes of a run on real sockets: its results, what is printed of it, and its exit code. */
import { join } from 'node:path';
import { terminalReport } from '../../reports/index.ts';
import { LIVE_SEED, type DeviceTiming, type LiveRun } from '../../scenarios/live/index.ts';
import { outcomeOf, scenarioResultOf } from '../../scenarios/runs/index.ts';
import type { Drift } from '../../scenarios/evidence/drift/index.ts';
import { writeJson, type Context } from '../context.ts';
import { EXIT, exitOfSuite, worstExit, type ExitCode } from '../exit-code.ts';
import type { ResultsFolder } from '../write-results.ts';
import type { ChosenRun } from './chosen-run.ts';
import { modelOf, replayedBy, writeOutcome, writeReports } from './evidence.ts';
import { driftText } from './drift-text.ts';
import { deviceText, liveFile, timingText } from './live-facts.ts';
import { DEFAULT_OUT } from './options.ts';
import { replayFacts } from './outcome.ts';
import { deploymentOf } from './settings.ts';

/** Name of the file, in the results folder, that has how well a live run kept to its schedule. */
export const LIVE_FILE = 'live.json';

/** A live run that came to its end, with all that its results and its report say of it. */
export interface FinishedLiveRun extends ChosenRun, LiveRun {
  /** The line that runs it again. */
  readonly line: string;
  readonly bind: string;
  /** Processes of their own, if devices were. */
  readonly devices?: readonly DeviceTiming[];
  /** How it differs from a simulated run, if that was asked for. */
  readonly drift?: Drift;
}

/** Where results go, nowhere when `out` is undefined, and how much of them is printed. */
export interface ResultsWanted {
  readonly out: string | undefined;
  readonly strict: boolean;
  readonly details: boolean;
  readonly quiet: boolean;
}

/** Writes the results and tells them. */
export async function finish(
  finished: FinishedLiveRun,
  given: ResultsWanted,
  folder: ResultsFolder,
  context: Context,
): Promise<ExitCode> {
  const { screenplay, variant, parameters, performance, timing, line, bind, devices = [], drift } = finished;
  const out = given.out ?? DEFAULT_OUT;
  const basis = {
    ...{ screenplay, seed: LIVE_SEED, keySeed: LIVE_SEED, parameters },
    ...deploymentOf(finished),
  };
  const outcome = outcomeOf(basis, performance);
  const scenario = replayedBy(scenarioResultOf(screenplay, [outcome.result]), line);
  const request = { ...basis, plans: [{ screenplay, variants: [variant] }] };
  const suite = modelOf({ request, scenarios: [scenario] }, line, context.library.clauses);
  // What a run that is not valid does otherwise is the doing of the machine: nothing is said of it.
  const compared = timing.valid ? drift : undefined;
  writeOutcome(folder, outcome);
  writeReports(folder, suite, { request, build: await context.build(), drift: compared });
  folder.write(new Map([[LIVE_FILE, liveFile(timing, bind, devices)]]));
  await folder.commit();
  const exit = exitOf(timing.valid, exitOfSuite(suite, given.strict), drift);
  if (context.json) {
    writeJson(context, {
      exitCode: exit,
      out,
      seed: LIVE_SEED,
      keySeed: LIVE_SEED,
      replay: line,
      live: timing,
      devices,
      ...(compared === undefined ? {} : { drift: compared }),
      suite,
    });
    return exit;
  }
  const { columns, colour, unicode } = context.stdout.terminal;
  const report = terminalReport(suite, {
    ...(columns === undefined ? {} : { columns }),
    colour,
    unicode,
    page: join(out, 'index.html'),
    listNotTested: given.strict,
    ...(given.details ? { details: true } : {}),
    howToSee: '--details shows every check and every exposure here; the page does too',
  });
  context.stdout.write(given.quiet ? replayFacts(exit, LIVE_SEED, line) : report);
  context.stdout.write(`${timingText(timing)}${deviceText(devices)}`);
  if (compared !== undefined) context.stdout.write(driftText(compared));
  else if (drift !== undefined) context.stdout.write(NOT_COMPARED);
  return exit;
}

const NOT_COMPARED = 'Drift   not told: a run that is not valid differs by the doing of the machine\n';

/** What a run that is not valid showed says nothing. */
function exitOf(valid: boolean, suite: ExitCode, drift: Drift | undefined): ExitCode {
  if (!valid) return EXIT.inconclusive;
  return drift?.same === false ? worstExit([suite, EXIT.fail]) : suite;
}
