/** What the ways of running (one seed, many seeds, every plant) need to know. */
import { quoted } from '../../devices/console/index.ts';
import type { OscalVersion } from '../../reports/index.ts';
import type { CaptureOrder, RunParameters } from '../../scenarios/runs/index.ts';
import type { Shard } from '../shards/share.ts';
import type { ResultsFolder } from '../write-results.ts';
import type { ChosenDeployment } from './options.ts';
import type { Plan } from './plan.ts';
import { exerciseLine, type RecordedRun } from './replay-file.ts';
import { replayedWords, replayLine, type Replayed } from './replay-line.ts';

/** The options of `run`, checked and with their defaults in place. */
export interface RunSettings extends ChosenDeployment {
  readonly plans: readonly Plan[];
  readonly parameters: RunParameters;
  readonly seed: string;
  /** Undefined when it is the seed of each suite. */
  readonly keySeed: string | undefined;
  /** Which of several parts of the plans is run. */
  readonly shard: Shard | undefined;
  readonly probes: boolean;
  readonly plant: string | undefined;
  readonly out: string;
  readonly threads: number;
  /** The address of a Redis whose workers make the runs. */
  readonly redis: string | undefined;
  /** Where the page of all plants goes, where one is wanted. */
  readonly killPage: string | undefined;
  /** After so many runs that failed no more are made. */
  readonly maxFailures: number | undefined;
  /** Puts runs that need not be made into the folder before any is. */
  readonly adopt?: (folder: ResultsFolder) => void;
  /** How often each run is made: 1 for once. */
  readonly repeats: number;
  readonly strict: boolean;
  /** Every check of every variant goes to the terminal. */
  readonly details: boolean;
  readonly quiet: boolean;
  /** The capture that is wanted of each run. */
  readonly capture: CaptureOrder | undefined;
  /** What was heard of calls goes into sound files. */
  readonly heard: boolean;
  /** Which OSCAL is written; undefined for the usual one. */
  readonly oscalVersion: OscalVersion | undefined;
  /** What the summary tells changes since; a name as `compare` has it. */
  readonly baseline: string | undefined;
  /** How to go on should the run be cut off: the words of its command line. */
  readonly words: readonly string[];
  /** The hidden folder of a run that was cut off and is gone on with. */
  readonly resumed: string | undefined;
  /** What is run again, when something is. */
  readonly recording: RecordedRun | undefined;
  /** The part of the command line that chose what to run. */
  readonly choice: Omit<Replayed, 'seeds' | 'plant' | 'probes'>;
}

/** What of a deployment goes with every request. */
export function deploymentOf({ deployment, asOf }: ChosenDeployment): ChosenDeployment {
  return { ...(deployment === undefined ? {} : { deployment }), ...(asOf === undefined ? {} : { asOf }) };
}

/** The key seed of the suite of one seed. */
export function keySeedOf({ keySeed }: Pick<RunSettings, 'keySeed'>, seed: string): string {
  return keySeed ?? seed;
}

/** The line that runs the same again under one seed. What somebody typed is in the results, and is played from there. */
export function replayOf(settings: RunSettings, seed: string): string {
  const { choice, plant, probes, recording, out, shard } = settings;
  const seeds = [
    ...['--seed', seed, '--key-seed', keySeedOf(settings, seed)],
    ...(shard === undefined ? [] : ['--shard', `${shard.number}/${shard.of}`]),
  ];
  return recording?.typed === undefined ? replayLine({ ...choice, plant, probes, seeds }) : exerciseLine(out);
}

/** The line that makes all files of the whole again, whichever shard of it this is: what was recorded is in it, too. */
export function wholeLineOf(settings: RunSettings): string {
  const { capture, heard, oscalVersion, seed } = settings;
  const more = [
    ...(capture === undefined ? [] : ['--pcap']),
    ...(capture?.link === undefined ? [] : [`--pcap-link=${capture.link}`]),
    ...(capture?.secrets === true ? ['--pcap-secrets', '--reveal-keys'] : []),
    ...(heard ? ['--wav'] : []),
    ...(oscalVersion === undefined ? [] : ['--oscal-version', oscalVersion]),
  ];
  return [replayOf({ ...settings, shard: undefined }, seed), ...more.map(quoted)].join(' ');
}

/** The words behind `calldrill run` that ask for the same, without where results go and what is printed. */
export function wordsOf(settings: RunSettings): readonly string[] {
  const { shard, strict, repeats, maxFailures } = settings;
  return [
    ...replayedWords(wholeLineOf(settings)),
    ...(shard === undefined ? [] : ['--shard', `${shard.number}/${shard.of}`]),
    ...(strict ? ['--strict'] : []),
    ...(maxFailures === undefined ? [] : ['--max-failures', String(maxFailures)]),
    ...(repeats === 1 ? [] : ['--repeat-each', String(repeats)]),
  ];
}

/** The line that runs the same again under each of the seeds `range`: `1..50`. */
export function replayOfRange({ choice, plant, probes, keySeed }: RunSettings, range: string): string {
  const fixed = keySeed === undefined ? [] : ['--key-seed', keySeed];
  return replayLine({ ...choice, plant, probes, seeds: ['--seeds', range, ...fixed] });
}
