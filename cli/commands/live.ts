/** `calldrill live`: the devices of a scenario on real sockets, in real time. */
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { MILLISECOND } from '../../sim/clock.ts';
import { parseDuration } from '../../sim/duration.ts';
import { terminalReport } from '../../reports/index.ts';
import { LIVE_SEED, loadAssets, runLive, type LiveRun } from '../../scenarios/host/index.ts';
import { outcomeOf, resolvedFor, type RunRequest } from '../../scenarios/run/index.ts';
import type { Screenplay } from '../../scenarios/screenplay/index.ts';
import { flag, text, value, values, type Options, type OptionTable, type Taken } from '../command-line.ts';
import { command } from '../command.ts';
import { writeJson, type Context } from '../context.ts';
import { EXIT, exitOfSuite, type ExitCode } from '../exit-code.ts';
import { parametersOf, type Assignment } from '../parameters.ts';
import { Progress } from '../progress.ts';
import { filesOf as resultFilesOf, modelOf, replayedBy } from '../run/evidence.ts';
import { lagText, liveFile } from '../run/live-facts.ts';
import { assignment, DEFAULT_OUT } from '../run/options.ts';
import { replayFacts } from '../run/outcome.ts';
import { liveLine } from '../run/replay-line.ts';
import { filesOf, loadAll, variantOf } from '../scenario-choice.ts';
import { ResultsFolder } from '../write-results.ts';

const LOOPBACK = '127.0.0.1';
const LAG_BOUND = 20 * MILLISECOND;
const LIVE_FILE = 'live.json';

const address: Taken<string> = {
  placeholder: 'address',
  expected: 'an IPv4 address of this machine, such as 127.0.0.1',
  read: (given) => (isIPv4(given) ? given : undefined),
};

const bound: Taken<number> = {
  placeholder: '20ms',
  expected: 'a duration of a millisecond or more, such as 20ms or 1s',
  read: (given) => {
    const duration = parseDuration(given);
    return duration === undefined || duration < MILLISECOND ? undefined : duration;
  },
};

const OPTIONS = {
  variant: value(text('name'), 'the variant to run; the first one when left out'),
  param: values(assignment, 'set a parameter of the deployment, over what the scenario says'),
  bind: value(address, `the address all sockets are opened on; ${LOOPBACK} when left out`),
  'lag-bound': value(
    bound,
    'how late the 99th percentile may come before the run is not valid; 20ms when left out',
  ),
  out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
  strict: flag('exit with 1 when something was not tested'),
  details: flag('print every check and every exposure'),
  quiet: flag('print the verdict, the lag and the line only'),
} as const satisfies OptionTable;

export const live = command({
  name: 'live',
  summary: 'run a scenario on real sockets, in real time',
  about: [
    'The same devices and the same lines as in run, over UDP, TCP and TLS-PSK of this machine, with the randomness of the operating system. Calls last as long as they last; stretches in which nothing is due are skipped by setting the clocks on.',
    'The network is the real one: delays and losses that a scenario gives to its links are not applied. Probes that need a second world beside this one are reported as not tested.',
    `How late things came against the schedule is measured. A run whose 99th percentile is beyond --lag-bound says that it is not valid, and exits with ${EXIT.inconclusive}. The figures are in ${LIVE_FILE} beside the results.`,
  ],
  operands: { placeholder: '<scenario|file.yaml>', min: 1, max: 1 },
  options: OPTIONS,
  examples: [
    { line: 'calldrill live baseline-call', does: 'its first variant, on the loopback' },
    { line: 'calldrill live client-compromise --variant block-wipe-destroy', does: 'another variant' },
    { line: 'calldrill live mine.yaml --lag-bound 50ms', does: 'your own, on a slow machine' },
  ],
  errorExit: EXIT.scenario,
  run: (given, words, context) => liveCommand(given, words, context),
});

type Given = Options<typeof OPTIONS>;

async function liveCommand(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const { library } = context;
  const parameters = parametersOf(given.param, library.vocabulary.parameters);
  const [screenplay] = await loadAll(await filesOf(words, library), library);
  if (screenplay === undefined) return EXIT.pass;
  const variant = variantOf(screenplay, given.variant);
  const scenario: Chosen = { screenplay, variant, parameters, word: words[0] ?? screenplay.id };
  return context.interruptible(async (signal) => {
    const folder = await ResultsFolder.open(given.out ?? DEFAULT_OUT);
    try {
      const run = await performed(scenario, given, signal, context);
      return await finish(scenario, given, run, folder, context);
    } finally {
      await folder.discard();
    }
  });
}

interface Chosen {
  readonly screenplay: Screenplay;
  readonly variant: string;
  readonly parameters: RunRequest['parameters'];
  /** As it stood on the command line. */
  readonly word: string;
}

async function performed(
  { screenplay, variant, parameters }: Chosen,
  given: Given,
  signal: AbortSignal,
  context: Context,
): Promise<LiveRun> {
  const progress = given.quiet || context.json ? undefined : new Progress(context.stderr, context.nowMs, 1);
  try {
    return await runLive({
      screenplay: resolvedFor({ screenplay, parameters }, variant),
      assets: await loadAssets(),
      bind: given.bind ?? LOOPBACK,
      lagBound: given['lag-bound'] ?? LAG_BOUND,
      signal,
      onProgress: (told) => progress?.at(0, told),
    });
  } finally {
    progress?.end();
  }
}

/** Writes the results and tells them. */
async function finish(
  { screenplay, variant, parameters, word }: Chosen,
  given: Given,
  { performance, timing }: LiveRun,
  folder: ResultsFolder,
  context: Context,
): Promise<ExitCode> {
  const out = given.out ?? DEFAULT_OUT;
  const assignments: readonly Assignment[] = given.param;
  const line = liveLine({ scenario: word, variant, parameters: assignments, bind: given.bind });
  const job = { screenplay, seed: LIVE_SEED, parameters };
  const outcome = replayedBy(outcomeOf(job, [performance]), line);
  const request = { ...job, plans: [{ screenplay, variants: [variant] }] };
  const suite = modelOf({ request, outcomes: [outcome] }, line, await context.library.clauses());
  await folder.write(resultFilesOf(suite, [outcome]));
  await folder.write(new Map([[LIVE_FILE, liveFile(timing, given.bind ?? LOOPBACK)]]));
  await folder.commit();
  const exit = timing.valid ? exitOfSuite(suite, given.strict) : EXIT.inconclusive;
  if (context.json) {
    writeJson(context, { exitCode: exit, out, seed: LIVE_SEED, replay: line, live: timing, suite });
    return exit;
  }
  const { columns, colour, unicode } = context.stdout.terminal;
  const report = terminalReport(suite, {
    ...(columns === undefined ? {} : { columns }),
    colour,
    unicode,
    page: join(out, 'index.html'),
    listNotTested: given.strict,
    ...(given.details ? { details: true } : {}),
    howToSee: '--details shows every check and every exposure here; the page does too',
  });
  context.stdout.write(given.quiet ? replayFacts(exit, LIVE_SEED, line) : report);
  context.stdout.write(lagText(timing));
  return exit;
}
