/**
 * Virtual time: integer microseconds since the run began, and the queue of what happens next.
 *
 * Events are ordered by (deadline, sequence): what was scheduled first happens first on a tie, always. XState's own
 * `SimulatedClock` is not used: a timer set by a timer fires late there, and ties have no order.
 *
 * There are two kinds of timers. A named one is data: whose it is, what is to be done, with what. It can be kept with its owner and
 * armed again in another world. A passing one is a function that only memory knows; it is for what never outlasts a moment that is kept:
 * a packet in flight, a call, an attack.
 *
 * Cancelling is a mark in the queue, not a search; when most of the queue is marks, they are swept out at once.
 */
import { assert } from './errors.ts';
import type { Kept, KeptValue } from './kept.ts';
import { PassingTimers, type PassingAction } from './passing-timers.ts';
import { TimerQueue } from './timer-queue.ts';

/** Microseconds. 2^53 of them are 285 years. */
export type Micros = number;

/** 1,000 microseconds, the unit of all virtual time. */
export const MILLISECOND: Micros = 1_000;
/** 1,000,000 microseconds. */
export const SECOND: Micros = 1_000_000;
/** 60 seconds, in microseconds. */
export const MINUTE: Micros = 60 * SECOND;
/** 60 minutes, in microseconds. */
export const HOUR: Micros = 60 * MINUTE;
/** 24 hours, in microseconds. Virtual time knows no leap seconds and no daylight saving. */
export const DAY: Micros = 24 * HOUR;

/** Names a scheduled event; 0 is never given out. */
export type TimerId = number;

/** Whose a named timer is. */
export interface TimerOwner {
  /** Unique in a world: `handset:alice-phone`. It stays the same for as long as one of its timers is pending. */
  readonly timerName: string;
  /** A timer of it is due. */
  timerFired(action: string, data: KeptValue): void;
}

/** A named timer that has not fired, as a plain value. */
export type PendingTimer = {
  readonly id: TimerId;
  /** Virtual time at which it fires, microseconds. */
  readonly at: Micros;
  readonly owner: string;
  readonly action: string;
  readonly data: KeptValue;
};

/** A clock as a plain value. */
export type ClockState = {
  readonly now: Micros;
  /** The next id that is given out: ids order ties, so they go on where they were. */
  readonly nextId: TimerId;
  /** By (deadline, id). */
  readonly timers: readonly PendingTimer[];
};

/** What a device may do with time. The live edge implements it with the wall clock. */
export interface Clock {
  /** Now, in microseconds since the run began. */
  now(): Micros;
  /** Runs `action` after `delay` microseconds (fractions are rounded up; less than 0 counts as 0). */
  schedule(delay: Micros, action: PassingAction): TimerId;
  /** Sets a named timer: after `delay` microseconds, `owner` is told to do `action` with `data`. */
  arm(delay: Micros, owner: TimerOwner, action: string, data?: KeptValue): TimerId;
  /** The timers that one of the same name left when it was kept; they are `owner`'s from now on. None where nothing was kept. */
  claim(owner: TimerOwner): readonly PendingTimer[];
  /** Forgets a timer of either kind; harmless when it already ran. */
  cancel(id: TimerId): void;
}

/** Marks of cancelled timers that are not worth a sweep. */
const MARKS_MIN = 64;

/** A named timer, and who it is for; nobody while what was kept has not been claimed. */
interface Named {
  readonly ownerName: string;
  readonly action: string;
  readonly data: KeptValue;
  owner: TimerOwner | undefined;
}

/**
 * Time that stands still until it is told to run: events happen in the order of their deadline, then of their scheduling, and
 * nothing waits.
 */
export class VirtualClock implements Clock, Kept<ClockState> {
  #now: Micros = 0;
  #nextId = 1;
  /** Ids rise with each timer that is set, so the id is the sequence number that orders ties. */
  readonly #queue = new TimerQueue();
  readonly #passing = new PassingTimers();
  readonly #named = new Map<TimerId, Named>();
  /** What was kept, by the name of who has not claimed it yet. */
  readonly #unclaimed = new Map<string, PendingTimer[]>();

  /** Stands at 0 with an empty queue, or where one stood that was kept. */
  constructor(state?: ClockState) {
    if (state === undefined) return;
    this.#now = state.now;
    this.#nextId = state.nextId;
    for (const timer of state.timers) {
      const { id, at, owner, action, data } = timer;
      this.#queue.push(at, id);
      this.#named.set(id, { ownerName: owner, action, data, owner: undefined });
      const left = this.#unclaimed.get(owner);
      if (left === undefined) this.#unclaimed.set(owner, [timer]);
      else left.push(timer);
    }
  }

  now(): Micros {
    return this.#now;
  }

  /** Timers of both kinds that have neither fired nor been cancelled. */
  get pending(): number {
    return this.#passing.size + this.#named.size;
  }

  /** Passing timers among them. While there is one, the moment is not quiet. */
  get passing(): number {
    return this.#passing.size;
  }

  /** Entries of the queue, marks of cancelled timers among them. */
  get queued(): number {
    return this.#queue.size;
  }

  /** The named timers that are pending, by (deadline, id). */
  get timers(): readonly PendingTimer[] {
    const timers: PendingTimer[] = [];
    this.#queue.forEach((at, id) => {
      const named = this.#named.get(id);
      if (named !== undefined)
        timers.push({ id, at, owner: named.ownerName, action: named.action, data: named.data });
    });
    return timers.sort((a, b) => a.at - b.at || a.id - b.id);
  }

  /** Names of those whose timers were kept and who have not claimed them. */
  get unclaimed(): readonly string[] {
    return [...this.#unclaimed.keys()];
  }

  /** At a moment without passing timers only. */
  save(): ClockState {
    assert(this.passing === 0, 'a clock with passing timers is not kept');
    return { now: this.#now, nextId: this.#nextId, timers: this.timers };
  }

  schedule(delay: Micros, action: PassingAction): TimerId {
    const id = this.#queueAfter(delay);
    this.#passing.set(id, action);
    return id;
  }

  arm(delay: Micros, owner: TimerOwner, action: string, data?: KeptValue): TimerId {
    const id = this.#queueAfter(delay);
    this.#named.set(id, { ownerName: owner.timerName, action, data, owner });
    return id;
  }

  claim(owner: TimerOwner): readonly PendingTimer[] {
    const left = this.#unclaimed.get(owner.timerName) ?? [];
    this.#unclaimed.delete(owner.timerName);
    for (const { id } of left) {
      const named = this.#named.get(id);
      if (named !== undefined) named.owner = owner;
    }
    return left;
  }

  cancel(id: TimerId): void {
    if (this.#passing.take(id) === undefined && !this.#named.delete(id)) return;
    const marks = this.#queue.size - this.pending;
    if (marks > MARKS_MIN && marks > this.pending) this.#queue.keepOnly((timer) => this.#isPending(timer));
  }

  /** Deadline of the next event, or undefined when nothing is scheduled. */
  next(): Micros | undefined {
    this.#dropCancelled();
    return this.#queue.size === 0 ? undefined : this.#queue.firstTime;
  }

  /** Runs the next event; false when there is none. */
  step(): boolean {
    while (this.#queue.size > 0) if (this.#runFirst()) return true;
    return false;
  }

  /** Runs every event up to and including `time`, those scheduled meanwhile too, then stands at `time`. */
  runUntil(time: Micros): void {
    while (this.#queue.size > 0 && this.#queue.firstTime <= time) this.#runFirst();
    if (time > this.#now) this.#now = time;
  }

  /** Takes the first event off the queue and runs it; false when it was cancelled. */
  #runFirst(): boolean {
    const { firstTime: time, firstId: id } = this.#queue;
    this.#queue.pop();
    const action = this.#passing.take(id);
    if (action !== undefined) {
      this.#setTo(time);
      if (typeof action === 'function') action();
      else action.run();
      return true;
    }
    const named = this.#named.get(id);
    if (named === undefined) return false;
    this.#named.delete(id);
    this.#setTo(time);
    assert(named.owner !== undefined, `the timers of ${named.ownerName} are claimed`);
    named.owner.timerFired(named.action, named.data);
    return true;
  }

  #queueAfter(delay: Micros): TimerId {
    assert(!Number.isNaN(delay), 'a delay is a number');
    const id = this.#nextId++;
    this.#queue.push(this.#now + Math.max(0, Math.ceil(delay)), id);
    return id;
  }

  #setTo(time: Micros): void {
    assert(time >= this.#now, 'time never runs backwards');
    this.#now = time;
  }

  #isPending(id: TimerId): boolean {
    return this.#passing.has(id) || this.#named.has(id);
  }

  #dropCancelled(): void {
    while (this.#queue.size > 0 && !this.#isPending(this.#queue.firstId)) this.#queue.pop();
  }
}
