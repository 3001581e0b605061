/**
 * `--last-failed`: which runs of the results that are there did not pass, and the line that makes those again. Seeds, parameters and files are those of that line: under
 * others a run that passes would say nothing of the one that did not.
 */
import { statSync } from 'node:fs';
import { textOf } from '../../scenarios/host/index.ts';
import { parseSuite, type SuiteResult } from '../../scenarios/runs/index.ts';
import { parseCommandLine } from '../command-line.ts';
import { cliError } from '../errors.ts';
import { folderEvidence } from '../verify/evidence-files.ts';
import { REPORT, requireWhole, verifyFiles } from '../verify/files.ts';
import { suitesIn } from '../verify/verify.ts';
import type { Plan } from './plan.ts';
import { replayedWords } from './replay-line.ts';
import { RUN_LINE, type RunGiven } from './run-options.ts';
import type { FailedRuns } from './run-settings.ts';

/** What did not pass, and the line of the results that it is in. */
export interface LastFailed extends FailedRuns {
  readonly given: RunGiven;
  readonly operands: readonly string[];
}

/** Throws CLI_LAST_RESULTS, CLI_NONE_FAILED, CLI_REPLAY, VERIFY_NOT_WHOLE, and what reading a report throws. */
export function lastFailed(out: string): LastFailed {
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw noResults(`there are no results in ${out}`);
  const evidence = folderEvidence(out);
  const [suite, ...others] = suitesIn(evidence);
  if (suite === undefined) throw noResults(`there are no results in ${out}`);
  if (suite !== '' || others.length > 0) throw noResults(`${out} has one suite for each of its seeds`);
  requireWhole(verifyFiles(evidence), out);
  const report = parseSuite(textOf(evidence.read(REPORT), REPORT), REPORT);
  const words = replayedWords(report.replay);
  if (words[0] === '--replay') throw noResults(`${out} is of an exercise, which nobody runs by itself`);
  const places = placesToRepeat(report);
  if (places.length === 0) throw noneFailed(report, out);
  const { options, operands } = parseCommandLine(words, RUN_LINE);
  const names = new RegExp(`^(?:${places.join('|')})$`, 'iu');
  return { out, places, given: { ...options, shard: undefined, variant: [], grep: names }, operands };
}

/**
 * Runs with a check that failed or is inconclusive, runs that a comparison which did so is of, and those that are missing. What was not tested, does not apply or is waived
 * would come to the same again.
 */
function placesToRepeat({ scenarios }: SuiteResult): readonly string[] {
  const open = ({ verdict }: { readonly verdict: string }): boolean =>
    verdict === 'fail' || verdict === 'inconclusive';
  return scenarios.flatMap(({ id, variants, missing, across }) => {
    const compared = new Set(across.filter(open).flatMap((each) => each.variants));
    const names = [
      ...variants.filter(({ name, checks }) => compared.has(name) || checks.some(open)),
      ...missing,
    ];
    return names.map(({ name }) => `${id}/${name}`);
  });
}

/** Refuses to leave one out because it is not there any more. Throws CLI_LAST_RESULTS. */
export function requirePlanned({ out, places }: FailedRuns, plans: readonly Plan[]): void {
  const there = new Set(
    plans.flatMap(({ screenplay, variants }) => variants.map((name) => `${screenplay.id}/${name}`)),
  );
  const gone = places.find((place) => !there.has(place));
  if (gone !== undefined)
    throw noResults(`${gone} did not pass in ${out}, and there is no such run any more`);
}

function noneFailed({ deployment }: SuiteResult, out: string): Error {
  const declared = deployment === undefined ? [] : [...deployment.declares, ...deployment.waivers];
  const failed = declared.find(({ verdict }) => verdict === 'fail');
  return cliError(
    'CLI_NONE_FAILED',
    failed === undefined
      ? `in ${out} no check of any run failed or is inconclusive, and none is missing`
      : `what failed in ${out} is of the deployment, which no run changes: ${failed.id}`,
  );
}

function noResults(detail: string): Error {
  return cliError('CLI_LAST_RESULTS', detail);
}
