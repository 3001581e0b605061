/**
 * Performs suites: spreads their runs over threads, and gives each suite as soon as it and all before it are over. A suite is one
 * set of scenarios under one seed, with at most one planted violation.
 */
import { mergeVariants, type RunJob } from '../../scenarios/host/index.ts';
import type { RunOutcome } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { Progress } from '../progress.ts';
import type { Plan } from './plan.ts';

export interface SuiteRequest {
  readonly seed: string;
  readonly plans: readonly Plan[];
  readonly parameters: RunJob['parameters'];
  readonly plant?: string;
  readonly typed?: NonNullable<RunJob['typed']>;
  readonly capture?: NonNullable<RunJob['capture']>;
  readonly heard?: boolean;
}

export interface Performed {
  readonly request: SuiteRequest;
  /** One for each plan. */
  readonly outcomes: readonly RunOutcome[];
}

export interface PerformOptions {
  readonly threads: number;
  readonly signal: AbortSignal;
  /** False says nothing of the progress. */
  readonly tells: boolean;
}

/** Yields one entry for each request, in order. Throws what the runner and the pool throw. */
export async function* performSuites(
  requests: readonly SuiteRequest[],
  { threads, signal, tells }: PerformOptions,
  context: Context,
): AsyncGenerator<Performed, void, undefined> {
  const jobs = requests.flatMap((request) => request.plans.flatMap((plan) => jobsOf(request, plan)));
  const progress = tells ? new Progress(context.stderr, context.nowMs, jobs.length) : undefined;
  const runs = context.runJobs(jobs, {
    threads,
    signal,
    onProgress: (index, told) => progress?.at(index, told),
    onCapture: (_index, octets) => context.data.write(octets),
    onDone: (index) => progress?.done(index),
  });
  const outcomes = runs[Symbol.asyncIterator]();
  try {
    for (const request of requests) {
      const merged: RunOutcome[] = [];
      for (const { variants } of request.plans) merged.push(await nextScenario(outcomes, variants.length));
      progress?.end();
      yield { request, outcomes: merged };
    }
  } finally {
    progress?.end();
    await outcomes.return?.();
  }
}

function jobsOf(
  { seed, parameters, plant, typed, capture, heard }: SuiteRequest,
  { screenplay, variants }: Plan,
): readonly RunJob[] {
  return variants.map((variant) => ({
    screenplay,
    seed,
    parameters,
    variant,
    ...(heard === undefined ? {} : { heard }),
    ...(plant === undefined ? {} : { plant }),
    ...(typed === undefined ? {} : { typed }),
    ...(capture === undefined ? {} : { capture }),
  }));
}

/** The outcome of a scenario, from the next `variants` outcomes. */
async function nextScenario(outcomes: AsyncIterator<RunOutcome>, variants: number): Promise<RunOutcome> {
  const first = await next(outcomes);
  const more: RunOutcome[] = [];
  while (more.length < variants - 1) more.push(await next(outcomes));
  return mergeVariants([first, ...more]);
}

async function next(outcomes: AsyncIterator<RunOutcome>): Promise<RunOutcome> {
  const { value, done } = await outcomes.next();
  if (done === true) throw new Error('the pool gave fewer outcomes than it was given jobs');
  return value;
}
