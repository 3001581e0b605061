/** What the pool and its threads say to each other, and how an error keeps its code on the way. */
import { CalldrillError, type Where } from '../../sim/errors.ts';
import type { RunProgress } from '../runs/index.ts';
import type { GateMemory } from './flow-gate.ts';
import type { RunJob, SentOutcome } from './run-job.ts';

export interface ToThread {
  readonly job: RunJob;
  /** Of the gate that octets of a live capture pass. */
  readonly gate: GateMemory;
}

export type FromThread =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'captured'; readonly octets: Uint8Array }
  | { readonly kind: 'done'; readonly outcome: SentOutcome }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An error as plain data: a class does not survive being sent. */
type Failure =
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly fix: string;
      readonly where: Where;
    }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof CalldrillError) {
    const { code, message, fix, where } = thrown;
    return { kind: 'error', code, message, fix, where };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { kind: 'defect', message: error.message, stack: error.stack ?? '' };
}

/** The error again, with the stack of the thread that it was thrown in. */
export function errorOf(failure: Failure): Error {
  if (failure.kind === 'error')
    return new CalldrillError(failure.code, failure.message, failure.fix, { where: failure.where });
  const error = new Error(failure.message);
  error.stack = failure.stack;
  return error;
}
