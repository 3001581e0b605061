/**
 * What comes back of a run in few octets: how each check went, what stood open, the measures, and the digest that proves the trace.
 * A campaign of thousands of runs keeps these and nothing else.
 */
import type { ExposureBar, Measure, VariantResult, Verdict } from '../evidence/model.ts';
import { runKey, type RunOrder } from './run-order.ts';

/** Raised when a reader of the last form would misread a summary. */
export const SUMMARY_VERSION = 2;

/** One finished run, as campaigns and logs keep it. */
export interface RunSummary {
  readonly version: typeof SUMMARY_VERSION;
  /** Of the order: {@link runKey}. */
  readonly runKey: string;
  readonly scenario: string;
  readonly variant: string;
  /** Of the suite, as in the order. */
  readonly seed: string;
  readonly keySeed: string;
  readonly plant?: string;
  readonly verdicts: readonly { readonly check: string; readonly verdict: Verdict }[];
  readonly exposures: readonly ExposureBar[];
  readonly measures: readonly Measure[];
  /** SHA-256 of trace.ndjson, and how many events it has. */
  readonly traceDigest: string;
  readonly traceEvents: number;
}

/** The summary of a finished run of `scenario`, which is the id of the ordered one. */
export function summaryOf(order: RunOrder, scenario: string, result: VariantResult): RunSummary {
  const { seed, keySeed, plant, variant } = order;
  const { checks, exposure, measures, traceDigest, traceEvents } = result;
  return {
    version: SUMMARY_VERSION,
    runKey: runKey(order),
    scenario,
    variant,
    seed,
    keySeed,
    ...(plant === undefined ? {} : { plant }),
    verdicts: checks.map(({ id, verdict }) => ({ check: id, verdict })),
    exposures: exposure,
    measures,
    traceDigest,
    traceEvents,
  };
}
