/**
 * How long to wait for an acknowledgement (RFC 6298), in whole microseconds: smoothed round trip, its variation, and a time-out that
 * doubles while nothing comes back.
 *
 * By Karn's rule a doubled time-out stands until a segment that was sent once is measured. While many losses are repaired there is
 * none for a long time, and at 20 % loss the time-out would climb to minutes although acknowledgements keep coming. So each of
 * those takes back all doublings but one; TCP with timestamps (RFC 7323) gets there by measuring what was sent again.
 */
import type { Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { StreamLimits } from './stream-limits.ts';

/** An estimate as a plain value: microseconds, and how often the time-out was doubled. */
export type RoundTripState = {
  readonly smoothed: Micros | undefined;
  readonly variation: Micros;
  readonly base: Micros;
  readonly doublings: number;
};

/** The estimate of the round trip that decides when a segment is taken for lost (RFC 6298), between the limits of a stream. */
export class RoundTrip implements Kept<RoundTripState> {
  readonly #limits: StreamLimits;
  #smoothed: Micros | undefined;
  #variation: Micros;
  /** The time-out without doublings. */
  #base: Micros;
  #doublings: number;

  constructor(limits: StreamLimits, kept?: RoundTripState) {
    this.#limits = limits;
    this.#smoothed = kept?.smoothed;
    this.#variation = kept?.variation ?? 0;
    this.#base = kept?.base ?? limits.initialTimeout;
    this.#doublings = kept?.doublings ?? 0;
  }

  save(): RoundTripState {
    const [smoothed, variation, base, doublings] = [
      this.#smoothed,
      this.#variation,
      this.#base,
      this.#doublings,
    ];
    return { smoothed, variation, base, doublings };
  }

  get timeout(): Micros {
    return Math.min(this.#limits.timeoutMax, this.#base * 2 ** this.#doublings);
  }

  get isMeasured(): boolean {
    return this.#smoothed !== undefined;
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
    this.#base = Math.min(timeoutMax, Math.max(timeoutMin, this.#smoothed + 4 * this.#variation));
    this.#doublings = 0;
  }

  /** The handshake needed more than one attempt: the first data does not wait out what its retries had come to (RFC 6298 5.7). */
  restart(): void {
    this.#base = this.#limits.timeoutAfterLostHandshake;
    this.#doublings = 0;
  }

  /** Nothing came back in time. */
  backOff(): void {
    if (this.timeout < this.#limits.timeoutMax) this.#doublings++;
  }

  /** A part of what was outstanding is acknowledged, while the rest is being repaired. */
  progressed(): void {
    this.#doublings = Math.min(1, this.#doublings);
  }
}
