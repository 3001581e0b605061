/**
 * One call through the server: a dialog with each handset and a relay between them. Only transport addresses change on the
 * way (RFC 3264; clause para-12); the I_MESSAGE passes as it came, unless somebody in control of the server tampers with it.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address, Attachment } from '../../network/fabric.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import {
  ackTo,
  callIdOf,
  newBranch,
  newTag,
  remoteTargetOf,
  SDP_TYPE,
  sdpBodyOf,
  toOf,
  type SipRequest,
  type SipResponse,
} from '../../network/sip/index.ts';
import type { Ports } from '../ports.ts';
import { Statechart } from '../statechart.ts';
import { readAnswer, readOffer } from '../signalling/session-description.ts';
import { routedCallMachine, type RoutedCallBody, type RoutedCallEnd } from './machine.ts';
import type { Note } from './audit-log.ts';
import { hangUpOn, inviteWithin, legOfCallee, legOfCaller, passRenewal, type Leg } from './call-leg.ts';
import { Relay, throughRelay } from './relay.ts';
import type { CrsSession } from './session.ts';

const NO_ANSWER = 90 * SECOND;

/** Two sessions, the INVITE that joins them, and where the call says what became of it. */
export interface RoutedCallOptions {
  readonly number: number;
  readonly ports: Ports;
  readonly device: string;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly caller: CrsSession;
  readonly callee: CrsSession;
  readonly invite: SipRequest;
  /** Body of the offer as it goes on to the callee; the same octets unless the server is in wrong hands. */
  offerFor(body: Uint8Array): Uint8Array;
  readonly note: Note;
  onEnded(call: RoutedCall): void;
}

/** Both legs of one call and its relay. It lives until both ends have been told that it is over. */
export class RoutedCall implements RoutedCallBody {
  readonly number: number;
  readonly from: TelNumber;
  readonly to: TelNumber;
  readonly #options: RoutedCallOptions;
  readonly #relay: Relay;
  readonly #chart: Statechart<typeof routedCallMachine>;
  readonly #callerLeg: Leg;
  readonly #calleeLeg: Leg;
  #calleeInvite: SipRequest | undefined;
  #answer: SipResponse | undefined;
  #refusal = 480;
  #isRenewing = false;

  /** Errors: SIP_MEDIA_TYPE, SDP_* for an offer that cannot be read. */
  constructor(options: RoutedCallOptions) {
    const { invite, caller, callee, attachment, random } = options;
    const { remote } = readOffer(invite, attachment.numbers);
    this.#options = options;
    this.number = options.number;
    this.from = caller.number;
    this.to = callee.number;
    this.#relay = new Relay(attachment, ({ host }) => options.note('stray packet', 'relay', `from ${host}`));
    this.#relay.setCaller(remote);
    this.#callerLeg = legOfCaller(invite, { session: caller, media: this.#relay.callerSide, random });
    const ends = { session: callee, media: this.#relay.calleeSide, random };
    this.#calleeLeg = legOfCallee(this.#shownCaller(), attachment.host, ends);
    this.#chart = new Statechart(routedCallMachine, {
      clock: options.ports.clock,
      name: `${options.device}:call-${options.number}`,
      input: { body: this, noAnswerMs: NO_ANSWER / MILLISECOND },
    });
  }

  start(): void {
    this.#chart.start();
  }

  /** Whether a request that came on `session` is of this call. */
  owns(session: CrsSession, request: SipRequest): boolean {
    return this.#legs.some((leg) => leg.session === session && leg.callId === callIdOf(request));
  }

  /** BYE or CANCEL of one side. One that comes too early or too late for it changes nothing (RFC 3261 9.2, 15.1.2). */
  ended(session: CrsSession, request: SipRequest): void {
    const byCaller = this.#isOfCaller(session, request);
    const cancels = request.method === 'CANCEL';
    const event = cancels ? 'CALLER_CANCELS' : byCaller ? 'CALLER_HANGS_UP' : 'CALLEE_HANGS_UP';
    if ((cancels && !byCaller) || !this.#chart.can({ type: event }))
      return session.conversation.respond(request, 481, { toTag: newTag(this.#options.random) });
    session.conversation.respond(request, 200);
    (byCaller ? this.#callerLeg : this.#calleeLeg).told = true;
    if (cancels) this.#respondToCaller(487);
    this.#chart.send({ type: event });
  }

  /** New keys that one side offers the other. One offer at a time, and only once the call was answered: otherwise 491 (RFC 3261 14.2). */
  renew(session: CrsSession, invite: SipRequest, onTaken: (by: CrsSession) => void): void {
    const { random, attachment } = this.#options;
    const [asker, asked] = this.#isOfCaller(session, invite)
      ? [this.#callerLeg, this.#calleeLeg]
      : [this.#calleeLeg, this.#callerLeg];
    if (this.#isRenewing || asked.adrift || !this.#isConnected)
      return session.conversation.respond(invite, 491);
    this.#isRenewing = true;
    const offer = this.#relayed(this.#options.offerFor(sdpBodyOf(invite) ?? new Uint8Array(0)), asked.media);
    passRenewal({
      ...{ asker, asked, invite, random, offer },
      answerFor: (response, sent) => {
        readAnswer(response, sent.body, attachment.numbers);
        return this.#relayed(response.body, asker.media);
      },
      onOver: (taken) => {
        this.#isRenewing = false;
        if (taken) onTaken(asked.session);
      },
    });
  }

  /** Offers new keys to the phone of one side, as somebody in control of the server; `done` gets the status. */
  renewDirectly(to: TelNumber, offer: Uint8Array, done: (status: number | undefined) => void): void {
    const leg = to === this.to ? this.#calleeLeg : this.#callerLeg;
    inviteWithin(leg, offer, this.#options.random, (response) => done(response?.status));
  }

  /** The sessions that it runs over now. */
  get sessions(): readonly CrsSession[] {
    return this.#legs.map(({ session }) => session);
  }

  /** A session of the call was cut, and its phone may come in again. False where there is nothing yet that could go on without it. */
  letDrift(session: CrsSession): boolean {
    if (!this.#isConnected) return false;
    for (const leg of this.#over(session)) leg.adrift = true;
    return true;
  }

  /** The phone of a leg has come in again; if the call is over by now, it is told. */
  moved(left: CrsSession, session: CrsSession): void {
    for (const leg of this.#over(left)) [leg.session, leg.adrift] = [session, false];
    if (this.#chart.done) this.endBoth();
  }

  /** A session of the call is gone, or its user was blocked. */
  lost(session: CrsSession, blocked: boolean): void {
    for (const leg of this.#over(session)) leg.told = true;
    this.#chart.send({ type: blocked ? 'BLOCKED' : 'SESSION_ENDED' });
  }

  // What the statechart makes it do.

  inviteCallee(): void {
    const { invite, callee, random } = this.#options;
    const offer = this.#relayed(
      this.#options.offerFor(sdpBodyOf(invite) ?? new Uint8Array(0)),
      this.#relay.calleeSide,
    );
    const leg = this.#calleeLeg;
    const sent = callee.conversation.request(
      {
        method: 'INVITE',
        uri: leg.target,
        from: leg.local,
        to: leg.remote,
        callId: leg.callId,
        sequence: 1,
        contact: callee.contact,
        body: { type: SDP_TYPE, octets: offer },
      },
      (response) => this.#calleeAnswered(sent, response, random),
    );
    this.#calleeInvite = sent;
  }

  passRinging(): void {
    this.#respondToCaller(180);
  }

  passAnswer(): void {
    const { ports, device, caller, callee } = this.#options;
    const answer = this.#answer;
    if (answer === undefined) return;
    caller.conversation.respond(this.#options.invite, 200, {
      toTag: this.#callerTag,
      contact: caller.contact,
      body: { type: SDP_TYPE, octets: this.#relayed(answer.body, this.#relay.callerSide) },
    });
    ports.trace.append('crs.call-connected', device, {
      call: this.number,
      from: caller.user,
      to: callee.user,
    });
  }

  refuseCaller(): void {
    if (this.#callerLeg.told) return;
    this.#callerLeg.told = true;
    this.#respondToCaller(this.#refusal);
  }

  cancelCallee(): void {
    if (this.#calleeInvite === undefined || this.#calleeLeg.told) return;
    this.#calleeLeg.told = true;
    this.#calleeLeg.session.conversation.cancel(this.#calleeInvite);
  }

  endBoth(): void {
    for (const leg of this.#legs) if (!leg.told && !leg.adrift) hangUpOn(leg);
  }

  release(reason: RoutedCallEnd): void {
    const { ports, device, caller, callee } = this.#options;
    const { fromCaller, fromCallee, strays } = this.#relay.counters;
    this.#relay.close();
    const ends = { from: caller.user, to: callee.user };
    const data = { call: this.number, ...ends, reason, relayed: fromCaller + fromCallee, strays };
    ports.trace.append('crs.call-ended', device, data);
    this.#options.onEnded(this);
  }

  #isOfCaller(session: CrsSession, request: SipRequest): boolean {
    return session === this.#callerLeg.session && callIdOf(request) === this.#callerLeg.callId;
  }

  /** Only then can either side hang up. */
  get #isConnected(): boolean {
    return this.#chart.can({ type: 'CALLEE_HANGS_UP' });
  }

  get #legs(): readonly Leg[] {
    return [this.#callerLeg, this.#calleeLeg];
  }

  #over(session: CrsSession): readonly Leg[] {
    return this.#legs.filter((leg) => leg.session === session);
  }

  get #callerTag(): string {
    return this.#callerLeg.local.parameters.get('tag') ?? '';
  }

  /** The description with the relay's address in place of the peer's. */
  #relayed(body: Uint8Array, relay: Address): Uint8Array {
    const { ports, attachment } = this.#options;
    if (!ports.rules.holds('crs.relays-media')) return body;
    return throughRelay(body, relay, attachment.numbers);
  }

  /** The user of the caller's session; the callee's own number where `crs.names-the-caller` is broken. */
  #shownCaller(): TelNumber {
    const { ports, caller, callee } = this.#options;
    return ports.rules.holds('crs.names-the-caller') ? caller.number : callee.number;
  }

  #respondToCaller(status: number): void {
    this.#options.caller.conversation.respond(this.#options.invite, status, { toTag: this.#callerTag });
  }

  #calleeAnswered(invite: SipRequest, response: SipResponse | undefined, random: RandomSource): void {
    if (response === undefined) {
      this.#refusal = 408;
      this.#calleeLeg.told = true;
      this.#chart.send({ type: 'CALLEE_REFUSES' });
      return;
    }
    if (response.status < 200) {
      if (response.status === 180) this.#chart.send({ type: 'CALLEE_RINGS' });
      return;
    }
    const leg = this.#calleeLeg;
    leg.session.conversation.send(ackTo(invite, response, newBranch(random)));
    if (response.status >= 300) {
      this.#refusal = response.status;
      leg.told = true;
      this.#chart.send({ type: 'CALLEE_REFUSES' });
      return;
    }
    leg.remote = toOf(response);
    leg.target = remoteTargetOf(response, leg.target);
    try {
      this.#relay.setCallee(readAnswer(response, invite.body, this.#options.attachment.numbers).remote);
      this.#answer = response;
      this.#chart.send({ type: 'CALLEE_ANSWERS' });
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      this.#refusal = 488;
      this.endBoth();
      this.#chart.send({ type: 'CALLEE_REFUSES' });
    }
  }
}
