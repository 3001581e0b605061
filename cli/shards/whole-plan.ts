/**
 * plan.json: the whole of what was asked for, in results that are only a part of it. It names every run by the digest of its order, so the build, the seeds, the text of
 * every scenario, procedure and deployment, the parameters and what was recorded are all in it; the line says them for people.
 */
import { canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';
import { choice, listOf, objectOf, readJson, text, whole } from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { textOf } from '../../scenarios/host/index.ts';
import { orderOf, runKey, TOOL, type SuiteShard } from '../../scenarios/runs/index.ts';
import { requestOf } from '../run/request.ts';
import { wholeLineOf, type RunSettings } from '../run/settings.ts';
import { shardError } from './errors.ts';
import { dealt, runsOf, type RunName } from './share.ts';

/** Its name, at the top of the results. */
export const PLAN_FILE = 'plan.json';
const VERSION = 1;
const RUNS_MAX = 100_000;

/** One run of the whole. */
export interface PlannedRun extends RunName {
  /** SHA-256 of its order. */
  readonly key: string;
  /** Which shard makes it. */
  readonly shard: number;
}

/** What was asked for, and which shards of it are here. */
export interface WholePlan {
  readonly version: typeof VERSION;
  readonly tool: string;
  readonly build: string;
  readonly seed: string;
  readonly keySeed: string;
  /** That asks for the whole: `calldrill run --seed 42 --key-seed 42 --wav`. */
  readonly line: string;
  readonly of: number;
  /** Ascending. */
  readonly shards: readonly number[];
  /** In the order of the whole. */
  readonly runs: readonly PlannedRun[];
}

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });
const FORM = objectOf({
  version: choice(VERSION),
  tool: text(),
  build: digest,
  seed: text(),
  keySeed: text(),
  line: text(),
  of: whole(),
  shards: listOf(whole()),
  runs: listOf(objectOf({ scenario: text(), variant: text(), key: digest, shard: whole() }), {
    max: RUNS_MAX,
  }),
});

/** The plan of settings that are of the whole; `shards` of `of` are here. */
export function wholePlanOf(
  settings: RunSettings,
  build: string,
  { shards, of }: Pick<WholePlan, 'shards' | 'of'>,
): WholePlan {
  const request = requestOf(settings);
  const runs = runsOf(settings.plans);
  const dealtTo = dealt(runs, of);
  const keys = request.plans.flatMap(({ screenplay, variants }) =>
    variants.map((variant) => runKey(orderOf(screenplay, { ...request, build, variant }))),
  );
  const { seed, keySeed } = request;
  return {
    ...{ version: VERSION, tool: TOOL, build, seed, keySeed, line: wholeLineOf(settings), of, shards },
    runs: runs.map((run, at) => ({ ...run, key: keys[at] ?? '', shard: dealtTo[at] ?? 0 })),
  };
}

/** What the report says of a part that is one shard. */
export function shardIn({ shards, of, runs }: Pick<WholePlan, 'shards' | 'of' | 'runs'>): SuiteShard {
  const here = runs.filter(({ shard }) => shards.includes(shard)).length;
  return { number: shards[0] ?? 0, of, runs: here, whole: runs.length };
}

/** The text of the file. */
export function writeWholePlan(plan: WholePlan): string {
  return canonicalJson(plan as unknown as JsonValue);
}

/** Reads what {@link writeWholePlan} writes, and nothing else. `name` is the results folder, for errors. Throws SHARD_PLAN, HOST_FILE_NOT_TEXT. */
export function parseWholePlan(octets: Uint8Array, name: string): WholePlan {
  const refuse = (detail: string): Error =>
    shardError('SHARD_PLAN', `${name}: ${PLAN_FILE}: ${detail}`, { where: { file: name } });
  const written = textOf(octets, PLAN_FILE);
  const plan = readJson(
    parseJson(written, () => refuse('it is not JSON')),
    FORM,
    { root: 'the plan', refuse: ({ message }) => refuse(message) },
  );
  const { shards, of, runs } = plan;
  if (shards.some((shard, at) => shard < 1 || shard > of || shard <= (shards[at - 1] ?? 0)))
    throw refuse(`its shards are not some of ${of}, in order`);
  const expected = dealt(runs, of);
  const astray = runs.find(({ shard }, at) => shard !== expected[at]);
  if (astray !== undefined)
    throw refuse(`${astray.scenario}/${astray.variant} is not of shard ${astray.shard}`);
  if (writeWholePlan(plan) !== written) throw refuse('it is not in canonical form');
  return plan;
}
