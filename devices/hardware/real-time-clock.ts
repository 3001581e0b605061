/**
 * The wall clock of a device. Virtual time is true; a device's own clock starts off by an offset, runs too fast or too slow,
 * and is set by people: that is how a month can end at the wrong moment. Alarms are at wall times, so they follow every
 * step of the clock.
 *
 * Wall time = start + floor(elapsed * (1,000,000 + drift) / 1,000,000) in microseconds, in whole numbers: no rounding
 * depends on how often the clock was read.
 */
import type { Clock, Micros, TimerId } from '../../sim/clock.ts';
import { hardwareError } from './errors.ts';

const MILLION = 1_000_000;
const DRIFT_PPM_MAX = 100_000;
/** 2200-01-01T00:00:00Z. In microseconds it is below 2^53. */
const UNIX_MS_MAX = 7_258_118_400_000;

/** The right time at the beginning, and how far from it this clock is. Unix milliseconds. */
export interface RealTimeClockOptions {
  /** What the true clock shows at virtual time 0, milliseconds since 1970. */
  readonly beginsUnixMs: number;
  /** How much this clock is ahead when the device starts; negative when behind. Default 0. */
  readonly offsetMs?: number;
  /** Parts per million by which it runs fast; negative when slow. Whole, at most 100,000 either way. Default 0. */
  readonly driftPpm?: number;
}

/** Stops an alarm; harmless when it already rang. */
export type CancelAlarm = () => void;

interface Alarm {
  readonly unixMs: number;
  readonly action: () => void;
  timer: TimerId;
}

/** A wall clock that can be wrong and be set, with alarms that follow its own time. */
export class RealTimeClock {
  readonly #clock: Clock;
  readonly #alarms = new Set<Alarm>();
  #driftPpm: number;
  /** Virtual time at which the clock was last set, and what it then showed. */
  #setAt: Micros;
  #setToMicros: number;

  /** Errors: HARDWARE_CLOCK_RANGE. */
  constructor(clock: Clock, { beginsUnixMs, offsetMs = 0, driftPpm = 0 }: RealTimeClockOptions) {
    this.#clock = clock;
    this.#setAt = clock.now();
    this.#driftPpm = requireDrift(driftPpm);
    this.#setToMicros = requireTime(beginsUnixMs + Math.floor(this.#setAt / 1_000) + offsetMs) * 1_000;
  }

  /** Milliseconds since 1970 that this clock shows. */
  unixMs(): number {
    return Math.floor(this.#micros() / 1_000);
  }

  get driftPpm(): number {
    return this.#driftPpm;
  }

  /** Sets the clock to a time in milliseconds since 1970. Errors: HARDWARE_CLOCK_RANGE. */
  set(unixMs: number): void {
    this.#restart(requireTime(unixMs) * 1_000, this.#driftPpm);
  }

  /** Moves the clock on (or, negative, back) by whole milliseconds. Errors: HARDWARE_CLOCK_RANGE. */
  step(byMs: number): void {
    requireTime(this.unixMs() + byMs);
    this.#restart(this.#micros() + byMs * 1_000, this.#driftPpm);
  }

  /** Lets the clock run faster or slower from now on. Errors: HARDWARE_CLOCK_RANGE. */
  setDrift(driftPpm: number): void {
    this.#restart(this.#micros(), requireDrift(driftPpm));
  }

  /**
   * Runs `action` once, when this clock first shows `unixMs` or later: at once when it does already, sooner or later than
   * planned when the clock is set meanwhile. Errors: HARDWARE_CLOCK_RANGE.
   */
  at(unixMs: number, action: () => void): CancelAlarm {
    const alarm: Alarm = { unixMs: requireTime(unixMs), action, timer: 0 };
    this.#alarms.add(alarm);
    this.#schedule(alarm);
    return () => {
      this.#alarms.delete(alarm);
      this.#clock.cancel(alarm.timer);
    };
  }

  #micros(): number {
    const elapsed = this.#clock.now() - this.#setAt;
    // Split so that no product leaves 2^53.
    const whole = Math.floor(elapsed / MILLION);
    const drift =
      whole * this.#driftPpm + Math.floor(((elapsed - whole * MILLION) * this.#driftPpm) / MILLION);
    return this.#setToMicros + elapsed + drift;
  }

  #restart(toMicros: number, driftPpm: number): void {
    this.#setAt = this.#clock.now();
    this.#setToMicros = toMicros;
    this.#driftPpm = driftPpm;
    // In order of their times: a step over several of them rings the earliest first.
    for (const alarm of [...this.#alarms].sort((a, b) => a.unixMs - b.unixMs)) {
      this.#clock.cancel(alarm.timer);
      this.#schedule(alarm);
    }
  }

  #schedule(alarm: Alarm): void {
    alarm.timer = this.#clock.schedule(this.#delayUntil(alarm.unixMs * 1_000), () => {
      this.#alarms.delete(alarm);
      alarm.action();
    });
  }

  /** Virtual time from now until the clock shows `micros`: the least that makes the floor above reach it. */
  #delayUntil(micros: number): Micros {
    const wanted = BigInt(micros - this.#setToMicros) * BigInt(MILLION);
    const rate = BigInt(MILLION + this.#driftPpm);
    const elapsed = (wanted + rate - 1n) / rate;
    return Math.max(0, Number(elapsed) - (this.#clock.now() - this.#setAt));
  }
}

function requireTime(unixMs: number): number {
  if (!Number.isInteger(unixMs) || unixMs < 0 || unixMs > UNIX_MS_MAX) {
    throw hardwareError('HARDWARE_CLOCK_RANGE', `${unixMs} ms since 1970 is not a time a clock shows`);
  }
  return unixMs;
}

function requireDrift(driftPpm: number): number {
  if (!Number.isInteger(driftPpm) || Math.abs(driftPpm) > DRIFT_PPM_MAX) {
    throw hardwareError('HARDWARE_CLOCK_RANGE', `a drift of ${driftPpm} parts per million is not possible`);
  }
  return driftPpm;
}
