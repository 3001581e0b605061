/**
 * The pacer: how far virtual time has come on the wall. Time that this machine spends computing is not counted, so a slow probe
 * does not make a trainee late; nor is time in which nobody looked, for then the process was stopped, or the machine slept.
 */
import type { Micros } from '../../sim/clock.ts';

/** Virtual seconds per real second; `wait` when time passes only as the person lets it. */
export type Pace = number | 'wait';

/** Milliseconds after which nobody can have looked but for that: paced time is looked at several times a second. */
const UNSEEN_MS_MAX = 1_000;

/** Converts wall milliseconds since the last `resume` to virtual microseconds; with the pace `wait` none pass by themselves. */
export class Pacer {
  readonly #pace: Pace;
  readonly #nowMs: () => number;
  #paused = false;
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
    if (this.#pace === 'wait' || this.#paused) return this.#from;
    const passedMs = this.#nowMs() - this.#fromMs;
    return passedMs > UNSEEN_MS_MAX ? this.#from : this.#from + Math.floor(passedMs * 1000 * this.#pace);
  }

  /** Whether time passes by itself at all. */
  get runs(): boolean {
    return this.#pace !== 'wait';
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Stops the clock, or lets it run again. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#fromMs = this.#nowMs();
  }

  /** Time goes on from `time`, from now on. */
  resume(time: Micros): void {
    this.#from = time;
    this.#fromMs = this.#nowMs();
  }
}
