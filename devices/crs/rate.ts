/**
 * So many a minute for each key, in bursts of up to as many. One number is kept for a key: when all that was taken will have been
 * forgiven (the generic cell rate algorithm). A key that is owed nothing takes no memory, and their number is bounded: the oldest makes
 * room, so that a flood from everywhere costs its own bookkeeping and nothing else.
 */
import { MINUTE, type Clock, type Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';

/** Keys that are remembered at one time; beyond it the one that was met first is forgotten. */
export const RATE_KEYS_MAX = 4_096;

/** A rate as a plain value: each key and when it will have been forgiven, in the order in which they make room. */
export type RateState = readonly (readonly [key: string, forgivenAt: Micros])[];

/** Says of each request whether it is within the rate of its key. Takes one from the allowance when it is. */
export class RequestRate implements Kept<RateState> {
  readonly #clock: Clock;
  readonly #cost: Micros;
  readonly #forgivenAt: Map<string, Micros>;

  constructor(clock: Clock, perMinute: number, kept: RateState = []) {
    this.#clock = clock;
    // Whole microseconds, rounded down: fractions add up to more than the minute, and the last of a burst would be refused.
    this.#cost = Math.floor(MINUTE / perMinute);
    this.#forgivenAt = new Map(kept);
  }

  /** Keys that are remembered now. */
  get size(): number {
    return this.#forgivenAt.size;
  }

  /** Whether one more may be taken. */
  hasRoom(key: string): boolean {
    return this.#owed(key) + this.#cost <= MINUTE;
  }

  /** Takes one; false, and nothing taken, when the rate is used up. */
  take(key: string): boolean {
    const owed = this.#owed(key);
    if (owed + this.#cost > MINUTE) return false;
    // Set anew, so that the first in the map is the one that was taken from longest ago.
    this.#forgivenAt.delete(key);
    if (this.#forgivenAt.size >= RATE_KEYS_MAX) this.#makeRoom();
    this.#forgivenAt.set(key, this.#clock.now() + owed + this.#cost);
    return true;
  }

  /** Gives one back: it was not of the kind that is limited. */
  giveBack(key: string): void {
    const owed = this.#owed(key) - this.#cost;
    if (owed <= 0) this.#forgivenAt.delete(key);
    else this.#forgivenAt.set(key, this.#clock.now() + owed);
  }

  save(): RateState {
    return [...this.#forgivenAt];
  }

  #owed(key: string): Micros {
    return Math.max(0, (this.#forgivenAt.get(key) ?? 0) - this.#clock.now());
  }

  #makeRoom(): void {
    const [oldest] = this.#forgivenAt.keys();
    if (oldest !== undefined) this.#forgivenAt.delete(oldest);
  }
}
