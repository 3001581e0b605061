/**
 * The live clock: the queue of the virtual clock, run by the monotonic clock of the machine. What is due happens in the order
 * (deadline, sequence), as in a simulation, but when its time has really come, or a little later: the lag is measured.
 *
 * While something happens, `now` is the time it was due, so what repeats itself keeps its pace. What comes from a socket goes
 * through {@link LiveClock.enter}: everything that was due before it happens before it.
 *
 * A screenplay has hours in which nothing happens. When the next thing is due only in a while, nothing has come in for a
 * moment, and `mayJump` agrees, the clock is set on to that thing. Nothing that is due is left out or put in another order.
 */
import {
  MILLISECOND,
  VirtualClock,
  type Clock,
  type Micros,
  type PendingTimer,
  type TimerId,
  type TimerOwner,
} from '../../sim/clock.ts';
import type { KeptValue } from '../../sim/kept.ts';
import type { PassingAction } from '../../sim/passing-timers.ts';
import { LagMeter, type Lag } from './lag.ts';

/** The monotonic clock that time is taken from, and who is asked and told when idle time is skipped. */
export interface LiveClockOptions {
  /** Microseconds that only ever grow. */
  readonly monotonic: () => Micros;
  /** Called once with what was thrown; the clock has stopped by then. */
  readonly onDefect: (thrown: unknown) => void;
  /** Whether an idle stretch may be skipped at this moment; never when left out. */
  readonly mayJump?: () => boolean;
  /** Called when an idle stretch was skipped, with its length. */
  readonly onJump?: (skipped: Micros) => void;
}

/** Who decides how time goes on; by default the queue alone. */
export interface Driver {
  /** Lets everything happen that is due up to `time`. */
  advanceTo(time: Micros): void;
  /** When something is due next. */
  next(): Micros | undefined;
}

/** Nothing may have come in for so long, of real time, before a jump. */
const QUIET_MS = 50;
/** Shorter stretches are waited for. */
const JUMP_MIN: Micros = 100 * MILLISECOND;
/** The longest that one timer of Node takes. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * Virtual time that runs with the wall clock: what is due happens as soon as it is due, in the same order as in a simulation, and
 * its lateness is measured.
 */
export class LiveClock implements Clock {
  readonly #options: LiveClockOptions;
  readonly #queue = new VirtualClock();
  #lag = new LagMeter();
  #driver: Driver = { advanceTo: (time) => this.runUntil(time), next: () => this.next() };
  #running = false;
  /** What the monotonic clock would have shown at 0. */
  #origin: Micros = 0;
  #jumped: Micros = 0;
  #timer: NodeJS.Timeout | undefined;
  #check: NodeJS.Immediate | undefined;
  /** Inside an event, which arms the timer when it is over. */
  #inside = false;

  constructor(options: LiveClockOptions) {
    this.#options = options;
  }

  now(): Micros {
    return this.#queue.now();
  }

  schedule(delay: Micros, action: PassingAction): TimerId {
    const id = this.#queue.schedule(delay, action);
    this.#rearm();
    return id;
  }

  arm(delay: Micros, owner: TimerOwner, action: string, data?: KeptValue): TimerId {
    const id = this.#queue.arm(delay, owner, action, data);
    this.#rearm();
    return id;
  }

  /** None: what happens in real time is not kept. */
  claim(): readonly PendingTimer[] {
    return [];
  }

  cancel(id: TimerId): void {
    this.#queue.cancel(id);
  }

  next(): Micros | undefined {
    return this.#queue.next();
  }

  /** Runs the next event, whenever it is due; false when there is none. */
  step(): boolean {
    const due = this.next();
    if (due !== undefined && this.#running) this.#lag.add(this.elapsed - due);
    return this.#queue.step();
  }

  /** Runs every event up to `time`, then stands at `time`. */
  runUntil(time: Micros): void {
    for (let due = this.next(); due !== undefined && due <= time; due = this.next()) this.step();
    this.#queue.runUntil(time);
  }

  /** What it is o'clock on the wall: real time since the start, and what was skipped. */
  get elapsed(): Micros {
    return this.#options.monotonic() - this.#origin;
  }

  get lag(): Lag {
    return this.#lag.lag;
  }

  /** Forgets the lag of what happened before. */
  measureAnew(): void {
    this.#lag = new LagMeter();
  }

  /** Time that was skipped. */
  get jumped(): Micros {
    return this.#jumped;
  }

  /** Lets time run from where it stands. */
  start(driver?: Driver): void {
    if (driver !== undefined) this.#driver = driver;
    this.#origin = this.#options.monotonic() - this.now();
    this.#running = true;
    this.#rearm();
  }

  /** For good: nothing that is scheduled or comes in happens any more. */
  stop(): void {
    this.#running = false;
    this.#disarm();
  }

  /** Somebody else decided that an idle stretch is skipped: what is due by then happens now. */
  skip(stretch: Micros): void {
    this.#origin -= stretch;
    this.#jumped += stretch;
    this.enter(() => undefined);
  }

  /** Something came from outside: what was due happens first. Does nothing once the clock has stopped. */
  enter(action: () => void): void {
    this.#happen(() => {
      this.#driver.advanceTo(this.elapsed);
      if (this.#running) action();
    });
  }

  #happen(action: () => void): void {
    if (!this.#running) return;
    // What comes from outside while something happens is part of it.
    if (this.#inside) return action();
    this.#inside = true;
    try {
      action();
    } catch (thrown) {
      this.stop();
      this.#options.onDefect(thrown);
    } finally {
      this.#inside = false;
    }
    this.#rearm();
  }

  #rearm(): void {
    if (!this.#running || this.#inside) return;
    this.#disarm();
    const due = this.#driver.next();
    if (due === undefined) return;
    const wait = due - this.elapsed;
    if (wait > JUMP_MIN && this.#options.mayJump !== undefined) {
      this.#timer = setTimeout(() => this.#quiet(), QUIET_MS);
      return;
    }
    const waitMs = Math.min(TIMER_MAX_MS, Math.max(0, Math.ceil(wait / MILLISECOND)));
    this.#timer = setTimeout(() => this.enter(() => undefined), waitMs);
  }

  /** Nothing has come in for a moment. One more look at the sockets, and the stretch is skipped. */
  #quiet(): void {
    this.#check = setImmediate(() => {
      const due = this.#driver.next();
      if (due === undefined) return;
      const skipped = due - this.elapsed;
      if (skipped > 0 && this.#options.mayJump?.() === true) {
        this.#origin -= skipped;
        this.#jumped += skipped;
        this.#options.onJump?.(skipped);
      }
      this.enter(() => undefined);
    });
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#check);
  }
}
