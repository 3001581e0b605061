/**
 * Virtual time: integer microseconds since the run began, and the queue of what happens next.
 *
 * Events are ordered by (deadline, sequence): what was scheduled first happens first on a tie, always. The clock also
 * implements XState's `Clock`, so a machine's `after` runs on it. XState's own `SimulatedClock` is not used: a timer set
 * by a timer fires late there, and ties have no order.
 *
 * The queue is a binary heap over typed arrays: no object per event beside its callback, and cancelling is a mark, not a
 * search.
 */
import { assert } from './errors.ts';

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

/** What a device may do with time. The live edge implements it with the wall clock. */
export interface Clock {
  /** Now, in microseconds since the run began. */
  now(): Micros;
  /** Runs `action` after `delay` microseconds (fractions are rounded up; less than 0 counts as 0). */
  schedule(delay: Micros, action: () => void): TimerId;
  /** Forgets a scheduled action; harmless when it already ran. */
  cancel(id: TimerId): void;
  /** XState's `Clock`: milliseconds. */
  setTimeout(action: (...args: void[]) => void, milliseconds: number): TimerId;
  clearTimeout(id: TimerId): void;
}

const INITIAL_CAPACITY = 1024;

/**
 * Time that stands still until it is told to run: events happen in the order of their deadline, then of their scheduling, and
 * nothing waits.
 */
export class VirtualClock implements Clock {
  #now: Micros = 0;
  #nextId = 1;
  #size = 0;
  #times = new Float64Array(INITIAL_CAPACITY);
  /** Ids rise with each schedule call, so the id is the sequence number that orders ties. */
  #ids = new Float64Array(INITIAL_CAPACITY);
  readonly #actions = new Map<TimerId, () => void>();

  now(): Micros {
    return this.#now;
  }

  /** Scheduled actions that have neither run nor been cancelled. */
  get pending(): number {
    return this.#actions.size;
  }

  schedule(delay: Micros, action: () => void): TimerId {
    assert(!Number.isNaN(delay), 'a delay is a number');
    const id = this.#nextId++;
    this.#push(this.#now + Math.max(0, Math.ceil(delay)), id);
    this.#actions.set(id, action);
    return id;
  }

  cancel(id: TimerId): void {
    this.#actions.delete(id);
  }

  setTimeout(action: (...args: void[]) => void, milliseconds: number): TimerId {
    return this.schedule(milliseconds * MILLISECOND, () => action());
  }

  clearTimeout(id: TimerId): void {
    this.cancel(id);
  }

  /** Deadline of the next event, or undefined when nothing is scheduled. */
  next(): Micros | undefined {
    this.#dropCancelled();
    return this.#size === 0 ? undefined : this.#times[0];
  }

  /** Runs the next event; false when there is none. */
  step(): boolean {
    while (this.#size > 0) if (this.#runFirst()) return true;
    return false;
  }

  /** Runs every event up to and including `time`, those scheduled meanwhile too, then stands at `time`. */
  runUntil(time: Micros): void {
    while (this.#size > 0 && (this.#times[0] as number) <= time) this.#runFirst();
    if (time > this.#now) this.#now = time;
  }

  /** Takes the first event off the queue and runs it; false when it was cancelled. */
  #runFirst(): boolean {
    const time = this.#times[0] as number;
    const id = this.#ids[0] as number;
    this.#pop();
    const action = this.#actions.get(id);
    if (action === undefined) return false;
    this.#actions.delete(id);
    assert(time >= this.#now, 'time never runs backwards');
    this.#now = time;
    action();
    return true;
  }

  #dropCancelled(): void {
    while (this.#size > 0 && !this.#actions.has(this.#ids[0] ?? 0)) this.#pop();
  }

  #push(time: Micros, id: TimerId): void {
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    const ids = this.#ids;
    let at = this.#size++;
    // A new id is greater than all before it, so only a strictly later parent moves down.
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = times[parent] as number;
      if (parentTime <= time) break;
      times[at] = parentTime;
      ids[at] = ids[parent] as number;
      at = parent;
    }
    times[at] = time;
    ids[at] = id;
  }

  #pop(): void {
    const times = this.#times;
    const ids = this.#ids;
    const size = --this.#size;
    if (size === 0) return;
    const time = times[size] as number;
    const id = ids[size] as number;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      const right = child + 1;
      if (right < size && this.#before(right, child)) child = right;
      const childTime = times[child] as number;
      if (time < childTime || (time === childTime && id < (ids[child] as number))) break;
      times[at] = childTime;
      ids[at] = ids[child] as number;
      at = child;
    }
    times[at] = time;
    ids[at] = id;
  }

  #before(a: number, b: number): boolean {
    const difference = (this.#times[a] as number) - (this.#times[b] as number);
    return difference < 0 || (difference === 0 && (this.#ids[a] as number) < (this.#ids[b] as number));
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    const ids = new Float64Array(times.length);
    times.set(this.#times);
    ids.set(this.#ids);
    this.#times = times;
    this.#ids = ids;
  }
}
