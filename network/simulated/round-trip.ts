/**
 * How long to wait for an acknowledgement (RFC 6298), in whole microseconds: smoothed round trip, its variation, and a time-out that
 * doubles while nothing comes back.
 */
import type { Micros } from '../../sim/clock.ts';
import type { StreamLimits } from './stream-limits.ts';

export class RoundTrip {
  readonly #limits: StreamLimits;
  #smoothed: Micros | undefined;
  #variation: Micros = 0;
  #timeout: Micros;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
    this.#timeout = limits.initialTimeout;
  }

  get timeout(): Micros {
    return this.#timeout;
  }

  /** Takes in a measurement of a segment that was sent once (Karn's rule is the caller's). */
  measured(sample: Micros): void {
    if (this.#smoothed === undefined) {
      this.#smoothed = sample;
      this.#variation = Math.floor(sample / 2);
    } else {
      this.#variation = Math.floor((3 * this.#variation + Math.abs(this.#smoothed - sample)) / 4);
      this.#smoothed = Math.floor((7 * this.#smoothed + sample) / 8);
    }
    const { timeoutMin, timeoutMax } = this.#limits;
    this.#timeout = Math.min(timeoutMax, Math.max(timeoutMin, this.#smoothed + 4 * this.#variation));
  }

  /** Nothing came back in time. */
  backOff(): void {
    this.#timeout = Math.min(this.#limits.timeoutMax, this.#timeout * 2);
  }
}
