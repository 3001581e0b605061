/**
 * One result of a verification. Each stands by itself: what was verified, what contradicts the evidence, and what could not be verified, with the
 * reason. The word `verified` is never said of what was not looked at.
 */
import type { CalldrillError } from '../../sim/errors.ts';

/** What became of one thing that was to be verified. */
export interface VerifyResult {
  /** `files`, `traces`, `verdicts`, ... */
  readonly of: string;
  readonly came: 'verified' | 'failed' | 'not-verified' | 'consistent';
  /** One sentence, with numbers. */
  readonly why: string;
  /** Of the error for which it could not be verified. */
  readonly code?: string;
  /** Every fault that was found, the first one first. */
  readonly faults: readonly string[];
}

/** It does not hold: the faults, at least one. */
export function failed(of: string, faults: readonly string[]): VerifyResult {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return { of, came: 'failed', why: count, faults };
}

/** Nobody can say: for a reason, or for an error, whose code is kept. */
export function notVerified(of: string, why: string | CalldrillError): VerifyResult {
  return typeof why === 'string'
    ? { of, came: 'not-verified', why, faults: [] }
    : { of, came: 'not-verified', why: why.message, code: why.code, faults: [] };
}

/** Verified, unless there are faults. */
export function verifiedUnless(of: string, faults: readonly string[], why: string): VerifyResult {
  return faults.length === 0 ? { of, came: 'verified', why, faults } : failed(of, faults);
}

/** What was thrown while evidence was looked at, as a fault of the evidence. */
export function faultOf(thrown: unknown): string {
  if (thrown instanceof RangeError || !(thrown instanceof Error)) throw thrown;
  return thrown.message;
}
