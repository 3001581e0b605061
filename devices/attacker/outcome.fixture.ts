/** What tests say of an outcome: how it came out with which reasons, and what it was made with. */
import type { ExecutionContext } from 'ava';
import type { Secret } from '../../sim/secret.ts';
import type { Reason } from '../reason.ts';
import type { Outcome } from './attack.ts';

/** How it came out, the reason, and what was missing beside it. */
export function toldBy({ outcome, reason, missing }: Outcome): readonly string[] {
  return [outcome, ...(reason === null ? [] : [reason]), ...missing];
}

/** Refused for these reasons, the first of them the reason, and with nothing gained. */
export function refuses(t: ExecutionContext, outcome: Outcome, ...reasons: readonly Reason[]): void {
  t.deepEqual(toldBy(outcome), ['refused', ...reasons], outcome.because);
  t.deepEqual([outcome.means, outcome.sources], [[], []]);
}

/** How a trace prints them, in this order. */
export function labelsOf(secrets: readonly Secret[]): readonly string[] {
  return secrets.map(({ label }) => label);
}

/** Outcome, sentence, labels of the means, and sources. */
export function wholeOf({ outcome, because, means, sources }: Outcome): readonly unknown[] {
  return [outcome, because, labelsOf(means), sources];
}
