/**
 * One call at one handset: its I_MESSAGE, its dialog, its media. It says what happens by callbacks; which of that is possible
 * when is the statechart's business.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import { Secret } from '../../sim/secret.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { DatagramSocket } from '../../network/fabric.ts';
import type { SessionKeys } from '../../network/mikey/index.ts';
import { silence } from '../../network/rtp/index.ts';
import {
  ackTo,
  addressOf,
  callIdOf,
  fromOf,
  newBranch,
  newCallId,
  newTag,
  remoteTargetOf,
  telUri,
  toOf,
  withTag,
  type NameAddress,
  type SipRequest,
  type SipResponse,
  type Uri,
} from '../../network/sip/index.ts';
import {
  answer,
  offer,
  readAnswer,
  type MediaEnd,
  type ReceivedAnswer,
  type ReceivedOffer,
} from '../signalling/session-description.ts';
import type { CallParty, CallPorts } from './call-party.ts';
import { reportQuality } from './call-quality.ts';
import { Media, type MediaOptions, type MediaReport } from './media.ts';

/** What the caller's phone is told of the call that it places. */
export interface CallProgress {
  onRinging(): void;
  onAnswered(): void;
  onRefused(status: number, reason: string): void;
}

/** What goes into the offer of a call. */
interface Offered {
  readonly iMessage: Uint8Array;
  /** The SSV in clear: the planted violation of `handset.keeps-ssv-to-itself`. */
  readonly leak: Uint8Array | undefined;
}

interface Dialog {
  readonly callId: string;
  readonly local: NameAddress;
  readonly remote: NameAddress;
  readonly target: Uri;
}

const ssrcOf = (random: RandomSource): number => random.below(0xffffffff) + 1;

/** From its INVITE to its end. Has one socket and, once it is connected, one stream each way. */
export class Call {
  readonly party: CallParty;
  readonly direction: 'incoming' | 'outgoing';
  readonly begun: Micros;
  readonly #call: CallPorts;
  readonly #socket: DatagramSocket;
  readonly #ssrc: number;
  readonly #localTag: string;
  #invite: SipRequest | undefined;
  #offer: ReceivedOffer | undefined;
  #dialog: Dialog | undefined;
  /** Where the peer receives, and whether it takes reports there. */
  #peerMedia: Pick<ReceivedAnswer, 'remote' | 'rtcpMux'> | undefined;
  /** The name of this end in its description and reports. */
  #cname = '';
  #media: Media | undefined;
  #connectedAt: Micros | undefined;
  #sequence = 1;
  #answered = false;

  private constructor(call: CallPorts, party: CallParty, direction: 'incoming' | 'outgoing') {
    this.#call = call;
    this.party = party;
    this.direction = direction;
    this.begun = call.ports.clock.now();
    this.#ssrc = ssrcOf(call.random);
    this.#localTag = newTag(call.random);
    this.#socket = call.attachment.openDatagram(0, (_from, octets) => this.#media?.receive(octets));
  }

  /** Invites the peer. */
  static place(call: CallPorts, party: CallParty, offered: Offered, progress: CallProgress): Call {
    const placed = new Call(call, party, 'outgoing');
    placed.#place(offered, progress);
    return placed;
  }

  /** Takes an INVITE whose I_MESSAGE was opened, and says that it rings. */
  static ring(call: CallPorts, party: CallParty, invite: SipRequest, received: ReceivedOffer): Call {
    const ringing = new Call(call, party, 'incoming');
    ringing.#invite = invite;
    ringing.#offer = received;
    ringing.#peerMedia = received;
    ringing.#dialog = {
      callId: callIdOf(invite),
      local: withTag(toOf(invite), ringing.#localTag),
      remote: fromOf(invite),
      target: remoteTargetOf(invite, fromOf(invite).uri),
    };
    call.session.conversation.respond(invite, 180, {
      toTag: ringing.#localTag,
      contact: call.session.contact,
    });
    return ringing;
  }

  /** Whether a request of the peer belongs to this call. */
  owns(request: SipRequest): boolean {
    return (
      callIdOf(request) ===
      (this.#dialog?.callId ?? (this.#invite === undefined ? undefined : callIdOf(this.#invite)))
    );
  }

  get #end(): MediaEnd {
    const { random, attachment } = this.#call;
    return { local: this.#socket.local, numbers: attachment.numbers, ssrc: this.#ssrc, random };
  }

  get connected(): boolean {
    return this.#connectedAt !== undefined;
  }

  answer(): void {
    const { session } = this.#call;
    if (this.#invite === undefined || this.#offer === undefined) return;
    this.#answered = true;
    const body = answer(this.#end, this.#offer);
    this.#cname = body.cname;
    session.conversation.respond(this.#invite, 200, {
      toTag: this.#localTag,
      contact: session.contact,
      body,
    });
  }

  /** Voice both ways from now on. `setupMs` counts from the INVITE. */
  startMedia(heard: Pick<MediaOptions, 'onConfirmed' | 'onOutOfStep'>): { readonly setupMs: number } {
    const { ports, random, device, user, talk, listen } = this.#call;
    const { sending, receiving, peerStart, policy, csb } = this.party;
    this.#connectedAt = ports.clock.now();
    const tekOf = (keys: SessionKeys): Secret => new Secret('TEK', `${csb} CS ${keys.csId}`, keys.tek);
    const keyed = (direction: 'send' | 'receive', keys: SessionKeys) =>
      ports.trace.append('srtp.keyed', device, {
        csb,
        user,
        direction,
        profile: policy.profile,
        tek: tekOf(keys),
      });
    keyed('send', sending);
    keyed('receive', receiving);
    const secrets = [tekOf(sending), tekOf(receiving)];
    ports.trace.append('custody.made', device, { secrets, from: null, to: device });
    if (this.#peerMedia !== undefined) {
      const { remote, rtcpMux } = this.#peerMedia;
      this.#media = new Media({
        ports,
        random,
        reportRandom: ports.random.stream(`handset:${device}:reports`),
        socket: this.#socket,
        remote,
        profile: policy.profile,
        sending,
        receiving,
        peerStart,
        talk: talk ?? silence,
        hear: listen?.(csb),
        ssrc: this.#ssrc,
        cname: rtcpMux ? this.#cname : undefined,
        ...heard,
      });
    }
    return { setupMs: Math.round((this.#connectedAt - this.begun) / MILLISECOND) };
  }

  /** Ends it, telling the peer if the peer does not know yet. Returns what the media came to. */
  end(tellPeer: boolean): MediaReport & { readonly seconds: number } {
    const report = this.#media?.stop(tellPeer) ?? {
      sent: 0,
      received: 0,
      tampered: 0,
      replayed: 0,
      outOfStep: 0,
      malformed: 0,
      lost: 0,
    };
    if (tellPeer) this.#tellPeer();
    reportQuality(this.#call, this.party, this.#media?.quality());
    this.#socket.close();
    const seconds =
      this.#connectedAt === undefined ? 0 : (this.#call.ports.clock.now() - this.#connectedAt) / SECOND;
    return { ...report, seconds: Math.round(seconds * 1000) / 1000 };
  }

  /** The peer hung up, or gave up. */
  acknowledgeEnd(request: SipRequest): void {
    const { conversation } = this.#call.session;
    conversation.respond(request, 200);
    // RFC 3261 9.2: a cancelled INVITE is answered too.
    if (request.method === 'CANCEL' && this.#invite !== undefined && !this.#answered) {
      conversation.respond(this.#invite, 487, { toTag: this.#localTag });
      this.#answered = true;
    }
  }

  #place({ iMessage, leak }: Offered, progress: CallProgress): void {
    const { session, random, attachment } = this.#call;
    const local = withTag(session.self, this.#localTag);
    const callId = newCallId(random, attachment.host);
    const body = offer(this.#end, iMessage, leak);
    this.#cname = body.cname;
    const invite = session.conversation.request(
      {
        method: 'INVITE',
        uri: telUri(this.party.peer),
        from: local,
        to: addressOf(telUri(this.party.peer)),
        callId,
        sequence: this.#sequence,
        contact: session.contact,
        body,
      },
      (response) => this.#progressed(invite, local, callId, response, progress),
    );
    this.#invite = invite;
  }

  #progressed(
    invite: SipRequest,
    local: NameAddress,
    callId: string,
    response: SipResponse | undefined,
    progress: CallProgress,
  ): void {
    if (response === undefined) return progress.onRefused(408, 'no answer came');
    if (response.status < 200) {
      if (response.status === 180) progress.onRinging();
      return;
    }
    this.#answered = true;
    const { session, random } = this.#call;
    session.conversation.send(ackTo(invite, response, newBranch(random)));
    if (response.status >= 300) return progress.onRefused(response.status, response.reason);
    this.#dialog = { callId, local, remote: toOf(response), target: remoteTargetOf(response, invite.uri) };
    try {
      this.#peerMedia = readAnswer(response, invite.body, this.#call.attachment.numbers);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      this.#tellPeer();
      return progress.onRefused(488, error.message);
    }
    progress.onAnswered();
  }

  #tellPeer(): void {
    const { session } = this.#call;
    const invite = this.#invite;
    if (invite !== undefined && !this.#answered) {
      if (this.direction === 'incoming') session.conversation.respond(invite, 486, { toTag: this.#localTag });
      else session.conversation.cancel(invite);
      this.#answered = true;
      return;
    }
    const dialog = this.#dialog;
    if (dialog === undefined) return;
    session.conversation.request(
      {
        method: 'BYE',
        uri: dialog.target,
        from: dialog.local,
        to: dialog.remote,
        callId: dialog.callId,
        sequence: ++this.#sequence,
      },
      () => undefined,
    );
  }
}
