/**
 * The wall clock of a device. Virtual time is true; a device's own clock starts off by an offset, runs too fast or too slow,
 * and is set by people: that is how a month can end at the wrong moment. Alarms are at wall times, so they follow every
 * step of the clock.
 *
 * An alarm is a named timer: whose it is and what is to be done. It is kept with the clock, and its owner claims it again.
 *
 * Wall time = start + floor(elapsed * (1,000,000 + drift) / 1,000,000) in microseconds, in whole numbers: no rounding
 * depends on how often the clock was read.
 */
import type { Clock, Micros, TimerId, TimerOwner } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
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

/** A wall clock as a plain value. */
export type RealTimeClockState = {
  readonly driftPpm: number;
  /** Virtual time at which it was last set, and what it then showed, both in microseconds. */
  readonly setAt: Micros;
  readonly setToMicros: number;
  /** In the order in which they were set: alarms of one time ring in it. */
  readonly alarms: readonly PendingAlarm[];
};

/** An alarm that has not rung, as a plain value. */
export type PendingAlarm = {
  /** When the wall clock shows this, milliseconds since 1970. */
  readonly unixMs: number;
  /** The `timerName` of whose it is. */
  readonly owner: string;
  readonly action: string;
};

interface Alarm {
  readonly unixMs: number;
  readonly action: string;
  /** Only the name of one that has not claimed it yet. */
  owner: TimerOwner | string;
  timer: TimerId;
}

/** A wall clock that can be wrong and be set, with alarms that follow its own time. */
export class RealTimeClock implements Kept<RealTimeClockState> {
  readonly #clock: Clock;
  /** One for each owner and action, in the order in which they were set. A device has one or two. */
  #alarms: readonly Alarm[] = [];
  #driftPpm: number;
  /** Virtual time at which the clock was last set, and what it then showed. */
  #setAt: Micros;
  #setToMicros: number;

  /** As its options say, or as one that was kept, whose alarms wait to be claimed. Errors: HARDWARE_CLOCK_RANGE. */
  constructor(
    clock: Clock,
    { beginsUnixMs, offsetMs = 0, driftPpm = 0 }: RealTimeClockOptions,
    kept?: RealTimeClockState,
  ) {
    this.#clock = clock;
    if (kept !== undefined) {
      this.#driftPpm = kept.driftPpm;
      this.#setAt = kept.setAt;
      this.#setToMicros = kept.setToMicros;
      this.#alarms = kept.alarms.map((alarm) => ({ ...alarm, timer: 0 }));
      return;
    }
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
   * Sets an alarm: `owner` is told to do `action` once, when this clock first shows `unixMs` or later; at once when it does already,
   * sooner or later than planned when the clock is set meanwhile. For one action an owner has one alarm, so setting it again moves it; it
   * has no timers of other clocks. Errors: HARDWARE_CLOCK_RANGE.
   */
  alarm(unixMs: number, owner: TimerOwner, action: string): void {
    const alarm: Alarm = { unixMs: requireTime(unixMs), action, owner, timer: 0 };
    const before = this.#alarmOf(owner, action);
    if (before !== undefined) this.#clock.cancel(before.timer);
    this.#alarms = this.#alarms.filter((each) => each !== before).concat(alarm);
    this.#arm(alarm, owner);
  }

  /** Nothing that was set rings any more; the time goes on. */
  stop(): void {
    for (const { timer } of this.#alarms) this.#clock.cancel(timer);
    this.#alarms = [];
  }

  /** The alarms that one of the same name had when this clock was kept are `owner`'s from now on. None where nothing was kept. */
  claim(owner: TimerOwner): void {
    const timers = new Map(this.#clock.claim(this.#bell(owner)).map(({ action, id }) => [action, id]));
    for (const alarm of this.#alarms) {
      if (alarm.owner !== owner.timerName) continue;
      const timer = timers.get(alarm.action);
      assert(timer !== undefined, 'a kept alarm has a kept timer');
      alarm.owner = owner;
      alarm.timer = timer;
    }
  }

  save(): RealTimeClockState {
    const alarms = this.#alarms.map(({ unixMs, owner, action }) => ({
      unixMs,
      owner: nameOf(owner),
      action,
    }));
    return { driftPpm: this.#driftPpm, setAt: this.#setAt, setToMicros: this.#setToMicros, alarms };
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
    for (const alarm of this.#alarms.toSorted((a, b) => a.unixMs - b.unixMs)) {
      const { owner, timer } = alarm;
      assert(typeof owner !== 'string', `the alarms of ${nameOf(owner)} are claimed`);
      this.#clock.cancel(timer);
      this.#arm(alarm, owner);
    }
  }

  #arm(alarm: Alarm, owner: TimerOwner): void {
    alarm.timer = this.#clock.arm(this.#delayUntil(alarm.unixMs * 1_000), this.#bell(owner), alarm.action);
  }

  /** What stands for an owner of alarms at the true clock: it forgets an alarm when it rings. */
  #bell(owner: TimerOwner): TimerOwner {
    return {
      timerName: owner.timerName,
      timerFired: (action, data) => {
        const rung = this.#alarmOf(owner, action);
        this.#alarms = this.#alarms.filter((each) => each !== rung);
        owner.timerFired(action, data);
      },
    };
  }

  #alarmOf({ timerName }: TimerOwner, action: string): Alarm | undefined {
    return this.#alarms.find((each) => nameOf(each.owner) === timerName && each.action === action);
  }

  /** Virtual time from now until the clock shows `micros`: the least that makes the floor above reach it. */
  #delayUntil(micros: number): Micros {
    const wanted = BigInt(micros - this.#setToMicros) * BigInt(MILLION);
    const rate = BigInt(MILLION + this.#driftPpm);
    const elapsed = (wanted + rate - 1n) / rate;
    return Math.max(0, Number(elapsed) - (this.#clock.now() - this.#setAt));
  }
}

function nameOf(owner: TimerOwner | string): string {
  return typeof owner === 'string' ? owner : owner.timerName;
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
