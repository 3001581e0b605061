/**
 * The exchange: the side of a rendezvous server that faces the network. It puts together who is let in, who is registered, who is
 * called and what is asked, and tells its administrator's side no more than it needs.
 */
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment } from '../../network/fabric.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import { addressOf, newCallId, newTag, SDP_TYPE, telUri, withTag } from '../../network/sip/index.ts';
import type { RealTimeClock } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import { Admission } from './admission.ts';
import { Allowance, type AllowanceState } from './allowance.ts';
import type { Note } from './audit-log.ts';
import type { Memory } from './memory.ts';
import { Registrar, type RegistrarState } from './registrar.ts';
import { Requests, type PackageTamper } from './requests.ts';
import type { CrsSession } from './session.ts';
import { MONTH_ENDED, Sessions, type SessionsState } from './sessions.ts';
import { Switchboard, type PassingOffer, type SwitchboardState } from './switchboard.ts';

/** Where an exchange stands, and what it knows of users and months. */
export interface ExchangeOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly clock: RealTimeClock;
  readonly memory: Memory;
  /** The name of a number's user, for the trace; the number itself when unknown. */
  readonly nameOf: (number: string) => string;
  /** The country that somebody comes from, where an address says so. */
  readonly countryOf: (host: string) => string | undefined;
  /** A user was tried in vain too often, where the deployment locks them out. */
  readonly lockOut: (number: TelNumber) => void;
  /** The month that it is at this server. */
  readonly period: () => Period;
  readonly kept?: ExchangeState | undefined;
}

/** An exchange as a plain value, while nothing is under way in it. */
export type ExchangeState = {
  readonly allowance: AllowanceState;
  readonly sessions: SessionsState;
  readonly registrar: RegistrarState;
  readonly switchboard: SwitchboardState;
};

/** Sessions, registrations and calls of one server. It takes nobody in before `listen`. */
export class Exchange implements Kept<ExchangeState> {
  readonly #options: ExchangeOptions;
  readonly #admission: Admission;
  readonly #allowance: Allowance;
  readonly #sessions: Sessions;
  readonly #registrar: Registrar;
  readonly #switchboard: Switchboard;
  readonly #requests: Requests;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { ports, clock, memory, period, kept } = options;
    const { accounts } = memory;
    const note: Note = (kind, subject, detail) => memory.note(kind, subject, detail);
    const shared = { ...options, accounts, note };
    this.#allowance = new Allowance({
      ...shared,
      cut: (session, reason) => this.#sessions.cut(session, reason),
      kept: kept?.allowance,
    });
    const allowance = this.#allowance;
    this.#admission = new Admission(ports, accounts, clock, (number) => allowance.isOpenTo(number));
    this.#sessions = new Sessions({
      ...shared,
      admission: this.#admission,
      allowance,
      unbind: (session) => this.#registrar.unbind(session),
      onRequest: (session, request) => this.#requests.answer(session, request),
      onEnded: (session, why) => this.#switchboard.lost(session, why),
      kept: kept?.sessions,
    });
    this.#registrar = this.#newRegistrar(note);
    this.#switchboard = new Switchboard({
      ...shared,
      find: (number) => this.#registrar.at(number) ?? (accounts.has(number) ? undefined : 'unknown'),
      keep: (record, octets) => {
        memory.disk.write(record, octets);
        memory.keepSoon();
      },
      kept: kept?.switchboard,
    });
    const { registrar, switchboard } = { registrar: this.#registrar, switchboard: this.#switchboard };
    this.#requests = new Requests({ ...shared, registrar, switchboard, period });
  }

  #newRegistrar(note: Note): Registrar {
    const { ports, device, kept } = this.#options;
    const open = new Map(this.#sessions.open.map((session) => [session.key, session]));
    return new Registrar({
      clock: ports.clock,
      device,
      onExpired: ({ user, number }) => {
        ports.trace.append('crs.registration-ended', device, { user, number, reason: 'not renewed' });
        note('registration ended', number, 'not renewed');
      },
      sessionOf: (key) => open.get(key),
      kept: kept?.registrar,
    });
  }

  save(): ExchangeState {
    return {
      allowance: this.#allowance.save(),
      sessions: this.#sessions.save(),
      registrar: this.#registrar.save(),
      switchboard: this.#switchboard.save(),
    };
  }

  /** Why it cannot be kept now; undefined when nothing is under way. */
  get unrest(): string | undefined {
    const { tamper, unrest } = this.#switchboard;
    if (unrest !== undefined) return unrest;
    if (
      tamper !== undefined ||
      this.#requests.packageTamper !== undefined ||
      this.#admission.letIn !== undefined
    )
      return 'somebody who tampers';
    return this.#sessions.unrest;
  }

  /** From now on phones may connect. */
  listen(): void {
    this.#sessions.listen();
  }

  /** Numbers that take calls now. */
  get registered(): readonly TelNumber[] {
    return this.#registrar.numbers;
  }

  /** How many calls are under way. */
  get calls(): number {
    return this.#switchboard.calls;
  }

  /** The sessions that are open now, of all users. */
  get sessions(): readonly CrsSession[] {
    return this.#sessions.open;
  }

  /** Ends the sessions of users, and calls that wait for them; `reason` is in the trace, and a blocked user's calls say so. */
  cut(isAffected: (number: TelNumber) => boolean, reason: string, blocked = false): void {
    for (const session of this.#sessions.open)
      if (isAffected(session.number)) this.#sessions.cut(session, reason, blocked);
    this.#switchboard.giveUp(isAffected, blocked);
  }

  /** Ends the sessions whose PSK is of a month that is over, where the deployment says so. */
  endMonth(): void {
    if (this.#options.ports.deployment['sessions-at-month-end'] === 'kept') return;
    for (const session of this.#sessions.open)
      if (!this.#admission.isInMonth(session.credential)) this.#sessions.cut(session, MONTH_ENDED);
  }

  /**
   * Invites a registered user straight from the server, as somebody in control of it can: any From, any offer. `done` gets the
   * first telling status (180 or later), or undefined when none came or the user is not registered. Ending the call is the
   * caller's business. `within` the call that the two are in it is an offer of new keys.
   */
  inviteDirectly(
    to: TelNumber,
    from: TelNumber,
    body: Uint8Array,
    done: (status: number | undefined) => void,
    within: 'no call' | 'the call' = 'no call',
  ): void {
    const session = this.#registrar.at(to);
    if (session === undefined) return done(undefined);
    if (within === 'the call') return this.#switchboard.renewDirectly(session, from, body, done);
    const { random, attachment } = this.#options;
    const callId = newCallId(random, attachment.host);
    const local = withTag(addressOf(telUri(from)), newTag(random));
    session.conversation.request(
      {
        method: 'INVITE',
        uri: telUri(to),
        from: local,
        to: addressOf(telUri(to)),
        callId,
        sequence: 1,
        contact: session.contact,
        body: { type: SDP_TYPE, octets: body },
      },
      (response) => {
        if (response === undefined || response.status >= 180) done(response?.status);
      },
    );
  }

  /** Calls from one number to another go nowhere from now on. */
  dropCalls(from: TelNumber, to: TelNumber): void {
    this.#switchboard.dropCalls(from, to);
  }

  /** Puts somebody in control of the server between its callers and callees; undefined takes them out again. */
  set tamper(tamper: ((offer: PassingOffer) => Uint8Array) | undefined) {
    this.#switchboard.tamper = tamper;
  }

  /** Whoever controls the server hands out what they like; undefined takes them out again. */
  set packageTamper(tamper: PackageTamper | undefined) {
    this.#requests.packageTamper = tamper;
  }

  /** Whoever controls the server lets in whom they like; undefined takes them out again. */
  set letIn(letIn: Admission['letIn']) {
    this.#admission.letIn = letIn;
  }
}
