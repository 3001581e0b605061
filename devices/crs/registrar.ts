/**
 * Who is registered, and until when (RFC 3261 section 10.3). A user has one binding: a phone that registers takes the calls of the
 * one before. A binding that nobody renews ends, though its session may still be open: the phone may be off, or in a bag.
 */
import { SECOND, type Clock, type Micros, type TimerId, type TimerOwner } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept, KeptValue } from '../../sim/kept.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import { formatAddress, parseAddress, type NameAddress } from '../../network/sip/index.ts';
import type { CrsSession } from './session.ts';

interface Binding {
  readonly session: CrsSession;
  readonly contact: NameAddress;
  readonly until: Micros;
  readonly timer: TimerId;
}

/** A registrar as a plain value: its bindings, the one that was renewed longest ago first. Their timers are the clock's. */
export type RegistrarState = readonly {
  /** The key of its session. */
  readonly session: string;
  /** As it is written in a Contact. */
  readonly contact: string;
  readonly until: Micros;
}[];

/** What a registrar is named by, and whom it tells. */
export interface RegistrarOptions {
  readonly clock: Clock;
  /** The server. */
  readonly device: string;
  /** Nobody renewed the binding of this session. */
  readonly onExpired: (session: CrsSession) => void;
  /** Finds the sessions of what was kept. */
  readonly sessionOf: (key: string) => CrsSession | undefined;
  readonly kept?: RegistrarState | undefined;
}

/** Seconds that a binding lives when its phone does not say. */
const BINDING_SECONDS_DEFAULT = 3_600;
/** The longest that a binding is granted, in seconds: a month and the days over which two months overlap. */
const BINDING_SECONDS_MAX = 35 * 86_400;

const EXPIRE = 'expire';

/** At most one binding for each number, with the time at which it ends by itself. */
export class Registrar implements TimerOwner, Kept<RegistrarState> {
  readonly timerName: string;
  readonly #clock: Clock;
  readonly #onExpired: (session: CrsSession) => void;
  /** By number. */
  readonly #bindings = new Map<string, Binding>();

  constructor({ clock, device, onExpired, sessionOf, kept = [] }: RegistrarOptions) {
    this.timerName = `crs:${device}:registrar`;
    this.#clock = clock;
    this.#onExpired = onExpired;
    const timers = new Map(clock.claim(this).map(({ id, data }) => [data, id]));
    for (const { session: key, contact, until } of kept) {
      const session = sessionOf(key);
      assert(session !== undefined, 'the session of a binding is kept with it');
      const timer = timers.get(session.number);
      assert(timer !== undefined, 'the timer of a binding is kept with it');
      this.#bindings.set(session.number, { session, contact: parseAddress(contact), until, timer });
    }
  }

  get numbers(): readonly TelNumber[] {
    return [...this.#bindings.values()].map(({ session }) => session.number);
  }

  /** The session that takes a user's calls. */
  at(number: string): CrsSession | undefined {
    return this.#bindings.get(number)?.session;
  }

  /** Binds the user of a session to it. */
  bind(session: CrsSession, contact: NameAddress, seconds = BINDING_SECONDS_DEFAULT): void {
    const { number } = session;
    this.#end(number);
    const lifetime = Math.min(seconds, BINDING_SECONDS_MAX) * SECOND;
    const timer = this.#clock.arm(lifetime, this, EXPIRE, number);
    this.#bindings.set(number, { session, contact, until: this.#clock.now() + lifetime, timer });
  }

  /** Ends the binding to this session, if there is one; another session's stays. */
  unbind(session: CrsSession): void {
    if (this.at(session.number) === session) this.#end(session.number);
  }

  /** The value of Contact in an answer: the user's binding with the seconds that are left of it. */
  contactOf(number: string): string | undefined {
    const binding = this.#bindings.get(number);
    if (binding === undefined) return undefined;
    const left = String(Math.ceil((binding.until - this.#clock.now()) / SECOND));
    const { contact } = binding;
    return formatAddress({ ...contact, parameters: new Map(contact.parameters).set('expires', left) });
  }

  save(): RegistrarState {
    return [...this.#bindings.values()].map(({ session, contact, until }) => ({
      session: session.key,
      contact: formatAddress(contact),
      until,
    }));
  }

  timerFired(_action: string, number: KeptValue): void {
    assert(typeof number === 'string', 'the timer of a binding says whose it is');
    const session = this.at(number);
    assert(session !== undefined, 'a binding that ends cancels its timer');
    this.#bindings.delete(number);
    this.#onExpired(session);
  }

  #end(number: string): void {
    const binding = this.#bindings.get(number);
    if (binding === undefined) return;
    this.#clock.cancel(binding.timer);
    this.#bindings.delete(number);
  }
}
