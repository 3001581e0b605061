/** The command line of `npm run mutate`. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { readOptions, refusal, wholeNumber, type ReadOptions } from '../script-options.ts';
import { FILES, SCORE_MIN, testsOf } from './subjects.ts';

const JOBS_MAX = 64;
const MINUTES_MAX = 10;

const SCRIPT = {
  name: 'mutate',
  summary: `Changes the built files in all ways that Stryker knows, and runs their tests on each; status 1 when they notice less than ${SCORE_MIN} % in a file.`,
  options: {
    file: { type: 'string', multiple: true },
    jobs: { type: 'string' },
    minutes: { type: 'string', default: String(MINUTES_MAX) },
    json: { type: 'boolean', default: false },
  },
  usage: '[--file <source.ts>]... [--jobs <n>] [--minutes <n>] [--json]',
} as const;

/** What a run of the mutator is to do. */
export interface MutateOrder {
  readonly files: readonly string[];
  readonly jobs: number;
  /** For one file. */
  readonly minutes: number;
  readonly json: boolean;
}

/** Reads the words behind `npm run mutate --`; a file must be there and have tests beside it. */
export function readMutateOrder(words: readonly string[]): ReadOptions<MutateOrder> {
  const read = readOptions(SCRIPT, words);
  if (!('given' in read)) return read;
  const { file: files = FILES, json } = read.given;
  for (const file of files) {
    if (!file.endsWith('.ts') || !existsSync(file))
      return refusal(SCRIPT, `--file is a source: there is no ${file}`);
    if (testsOf(file).length === 0) return refusal(SCRIPT, `${file} has no tests beside it`);
  }
  const jobs = wholeNumber(read.given.jobs ?? String(availableParallelism()), 1, JOBS_MAX);
  if (jobs === undefined) return refusal(SCRIPT, `--jobs is a whole number from 1 to ${JOBS_MAX}`);
  const minutes = wholeNumber(read.given.minutes, 1, MINUTES_MAX);
  if (minutes === undefined) return refusal(SCRIPT, `--minutes is a whole number from 1 to ${MINUTES_MAX}`);
  return { given: { files, jobs, minutes, json } };
}
