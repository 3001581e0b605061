/** `calldrill play`: a person at a console types the lines of one role, and gets a score. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printable } from '../../reports/printable.ts';
import {
  exercise,
  loadAssets,
  ownTrace,
  writeTypedLines,
  type ExerciseEnd,
  type Pace,
} from '../../scenarios/host/index.ts';
import { Rehearsal } from '../../scenarios/exercises/index.ts';
import {
  orderOf,
  outcomeOf,
  resolvedFor,
  runSeed,
  scenarioResultOf,
  TOOL,
  type RunBasis,
  type RunOrder,
  type RunQueue,
  type ScoredRun,
} from '../../scenarios/runs/index.ts';
import { integer, text, value, values, type Options, type OptionTable, type Taken } from '../command-line.ts';
import { command } from '../command.ts';
import { writeJson, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, exitOfSuite, type ExitCode } from '../exit-code.ts';
import { exerciseReport, seedsText, TRACE_FILE } from '../../reports/index.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { parametersOf } from '../parameters.ts';
import { modelOf, replayedBy, writeOutcome, writeReports } from '../run/evidence.ts';
import { assignment, DEFAULT_OUT, DEFAULT_SEED, KEY_SEED_HELP, seed } from '../run/options.ts';
import { replayFacts } from '../run/outcome.ts';
import { exerciseLine, TYPED_FILE } from '../run/replay-file.ts';
import { filesOf, loadAll, variantOf } from '../scenario-choice.ts';
import { linesOf } from '../../reports/terminal/table.ts';
import { ResultsFolder } from '../write-results.ts';

/** A month goes by in a minute; more than that nobody can follow. */
const PACE_MAX = 43_200;

const seconds = integer(1, PACE_MAX);
const pace: Taken<Pace> = {
  placeholder: '1|60|wait',
  expected: `wait, or virtual seconds for each real one, from 1 to ${PACE_MAX}`,
  read: (given) => (given === 'wait' ? given : seconds.read(given)),
};

const OPTIONS = {
  as: value(text('role'), 'who you are: crs-admin, cms-operator, a user, ... (required)'),
  variant: value(text('name'), 'the variant to play; the first one when left out'),
  seed: value(seed, `what all chance is drawn from; ${DEFAULT_SEED} when left out`),
  'key-seed': value(seed, KEY_SEED_HELP),
  param: values(assignment, 'set a parameter of the deployment, over what the scenario says'),
  pace: value(pace, 'how fast time passes; wait, when left out: only with `wait 10m` and `next`'),
  save: value(text('file'), 'write the typed lines to this file too, to repeat or hand on the exercise'),
  out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
} as const satisfies OptionTable;

/** One variant with one role left to a person; what they typed is written so that it can be replayed. */
export const play = command({
  name: 'play',
  summary: 'take part in a scenario: type the lines of one role, and get a score',
  about: [
    'Everybody else does what the screenplay says; what is yours is done only if you do it. Type help for what you can reach, Tab to complete a word, arrow up for an earlier line.',
    `At the end the verdicts are those of the same judge as in a run, and the results are written as by a run, with your lines in ${TYPED_FILE}. calldrill run --replay <out>/${TYPED_FILE} repeats the exercise octet for octet.`,
    'Who leaves early is judged by what comes of it: the rest is played on to the end of the screenplay, with nothing more typed by them.',
    'Ctrl-C twice ends the exercise in order: the results are written, and the exit code is 6. Lines may come from a pipe.',
  ],
  operands: { placeholder: '<scenario|file.yaml>', min: 1, max: 1 },
  options: OPTIONS,
  examples: [
    { line: 'calldrill play client-compromise --as crs-admin', does: 'time passes as you let it' },
    { line: 'calldrill play baseline-call --as alice --pace 60', does: 'a minute for each second' },
    { line: 'calldrill play monthly-rekey --as crs-admin < lines.txt', does: 'typed by a file' },
  ],
  errorExit: EXIT.scenario,
  run: (given, words, context) => playCommand(given, words, context),
});

async function playCommand(
  given: Options<typeof OPTIONS>,
  words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { library } = context;
  if (given.as === undefined)
    throw cliError('CLI_OPTION_VALUE', 'play needs --as', { fix: 'Write --as <role>: --as crs-admin.' });
  const parameters = parametersOf(given.param, library.vocabulary.parameters);
  const [screenplay] = await loadAll(await filesOf(words, library), library);
  if (screenplay === undefined) return EXIT.pass;
  const job: Played = {
    screenplay,
    variant: variantOf(screenplay, given.variant),
    seed: given.seed ?? DEFAULT_SEED,
    keySeed: given['key-seed'] ?? given.seed ?? DEFAULT_SEED,
    parameters,
  };
  const rehearsal = await rehearsalOf(job, given.as);
  const out = given.out ?? DEFAULT_OUT;
  // Whether results can be written is found out before anybody has spent an hour on them.
  const folder = await ResultsFolder.open(out);
  const order = orderOf(screenplay, { ...job, build: await context.build() });
  const queue = context.openQueue({ threads: 1 });
  try {
    const own = ownRun(queue, order);
    // Should it fail, that is told when it is needed.
    own.catch(() => undefined);
    const end = await exercise({
      rehearsal,
      pace: given.pace ?? 'wait',
      ...context.person,
      style: {
        ...paletteOf(context.stdout.terminal.colour),
        printable,
        lines: (text) => linesOf(text, context.stdout.terminal.columns),
      },
      nowMs: context.nowMs,
    });
    context.stderr.write('Playing on to the end, and working out the score ...\n');
    rehearsal.finish();
    const typed = typedFile(job, rehearsal, words[0] ?? screenplay.id);
    const finished: Finished = { job, rehearsal, reference: await own, end, out };
    const exit = await finish(finished, folder, typed, context);
    if (given.save !== undefined) await save(given.save, typed);
    return exit;
  } finally {
    queue.close();
    await folder.discard();
  }
}

/** What is played, as a run would be asked for. */
interface Played extends RunBasis {
  readonly variant: string;
}

async function rehearsalOf(
  { screenplay, variant, seed, keySeed, parameters }: Played,
  role: string,
): Promise<Rehearsal> {
  return new Rehearsal({
    role,
    screenplay: resolvedFor({ screenplay, parameters }, variant),
    seed: runSeed(seed, screenplay.id),
    keySeed,
    assets: await loadAssets(),
    tool: TOOL,
    broken: [],
  });
}

interface Finished {
  readonly job: Played;
  readonly rehearsal: Rehearsal;
  /** The screenplay's own run. */
  readonly reference: ScoredRun;
  readonly end: ExerciseEnd;
  readonly out: string;
}

/** Writes the results and tells the score. */
async function finish(
  { job, rehearsal, reference, end, out }: Finished,
  folder: ResultsFolder,
  typed: string,
  context: Context,
): Promise<ExitCode> {
  const { screenplay, seed, keySeed, parameters } = job;
  const replay = exerciseLine(out);
  const outcome = outcomeOf(job, rehearsal.performance, reference);
  const scenario = replayedBy(scenarioResultOf(screenplay, [outcome.result]), replay);
  const request = { seed, keySeed, plans: [{ screenplay, variants: [job.variant] }], parameters };
  const suite = modelOf({ request, scenarios: [scenario] }, replay, context.library.clauses);
  writeOutcome(folder, outcome);
  writeReports(folder, suite, { typedFile: new TextEncoder().encode(typed) });
  await folder.commit();
  const exit = end === 'interrupted' ? EXIT.interrupted : exitOfSuite(suite, false);
  if (context.json) {
    writeJson(context, { exitCode: exit, out, seed, keySeed, replay, score: outcome.result.score, suite });
    return exit;
  }
  const { columns, colour, unicode } = context.stdout.terminal;
  const kind = { ...(columns === undefined ? {} : { columns }), colour, unicode };
  context.stdout.write(
    `${exerciseReport(outcome.result, kind)}Report  ${join(out, 'index.html')}\n${replayFacts(exit, seedsText(suite), replay)}`,
  );
  return exit;
}

function typedFile(
  { screenplay, variant, seed, keySeed, parameters }: Played,
  rehearsal: Rehearsal,
  source: string,
): string {
  return writeTypedLines({
    scenario: screenplay.id,
    source,
    variant,
    seed,
    keySeed,
    parameters,
    ...rehearsal.played,
    traceDigest: rehearsal.performance.world.trace.digest(),
  });
}

async function save(file: string, typed: string): Promise<void> {
  try {
    await writeFile(file, typed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw cliError('CLI_OUT_WRITE', `${file} cannot be written: ${reason}`, { where: { file }, cause });
  }
}

/** The screenplay's own run, which the exercise is measured against. Rejects with what it failed with. */
function ownRun(queue: RunQueue, order: RunOrder): Promise<ScoredRun> {
  return new Promise((resolve, reject) => {
    let events: ScoredRun['events'] = [];
    queue.submit(order, {
      file: (path, octets) => {
        if (path === TRACE_FILE) events = ownTrace(octets);
      },
      finished: ({ result }) => resolve({ events, result }),
      failed: reject,
    });
  });
}
