/** The command line of `npm run judge`. */
import { availableParallelism } from 'node:os';
import { readOptions, refusal, wholeNumber, type ReadOptions } from '../script-options.ts';
import { CHANGE_KINDS, type ChangeKind } from './change.ts';

const JOBS_MAX = 64;
const NUMBER_MAX = 1_000_000;

const SCRIPT = {
  name: 'judge',
  summary:
    'Changes shipped scenarios so that they must not pass as they did, runs them in memory, and says which changes nobody noticed; status 1 when there are any without a reason.',
  options: {
    scenario: { type: 'string', multiple: true },
    kind: { type: 'string', multiple: true },
    only: { type: 'string' },
    jobs: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  usage: `[--scenario <id>]... [--kind <${CHANGE_KINDS.join('|')}>]... [--only <n>] [--jobs <n>] [--json]`,
} as const;

/** Which of all changes are tried, and how it is told. */
export interface JudgeOrder {
  /** None means all. */
  readonly scenarios: readonly string[];
  readonly kinds: readonly ChangeKind[];
  /** The number of one change. */
  readonly only: number | undefined;
  readonly jobs: number;
  readonly json: boolean;
}

/** Reads the words behind `npm run judge --`; `known` are the ids of the scenarios that there are. */
export function readJudgeOrder(words: readonly string[], known: readonly string[]): ReadOptions<JudgeOrder> {
  const read = readOptions(SCRIPT, words);
  if (!('given' in read)) return read;
  const { scenario: scenarios = [], kind = [], only: text, json } = read.given;
  const unknown = scenarios.find((id) => !known.includes(id));
  if (unknown !== undefined) return refusal(SCRIPT, `there is no scenario ${unknown}: ${known.join(', ')}`);
  const kinds = CHANGE_KINDS.filter((each) => kind.length === 0 || kind.includes(each));
  const strange = kind.find((each) => !kinds.some((name) => name === each));
  if (strange !== undefined)
    return refusal(SCRIPT, `there is no kind ${strange}: ${CHANGE_KINDS.join(', ')}`);
  const only = text === undefined ? undefined : wholeNumber(text, 1, NUMBER_MAX);
  if (text !== undefined && only === undefined)
    return refusal(SCRIPT, '--only is the number of a change, from 1');
  const jobs = wholeNumber(read.given.jobs ?? String(availableParallelism()), 1, JOBS_MAX);
  if (jobs === undefined) return refusal(SCRIPT, `--jobs is a whole number from 1 to ${JOBS_MAX}`);
  return { given: { scenarios, kinds, only, jobs, json } };
}
