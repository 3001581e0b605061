/** `calldrill run`: plays scenarios, judges them and writes the evidence. */
import { nearest } from '../../devices/console/index.ts';
import { OSCAL_VERSIONS } from '../../reports/index.ts';
import {
  flag,
  integer,
  optional,
  parseCommandLine,
  text,
  value,
  values,
  type Options,
  type OptionTable,
} from '../command-line.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { parametersOf } from '../parameters.ts';
import { runAllPlants } from '../run/all-plants.ts';
import { listPlans } from '../run/list-plans.ts';
import { runManySeeds } from '../run/many-seeds.ts';
import { runOneSeed } from '../run/one-seed.ts';
import { captureOrder, pcap, refuseStream, SECRETS_NOTE } from '../run/capture.ts';
import {
  AS_OF,
  assignment,
  chosenDeployment,
  DEFAULT_OUT,
  DEFAULT_SEED,
  DEPLOYMENT,
  KEY_SEED_HELP,
  oscalVersion,
  pattern,
  seed,
  seedRange,
} from '../run/options.ts';
import { planOf } from '../run/plan.ts';
import { resumedWords } from '../run/resume-file.ts';
import { readRecording, type RecordedRun } from '../run/replay-file.ts';
import type { RunSettings } from '../run/settings.ts';
import { filesOf, loadAll } from '../scenario-choice.ts';
import { targetOfStaging } from '../staging.ts';

const THREADS_MAX = 256;
const ALL = 'all';

/** What decides the outcome: a replay line is made of these. */
const DECIDING = {
  seed: value(seed, `what all chance is drawn from; ${DEFAULT_SEED} when left out`),
  'key-seed': value(seed, KEY_SEED_HELP),
  seeds: value(seedRange, 'run under each of these seeds and compare; results go to <out>/<seed>/'),
  deployment: DEPLOYMENT,
  'as-of': AS_OF,
  param: values(assignment, 'set a parameter of the deployment, over what scenarios say'),
  variant: values(text('name'), 'run only variants of this name'),
  grep: value(pattern, 'run only variants whose name (scenario/variant) or title matches, in any case'),
  plant: value(text('name|all'), 'break a rule of a device; all prints which check caught which violation'),
  'no-probes': flag('make no probe: checks that rest on one are not tested'),
} as const satisfies OptionTable;

const HANDLING = {
  out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
  jobs: value(integer(1, THREADS_MAX), 'threads to use; as many as the machine has when left out'),
  strict: flag('exit with 1 when something was not tested'),
  pcap: optional(
    pcap,
    'file',
    'capture what crosses the links: capture.pcapng beside each trace, or with - on standard output while one variant runs',
  ),
  'pcap-link': value(
    text('link'),
    'capture this link only, such as alice-crs, so that each packet is there once',
  ),
  'pcap-secrets': flag('put the TLS keys into the capture, so that Wireshark shows the signalling in clear'),
  'oscal-version': value(
    oscalVersion,
    `which OSCAL the oscal-*.json are in: ${OSCAL_VERSIONS.join(' or ')}; ${OSCAL_VERSIONS[0]} when left out`,
  ),
  wav: flag('write what everybody heard of each call as a sound file: heard/*.wav beside each trace'),
  details: flag('print every check and every exposure of every variant'),
  quiet: flag('print the verdict, the seeds and the replay line only'),
} as const satisfies OptionTable;

const OTHERS = {
  resume: value(text('folder'), 'go on with a run that was cut off: its hidden folder, as it was told'),
  replay: value(text('file'), 'run again what a report.json or a typed.json is of, and compare the traces'),
  list: flag('list what would be run, and run nothing'),
} as const satisfies OptionTable;

const OPTIONS = { ...DECIDING, ...HANDLING, ...OTHERS };
const OPERANDS = { placeholder: '[scenario|file.yaml ...]', min: 0, max: Infinity };

type Given = Options<typeof OPTIONS>;

/** The command most people need: simulates, under one seed, many, or with planted violations, and writes a results folder. */
export const run = command({
  name: 'run',
  summary: 'play scenarios, judge them and write the evidence',
  about: [
    'Without a scenario, every shipped one is run. The same seeds give the same results, octet for octet; they and the line that runs the same again are always printed.',
    'Results replace those of an earlier run as a whole, or not at all: a run that is interrupted or fails to start changes nothing, and one that is cut off can be gone on with. A folder with files that calldrill did not write is never replaced.',
  ],
  operands: OPERANDS,
  options: OPTIONS,
  examples: [
    { line: 'calldrill run', does: 'every shipped scenario' },
    { line: 'calldrill run baseline-call --seed 42', does: 'one scenario under one seed' },
    { line: 'calldrill run mine.yaml --param skew-limit=48h', does: 'your own, with a parameter' },
    { line: 'calldrill run --deployment ours.yaml', does: 'judged by what your organisation decided' },
    { line: 'calldrill run client-compromise --seeds 1..50', does: 'under fifty seeds, compared' },
    {
      line: 'calldrill run monthly-rekey --seeds 1..1000 --key-seed 1 --no-probes',
      does: 'a thousand, quickly: keys are made once',
    },
    { line: 'calldrill run --plant all', does: 'does every check catch its violation?' },
    { line: 'calldrill run --grep wipe --list', does: 'what would be run' },
    {
      line: 'calldrill run baseline-call --variant home-wifi --pcap - | tshark -r -',
      does: 'its packets',
    },
    { line: 'calldrill run baseline-call --variant congested --wav', does: 'hear what a bad network does' },
    { line: 'calldrill run --replay results/report.json', does: 'the same again' },
    { line: 'calldrill run --resume .results-new-Ab3dE9', does: 'what was cut off, from where it was' },
  ],
  errorExit: EXIT.scenario,
  run: (given, operands, context, words) => runCommand(given, operands, context, { words }),
});

/** Where a command line comes from. */
interface Origin {
  /** The words as they were typed, to go on with. */
  readonly words: readonly string[];
  readonly recording?: RecordedRun;
  readonly resumed?: string;
}

async function runCommand(
  given: Given,
  words: readonly string[],
  context: Context,
  origin: Origin,
): Promise<ExitCode> {
  if (given.resume !== undefined) return resume(given.resume, given, words, context);
  if (given.replay !== undefined) return replay(given.replay, given, words, context, origin);
  if (given.seed !== undefined && given.seeds !== undefined)
    throw cliError('CLI_OPTION_CONFLICT', '--seed and --seeds are both given');
  if (given.plant === ALL && given.seeds !== undefined)
    throw cliError('CLI_OPTION_CONFLICT', '--plant all is run under one seed, not under --seeds');
  if (given.plant === ALL && given['no-probes'])
    throw cliError(
      'CLI_OPTION_CONFLICT',
      '--plant all asks which check notices, and --no-probes makes most not look',
    );
  if (given.plant === ALL && given.wav)
    throw cliError('CLI_OPTION_CONFLICT', '--plant all writes no results, so there is no place for --wav');
  const { library } = context;
  checkPlant(given.plant, library.vocabulary.plants);
  const parameters = parametersOf(given.param, library.vocabulary.parameters);
  const chosen = await chosenDeployment(given, library);
  const screenplays = await loadAll(await filesOf(words, library), library);
  const plans = planOf(screenplays, { variants: given.variant, grep: given.grep });
  if (given.list) return listPlans(plans, context);
  const capture = captureOrder(given);
  if (capture?.live === true) refuseStream(plans, context);
  if (capture?.secrets === true) context.stderr.write(SECRETS_NOTE);
  const settings: RunSettings = {
    plans,
    parameters,
    ...chosen,
    seed: given.seed ?? DEFAULT_SEED,
    keySeed: given['key-seed'],
    probes: !given['no-probes'],
    plant: given.plant,
    out: given.out ?? DEFAULT_OUT,
    threads: given.jobs ?? context.threads,
    strict: given.strict,
    details: given.details,
    quiet: given.quiet,
    capture,
    heard: given.wav,
    oscalVersion: given['oscal-version'],
    words: origin.words,
    resumed: origin.resumed,
    recording: origin.recording,
    choice: {
      ...{ scenarios: words, variants: given.variant, grep: given.grep?.source, parameters: given.param },
      ...{ deployment: given.deployment, asOf: given['as-of'] },
    },
  };
  if (given.plant === ALL) return runAllPlants(settings, context);
  if (given.seeds !== undefined) return runManySeeds(given.seeds, settings, context);
  // Standard output is the capture's; what people read goes where messages go.
  return runOneSeed(settings, capture?.live === true ? { ...context, stdout: context.stderr } : context);
}

/** For whoever reads a line of this command again. */
export const RUN_LINE = { command: 'run', options: OPTIONS, operands: OPERANDS };

/** Goes on with a run that was cut off, as it was asked for; this command line says only how to do it and how to tell of it. */
async function resume(
  folder: string,
  given: Given,
  words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  refuseBeside('resume', given, words, [
    ...Object.keys(DECIDING),
    'out',
    'pcap',
    'pcap-link',
    'pcap-secrets',
    'wav',
    'oscal-version',
    'replay',
    'list',
  ]);
  const typed = resumedWords(folder, 'run');
  const { options, operands } = parseCommandLine(typed, RUN_LINE);
  const { jobs, details, quiet } = given;
  const out = targetOfStaging(folder) ?? options.out;
  return runCommand(
    { ...options, out, jobs: jobs ?? options.jobs, strict: given.strict || options.strict, details, quiet },
    operands,
    context,
    { words: typed, resumed: folder },
  );
}

/** Refuses options, and scenarios, beside one that says by itself what to run. */
function refuseBeside(
  option: string,
  given: Given,
  words: readonly string[],
  names: readonly string[],
): void {
  const decided = names.find((name) => {
    const own = Object.entries(given).find(([each]) => each === name)?.[1];
    return Array.isArray(own) ? own.length > 0 : own !== undefined && own !== false;
  });
  if (decided !== undefined || words.length > 0)
    throw cliError(
      'CLI_OPTION_CONFLICT',
      `--${option} says what to run: it does not go with ${decided === undefined ? `'${words[0] ?? ''}'` : `--${decided}`}`,
    );
}

/** Runs what the file says, and takes from this command line only how to handle it. */
async function replay(
  file: string,
  given: Given,
  words: readonly string[],
  context: Context,
  origin: Origin,
): Promise<ExitCode> {
  refuseBeside('replay', given, words, Object.keys(DECIDING));
  const recording = await readRecording(file, context.readInput);
  const again = parseCommandLine(recording.words, RUN_LINE);
  if (again.options.replay !== undefined)
    throw cliError('CLI_REPLAY', `${file} is itself of a replay`, { where: { file } });
  const { out, jobs, strict, pcap, wav, details, quiet, list } = given;
  const captured = { pcap, 'pcap-link': given['pcap-link'], 'pcap-secrets': given['pcap-secrets'] };
  return runCommand(
    {
      ...again.options,
      ...captured,
      'oscal-version': given['oscal-version'],
      out,
      jobs,
      strict,
      wav,
      details,
      quiet,
      list,
    },
    again.operands,
    context,
    { ...origin, recording },
  );
}

function checkPlant(plant: string | undefined, plants: readonly string[]): void {
  if (plant === undefined || plant === ALL || plants.includes(plant)) return;
  const near = nearest(plant, [...plants, ALL]);
  throw cliError(
    'CLI_UNKNOWN_PLANT',
    `there is no planted violation '${plant}'`,
    near === undefined ? {} : { fix: `Did you mean '${near}'?` },
  );
}
