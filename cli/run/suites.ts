/**
 * Performs suites: spreads their runs over a queue, and gives each suite as soon as it and all before it are over. A suite is one
 * set of scenarios under one seed and one key seed, with at most one planted violation.
 *
 * What a run leaves behind is on disk as soon as it is told, and its summary in the log of runs: in memory is only what reports are
 * made from. A run that fails is named, and the others go on.
 */
import {
  isFailing,
  missingRunOf,
  orderOf,
  runError,
  runKey,
  scenarioResultOf,
  type CaptureOrder,
  type MissingRun,
  type PlayedLines,
  type RunOrder,
  type RunParameters,
  type RunQueue,
  type RunTicket,
  type ScenarioResult,
  type VariantResult,
} from '../../scenarios/runs/index.ts';
import type { Screenplay } from '../../scenarios/language/index.ts';
import type { Context } from '../context.ts';
import { Progress } from '../progress.ts';
import type { ResultsFolder } from '../write-results.ts';
import type { ChosenDeployment } from './options.ts';
import type { Plan } from './plan.ts';

/** One suite to be performed, and what each of its runs is to leave behind. */
export interface SuiteRequest extends ChosenDeployment {
  readonly seed: string;
  readonly keySeed: string;
  readonly plans: readonly Plan[];
  readonly parameters: RunParameters;
  readonly plant?: string;
  readonly typed?: PlayedLines;
  readonly capture?: CaptureOrder;
  readonly heard?: boolean;
  /** False makes no probe. */
  readonly probes?: boolean;
  /** Where in the results folder its files go; at its top when left out. */
  readonly below?: string;
}

/** A suite whose runs are over; those that failed are missing from its scenarios and named in `errors`. */
export interface PerformedSuite {
  readonly request: SuiteRequest;
  /** The build that they were made with. */
  readonly build: string;
  /** One for each plan. */
  readonly scenarios: readonly ScenarioResult[];
  /** Whether runs were not made, because enough had failed. */
  readonly stopped: boolean;
  /** Why runs failed, in the order in which they were asked for. */
  readonly errors: readonly Error[];
}

/** What takes the files of runs as they come, and knows runs that need not be made again. */
export type RunFiles = Pick<ResultsFolder, 'write' | 'log' | 'drop' | 'taken'>;

/** How suites are performed: at most so many runs at once, until the signal aborts. */
export interface PerformOptions {
  readonly threads: number;
  readonly signal: AbortSignal;
  /** False says nothing of the progress. */
  readonly tells: boolean;
  /** Where what runs leave behind is written; nowhere when left out. */
  readonly folder?: RunFiles;
  /** When so many runs of a suite have failed, counted in the order of its plans, those behind them are not made; whichever were over is forgotten. */
  readonly maxFailures?: number | undefined;
  /** Mebibytes of heap that each run may take; as much as runs usually may when left out. */
  readonly memoryMib?: number;
  /** The address of a Redis whose workers make the runs, instead of threads. */
  readonly redis?: string;
  /** Which repetition of the same runs this is. */
  readonly repetition?: number;
}

/** What became of one variant. */
type EndedRun = { readonly result: VariantResult } | { readonly error: Error };

/** A run that was submitted, or need not be made. */
interface BegunRun {
  /** Where its files go. */
  readonly below: string;
  readonly cancel: () => void;
  readonly ended: Promise<EndedRun>;
}

/** Yields one entry for each request, in order. Throws what the folder throws, and the reason of the signal. */
export async function* performSuites(
  requests: readonly SuiteRequest[],
  { signal, tells, folder, maxFailures, ...places }: PerformOptions,
  context: Context,
): AsyncGenerator<PerformedSuite, void, undefined> {
  signal.throwIfAborted();
  const total = requests.flatMap(({ plans }) => plans.flatMap(({ variants }) => variants)).length;
  const progress = tells ? new Progress(context.stderr, context.nowMs, total) : undefined;
  const build = await context.build();
  const queue = await context.openQueue({ ...places, onWorkers: (workers) => progress?.by(workers) });
  const named = requests.length > 1;
  const runs = new Runs({ queue, build, progress, folder, context, named });
  const aborted = whenAborted(signal);
  try {
    // Each suite is let go of when it is handed on: a thousand of them need not be in memory.
    const pending = requests.map((request) => ({
      request,
      ended: request.plans.map((plan) => ({ plan, ended: runs.begin(request, plan) })),
    }));
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const suite = performed(next.request, next.ended, { maxFailures, runs });
      // Promises that live as long as this one remember what a race with them came to: that is not the suite.
      await Promise.race([suite.then(() => undefined), runs.broken, aborted.reached]);
      progress?.end();
      yield { ...(await suite), build };
    }
  } finally {
    aborted.forget();
    progress?.end();
    queue.close();
  }
}

async function performed(
  request: SuiteRequest,
  plans: readonly { readonly plan: Plan; readonly ended: readonly BegunRun[] }[],
  { maxFailures = Infinity, runs }: { readonly maxFailures: number | undefined; readonly runs: Runs },
): Promise<Omit<PerformedSuite, 'build'>> {
  const scenarios: ScenarioResult[] = [];
  const errors: Error[] = [];
  const all = plans.flatMap(({ ended }) => ended);
  let [failed, stopped] = [0, false];
  for (const { plan, ended } of plans) {
    const results: VariantResult[] = [];
    const missing: MissingRun[] = [];
    for (const [at, begun] of ended.entries()) {
      const run = stopped ? { error: notBegun(failed) } : await begun.ended;
      if ('result' in run) results.push(run.result);
      else
        missing.push(
          missingRunOf({ ...request, screenplay: plan.screenplay }, plan.variants[at] ?? '', run.error),
        );
      if (stopped) continue;
      if ('error' in run) errors.push(run.error);
      if ('error' in run || isFailing(run.result, request)) failed++;
      stopped = failed >= maxFailures && begun !== all.at(-1);
      if (stopped) runs.giveUp(all.slice(all.indexOf(begun) + 1));
    }
    const asked = <Run extends { readonly replay: string }>(run: Run): Run => asOfThe(request, run);
    scenarios.push(scenarioResultOf(plan.screenplay, results.map(asked), missing.map(asked)));
  }
  return { request, scenarios, errors, stopped };
}

function notBegun(failed: number): Error {
  const runs = failed === 1 ? '1 run' : `${failed} runs`;
  return runError('RUN_NOT_BEGUN', `the suite was stopped when ${runs} had failed`);
}

/** A run does not hang on the day that its waivers are looked at; the line that repeats what is said of it does. */
export function asOfThe<Run extends { readonly replay: string }>({ asOf }: SuiteRequest, run: Run): Run {
  return asOf === undefined ? run : { ...run, replay: `${run.replay} --as-of ${asOf}` };
}

interface RunsOptions {
  readonly queue: RunQueue;
  readonly build: string;
  readonly progress: Progress | undefined;
  readonly folder: RunFiles | undefined;
  readonly context: Context;
  /** Whether progress says which suite a run is of. */
  readonly named: boolean;
}

/** The runs of all suites, numbered in the order in which they are begun. */
class Runs {
  readonly #options: RunsOptions;
  #break: (thrown: unknown) => void = () => undefined;
  #count = 0;

  constructor(options: RunsOptions) {
    this.#options = options;
    this.broken = new Promise((_, reject) => (this.#break = reject));
    this.broken.catch(() => undefined);
  }

  /** Rejects when something cannot be written, whichever run it is of. */
  readonly broken: Promise<never>;

  /** Submits the variants of a plan. What is returned rejects only when something cannot be written. */
  begin(request: SuiteRequest, { screenplay, variants }: Plan): readonly BegunRun[] {
    return variants.map((variant) => {
      const begun = this.#run(request, screenplay, variant);
      // It may fail before anybody waits for it.
      begun.ended.catch((thrown: unknown) => this.#break(thrown));
      return begun;
    });
  }

  /** Gives up runs, and forgets what they left. */
  giveUp(runs: readonly BegunRun[]): void {
    for (const { cancel, below } of runs) {
      cancel();
      this.#options.folder?.drop(below);
    }
  }

  #run(request: SuiteRequest, screenplay: Screenplay, variant: string): BegunRun {
    const { queue, build, progress, folder, context, named } = this.#options;
    const order = orderOf(screenplay, { ...request, build, variant });
    const below = [request.below ?? [], screenplay.id, variant].flat().join('/');
    const index = this.#count++;
    const before = folder?.taken(runKey(order));
    if (before !== undefined) {
      progress?.done(index);
      return { below, cancel: () => undefined, ended: Promise.resolve({ result: before.result }) };
    }
    let ticket: RunTicket | undefined;
    let given = true;
    const ended = new Promise<EndedRun>((resolve, reject) => {
      /** What the disk refuses ends everything: it is no fault of this run. */
      const guarded = (action: () => void): void => {
        try {
          // Of what was given up nothing may come into the results.
          if (given) action();
        } catch (thrown) {
          reject(thrown);
        }
      };
      ticket = queue.submit(order, {
        started: () =>
          progress?.began(index, named ? nameOf(order, screenplay) : `${screenplay.id}/${variant}`),
        progress: (told) => progress?.at(index, told),
        captured: (octets, taken) => void context.data.write(octets).then(taken, reject),
        file: (path, octets) => guarded(() => folder?.write(new Map([[path, octets]]), below)),
        finished: (run) =>
          guarded(() => {
            folder?.log(run, below);
            progress?.done(index);
            resolve({ result: run.result });
          }),
        failed: (error) =>
          guarded(() => {
            folder?.drop(below);
            progress?.done(index);
            resolve({ error });
          }),
      });
    });
    return {
      below,
      cancel: () => {
        given = false;
        ticket?.cancel();
      },
      ended,
    };
  }
}

/** What progress calls the run of one suite of several. */
function nameOf({ variant, seed, plant }: RunOrder, { id }: Screenplay): string {
  return `${id}/${variant} (${plant ?? `seed ${seed}`})`;
}

/** A promise that rejects with the reason of the signal, and the function that stops listening to it. */
function whenAborted(signal: AbortSignal): { readonly reached: Promise<never>; readonly forget: () => void } {
  let forget = (): void => undefined;
  const reached = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason);
    // It may have been interrupted while the build was looked at.
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    forget = () => signal.removeEventListener('abort', abort);
  });
  reached.catch(() => undefined);
  return { reached, forget };
}
