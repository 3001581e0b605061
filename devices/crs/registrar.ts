/**
 * Who is registered, and until when (RFC 3261 section 10.3). A user has one binding: a phone that registers takes the calls of the
 * one before. A binding that nobody renews ends, though its session may still be open: the phone may be off, or in a bag.
 */
import { SECOND, type Clock, type Micros, type TimerId } from '../../sim/clock.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import { formatAddress, type NameAddress } from '../../network/sip/index.ts';
import type { CrsSession } from './session.ts';

interface Binding {
  readonly session: CrsSession;
  readonly contact: NameAddress;
  readonly until: Micros;
  readonly timer: TimerId;
}

/** Seconds that a binding lives when its phone does not say. */
const BINDING_SECONDS_DEFAULT = 3_600;
/** The longest that a binding is granted, in seconds: a month and the days over which two months overlap. */
const BINDING_SECONDS_MAX = 35 * 86_400;

/** At most one binding for each number, with the time at which it ends by itself. */
export class Registrar {
  readonly #clock: Clock;
  readonly #onExpired: (session: CrsSession) => void;
  readonly #bindings = new Map<TelNumber, Binding>();

  constructor(clock: Clock, onExpired: (session: CrsSession) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  get numbers(): readonly TelNumber[] {
    return [...this.#bindings.keys()];
  }

  /** The session that takes a user's calls. */
  at(number: string): CrsSession | undefined {
    for (const [bound, { session }] of this.#bindings) if (bound === number) return session;
    return undefined;
  }

  /** Binds the user of a session to it. */
  bind(session: CrsSession, contact: NameAddress, seconds = BINDING_SECONDS_DEFAULT): void {
    const { number } = session;
    this.#end(number);
    const lifetime = Math.min(seconds, BINDING_SECONDS_MAX) * SECOND;
    const timer = this.#clock.schedule(lifetime, () => {
      this.#bindings.delete(number);
      this.#onExpired(session);
    });
    this.#bindings.set(number, { session, contact, until: this.#clock.now() + lifetime, timer });
  }

  /** Ends the binding to this session, if there is one; another session's stays. */
  unbind(session: CrsSession): void {
    if (this.#bindings.get(session.number)?.session === session) this.#end(session.number);
  }

  /** The value of Contact in an answer: the user's binding with the seconds that are left of it. */
  contactOf(number: TelNumber): string | undefined {
    const binding = this.#bindings.get(number);
    if (binding === undefined) return undefined;
    const left = String(Math.ceil((binding.until - this.#clock.now()) / SECOND));
    const { contact } = binding;
    return formatAddress({ ...contact, parameters: new Map(contact.parameters).set('expires', left) });
  }

  #end(number: TelNumber): void {
    const binding = this.#bindings.get(number);
    if (binding === undefined) return;
    this.#clock.cancel(binding.timer);
    this.#bindings.delete(number);
  }
}
