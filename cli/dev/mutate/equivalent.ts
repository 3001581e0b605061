/**
 * Mutants that no test can tell from the original, each with its reason. They do not count. An entry is found by the line that it is in and by
 * what is changed there, not by a number: it may move with its line, but when the line changes, or a test kills it after all,
 * the entry fails and has to go.
 */
import type { Mutant } from './mutants.ts';

/** One entry: where it is, what is changed there, and why nobody can notice. */
export interface Equivalent {
  /** `network/rtp/srtp.ts`. */
  readonly file: string;
  /** The whole line of the TypeScript in which it begins, without the blanks around it. */
  readonly line: string;
  /** What is changed, as the mutator prints it. */
  readonly original: string;
  readonly replacement: string;
  /** Why nobody can notice. */
  readonly reason: string;
}

/** Whether an entry means this mutant. */
export function isMeant(listed: Omit<Equivalent, 'file' | 'reason'>, mutant: Mutant): boolean {
  return (
    listed.line === mutant.at.text &&
    listed.original === mutant.original &&
    listed.replacement === mutant.replacement
  );
}

/** By file, in the order of its lines. */
export const EQUIVALENTS: readonly Equivalent[] = [];
