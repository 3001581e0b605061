/** What the pool and its threads say to each other, and how an error keeps its code on the way. */
import { CalldrillError, type Where } from '../../sim/errors.ts';
import type { FinishedRun, RunProgress } from '../runs/index.ts';
import { environmentErrorOf } from './environment-error.ts';
import type { GateMemory } from './flow-gate.ts';

/** An order on its way to a thread. */
export interface ToThread {
  /** As it was written: a thread reads it as any other place would that carries out orders. */
  readonly order: string;
  /** Of the gate that octets of a live capture pass. */
  readonly gate: GateMemory;
}

/** What a thread says of the order that it has; `finished` and `failed` are the last of it. */
export type FromThread =
  /** The thread has been made and has begun with the order. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'captured'; readonly octets: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly octets: Uint8Array }
  | { readonly kind: 'finished'; readonly run: FinishedRun }
  | { readonly kind: 'failed'; readonly failure: SentFailure };

/** An error as plain data: a class does not survive being sent. */
export type SentFailure =
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly fix: string;
      readonly where: Where;
    }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

/** Whatever was thrown, so that it can be sent. */
export function failureOf(thrown: unknown): SentFailure {
  const known = environmentErrorOf(thrown);
  if (known instanceof CalldrillError) {
    const { code, message, fix, where } = known;
    return { kind: 'error', code, message, fix, where };
  }
  const error = known instanceof Error ? known : new Error(String(known));
  return { kind: 'defect', message: error.message, stack: error.stack ?? '' };
}

/** The error again, with the stack of the thread that it was thrown in. */
export function errorOf(failure: SentFailure): Error {
  if (failure.kind === 'error')
    return new CalldrillError(failure.code, failure.message, failure.fix, { where: failure.where });
  const error = new Error(failure.message);
  error.stack = failure.stack;
  return error;
}
