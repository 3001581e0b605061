/** `calldrill play`: a person at a console types the lines of one role, and gets a score. */
import { printable } from '../../reports/printable.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { linesOf } from '../../reports/terminal/table.ts';
import type { Rehearsal } from '../../scenarios/exercises/index.ts';
import { exercise, type Pace } from '../../scenarios/host/index.ts';
import { orderOf, runKey, type RunOrder } from '../../scenarios/runs/index.ts';
import {
  integer,
  parseCommandLine,
  text,
  value,
  values,
  type Options,
  type OptionTable,
  type Taken,
} from '../command-line.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { parametersOf } from '../parameters.ts';
import { finishExercise } from '../play/finish.ts';
import { openJournal, type KeptExercise } from '../play/journal.ts';
import { ownRun, rehearsalOf, saveTyped, typedFileOf, type PlayedRun } from '../play/played.ts';
import {
  AS_OF,
  assignment,
  chosenDeployment,
  DEFAULT_OUT,
  DEFAULT_SEED,
  DEPLOYMENT,
  KEY_SEED_HELP,
  seed,
} from '../run/options.ts';
import { TYPED_FILE } from '../run/replay-file.ts';
import { resumedWords, resumeLine } from '../run/resume-file.ts';
import { filesOf, loadAll, variantOf } from '../scenario-choice.ts';
import { targetOfStaging } from '../staging.ts';

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
  deployment: DEPLOYMENT,
  'as-of': AS_OF,
  param: values(assignment, 'set a parameter of the deployment, over what the scenario says'),
  pace: value(pace, 'how fast time passes; wait, when left out: only with `wait 10m` and `next`'),
  save: value(text('file'), 'write the typed lines to this file too, to repeat or hand on the exercise'),
  out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
  resume: value(text('folder'), 'go on with an exercise that was cut off: its hidden folder, as it was told'),
} as const satisfies OptionTable;

/** What an exercise that is gone on with says by itself. */
const DECIDING = [
  ...(['as', 'variant', 'seed', 'key-seed', 'deployment', 'as-of', 'param', 'out'] as const),
] as const;
const OPERANDS = { placeholder: '[scenario|file.yaml]', min: 0, max: 1 };
const LINE = { command: 'play', options: OPTIONS, operands: OPERANDS };

type Given = Options<typeof OPTIONS>;

/** One variant with one role left to a person; what they typed is written so that it can be replayed. */
export const play = command({
  name: 'play',
  summary: 'take part in a scenario: type the lines of one role, and get a score',
  about: [
    'Everybody else does what the screenplay says; what is yours is done only if you do it. Type help for what you can reach, Tab to complete a word, arrow up for an earlier line.',
    `At the end the verdicts are those of the same judge as in a run, and the results are written as by a run, with your lines in ${TYPED_FILE}. calldrill run --replay <out>/${TYPED_FILE} repeats the exercise octet for octet.`,
    'Who leaves early is judged by what comes of it: the rest is played on to the end of the screenplay, with nothing more typed by them.',
    'Ctrl-C twice ends the exercise in order: the results are written, and the exit code is 6. Lines may come from a pipe.',
    'What is done is on disk before it is answered. Should the process be killed, the next command into the same results names the line that goes on.',
  ],
  operands: OPERANDS,
  options: OPTIONS,
  examples: [
    { line: 'calldrill play client-compromise --as crs-admin', does: 'time passes as you let it' },
    { line: 'calldrill play baseline-call --as alice --pace 60', does: 'a minute for each second' },
    { line: 'calldrill play monthly-rekey --as crs-admin < lines.txt', does: 'typed by a file' },
    { line: 'calldrill play --resume .results-new-Ab3dE9', does: 'what was cut off, from where it was' },
  ],
  errorExit: EXIT.scenario,
  run: (given, operands, context, words) => playCommand(given, operands, context, { words }),
});

/** Where a command line comes from. */
interface Origin {
  /** The words as they were typed, to go on with. */
  readonly words: readonly string[];
  readonly resumed?: string;
}

async function playCommand(
  given: Given,
  operands: readonly string[],
  context: Context,
  origin: Origin,
): Promise<ExitCode> {
  if (given.resume !== undefined) return resume(given.resume, given, operands, context);
  const { library } = context;
  const [source] = operands;
  if (source === undefined)
    throw cliError('CLI_OPERANDS', 'play needs a scenario', {
      fix: 'Name one: calldrill list shows them.',
    });
  if (given.as === undefined)
    throw cliError('CLI_OPTION_VALUE', 'play needs --as', { fix: 'Write --as <role>: --as crs-admin.' });
  const parameters = parametersOf(given.param, library.vocabulary.parameters);
  const deployed = await chosenDeployment(given, library);
  const [screenplay] = await loadAll(await filesOf(operands, library), library);
  if (screenplay === undefined) return EXIT.pass;
  const played: PlayedRun = {
    ...{ screenplay, source, parameters, ...deployed },
    variant: variantOf(screenplay, given.variant),
    seed: given.seed ?? DEFAULT_SEED,
    keySeed: given['key-seed'] ?? given.seed ?? DEFAULT_SEED,
  };
  const rehearsal = await rehearsalOf(played, given.as);
  const order = orderOf(screenplay, { ...played, build: await context.build() });
  const kept = {
    rehearsal,
    runKey: runKey(order),
    out: given.out ?? DEFAULT_OUT,
    resumed: undefined,
    ...origin,
  };
  return perform({ played, rehearsal, order, pace: given.pace ?? 'wait', save: given.save }, kept, context);
}

/** What is done with a person's exercise. */
interface Performed {
  readonly played: PlayedRun;
  readonly rehearsal: Rehearsal;
  readonly order: RunOrder;
  readonly pace: Pace;
  /** A file that the typed lines go to as well. */
  readonly save: string | undefined;
}

/** Lets the person play; what they have done is kept when it cannot be finished. */
async function perform(
  { played, rehearsal, order, pace, save }: Performed,
  kept: KeptExercise,
  context: Context,
): Promise<ExitCode> {
  const { stderr } = context;
  const { folder, journal, told } = await openJournal(kept);
  stderr.write(told);
  const queue = await context.openQueue({ threads: 1 });
  try {
    const own = ownRun(queue, order);
    // Should it fail, that is told when it is needed.
    own.catch(() => undefined);
    const end = await exercise({
      ...{ rehearsal, pace, ...context.person, nowMs: context.nowMs },
      style: {
        ...paletteOf(context.stdout.terminal.colour),
        printable,
        lines: (text) => linesOf(text, context.stdout.terminal.columns),
      },
      keep: (entry) => journal.add(entry),
    });
    stderr.write('Playing on to the end, and working out the score ...\n');
    rehearsal.finish();
    const exit = await finishExercise({ played, rehearsal, own: await own, end }, folder, context);
    if (save !== undefined) await saveTyped(save, typedFileOf(played, rehearsal));
    return exit;
  } catch (thrown) {
    if (folder.resumable !== undefined) {
      folder.leave();
      stderr.write(`What was typed is kept; go on with it by: ${resumeLine(folder.resumable)}\n`);
    }
    throw thrown;
  } finally {
    queue.close();
    if (!folder.isLeft) await folder.discard();
  }
}

/** Goes on with an exercise that was cut off; this command line says only how. */
async function resume(
  folder: string,
  given: Given,
  operands: readonly string[],
  context: Context,
): Promise<ExitCode> {
  refuseBeside(given, operands);
  const words = resumedWords(folder, 'play');
  const again = parseCommandLine(words, LINE);
  const { pace, save } = given;
  const out = targetOfStaging(folder) ?? again.options.out;
  return playCommand(
    { ...again.options, out, pace: pace ?? again.options.pace, save: save ?? again.options.save },
    again.operands,
    context,
    { words, resumed: folder },
  );
}

/** The folder says by itself what is played. */
function refuseBeside(given: Given, [scenario]: readonly string[]): void {
  const decided = DECIDING.find((name) => {
    const own = given[name];
    return Array.isArray(own) ? own.length > 0 : own !== undefined;
  });
  if (decided !== undefined || scenario !== undefined)
    throw cliError(
      'CLI_OPTION_CONFLICT',
      `--resume says what is played: it does not go with ${decided === undefined ? `'${scenario ?? ''}'` : `--${decided}`}`,
    );
}
