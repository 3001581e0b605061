/**
 * A lock-out, where a deployment has one: whoever's identity was tried in vain so many times in a row is blocked. It is meant against guessing at keys, of which
 * nobody guesses one of 256 bits; what it does is to let anybody block anybody whose identity they have seen (para-17).
 */
import type { TelNumber } from '../../network/mikey/index.ts';
import type { Kept } from '../../sim/kept.ts';

/** Handshakes in vain, in a row, after which a user is blocked. */
export const LOCK_OUT_FAILURES_MAX = 10;

/** Numbers, and how often each was tried in vain since it last came in. */
export type LockOutState = readonly (readonly [number: TelNumber, failures: number])[];

/** Counts for each user. Where the deployment has no lock-out it counts nothing. */
export class LockOut implements Kept<LockOutState> {
  readonly #isOn: boolean;
  readonly #failures: Map<TelNumber, number>;

  constructor(isOn: boolean, state: LockOutState = []) {
    this.#isOn = isOn;
    this.#failures = new Map(state);
  }

  save(): LockOutState {
    return [...this.#failures];
  }

  /** A handshake under a known identity failed for its key; true when that is once too often. */
  failed(number: TelNumber): boolean {
    if (!this.#isOn) return false;
    const failures = (this.#failures.get(number) ?? 0) + 1;
    this.#failures.set(number, failures);
    if (failures < LOCK_OUT_FAILURES_MAX) return false;
    this.#failures.delete(number);
    return true;
  }

  /** The user has come in. */
  succeeded(number: TelNumber): void {
    this.#failures.delete(number);
  }
}
