/** `calldrill director`: a scenario whose devices are processes of their own. */
import { fileURLToPath } from 'node:url';
import { loadAssets } from '../../scenarios/host/index.ts';
import { Director, directorTerminal, type DirectedRun } from '../../scenarios/live/index.ts';
import { resolvedFor } from '../../scenarios/runs/index.ts';
import { flag, integer, text, value, values, type Options, type OptionTable } from '../command-line.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { linesTo } from '../output.ts';
import { Progress } from '../progress.ts';
import { address, bound, LAG_BOUND, LOOPBACK } from '../run/live-options.ts';
import { chosenRun, type ChosenRun } from '../run/chosen-run.ts';
import { finish, LIVE_FILE } from '../run/live-results.ts';
import { AS_OF, assignment, DEFAULT_OUT, DEPLOYMENT } from '../run/options.ts';
import { liveLine } from '../run/live-line.ts';
import { ResultsFolder } from '../write-results.ts';

/** What runs a device: this interpreter, and the program beside this file. */
const PROGRAM: readonly string[] = [process.execPath, fileURLToPath(new URL('../main.js', import.meta.url))];

/** Its options by their long names; the line that runs the same again is made from this table too. */
export const DIRECTOR_OPTIONS = {
  variant: value(text('name'), 'the variant to run; the first one when left out'),
  deployment: DEPLOYMENT,
  'as-of': AS_OF,
  param: values(assignment, 'set a parameter of the deployment, over what the scenario says'),
  'wait-for': values(
    text('device'),
    'a device that somebody starts by hand, or all; the line to type is printed',
  ),
  bind: value(address, `the address of the director; ${LOOPBACK} when left out`),
  port: value(integer(1, 65_535), 'the port that devices come to; a free one when left out'),
  folder: value(
    text('folder'),
    'where token, states, codes and discs lie; a temporary one, removed at the end, when left out',
  ),
  'lag-bound': value(
    bound,
    'how late the 99th percentile may come before the run is not valid; 20ms when left out',
  ),
  out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
  strict: flag('exit with 1 when something was not tested'),
  details: flag('print every check and every exposure'),
  quiet: flag('print the verdict, the lag and the line only'),
} as const satisfies OptionTable;

/** Writes results as `run` does, and judges one trace that is merged from those of all processes. */
export const director = command({
  name: 'director',
  summary: 'run a scenario whose devices are processes of their own, also on other hosts',
  about: [
    'The CRS and every handset is a process with sockets, a state and a console of its own: calldrill device. The director has CMS, MDM, people and attackers; it types the lines at their times, carries codes and discs as files, and judges the traces of all processes as one.',
    'Devices are started by the director, each on a loopback address of its own, or by hand (--wait-for). Type devices, kill crs, restart crs or help while it runs. A device that is killed and started again has its state.',
    `Probes that need a second world are reported as not tested. The lag of every process is in ${LIVE_FILE}; a run whose slowest 99th percentile is beyond --lag-bound says that it is not valid, and exits with ${EXIT.inconclusive}, as does one whose device is gone for good.`,
  ],
  operands: { placeholder: '<scenario|file.yaml>', min: 1, max: 1 },
  options: DIRECTOR_OPTIONS,
  examples: [
    { line: 'calldrill director baseline-call', does: 'every device a process on this machine' },
    {
      line: 'calldrill director baseline-call --wait-for crs',
      does: 'the CRS is started in another terminal',
    },
    {
      line: 'calldrill director mine.yaml --wait-for all --bind 192.0.2.1 --folder shared',
      does: 'every device on another host',
    },
  ],
  errorExit: EXIT.scenario,
  run: (given, words, context) => directorCommand(given, words, context),
});

type Given = Options<typeof DIRECTOR_OPTIONS>;

async function directorCommand(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const chosen = await chosenRun(words, given, context);
  if (chosen === undefined) return EXIT.pass;
  return context.interruptible(async (signal) => {
    const folder = await ResultsFolder.open(given.out ?? DEFAULT_OUT);
    try {
      const run = await directed(chosen, given, signal, context);
      const line = liveLine({
        command: 'director',
        word: chosen.word,
        options: DIRECTOR_OPTIONS,
        given: { ...given, variant: chosen.variant },
      });
      const finished = { ...chosen, ...run, line, bind: given.bind ?? LOOPBACK };
      return await finish(finished, given, folder, context);
    } finally {
      await folder.discard();
    }
  });
}

async function directed(
  { screenplay, variant, parameters, deployment }: ChosenRun,
  given: Given,
  signal: AbortSignal,
  context: Context,
): Promise<DirectedRun> {
  const quits = new AbortController();
  const { input, messages } = context.person.streams;
  const interrupted = (): void =>
    quits.abort(cliError('CLI_INTERRUPTED', 'the run was ended at its console'));
  const terminal = directorTerminal({ input, screen: messages, messages }, interrupted);
  // The line that is redrawn is the console's.
  const above = linesTo((line) => terminal.tell(line));
  const progress = given.quiet || context.json ? undefined : new Progress(above, context.nowMs, 1);
  try {
    const running = new Director({
      screenplay: resolvedFor({ screenplay, parameters, deployment }, variant),
      assets: await loadAssets(),
      bind: given.bind ?? LOOPBACK,
      port: given.port ?? 0,
      waitFor: given['wait-for'],
      folder: given.folder,
      lagBound: given['lag-bound'] ?? LAG_BOUND,
      program: PROGRAM,
      signal: AbortSignal.any([signal, quits.signal]),
      onProgress: (at) => progress?.at(0, at),
      tell: (text) => terminal.tell(text),
    });
    terminal.attach(running);
    return await running.run();
  } finally {
    progress?.end();
    terminal.close();
  }
}
