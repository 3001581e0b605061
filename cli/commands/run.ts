/** `calldrill run`: plays scenarios, judges them and writes the evidence. */
import { nearest } from '../../devices/console/index.ts';
import { parseCommandLine } from '../command-line.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { runAllPlants } from '../run/all-plants.ts';
import { refuseStream, SECRETS_NOTE } from '../run/capture.ts';
import { listPlans } from '../run/list-plans.ts';
import { runManySeeds } from '../run/many-seeds.ts';
import { runOneSeed } from '../run/one-seed.ts';
import { lastFailed, requirePlanned } from '../run/last-failed.ts';
import { chosenDeployment, DEFAULT_OUT } from '../run/options.ts';
import { readRecording } from '../run/replay-file.ts';
import { resumedWords } from '../run/resume-file.ts';
import { isOpenResults, resumeResults } from '../run/resume-results.ts';
import { DECIDING, RUN_LINE, type RunGiven } from '../run/run-options.ts';
import { ALL_PLANTS, refuseConflicts, runSettings, type RunOrigin } from '../run/run-settings.ts';
import { wordsOf } from '../run/settings.ts';
import { withoutQueue } from '../queue/without-queue.ts';
import { filesOf, loadAll } from '../scenario-choice.ts';
import { shareOf } from '../shards/share.ts';
import { targetOfStaging } from '../staging.ts';

/** The command most people need: simulates, under one seed, many, or with planted violations, and writes a results folder. */
export const run = command({
  name: 'run',
  summary: 'play scenarios, judge them and write the evidence',
  about: [
    'Without a scenario, every shipped one is run. The same seeds give the same results, octet for octet; they and the line that runs the same again are always printed.',
    'Results replace those of an earlier run as a whole, or not at all: a run that is interrupted or fails to start changes nothing, and one that is cut off can be gone on with. A folder with files that calldrill did not write is never replaced.',
  ],
  operands: RUN_LINE.operands,
  options: RUN_LINE.options,
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
    { line: 'calldrill run --plant all --kill-page kills.html', does: 'the same as a page' },
    { line: 'calldrill run --grep wipe --list', does: 'what would be run' },
    { line: 'calldrill run --max-failures 1', does: 'stop at the first run that fails' },
    { line: 'calldrill run --resume results', does: 'make the rest of that' },
    { line: 'calldrill run --last-failed', does: 'what did not pass in results/' },
    { line: 'calldrill run baseline-call --repeat-each 3', does: 'is it the same each time?' },
    {
      line: 'calldrill run --seeds 1..500 --queue redis://lab:6379',
      does: 'on the machines of calldrill worker',
    },
    { line: 'calldrill run --shard 2/3 --out shard-2', does: 'a third of it, for calldrill merge' },
    {
      line: 'calldrill run baseline-call --variant home-wifi --pcap - | tshark -r -',
      does: 'its packets',
    },
    { line: 'calldrill run baseline-call --variant congested --wav', does: 'hear what a bad network does' },
    { line: 'calldrill run --replay results/report.json', does: 'the same again' },
    { line: 'calldrill run --resume .results-new-Ab3dE9', does: 'what was cut off, from where it was' },
  ],
  errorExit: EXIT.scenario,
  run: (given, operands, context, words) =>
    runCommand(given, operands, context, { words: withoutQueue(words) }),
});

async function runCommand(
  given: RunGiven,
  operands: readonly string[],
  context: Context,
  origin: RunOrigin,
): Promise<ExitCode> {
  if (given.resume !== undefined) return resume(given.resume, given, operands, context);
  if (given['last-failed']) return runLastFailed(given, operands, context);
  if (given.replay !== undefined) return replay(given.replay, given, operands, context, origin);
  refuseConflicts(given);
  if (given['kill-page'] !== undefined && given.plant !== ALL_PLANTS)
    throw cliError('CLI_OPTION_CONFLICT', '--kill-page is of --plant all, which is not given');
  const { library } = context;
  checkPlant(given.plant, library.vocabulary.plants);
  const chosen = await chosenDeployment(given, library);
  const screenplays = await loadAll(await filesOf(operands, library), library);
  const asked = runSettings({ given, operands, screenplays, chosen }, origin, {
    vocabulary: library.vocabulary,
    threads: context.threads,
  });
  if (origin.failed !== undefined) requirePlanned(origin.failed, asked.plans);
  // The results that say what failed may be others by the time that somebody goes on.
  const settings = origin.failed === undefined ? asked : { ...asked, words: wordsOf(asked) };
  const plans = settings.shard === undefined ? settings.plans : shareOf(settings.plans, settings.shard);
  if (given.list) return listPlans(plans, context);
  const { capture } = settings;
  if (capture?.live === true) refuseStream(plans, context);
  if (capture?.secrets === true) context.stderr.write(SECRETS_NOTE);
  if (given.plant === ALL_PLANTS) return runAllPlants(settings, context);
  if (given.seeds !== undefined) return runManySeeds(given.seeds, settings, context);
  // Standard output is the capture's; what people read goes where messages go.
  return runOneSeed(settings, capture?.live === true ? { ...context, stdout: context.stderr } : context);
}

/** Goes on with a run that was cut off, as it was asked for; this command line says only how to do it and how to tell of it. */
async function resume(
  folder: string,
  given: RunGiven,
  words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  refuseBeside('resume', given, words, [
    ...Object.keys(DECIDING),
    'out',
    'kill-page',
    'pcap',
    'pcap-link',
    'pcap-secrets',
    'reveal-keys',
    'wav',
    'oscal-version',
    'baseline',
    'replay',
    'list',
    'repeat-each',
    'last-failed',
  ]);
  if (isOpenResults(folder)) return resumeResults(folder, given, context);
  refuseBeside('resume', given, [], ['max-failures']);
  const typed = resumedWords(folder, 'run');
  const { options, operands } = parseCommandLine(typed, RUN_LINE);
  const { jobs, queue, details, quiet } = given;
  const out = targetOfStaging(folder) ?? options.out;
  return runCommand(
    {
      ...options,
      ...{ out, queue, details, quiet },
      jobs: jobs ?? options.jobs,
      strict: given.strict || options.strict,
    },
    operands,
    context,
    { words: typed, resumed: folder },
  );
}

/** Runs what did not pass the last time as it was run then; this command line says only how to handle it. */
async function runLastFailed(given: RunGiven, words: readonly string[], context: Context): Promise<ExitCode> {
  refuseBeside('last-failed', given, words, [...Object.keys(DECIDING), 'replay']);
  const failed = lastFailed(given.out ?? DEFAULT_OUT);
  return runCommand({ ...failed.given, ...handlingOf(given) }, failed.operands, context, {
    words: [],
    failed,
  });
}

/** What a command line says of how runs are made and told of, and nothing of which. */
function handlingOf(
  given: RunGiven,
): Omit<RunGiven, keyof typeof DECIDING | 'replay' | 'resume' | 'last-failed'> {
  const { out, jobs, queue, strict, pcap, wav, details, quiet, list } = given;
  return {
    ...{ out, jobs, queue, strict, pcap, wav, details, quiet, list },
    'pcap-link': given['pcap-link'],
    'pcap-secrets': given['pcap-secrets'],
    'reveal-keys': given['reveal-keys'],
    'oscal-version': given['oscal-version'],
    baseline: given.baseline,
    'kill-page': given['kill-page'],
    'max-failures': given['max-failures'],
    'repeat-each': given['repeat-each'],
  };
}

/** Refuses options, and scenarios, beside one that says by itself what to run. */
function refuseBeside(
  option: string,
  given: RunGiven,
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
  given: RunGiven,
  words: readonly string[],
  context: Context,
  origin: RunOrigin,
): Promise<ExitCode> {
  refuseBeside('replay', given, words, Object.keys(DECIDING));
  const recording = await readRecording(file, context.readInput);
  const again = parseCommandLine(recording.words, RUN_LINE);
  if (again.options.replay !== undefined)
    throw cliError('CLI_REPLAY', `${file} is itself of a replay`, { where: { file } });
  return runCommand({ ...again.options, ...handlingOf(given) }, again.operands, context, {
    ...origin,
    recording,
  });
}

function checkPlant(plant: string | undefined, plants: readonly string[]): void {
  if (plant === undefined || plant === ALL_PLANTS || plants.includes(plant)) return;
  const near = nearest(plant, [...plants, ALL_PLANTS]);
  throw cliError(
    'CLI_UNKNOWN_PLANT',
    `there is no planted violation '${plant}'`,
    near === undefined ? {} : { fix: `Did you mean '${near}'?` },
  );
}
