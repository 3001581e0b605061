/**
 * The runs of several parts of one plan together. What is joined is a union: in which order and in which groups parts come makes no difference, and what is there twice
 * has to be the same octets. A run that was made stands for one that was not, never the other way round.
 */
import { canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';
import { factsOf } from '../../reports/index.ts';
import { isNotMade, type MissingRun, type VariantResult } from '../../scenarios/runs/index.ts';
import { shardError } from './errors.ts';
import type { PlanPart } from './part.ts';
import type { RunName } from './share.ts';
import type { WholePlan } from './whole-plan.ts';

/** What the parts have of one run, and the part that its files are in. */
export type JoinedRun =
  | { readonly part: PlanPart; readonly result: VariantResult }
  | { readonly part: PlanPart; readonly missing: MissingRun };

/** All parts together. */
export interface Joined {
  /** With the shards of all of them. */
  readonly plan: WholePlan;
  /** By `scenario/variant`; runs of shards that are not there have none. */
  readonly runs: ReadonlyMap<string, JoinedRun>;
}

/** Where the files of a run are, in any results. */
export function placeOf({ scenario, variant }: RunName): string {
  return `${scenario}/${variant}`;
}

/** Throws SHARD_DIFFERS, SHARD_TWICE. */
export function joinedRuns(parts: readonly [PlanPart, ...PlanPart[]]): Joined {
  const [first, ...others] = parts;
  for (const other of others) requireSamePlan(first, other);
  const runs = new Map<string, JoinedRun>();
  for (const part of parts)
    for (const [place, run] of runsIn(part)) {
      const before = runs.get(place);
      runs.set(place, before === undefined ? run : oneOf(place, before, run));
    }
  const shards = [...new Set(parts.flatMap(({ plan }) => plan.shards))].sort((a, b) => a - b);
  return { plan: { ...first.plan, shards }, runs };
}

const PLAN_KEYS = [
  ['tool', 'version'],
  ['build', 'build'],
  ['seed', 'seed'],
  ['keySeed', 'key seed'],
  ['of', 'number of shards'],
  ['line', 'command line'],
  ['runs', 'runs'],
] as const;

function requireSamePlan(one: PlanPart, other: PlanPart): void {
  const written = (value: WholePlan[(typeof PLAN_KEYS)[number][0]]): string =>
    canonicalJson({ value: value as unknown as JsonValue });
  const differing = PLAN_KEYS.find(([key]) => written(one.plan[key]) !== written(other.plan[key]));
  if (differing === undefined) return;
  const [key, word] = differing;
  const detail =
    key === 'runs' ? firstOtherRun(one.plan, other.plan) : `${one.plan[key]} and ${other.plan[key]}`;
  throw shardError('SHARD_DIFFERS', `${one.name} and ${other.name} are of another ${word}: ${detail}`);
}

/** Lines that are the same name other runs where a file has changed in between. */
function firstOtherRun(one: WholePlan, other: WholePlan): string {
  const at = one.runs.findIndex(({ key }, index) => key !== other.runs[index]?.key);
  const run = one.runs[at] ?? other.runs[one.runs.length];
  return run === undefined ? 'how many there are' : `${placeOf(run)} is not the same order`;
}

/** Runs of a shard that is not there are left out. */
function* runsIn(part: PlanPart): Generator<readonly [place: string, run: JoinedRun]> {
  for (const { id, variants, missing } of part.suite.scenarios) {
    for (const result of variants) yield [`${id}/${result.name}`, { part, result }];
    for (const lost of missing)
      if (lost.code !== 'RUN_NOT_JOINED') yield [`${id}/${lost.name}`, { part, missing: lost }];
  }
}

function oneOf(place: string, one: JoinedRun, other: JoinedRun): JoinedRun {
  const idle = [one, other].filter((run) => 'missing' in run && isNotMade(run.missing));
  if (idle.length === 1) return idle[0] === one ? other : one;
  if (idle.length === 2) return writtenOf(one) <= writtenOf(other) ? one : other;
  if (writtenOf(one) !== writtenOf(other) || filesText(one, place) !== filesText(other, place))
    throw shardError(
      'SHARD_TWICE',
      `${one.part.name} and ${other.part.name} both have ${place}, and not the same`,
    );
  // Which of two that are the same octets makes no difference.
  return one;
}

function writtenOf({ part: _part, ...run }: JoinedRun): string {
  return canonicalJson(run as unknown as JsonValue);
}

function filesText({ part }: JoinedRun, place: string): string {
  return filesOfRun(part, place)
    .map((path) => `${path} ${factsOf(part.evidence.read(path)).sha256}\n`)
    .join('');
}

/** The paths of what a run left behind. */
export function filesOfRun({ evidence }: PlanPart, place: string): readonly string[] {
  return evidence.paths.filter((path) => path.startsWith(`${place}/`));
}
