/**
 * The switchboard: calls between registered users. Each refusal has a status of RFC 3261 and a reason in the log; each call
 * that is put through has a relay of its own.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment } from '../../network/fabric.ts';
import { claimedSender, parseMessage, type TelNumber } from '../../network/mikey/index.ts';
import { cseqOf, fromOf, newTag, tagOf, toOf, type SipRequest } from '../../network/sip/index.ts';
import type { Ports } from '../ports.ts';
import type { Reason } from '../reason.ts';
import { offeredMessage } from '../signalling/session-description.ts';
import type { Note } from './audit-log.ts';
import { DriftingCalls } from './drifting-calls.ts';
import { RoutedCall } from './routed-call.ts';
import type { CrsSession } from './session.ts';

/** An offer on its way from caller to callee, as somebody in control of the server sees it. */
export interface PassingOffer {
  readonly from: TelNumber;
  readonly to: TelNumber;
  /** The session description with its I_MESSAGE. */
  readonly body: Uint8Array;
}

/** How a switchboard finds users, and where offers are kept. */
export interface SwitchboardOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly nameOf: (number: string) => string;
  /** Where a user is registered; undefined when they are not, `unknown` when there is no such user. */
  readonly find: (number: string) => CrsSession | 'unknown' | undefined;
  readonly note: Note;
  /** Keeps what came through, as a server's memory does. */
  readonly keep: (name: string, octets: Uint8Array) => void;
  readonly kept?: SwitchboardState | undefined;
}

/** Why a session is gone, as far as it matters to its calls. */
export type SessionEnd = 'blocked' | 'month ended' | 'otherwise';

/** A switchboard as a plain value, while there is no call and nobody tampers. */
export type SwitchboardState = {
  /** Calls that were ever put through: they are numbered. */
  readonly routed: number;
  /** Callers and callees whose calls vanish: two numbers with a blank between them. */
  readonly vanishing: readonly string[];
};

interface Problem {
  readonly reason: string;
  readonly code: Reason | null;
}

/** Takes INVITEs, refuses those that lie about their caller, and holds the calls that it connected. */
export class Switchboard implements Kept<SwitchboardState> {
  readonly #options: SwitchboardOptions;
  /** Calls of each session, oldest first: a session has few, and a server many. */
  readonly #callsOf = new Map<CrsSession, Set<RoutedCall>>();
  readonly #drifting: DriftingCalls;
  #calls = 0;
  #routed: number;
  readonly #vanishing: Set<string>;
  /** Set by an attacker who controls the server. */
  tamper: ((offer: PassingOffer) => Uint8Array) | undefined;

  constructor(options: SwitchboardOptions) {
    this.#options = options;
    this.#drifting = new DriftingCalls(options.ports.clock);
    this.#routed = options.kept?.routed ?? 0;
    this.#vanishing = new Set(options.kept?.vanishing);
  }

  save(): SwitchboardState {
    return { routed: this.#routed, vanishing: [...this.#vanishing] };
  }

  /** Whoever calls `to` from `from` is told to wait, and nothing more: neither of them, nor the log, is told why. */
  dropCalls(from: TelNumber, to: TelNumber): void {
    this.#vanishing.add(`${from} ${to}`);
  }

  /** Why it cannot be kept now. */
  get unrest(): string | undefined {
    return this.#calls > 0 || this.#drifting.size > 0 ? 'a call' : undefined;
  }

  /** Calls that are under way. */
  get calls(): number {
    return this.#calls;
  }

  /** An INVITE of a session's user. */
  route(session: CrsSession, invite: SipRequest): void {
    const { ports, device, random, nameOf, find, note, keep } = this.#options;
    const target = invite.uri.scheme === 'tel' ? invite.uri.number : '';
    const refuse = (status: number, reason: string, code: Reason | null = null): void => {
      ports.trace.append('crs.call-refused', device, {
        from: session.user,
        to: nameOf(target),
        host: session.remote,
        status,
        reason,
        code,
      });
      note('call refused', session.number, reason);
      session.conversation.respond(invite, status, { toTag: newTag(random) });
    };
    try {
      const problem = this.#problemWith(session, invite);
      if (problem !== undefined) return refuse(403, problem.reason, problem.code);
      if (tagOf(toOf(invite)) !== undefined) return this.#renew(session, invite);
      const callee = find(target);
      if (callee === 'unknown') return refuse(404, 'no such user', 'no-path');
      if (callee === undefined) return refuse(480, 'not registered', 'no-path');
      session.conversation.respond(invite, 100);
      if (this.#vanishing.has(`${session.number} ${callee.number}`)) return;
      keep(`call/${this.#routed + 1}`, invite.body);
      this.#connect(session, callee, invite);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      // What is not there, or cannot be read, is no I_MESSAGE.
      refuse(488, error.code, 'no-signalling');
    }
  }

  /** An INVITE within a call. */
  #renew(session: CrsSession, invite: SipRequest): void {
    const { ports, device, random, keep } = this.#options;
    const call = this.#callOf(session, invite);
    if (call === undefined) return session.conversation.respond(invite, 481, { toTag: newTag(random) });
    keep(`call/${call.number}/${session.number}/${cseqOf(invite).sequence}`, invite.body);
    call.renew(session, invite, ({ user: to }) => {
      ports.trace.append('crs.call-renewed', device, { call: call.number, from: session.user, to });
    });
  }

  /** Offers new keys to one end of a call, as somebody in control of the server; `done` gets undefined when there is no such call. */
  renewDirectly(
    session: CrsSession,
    from: TelNumber,
    offer: Uint8Array,
    done: (status: number | undefined) => void,
  ): void {
    const isIt = (call: RoutedCall): boolean => call.from === from || call.to === from;
    const call = [...(this.#callsOf.get(session) ?? [])].findLast(isIt);
    if (call === undefined) return done(undefined);
    call.renewDirectly(session.number, offer, done);
  }

  #callOf(session: CrsSession, request: SipRequest): RoutedCall | undefined {
    return [...(this.#callsOf.get(session) ?? [])].find((call) => call.owns(session, request));
  }

  /** BYE or CANCEL. */
  end(session: CrsSession, request: SipRequest): void {
    const call = this.#callOf(session, request);
    if (call !== undefined) return call.ended(session, request);
    session.conversation.respond(request, 481, { toTag: newTag(this.#options.random) });
  }

  /** A session is gone: its calls end, or wait for the phone where only the month is over. */
  lost(session: CrsSession, why: SessionEnd): void {
    for (const call of [...(this.#callsOf.get(session) ?? [])]) {
      if (why === 'month ended' && call.letDrift(session))
        this.#drifting.hold(call, session, () => call.lost(session, false));
      else call.lost(session, why === 'blocked');
    }
  }

  /** A phone has registered: calls that waited for it go on in this session. */
  cameIn(session: CrsSession): void {
    const { ports, device } = this.#options;
    for (const { call, left } of this.#drifting.claim(session)) {
      const goesOn = this.#callsOf.get(left)?.has(call) === true;
      if (goesOn) {
        this.#drop(call, left);
        this.#enter(call, session);
        ports.trace.append('crs.call-moved', device, { call: call.number, user: session.user });
      }
      call.moved(left, session);
    }
  }

  /** Calls that wait for somebody who may not come in any more end. */
  giveUp(isAffected: (number: TelNumber) => boolean, blocked: boolean): void {
    for (const { call, left } of this.#drifting.giveUp(isAffected)) call.lost(left, blocked);
  }

  /** Why the caller may not place this call. Errors: SIP_MEDIA_TYPE, SDP_*, MIKEY_* for an offer that cannot be read. */
  #problemWith(session: CrsSession, invite: SipRequest): Problem | undefined {
    const { ports, note } = this.#options;
    const from = fromOf(invite).uri;
    if (from.scheme !== 'tel' || from.number !== session.number)
      return { reason: 'From is not the user of this session', code: null };
    const signed = claimedSender(parseMessage(offeredMessage(invite)));
    const checked =
      ports.deployment['identity-check'] === 'required' && ports.rules.holds('crs.identity-check');
    if (!checked || signed === session.number) return undefined;
    note('signed identity differs', session.number, signed ?? 'none');
    return { reason: 'the signed identity is not the user of this session', code: 'identity-check' };
  }

  #connect(caller: CrsSession, callee: CrsSession, invite: SipRequest): void {
    const { ports, device, random, attachment, note } = this.#options;
    const call = new RoutedCall({
      number: ++this.#routed,
      ports,
      device,
      random,
      attachment,
      caller,
      callee,
      invite,
      note,
      offerFor: (body) => this.#offerFor({ from: caller.number, to: callee.number, body }),
      onEnded: (ended) => this.#release(ended),
    });
    this.#hold(call, [caller, callee]);
    ports.trace.append('crs.call-routed', device, { call: call.number, from: caller.user, to: callee.user });
    note('call routed', `${caller.number} ${callee.number}`, `call ${call.number}`);
    call.start();
  }

  #hold(call: RoutedCall, sessions: readonly CrsSession[]): void {
    this.#calls++;
    for (const session of sessions) this.#enter(call, session);
  }

  #release(call: RoutedCall): void {
    this.#calls--;
    for (const session of call.sessions) this.#drop(call, session);
  }

  #enter(call: RoutedCall, session: CrsSession): void {
    const calls = this.#callsOf.get(session);
    if (calls === undefined) this.#callsOf.set(session, new Set([call]));
    else calls.add(call);
  }

  #drop(call: RoutedCall, session: CrsSession): void {
    const calls = this.#callsOf.get(session);
    calls?.delete(call);
    if (calls?.size === 0) this.#callsOf.delete(session);
  }

  #offerFor(offer: PassingOffer): Uint8Array {
    const passed = this.tamper?.(offer) ?? offer.body;
    return this.#options.ports.rules.holds('crs.key-mgmt-untouched') ? passed : withBrokenKeyMessage(passed);
  }
}

/** The planted violation of `crs.key-mgmt-untouched`: one character of the base64 changes on the way. */
function withBrokenKeyMessage(body: Uint8Array): Uint8Array {
  const attribute = 'key-mgmt:mikey ';
  const text = toAscii(body);
  const at = text.indexOf(attribute) + attribute.length + 60;
  return fromAscii(`${text.slice(0, at)}${text.charAt(at) === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
}
