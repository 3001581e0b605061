/** What all ways of running share: results that appear as a whole, and the facts that are always printed. */
import { availableParallelism } from 'node:os';
import { printable } from '../../reports/printable.ts';
import { missingText, numbered } from '../../reports/tally.ts';
import { isNotMade, type SuiteResult } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { ResultsFolder } from '../write-results.ts';
import { cutOffNotes, resumeFile, resumeLine } from './resume-file.ts';
import type { RunSettings } from './settings.ts';
import type { PerformOptions } from './suites.ts';

/** The one file that differs between two runs of the same. */
const TIMING_FILE = 'timing.json';

/** Does `work` with a folder that takes the place of the old results when the work is done, and is gone when it is not. */
export async function writingResults<Result>(
  settings: RunSettings,
  context: Context,
  work: (folder: ResultsFolder, options: PerformOptions) => Promise<Result>,
): Promise<Result> {
  return context.interruptible(async (signal) => {
    const beganMs = context.nowMs();
    const folder = await openFolder(settings, context);
    try {
      const result = await work(folder, { ...performOptions(settings, context, signal), folder });
      signal.throwIfAborted();
      folder.write(new Map([[TIMING_FILE, timingOf(settings, context.nowMs() - beganMs)]]));
      await folder.commit();
      return result;
    } catch (thrown) {
      if (!isInterruption(thrown) || folder.resumable === undefined) throw thrown;
      folder.leave();
      throw cliError('CLI_INTERRUPTED', `${thrown.message}; what was finished is kept`, {
        fix: `Go on with it: ${resumeLine(folder.resumable)}`,
        cause: thrown,
      });
    } finally {
      if (!folder.isLeft) await folder.discard();
    }
  });
}

/** The folder of the results: a new one, or that of the run that is gone on with. What else could be gone on with is told. */
async function openFolder(
  { out, resumed, words, capture, quiet, adopt }: RunSettings,
  { stderr }: Context,
): Promise<ResultsFolder> {
  if (resumed !== undefined) return ResultsFolder.resume(resumed);
  const folder = await ResultsFolder.open(out);
  // What has gone into a pipe cannot be gone on with.
  if (capture?.live !== true) folder.keepFor(resumeFile('run', words));
  adopt?.(folder);
  if (!quiet) stderr.write(cutOffNotes(folder.cutOff));
  return folder;
}

function isInterruption(thrown: unknown): thrown is Error {
  return thrown instanceof CalldrillError && thrown.code === 'CLI_INTERRUPTED';
}

/** The performer's options without a folder; progress is told unless the run is quiet or prints JSON. */
export function performOptions(
  { threads, redis, quiet }: RunSettings,
  { json }: Context,
  signal: AbortSignal,
): PerformOptions {
  return { threads, signal, tells: !quiet && !json, ...(redis === undefined ? {} : { redis }) };
}

function timingOf({ threads }: RunSettings, wallMs: number): string {
  const content = {
    wallMs: Math.round(wallMs),
    threads,
    processors: availableParallelism(),
    node: process.version,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

const WORDS: Readonly<Record<ExitCode, string>> = {
  [EXIT.pass]: 'pass',
  [EXIT.fail]: 'fail',
  [EXIT.inconclusive]: 'inconclusive',
  [EXIT.unverified]: 'not the same',
  [EXIT.usage]: 'not run',
  [EXIT.scenario]: 'not run',
  [EXIT.internal]: 'not complete',
  [EXIT.interrupted]: 'interrupted',
  [EXIT.environment]: 'not complete',
};

/** What the `Result` line and the lines of many seeds say in place of the number. */
export function wordOf(exit: ExitCode): string {
  return WORDS[exit];
}

/** Names the runs that failed, and says how many were not made, whatever else is printed. */
export function tellMissing(suite: SuiteResult, { stderr }: Context): void {
  const idle = new Map<string, number>();
  for (const { id, missing } of suite.scenarios)
    for (const run of missing) {
      const { name, seed, code, why, replay } = run;
      if (isNotMade(run)) idle.set(missingText(run), (idle.get(missingText(run)) ?? 0) + 1);
      else
        stderr.write(
          printable(`${id}/${name}, seed ${seed}, failed: ${code}: ${why}; run it again by: ${replay}`) +
            '\n',
        );
    }
  for (const [text, count] of idle)
    stderr.write(
      printable(`${numbered(count, 'run')} ${count === 1 ? 'was' : 'were'} not made: ${text}`) + '\n',
    );
}

/** Verdict, of which shard it is where it is of one, seeds and replay line. */
export function replayFacts(exit: ExitCode, seeds: string, replay: string, shard?: string): string {
  const of = shard === undefined ? '' : `, ${shard}`;
  return `Result  ${wordOf(exit)}${of}\nSeed    ${seeds}\nReplay  ${replay}\n`;
}
