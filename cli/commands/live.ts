/** `calldrill live`: the devices of a scenario on real sockets, in real time. */
import { loadAssets } from '../../scenarios/host/index.ts';
import { runLive, type LiveRun } from '../../scenarios/live/index.ts';
import { resolvedFor } from '../../scenarios/runs/index.ts';
import { flag, text, value, values, type Options, type OptionTable } from '../command-line.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { Progress } from '../progress.ts';
import { address, bound, LAG_BOUND, LOOPBACK } from '../run/live-options.ts';
import { chosenRun, type ChosenRun } from '../run/chosen-run.ts';
import { finish, LIVE_FILE } from '../run/live-results.ts';
import { AS_OF, assignment, DEFAULT_OUT, DEPLOYMENT } from '../run/options.ts';
import { driftFromSimulation } from '../run/simulated-beside.ts';
import { DRIFT_FILE } from '../run/drift-text.ts';
import { liveLine } from '../run/live-line.ts';
import { ResultsFolder } from '../write-results.ts';

/** Its options by their long names; the line that runs the same again is made from this table too. */
export const LIVE_OPTIONS = {
  variant: value(text('name'), 'the variant to run; the first one when left out'),
  deployment: DEPLOYMENT,
  'as-of': AS_OF,
  param: values(assignment, 'set a parameter of the deployment, over what the scenario says'),
  bind: value(address, `the address all sockets are opened on; ${LOOPBACK} when left out`),
  'lag-bound': value(
    bound,
    'how late the 99th percentile may come before the run is not valid; 20ms when left out',
  ),
  out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
  wav: flag('write what everybody heard of each call as a sound file: heard/*.wav beside the trace'),
  compare: flag('run it simulated too, and print what differs; exit with 1 when something that matters does'),
  strict: flag('exit with 1 when something was not tested'),
  details: flag('print every check and every exposure'),
  quiet: flag('print the verdict, the lag and the line only'),
} as const satisfies OptionTable;

/** Runs one variant in this process and writes results as `run` does, with the lag beside them. */
export const live = command({
  name: 'live',
  summary: 'run a scenario on real sockets, in real time',
  about: [
    'The same devices and the same lines as in run, over UDP, TCP and TLS-PSK of this machine, with the randomness of the operating system. Calls last as long as they last; stretches in which nothing is due are skipped by setting the clocks on.',
    'The network is the real one: delays and losses that a scenario gives to its links are not applied. Probes that need a second world beside this one are reported as not tested.',
    `How late things came against the schedule is measured. A run whose 99th percentile is beyond --lag-bound says that it is not valid, and exits with ${EXIT.inconclusive}. The figures are in ${LIVE_FILE} beside the results.`,
    `With --compare it is run simulated as well, and events that are missing, extra or had another cause are printed, with the calls side by side; ${DRIFT_FILE} has all of it. What differs by the nature of the two is named and does not count.`,
  ],
  operands: { placeholder: '<scenario|file.yaml>', min: 1, max: 1 },
  options: LIVE_OPTIONS,
  examples: [
    { line: 'calldrill live baseline-call', does: 'its first variant, on the loopback' },
    { line: 'calldrill live client-compromise --variant block-wipe-destroy', does: 'another variant' },
    {
      line: 'calldrill live baseline-call --compare',
      does: 'what differs from the simulation: events, set-up times, loss',
    },
    { line: 'calldrill live mine.yaml --lag-bound 50ms', does: 'your own, on a slow machine' },
  ],
  errorExit: EXIT.scenario,
  run: (given, words, context) => liveCommand(given, words, context),
});

type Given = Options<typeof LIVE_OPTIONS>;

async function liveCommand(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const scenario = await chosenRun(words, given, context);
  if (scenario === undefined) return EXIT.pass;
  return context.interruptible(async (signal) => {
    const folder = await ResultsFolder.open(given.out ?? DEFAULT_OUT);
    try {
      const run = await performed(scenario, given, signal, context);
      const drift = given.compare ? await driftFromSimulation(scenario, run.performance, context) : undefined;
      const line = liveLine({
        command: 'live',
        word: scenario.word,
        options: LIVE_OPTIONS,
        given: { ...given, variant: scenario.variant },
      });
      return await finish(
        {
          ...scenario,
          ...run,
          line,
          bind: given.bind ?? LOOPBACK,
          ...(drift === undefined ? {} : { drift }),
        },
        given,
        folder,
        context,
      );
    } finally {
      await folder.discard();
    }
  });
}

async function performed(
  { screenplay, variant, parameters, deployment }: ChosenRun,
  given: Given,
  signal: AbortSignal,
  context: Context,
): Promise<LiveRun> {
  const progress = given.quiet || context.json ? undefined : new Progress(context.stderr, context.nowMs, 1);
  try {
    return await runLive({
      screenplay: resolvedFor({ screenplay, parameters, deployment }, variant),
      assets: await loadAssets(),
      bind: given.bind ?? LOOPBACK,
      lagBound: given['lag-bound'] ?? LAG_BOUND,
      heard: given.wav,
      signal,
      onProgress: (told) => progress?.at(0, told),
    });
  } finally {
    progress?.end();
  }
}
