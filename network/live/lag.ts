/**
 * How late things happened against their schedule. A live run rests on timers of the operating system; when they come late, what
 * was measured is this machine and not the system under test. A histogram of fixed size, so that a long run costs no memory.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';

/** How late the events of a run were against their schedule, in microseconds. */
export interface Lag {
  /** Events that were due at a time. */
  readonly events: number;
  readonly p50: Micros;
  readonly p99: Micros;
  readonly max: Micros;
}

/** Below this a bucket is 0.1 ms wide, above it 1 ms. */
const FINE: Micros = 100 * MILLISECOND;
const FINE_WIDTH: Micros = MILLISECOND / 10;
const FINE_BUCKETS = FINE / FINE_WIDTH;
/** Lags of 10 s and more share the last bucket. */
const COARSE_BUCKETS = 9_900;

/** Counts lateness in a histogram: a long run costs no memory, and a quantile is right to the width of its bucket. */
export class LagMeter {
  readonly #buckets = new Uint32Array(FINE_BUCKETS + COARSE_BUCKETS + 1);
  #events = 0;
  #max: Micros = 0;

  /** What is early is on time. */
  add(lag: Micros): void {
    const late = Math.max(0, lag);
    const bucket = bucketOf(late);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#events++;
    this.#max = Math.max(this.#max, late);
  }

  /** Percentiles are the upper end of their bucket, so never too good. */
  get lag(): Lag {
    return { events: this.#events, p50: this.#percentile(50), p99: this.#percentile(99), max: this.#max };
  }

  #percentile(percent: number): Micros {
    const wanted = Math.ceil((this.#events * percent) / 100);
    let seen = 0;
    for (const [bucket, count] of this.#buckets.entries()) {
      seen += count;
      if (count > 0 && seen >= wanted) return Math.min(this.#max, upperEndOf(bucket));
    }
    return 0;
  }
}

function bucketOf(lag: Micros): number {
  if (lag < FINE) return Math.floor(lag / FINE_WIDTH);
  return FINE_BUCKETS + Math.min(COARSE_BUCKETS, Math.floor((lag - FINE) / MILLISECOND));
}

/** The last bucket has none. */
function upperEndOf(bucket: number): Micros {
  if (bucket < FINE_BUCKETS) return (bucket + 1) * FINE_WIDTH;
  const coarse = bucket - FINE_BUCKETS;
  return coarse === COARSE_BUCKETS ? Infinity : FINE + (coarse + 1) * MILLISECOND;
}
