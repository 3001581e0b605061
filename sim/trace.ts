/**
 * The trace: the one ordered record of what happened, from which every verdict is computed.
 *
 * It is append-only. An event has a number, a virtual time, the device or person it happened on, the number of the event
 * that led to it, and data of its type. `sim/` knows no phone: each room adds its types to {@link TraceEvents} by
 * declaration merging, so an event of an unknown type or shape does not compile.
 *
 * Each event is one NDJSON line, and a SHA-256 over the lines can be asked for at any moment. Bytes never enter: a secret prints as
 * its label and fingerprint.
 */
import { createHash, type Hash } from 'node:crypto';
import type { Clock, Micros } from './clock.ts';
import { assert } from './errors.ts';
import type { Secret } from './secret.ts';

/** Version of the NDJSON form; raised when a reader of the last one would misread it. */
export const TRACE_VERSION = 2;

/** Values that an event's data may hold. */
export type TraceValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Secret
  | readonly TraceValue[]
  | { readonly [key: string]: TraceValue };

/**
 * Event types and the data of each. Rooms add theirs:
 * `declare module './trace.ts' { interface TraceEvents { 'crs.user-blocked': { user: string } } }`.
 */
export interface TraceEvents {
  /** The first line of every trace. */
  'trace.began': {
    version: number;
    tool: string;
    scenario: string;
    variant: string;
    seed: string;
    keySeed: string;
    begins: string;
  };
  /** The last line: nothing was cut off. */
  'trace.ended': { events: number };
}

/** The name of a type of event that some room has declared: `crs.user-blocked`. */
export type TraceType = keyof TraceEvents;

/** The number of an event, from 1; 0 stands for "no cause". */
export type EventNumber = number;

/** Something that happened: when, where, because of what, and the data of its type. */
export interface TraceEvent<Type extends TraceType = TraceType> {
  readonly n: EventNumber;
  /** Virtual time, microseconds since the run began. */
  readonly t: Micros;
  readonly type: Type;
  /** Device, person or link it happened on. */
  readonly on: string;
  /** Number of the event that led to this one; 0 when nothing in the trace did. */
  readonly cause: EventNumber;
  readonly data: TraceEvents[Type];
}

/** An event of any one type, as a union that narrows on `type`. */
export type AnyTraceEvent = { [Type in TraceType]: TraceEvent<Type> }[TraceType];

/** Lines that are joined to be hashed. */
const LINES_AT_A_TIME = 1000;

/** Called with each event, one after the other in the order of their numbers; what it appends comes after all that is appended already. */
export type TraceListener = (event: AnyTraceEvent) => void;

/** A listener, and the first event that it hears. */
interface Listening {
  readonly listener: TraceListener;
  readonly from: EventNumber;
}

/** An event that listeners have not heard yet, and the default cause while they do. */
interface Undelivered {
  readonly event: AnyTraceEvent;
  readonly cause: EventNumber;
}

/**
 * A trace up to a moment. It shares events and lines with the trace it was taken of, which only ever appends to them; so it costs
 * nothing but the state of a hash.
 */
export interface TracePrefix {
  readonly length: number;
  /** At least `length` of them; those after are not part of it. */
  readonly events: readonly AnyTraceEvent[];
  readonly lines: readonly string[];
  /** Over the first `length` lines; copied by whoever goes on with it. */
  readonly hash: Hash;
}

/** All that happened in a run, in order. Events are appended and never changed; verdicts are made of them and of nothing else. */
export class Trace {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #events: AnyTraceEvent[];
  /** Of the first so many events: a line is written when somebody first asks for it, and takes more memory than its event. */
  readonly #lines: string[];
  readonly #hash: Hash;
  /** How many lines are in the hash. They are hashed many at a time: a call into the hash costs more than hashing a line. */
  #hashed: number;
  readonly #listeners = new Set<Listening>();
  readonly #undelivered: Undelivered[] = [];
  #delivering = false;
  /** Events appended while another is being handled have it as their cause, unless they say otherwise. */
  #current: EventNumber = 0;
  /** How many events have been appended to a continuation that is thrown away; undefined while there is none. */
  #aside: number | undefined;

  /** An empty one, or one that goes on where another was. */
  constructor(clock: Pick<Clock, 'now'>, after?: TracePrefix) {
    this.#clock = clock;
    this.#events = after?.events.slice(0, after.length) ?? [];
    this.#lines = after?.lines.slice(0, after.length) ?? [];
    this.#hash = after?.hash.copy() ?? createHash('sha256');
    this.#hashed = this.#lines.length;
  }

  /** All of it so far, to be gone on with elsewhere. Not while an event is being handled. */
  prefix(): TracePrefix {
    assert(!this.#delivering && this.#current === 0, 'a trace is kept between two events');
    assert(this.#aside === undefined, 'what is tried aside is not kept');
    const hash = this.#hashNow();
    return { length: this.#events.length, events: this.#events, lines: this.#lines, hash };
  }

  /** Appends an event and returns its number. `cause` defaults to the event being handled now (see {@link because}). */
  append<Type extends TraceType>(
    type: Type,
    on: string,
    data: TraceEvents[Type],
    cause: EventNumber = this.#current,
  ): EventNumber {
    const n = this.#events.length + 1 + (this.#aside ?? 0);
    assert(cause >= 0 && cause < n, 'a cause is an earlier event');
    if (this.#aside !== undefined) {
      this.#aside++;
      return n;
    }
    return this.#take({ n, t: this.#clock.now(), type, on, cause, data });
  }

  /**
   * Takes in what happened in another process, as it was told, and returns its number here. Such events come in the order in which
   * they were told, which need not be that of their times. They have happened, {@link aside} or not.
   */
  adopt(event: Pick<AnyTraceEvent, 't' | 'type' | 'on' | 'data'>, cause: EventNumber): EventNumber {
    assert(cause >= 0 && cause <= this.#events.length, 'a cause is an earlier event');
    const { t, type, on, data } = event;
    return this.#take({ n: this.#events.length + 1, t, type, on, cause, data });
  }

  #take(taken: TraceEvent): EventNumber {
    const event = taken as unknown as AnyTraceEvent;
    this.#events.push(event);
    this.#undelivered.push({ event, cause: this.#current });
    if (!this.#delivering) this.#deliver();
    return event.n;
  }

  /**
   * Tells listeners what they have not heard, until there is nothing left. A listener that appends is told of it by this same loop,
   * after everybody has heard what came before. What a listener throws keeps nothing from the others; the first is thrown in the end.
   */
  #deliver(): void {
    const thrown: unknown[] = [];
    const before = this.#current;
    this.#delivering = true;
    for (let next = this.#undelivered.shift(); next !== undefined; next = this.#undelivered.shift()) {
      const { event, cause } = next;
      for (const { listener, from } of this.#listeners) {
        if (event.n < from) continue;
        this.#current = cause;
        try {
          listener(event);
        } catch (error) {
          thrown.push(error);
        }
      }
    }
    this.#delivering = false;
    this.#current = before;
    if (thrown.length > 0) throw thrown[0];
  }

  /** Runs `action` with `cause` as the default cause of what it appends. */
  because<Result>(cause: EventNumber, action: () => Result): Result {
    const before = this.#current;
    this.#current = cause;
    try {
      return action();
    } finally {
      this.#current = before;
    }
  }

  /**
   * Runs `action` beside the record: what it appends gets numbers that follow, is heard by nobody and is thrown away. For what is
   * only tried, and must leave no mark.
   */
  aside<Result>(action: () => Result): Result {
    assert(this.#aside === undefined, 'what is tried aside tries nothing aside');
    this.#aside = 0;
    try {
      return this.because(0, action);
    } finally {
      this.#aside = undefined;
    }
  }

  /** The default cause at this moment, to be handed to {@link because} when something is scheduled for later. */
  get current(): EventNumber {
    return this.#current;
  }

  get events(): readonly AnyTraceEvent[] {
    return this.#events;
  }

  /** Calls `listener` with each event that is appended from now on. Returns the function that stops it. */
  listen(listener: TraceListener): () => void {
    const listening = { listener, from: this.#events.length + 1 };
    this.#listeners.add(listening);
    return () => void this.#listeners.delete(listening);
  }

  /** SHA-256 (hex) over all lines so far, each ended by a newline. */
  digest(): string {
    return this.#hashNow().digest('hex');
  }

  /** A copy of the hash over all lines so far. */
  #hashNow(): Hash {
    this.#write();
    for (; this.#hashed < this.#lines.length; this.#hashed += LINES_AT_A_TIME) {
      const lines = this.#lines.slice(this.#hashed, this.#hashed + LINES_AT_A_TIME);
      this.#hash.update(`${lines.join('\n')}\n`);
    }
    this.#hashed = this.#lines.length;
    return this.#hash.copy();
  }

  /** Writes the lines of the events that have none yet. */
  #write(): void {
    for (let n = this.#lines.length; n < this.#events.length; n++) {
      const line = JSON.stringify(this.#events[n]);
      // A text that was put together from pieces keeps them until somebody reads it, and they take as much again.
      line.charCodeAt(0);
      this.#lines.push(line);
    }
  }

  /** The trace as NDJSON: all of it, or from after the first `from` events up to the `to`th. */
  toNdjson(from = 0, to = this.#events.length): string {
    this.#write();
    const lines = this.#lines.slice(from, to);
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }
}
