/**
 * A job: the run of one variant of one scenario under one seed, as plain data that a thread can be sent. And how the outcomes of
 * the variants of a scenario become the outcome of the scenario.
 */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { CaptureRequest, RunOutcome, RunProgress, RunRequest } from '../runs/index.ts';
import type { Assets } from '../world/index.ts';

export interface RunJob extends Omit<RunRequest, 'assets' | 'onProgress' | 'variants' | 'capture'> {
  readonly variant: string;
  readonly capture?: CaptureOrder;
}

/** A capture as a job asks for it: its octets either come with the outcome or while the job runs. */
export interface CaptureOrder extends Omit<CaptureRequest, 'onOctets'> {
  readonly live: boolean;
}

/** What a job tells while it runs. */
export interface JobListener {
  readonly onProgress: (progress: RunProgress) => void;
  /** The next octets of a live capture. */
  readonly onCapture: (octets: Uint8Array<ArrayBuffer>) => void;
}

/** How a job is run; `runScenario` or, in tests, something smaller. */
export type RunScenario = (request: RunRequest) => RunOutcome;

/** What a thread hands back. The events are in the traces already, so they are not sent a second time. */
export type SentOutcome = Omit<RunOutcome, 'events'>;

export function runJob(
  run: RunScenario,
  { variant, capture, ...job }: RunJob,
  assets: Assets,
  { onProgress, onCapture }: JobListener,
): SentOutcome {
  const { result, artefacts, traces } = run({
    ...job,
    variants: [variant],
    assets,
    onProgress,
    ...(capture === undefined ? {} : { capture: captureRequest(capture, onCapture) }),
  });
  return { result, artefacts, traces };
}

function captureRequest({ secrets, live }: CaptureOrder, onOctets: JobListener['onCapture']): CaptureRequest {
  return live ? { secrets, onOctets } : { secrets };
}

/** The outcome with its events, read back from the traces: the same in whichever thread the run was. */
export function receivedOutcome(sent: SentOutcome): RunOutcome {
  const events = [...sent.traces].map(([variant, trace]) => [variant, eventsIn(trace)] as const);
  return { ...sent, events: new Map(events) };
}

/** Precondition: `trace` was written by `Trace.toNdjson`. */
function eventsIn(trace: string): readonly AnyTraceEvent[] {
  return trace
    .split('\n')
    .filter((line) => line !== '')
    .map((line): AnyTraceEvent => JSON.parse(line));
}

/** One outcome of a scenario from those of its variants, which stand in the order of the scenario file. */
export function mergeVariants(outcomes: readonly [RunOutcome, ...RunOutcome[]]): RunOutcome {
  const [first] = outcomes;
  const notTested = new Map(
    outcomes.flatMap(({ result }) => result.notTested).map((entry) => [entry.row, entry]),
  );
  return {
    result: {
      ...first.result,
      variants: outcomes.flatMap(({ result }) => result.variants),
      notTested: [...notTested.values()],
    },
    artefacts: new Map(outcomes.flatMap(({ artefacts }) => [...artefacts])),
    traces: new Map(outcomes.flatMap(({ traces }) => [...traces])),
    events: new Map(outcomes.flatMap(({ events }) => [...events])),
  };
}
