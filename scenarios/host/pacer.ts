/**
 * The pacer: how far virtual time has come on the wall. Time that this machine spends computing is not counted, so a slow probe
 * does not make a trainee late.
 */
import type { Micros } from '../../sim/clock.ts';

/** Virtual seconds per real second; `wait` when time passes only as the person lets it. */
export type Pace = number | 'wait';

/** Converts wall milliseconds since the last `resume` to virtual microseconds; with the pace `wait` none pass by themselves. */
export class Pacer {
  readonly #pace: Pace;
  readonly #nowMs: () => number;
  #fromMs: number;
  #from: Micros;

  /** `nowMs` only ever grows. */
  constructor(pace: Pace, nowMs: () => number, from: Micros) {
    this.#pace = pace;
    this.#nowMs = nowMs;
    this.#fromMs = nowMs();
    this.#from = from;
  }

  /** The virtual time that it is now. */
  get target(): Micros {
    if (this.#pace === 'wait') return this.#from;
    return this.#from + Math.floor((this.#nowMs() - this.#fromMs) * 1000 * this.#pace);
  }

  /** Time goes on from `time`, from now on. */
  resume(time: Micros): void {
    this.#from = time;
    this.#fromMs = this.#nowMs();
  }
}
