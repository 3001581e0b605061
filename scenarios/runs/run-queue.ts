/**
 * A queue that makes runs: takes orders, and tells by callback what becomes of each. How many are made at a time, and where, is its
 * own business: on threads of this process, or on other machines. One suite (`run-queue-compliance.fixture.ts`) holds every
 * implementation to what is promised here.
 *
 * - Nothing is told of an order before `submit` has returned, after it was cancelled, or after the queue was closed.
 * - An order that is not cancelled is told as finished or as failed, once, and nothing is told of it after that.
 * - An order that fails fails alone: whatever it did to the place where it was run, the others are made.
 */
import type { VariantResult } from '../evidence/model.ts';
import type { RunProgress } from './run-api.ts';
import type { RunOrder } from './run-order.ts';
import type { RunSummary } from './run-summary.ts';

/** Whoever opens one closes it. */
export interface RunQueue {
  submit(order: RunOrder, listener: RunListener): RunTicket;
  /** Ends what is under way and gives up what waits. The places of the runs are freed. */
  close(): void;
}

/** An order that a queue has taken. */
export interface RunTicket {
  /** Gives it up, or ends it when it is under way. */
  cancel(): void;
}

/** What is told of one order, in this order: started, progress and captures and files, then finished or failed. */
export interface RunListener {
  /** It is under way. */
  readonly started?: () => void;
  /** How far it is; told now and then. */
  readonly progress?: (progress: RunProgress) => void;
  /**
   * The next octets of a capture that was ordered live. The run goes on making them until a few MiB are not taken yet: call `taken`
   * when these are.
   */
  readonly captured?: (octets: Uint8Array, taken: () => void) => void;
  /** A file that it leaves behind, by its path below the folder of the variant: the trace, recovered audio, a capture. */
  readonly file?: (path: string, octets: Uint8Array) => void;
  readonly finished: (run: FinishedRun) => void;
  /** It came to no end: a CalldrillError with a code, or a defect. Files that were told of it count for nothing. */
  readonly failed: (error: Error) => void;
}

/** What a queue gives back of a run beside its files. */
export interface FinishedRun {
  readonly summary: RunSummary;
  readonly result: VariantResult;
}
