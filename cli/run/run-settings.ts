/** From a command line of `run`, and what it names, to what is run. Whoever goes on with results, or joins them, comes this way as well. */
import type { Screenplay, Vocabulary } from '../../scenarios/language/index.ts';
import { cliError } from '../errors.ts';
import { parametersOf } from '../parameters.ts';
import { captureOrder } from './capture.ts';
import { DEFAULT_OUT, DEFAULT_SEED, type ChosenDeployment } from './options.ts';
import { planOf } from './plan.ts';
import type { RecordedRun } from './replay-file.ts';
import type { RunGiven } from './run-options.ts';
import type { RunSettings } from './settings.ts';

/** `--plant all`, which is a way of running by itself. */
export const ALL_PLANTS = 'all';

/** A command line, with what it names. */
export interface NamedRun {
  readonly given: RunGiven;
  readonly operands: readonly string[];
  readonly screenplays: readonly Screenplay[];
  readonly chosen: ChosenDeployment;
}

/** Runs that did not pass in the results `out`: `scenario/variant`, at least one. */
export interface FailedRuns {
  readonly out: string;
  readonly places: readonly string[];
}

/** Where a command line comes from. */
export interface RunOrigin {
  /** The words as they were typed, to go on with. */
  readonly words: readonly string[];
  readonly recording?: RecordedRun;
  /** What has to be among the plans. */
  readonly failed?: FailedRuns;
  readonly resumed?: string;
}

/** Throws CLI_OPTION_CONFLICT, CLI_UNKNOWN_PARAMETER, CLI_UNKNOWN_VARIANT, CLI_NOTHING_CHOSEN. */
export function runSettings(
  { given, operands, screenplays, chosen }: NamedRun,
  origin: RunOrigin,
  { vocabulary, threads }: { readonly vocabulary: Vocabulary; readonly threads: number },
): RunSettings {
  const parameters = parametersOf(given.param, vocabulary.parameters);
  const plans = planOf(screenplays, { variants: given.variant, grep: given.grep });
  return {
    plans,
    parameters,
    ...chosen,
    seed: given.seed ?? DEFAULT_SEED,
    keySeed: given['key-seed'],
    shard: given.shard,
    probes: !given['no-probes'],
    plant: given.plant,
    out: given.out ?? DEFAULT_OUT,
    threads: given.jobs ?? threads,
    redis: given.queue,
    killPage: given['kill-page'],
    maxFailures: given['max-failures'],
    repeats: given['repeat-each'] ?? 1,
    strict: given.strict,
    details: given.details,
    quiet: given.quiet,
    capture: captureOrder(given),
    heard: given.wav,
    oscalVersion: given['oscal-version'],
    baseline: given.baseline,
    words: origin.words,
    resumed: origin.resumed,
    recording: origin.recording,
    choice: {
      ...{
        scenarios: operands,
        variants: given.variant,
        grep: given.grep?.source,
        parameters: given.param,
      },
      ...{ deployment: given.deployment, asOf: given['as-of'] },
    },
  };
}

/** Refuses what makes no sense together. Throws CLI_OPTION_CONFLICT. */
export function refuseConflicts(given: RunGiven): void {
  const all = given.plant === ALL_PLANTS;
  const refuse = (conflict: boolean, detail: string, fix?: string): void => {
    if (conflict) throw cliError('CLI_OPTION_CONFLICT', detail, fix === undefined ? {} : { fix });
  };
  refuse(given.seed !== undefined && given.seeds !== undefined, '--seed and --seeds are both given');
  refuse(all && given.seeds !== undefined, '--plant all is run under one seed, not under --seeds');
  refuse(
    all && given['no-probes'],
    '--plant all asks which check notices, and --no-probes makes most not look',
  );
  refuse(
    given.jobs !== undefined && given.queue !== undefined,
    '--jobs is for threads of this machine, and --queue has workers make the runs',
    'Leave one of them out; `calldrill worker` has --jobs of its own.',
  );
  refuse(all && given.wav, '--plant all writes no results, so there is no place for --wav');
  if (given['max-failures'] !== undefined) {
    refuse(all, '--plant all wants checks to fail, and --max-failures stops when runs do');
    refuse(
      given.seeds !== undefined,
      '--max-failures counts the runs of one suite, and --seeds are many',
      'Leave one of them out.',
    );
  }
  if (given['repeat-each'] !== undefined) {
    refuse(all, '--plant all writes no results that a repetition could be held against');
    refuse(
      given.seeds !== undefined,
      '--repeat-each asks whether the same seed gives the same octets, and --seeds are different ones',
      'Leave --seeds out, or --repeat-each.',
    );
    refuse(
      given.pcap === 'stream',
      '--pcap - writes one capture to standard output, and --repeat-each makes several',
    );
  }
  refuse(
    given.baseline !== undefined && (all || given.seeds !== undefined || given.shard !== undefined),
    '--baseline is what one whole suite is held against, not --seeds, a --shard or --plant all',
    'Hold the results against it when they are there: calldrill compare.',
  );
  if (given.shard === undefined) return;
  refuse(all, '--plant all writes no results that could be joined, so there is nothing to --shard');
  refuse(
    given.seeds !== undefined,
    '--shard is a part of one suite, and --seeds are many',
    'Give each job seeds of its own: --seeds 1..25 and --seeds 26..50.',
  );
  refuse(
    given.strict,
    '--strict asks whether everything was tested, and what a shard does not test another one may',
    'Give --strict to calldrill merge.',
  );
  refuse(
    given.pcap === 'stream',
    '--pcap - writes the capture to standard output, where no merge finds it',
    'Write --pcap without a dash, so that it is in the results.',
  );
}
