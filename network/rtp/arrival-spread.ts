/**
 * How widely the arrival times of a stream are spread: the transit times of the last ten seconds of packets, counted in bins of
 * 5 ms. The jitter buffer asks for the transit that all but one packet in 128 stayed below.
 *
 * A quantile, and not a mean with a multiple of the deviation, because delays of networks are not normal: they have a floor and
 * a long tail. All integers, so the answer is the same everywhere.
 */
import { assert } from '../../sim/errors.ts';
import { MILLISECOND, type Micros } from '../../sim/clock.ts';

/** Packets that are remembered; a power of two. */
const MEMORY = 512;
/** How finely transit times are told apart, in microseconds: 5 ms. */
export const BIN: Micros = 5 * MILLISECOND;
/** Transit times from half a second below the reference to a second above it. */
const BINS = 300;
const BINS_BELOW = 100;
/** The share of packets that may be later than the buffer waits: one in 128. */
const LATE_SHARE = 128;

/** How far the transit times of the last packets lie apart: what a jitter buffer has to wait for. */
export class ArrivalSpread {
  readonly #counts = new Uint16Array(BINS);
  readonly #bins = new Uint16Array(MEMORY);
  #seen = 0;

  /** Remembers a transit time, relative to the reference. False when it lies outside of what can be told apart. */
  add(transit: Micros): boolean {
    const bin = Math.floor(transit / BIN) + BINS_BELOW;
    const counted = Math.max(0, Math.min(BINS - 1, bin));
    const place = this.#seen & (MEMORY - 1);
    if (this.#seen >= MEMORY) this.#bump(this.#bins[place] ?? 0, -1);
    this.#bins[place] = counted;
    this.#bump(counted, 1);
    this.#seen++;
    return bin === counted;
  }

  /** The transit that nearly all stayed below, and the least of all, each to a bin. There must have been one packet. */
  range(): { readonly least: Micros; readonly most: Micros } {
    const kept = Math.min(this.#seen, MEMORY);
    assert(kept > 0, 'a packet has come');
    let highest = BINS - 1;
    for (let later = this.#counts[highest] ?? 0; later <= kept / LATE_SHARE;) {
      highest--;
      later += this.#counts[highest] ?? 0;
    }
    const lowest = this.#counts.findIndex((count) => count > 0);
    return { least: (lowest - BINS_BELOW) * BIN, most: (highest + 1 - BINS_BELOW) * BIN };
  }

  forget(): void {
    this.#counts.fill(0);
    this.#seen = 0;
  }

  #bump(bin: number, by: number): void {
    this.#counts[bin] = (this.#counts[bin] ?? 0) + by;
  }
}
