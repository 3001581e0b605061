/**
 * The line: the one call that a phone can be in, from the number that was dialled or the INVITE that came in to the record in
 * its history. The statechart says when; what happens to the call it hears by events.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { SECOND, type Micros, type TimerId } from '../../sim/clock.ts';
import { Secret } from '../../sim/secret.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { Hear, Talk } from '../../network/rtp/index.ts';
import { newTag, type SipRequest } from '../../network/sip/index.ts';
import type { RealTimeClock } from '../hardware/index.ts';
import type { PhoneStorage } from '../media/index.ts';
import { Call } from './call.ts';
import type { CallPorts } from './call-party.ts';
import type { CallEnd, HandsetEvent } from './machine.ts';
import { Renewals, type RenewalOptions } from './renewals.ts';
import type { Session } from './session.ts';

/** What a line calls and is called with, and how it tells the statechart. */
export interface LineOptions extends RenewalOptions {
  readonly clock: RealTimeClock;
  readonly storage: PhoneStorage;
  /** What its user says; silence when there is none. */
  readonly talk: Talk | undefined;
  /** Attaches an ear to a call of this phone; nobody listens when there is none. */
  readonly listen: ((csb: string) => Hear) | undefined;
  readonly nextCall: (from: string, to: string) => string;
  /** The state of the line on the statechart. */
  readonly state: () => string;
  readonly send: (event: HandsetEvent) => void;
}

/** How long the caller's phone talks on when it asks for new keys, and the callee's, which leaves that to the other if it does the same. */
const REKEY: Micros = SECOND;
const REKEY_OF_CALLEE: Micros = 10 * SECOND;
/** By then the end of the call has reached the other phone. */
const REDIAL: Micros = SECOND;

/** At most one call at a time, with its history; a second caller finds it busy. Between calls there is nothing of it to be kept. */
export class Line {
  readonly #options: LineOptions;
  readonly #renewals: Renewals;
  #call: Call | undefined;
  #dialled: { readonly number: TelNumber; readonly talkFor: Micros | undefined } | undefined;
  #invited: { readonly call: Call; readonly mismatch: boolean; readonly shown: string } | undefined;
  /** Hangs up when all was said. */
  #goodbye: TimerId | undefined;
  /** Until when the call is to last. */
  #until: Micros | undefined;
  /** Calls again, with new keys. */
  #redial: TimerId | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#renewals = new Renewals(options);
  }

  /** What the screen says of it. */
  get screen(): readonly string[] {
    const { contacts, state } = this.#options;
    const lines: string[] = [];
    if (this.#invited !== undefined && state() === 'ringing') {
      lines.push(`incoming call from ${this.#invited.shown} (verified)`);
      if (this.#invited.mismatch) lines.push('WARNING: the network names another caller');
    }
    if (this.#call !== undefined) {
      const how = state() === 'inCall' ? 'in a secure call with' : 'call with';
      lines.push(`${how} ${contacts.nameOf(this.#call.party.peer)}`);
    }
    return lines;
  }

  /** Why the phone cannot be kept now; undefined when it has no call. */
  get unrest(): string | undefined {
    const isCalling = this.busy || this.#call !== undefined || this.#invited !== undefined;
    return isCalling || this.#redial !== undefined ? 'a call' : undefined;
  }

  /** Anything but idle: a call goes on, or is coming about. */
  get busy(): boolean {
    const state = this.#options.state();
    return state !== 'idle' && state !== 'none';
  }

  /** Whom the next {@link place} calls, and after how long it hangs up. */
  dial(number: TelNumber, talkFor: Micros | undefined): void {
    this.#dialled = { number, talkFor };
    this.#options.send({ type: 'DIAL' });
  }

  place(): void {
    const { ports, device, callKeys, service, nextCall, send, say } = this.#options;
    const dialled = this.#dialled;
    const { session } = service;
    const keys = dialled === undefined ? undefined : callKeys.seal(dialled.number);
    if (session === undefined || keys === undefined) return send({ type: 'CALL_REFUSED' });
    const { trace } = ports;
    const { party, iMessage } = keys;
    const { csb, from, to } = party;
    const call = nextCall(from, to);
    trace.append('handset.call-placed', device, {
      call,
      csb,
      from,
      to,
      toNumber: party.peer,
      octets: iMessage.length,
    });
    const placed = Call.place(this.#callPorts(session), party, keys, {
      onRinging: () => undefined,
      onAnswered: () => this.#of(placed, () => send({ type: 'ANSWERED' })),
      onRefused: (status, reason) =>
        this.#of(placed, () => {
          trace.append('handset.call-refused', device, { call, from, to, status, reason });
          say(`Call refused: ${status} ${reason}`);
          send({ type: 'CALL_REFUSED' });
        }),
    });
    this.#call = placed;
  }

  /** The call that came in is the phone's call from now on. */
  ring(): void {
    if (this.#invited !== undefined) this.#call = this.#invited.call;
  }

  answer(): void {
    this.#call?.answer();
  }

  renewKeys(): void {
    const call = this.#call;
    if (call !== undefined) this.#renewals.ask(call, () => this.#outOfStep(call));
  }

  /** Whether this phone has placed the call that it is in. */
  get isCaller(): boolean {
    return this.#call?.direction === 'outgoing';
  }

  /** The call goes on in the session that is open now. */
  move(): void {
    const { session } = this.#options.service;
    if (session !== undefined) this.#call?.move(session);
  }

  startMedia(): void {
    const { ports, device, user, contacts, send } = this.#options;
    const call = this.#call;
    if (call === undefined) return;
    const { csb, from, to, peer } = call.party;
    const { setupMs } = call.startMedia({
      onConfirmed: () =>
        void ports.trace.append('handset.call-secure', device, {
          csb,
          from,
          to,
          user,
          peer: contacts.nameOf(peer),
        }),
      onOutOfStep: () => this.#outOfStep(call),
    });
    ports.trace.append('handset.call-connected', device, { csb, from, to, setupMs });
    const talkFor = this.#dialled?.talkFor;
    if (call.direction === 'incoming' || talkFor === undefined) return;
    this.#until = ports.clock.now() + talkFor;
    this.#goodbye = ports.clock.schedule(talkFor, () => this.#of(call, () => send({ type: 'HANG_UP' })));
  }

  end(reason: CallEnd): void {
    const { ports, device, user, clock, storage } = this.#options;
    const call = this.#call;
    this.#call = undefined;
    this.#invited = undefined;
    this.#dialled = undefined;
    if (this.#goodbye !== undefined) ports.clock.cancel(this.#goodbye);
    this.#goodbye = undefined;
    this.#until = undefined;
    if (call === undefined) return;
    const { csb, from, to, peer, ssv } = call.party;
    const peerKnows =
      reason === 'peer-hung-up' ||
      reason === 'session-lost' ||
      (reason === 'cancelled' && call.direction === 'incoming');
    const report = call.end(!peerKnows);
    if (storage.settings() !== undefined) {
      const lastedMs = Math.round(report.seconds * 1000);
      storage.addCall({
        peer,
        direction: call.direction,
        begunUnixMs: clock.unixMs() - lastedMs,
        lastedMs,
        ...(this.#keepsSsv ? { ssv } : {}),
      });
      if (this.#keepsSsv)
        ports.trace.append('custody.stored', device, {
          secrets: [new Secret('SSV', csb, ssv)],
          from: device,
          to: device,
        });
    }
    ports.trace.append('handset.call-ended', device, { csb, from, to, user, reason, ...report });
  }

  /** Nothing of the peer can be opened any more, whatever comes. */
  #outOfStep(call: Call): void {
    const { ports, device, user, contacts, say } = this.#options;
    const { csb, from, to, peer } = call.party;
    const rekeys = ports.deployment['rekey-after-hole'];
    ports.trace.append('handset.out-of-step', device, { csb, from, to, user, rekeys });
    say(`${contacts.nameOf(peer)} cannot be heard any more: too much of the call was lost.`);
    if (!rekeys) return;
    const wait = call.direction === 'outgoing' ? REKEY : REKEY_OF_CALLEE;
    ports.clock.schedule(wait, () => this.#of(call, () => this.#callAgain(peer)));
  }

  /** A new call has new keys at both ends, and streams of which neither has missed anything. */
  #callAgain(peer: TelNumber): void {
    const { ports, state, send } = this.#options;
    const until = this.#until;
    send({ type: 'HANG_UP' });
    this.#redial = ports.clock.schedule(REDIAL, () => {
      this.#redial = undefined;
      const left = until === undefined ? undefined : Math.max(SECOND, until - ports.clock.now());
      if (state() === 'idle') this.dial(peer, left);
    });
  }

  /** A request of the CRS in the phone's session. */
  request(request: SipRequest): void {
    const { random, service, send } = this.#options;
    const refuse = (status: number) =>
      service.session?.conversation.respond(request, status, { toTag: newTag(random) });
    switch (request.method) {
      case 'INVITE':
        return this.#invite(request);
      case 'ACK':
        return this.#call?.acknowledged(request);
      case 'BYE':
      case 'CANCEL':
        if (this.#call?.owns(request) === true) {
          this.#call.acknowledgeEnd(request);
          send({ type: request.method === 'BYE' ? 'PEER_HUNG_UP' : 'CANCELLED' });
        } else refuse(481);
        return;
      default:
        refuse(405);
    }
  }

  #invite(invite: SipRequest): void {
    const { ports, device, user, random, contacts, callKeys, service, state, send } = this.#options;
    const { session } = service;
    if (session === undefined) return;
    const call = this.#call;
    if (call?.owns(invite) === true) return this.#renewals.answer(call, invite, () => this.#outOfStep(call));
    const refuse = (status: number) =>
      session.conversation.respond(invite, status, { toTag: newTag(random) });
    if (state() !== 'idle') return refuse(486);
    try {
      const { party, received, shown, header, mismatch } = callKeys.open(
        invite,
        this.#options.attachment.numbers,
      );
      const { csb, from, to } = party;
      this.#invited = { call: Call.ring(this.#callPorts(session), party, invite, received), mismatch, shown };
      ports.trace.append('handset.ringing', device, { csb, from, to, shown, header, mismatch });
      send({ type: 'INVITED' });
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      const { code } = error;
      const claimed = contacts.nameOf(callKeys.claimedBy(invite));
      if (code === 'SDP_KEY_MGMT_MISSING' && !ports.rules.holds('handset.wants-key-management')) {
        // The planted violation: it rings, and whoever picks up talks in clear.
        const shown = { shown: claimed, header: claimed, mismatch: false };
        ports.trace.append('handset.ringing', device, { csb: '', from: claimed, to: user, ...shown });
        return refuse(180);
      }
      this.#renewals.tell(invite, error);
      refuse(488);
    }
  }

  get #keepsSsv(): boolean {
    const { deployment, rules } = this.#options.ports;
    return deployment['keep-ssv'] || !rules.holds('handset.forgets-ssv');
  }

  #callPorts(session: Session): CallPorts {
    const { ports, device, user, random, attachment, talk, listen } = this.#options;
    return { ports, device, user, random, attachment, session, talk, listen };
  }

  /** What a call says after it ended concerns nobody. */
  #of(call: Call, action: () => void): void {
    if (this.#call === call) action();
  }
}
