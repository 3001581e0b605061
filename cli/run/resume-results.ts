/**
 * `run --resume` on results that are there and of which something was never made: a suite that was stopped by `--max-failures`, or shards that were joined without all of them. Runs that are
 * there are taken as they are, and the rest is made from the sources beside them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { orderOf, isNotMade, summaryOf, type VariantResult } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import type { ExitCode } from '../exit-code.ts';
import { filesOfRun, placeOf } from '../shards/joined-runs.ts';
import { readPart, settingsOfPart, type PlanPart } from '../shards/part.ts';
import { PLAN_FILE } from '../shards/whole-plan.ts';
import { RESUME_FILE } from '../staging.ts';
import { REPORT } from '../verify/files.ts';
import type { ResultsFolder } from '../write-results.ts';
import { runOneSeed } from './one-seed.ts';
import { requestOf } from './request.ts';
import type { RunGiven } from './run-options.ts';
import { wordsOf, type RunSettings } from './settings.ts';

/** Whether a folder has results, and not what is left of a run that was cut off. */
export function isOpenResults(folder: string): boolean {
  return existsSync(join(folder, REPORT)) && !existsSync(join(folder, RESUME_FILE));
}

/** Throws CLI_RESUME, CLI_OPTION_CONFLICT, the SHARD_ codes, VERIFY_NOT_WHOLE, and what running throws. */
export async function resumeResults(out: string, given: RunGiven, context: Context): Promise<ExitCode> {
  if (!existsSync(join(out, PLAN_FILE))) throw nothingLeft(out);
  const part = readPart(out);
  const { shard, scenarios } = part.suite;
  if (!scenarios.some(({ missing }) => missing.some(isNotMade))) throw nothingLeft(out);
  if (shard !== undefined && given.strict)
    throw cliError(
      'CLI_OPTION_CONFLICT',
      `--strict asks whether everything was tested, and ${out} is a shard`,
    );
  const planned = await settingsOfPart(part, context);
  const settings: RunSettings = {
    ...planned,
    shard: shard && { number: shard.number, of: shard.of },
    out,
    threads: given.jobs ?? context.threads,
    redis: given.queue,
    strict: given.strict,
    details: given.details,
    quiet: given.quiet,
    maxFailures: given['max-failures'],
  };
  const build = await context.build();
  return runOneSeed(
    {
      ...settings,
      words: wordsOf(settings),
      adopt: (folder) => adoptRuns(part, { settings, build }, folder),
    },
    context,
  );
}

function nothingLeft(out: string): Error {
  return cliError('CLI_RESUME', `${out} cannot be gone on with: every run that it is to have was made`, {
    where: { file: out },
  });
}

/** Puts the runs that are there where they count as finished. */
function adoptRuns(
  part: PlanPart,
  { settings, build }: { readonly settings: RunSettings; readonly build: string },
  folder: ResultsFolder,
): void {
  const request = requestOf(settings);
  for (const { id, variants } of part.suite.scenarios) {
    const screenplay = settings.plans.find((plan) => plan.screenplay.id === id)?.screenplay;
    if (screenplay === undefined) continue;
    for (const reported of variants) {
      const result = asMade(reported, settings.asOf);
      const below = placeOf({ scenario: id, variant: result.name });
      for (const path of filesOfRun(part, below)) folder.write(new Map([[path, part.evidence.read(path)]]));
      const order = orderOf(screenplay, { ...request, build, variant: result.name });
      folder.adopt({ summary: summaryOf(order, id, result), result }, below);
    }
  }
}

/** A report adds to the line of a run on which day its waivers were looked at. */
function asMade(result: VariantResult, asOf: string | undefined): VariantResult {
  const added = ` --as-of ${asOf}`;
  return asOf !== undefined && result.replay.endsWith(added)
    ? { ...result, replay: result.replay.slice(0, -added.length) }
    : result;
}
