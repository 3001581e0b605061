/**
 * One call at one handset: its I_MESSAGE, its dialog, its media. It says what happens by callbacks; which of that is possible
 * when is the statechart's business.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { DatagramSocket } from '../../network/fabric.ts';
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
import { CallMedia } from './call-media.ts';
import type { CallParty, CallPorts, CallProgress, Offered, Renewed, RenewalTaken } from './call-party.ts';
import { reportQuality } from './call-quality.ts';
import type { MediaHeard, MediaReport } from './media.ts';
import type { Session } from './session.ts';

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
  #call: CallPorts;
  readonly #socket: DatagramSocket;
  #ssrc: number;
  readonly #localTag: string;
  #invite: SipRequest | undefined;
  #offer: ReceivedOffer | undefined;
  #dialog: Dialog | undefined;
  /** Where the peer receives, and whether it takes reports there. */
  #peerMedia: Pick<ReceivedAnswer, 'remote' | 'rtcpMux'> | undefined;
  /** The name of this end in its description and reports. */
  #cname = '';
  readonly #media: CallMedia;
  #isRenewing = false;
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
    this.#socket = call.attachment.openDatagram(0, (_from, octets) => this.#media.receive(octets));
    this.#media = new CallMedia(call, this.#socket);
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
  startMedia(heard: MediaHeard): { readonly setupMs: number } {
    this.#connectedAt = this.#call.ports.clock.now();
    this.#prepare(this.party, heard);
    this.#media.begin();
    return { setupMs: Math.round((this.#connectedAt - this.begun) / MILLISECOND) };
  }

  /** From now on it is signalled in another session; the dialog stays what it is. */
  move(session: Session): void {
    this.#call = { ...this.#call, session };
    const { ports, device, user } = this.#call;
    const { csb, from, to } = this.party;
    ports.trace.append('handset.call-moved', device, { csb, from, to, user });
  }

  /** New keys, offered within the call (RFC 3261 14.1). It goes on under the old ones until the peer has taken them, or for good when it refuses. */
  renew(
    { party, iMessage }: Pick<Offered, 'iMessage'> & { readonly party: CallParty },
    renewed: Renewed,
  ): void {
    const { session, random } = this.#call;
    const dialog = this.#dialog;
    if (dialog === undefined || this.#isRenewing) return renewed.onRefused(491);
    this.#isRenewing = true;
    const ssrc = ssrcOf(random);
    const body = offer({ ...this.#end, ssrc }, iMessage);
    const { callId, local: from, remote: to, target: uri } = dialog;
    const parts = { method: 'INVITE', uri, from, to, callId, contact: session.contact, body } as const;
    const invite = session.conversation.request({ ...parts, sequence: ++this.#sequence }, (response) => {
      if (response !== undefined && response.status < 200) return;
      this.#isRenewing = false;
      if (response === undefined) return renewed.onRefused(408);
      session.conversation.send(ackTo(invite, response, newBranch(random)));
      if (response.status >= 300) return renewed.onRefused(response.status);
      this.#peerMedia = readAnswer(response, invite.body, this.#call.attachment.numbers);
      [this.#ssrc, this.#cname] = [ssrc, body.cname];
      this.#prepare(party, renewed.heard);
      this.#media.begin();
      renewed.onTaken();
    });
  }

  /** Takes the new keys that the peer offers. It speaks under them when the peer has heard of that. */
  takeRenewal(invite: SipRequest, { party, received }: RenewalTaken, heard: MediaHeard): void {
    const { session, random } = this.#call;
    this.#ssrc = ssrcOf(random);
    this.#peerMedia = received;
    const body = answer(this.#end, received);
    this.#cname = body.cname;
    this.#prepare(party, heard);
    session.conversation.respond(invite, 200, { contact: session.contact, body });
  }

  /** The peer has heard that its new keys are taken; or that the call was answered, which changes nothing. */
  acknowledged(ack: SipRequest): void {
    if (this.owns(ack)) this.#media.begin();
  }

  #prepare(party: CallParty, heard: MediaHeard): void {
    const peer = this.#peerMedia;
    if (peer === undefined) return;
    this.#media.prepare({ call: this.party.csb, party, peer, ssrc: this.#ssrc, cname: this.#cname, heard });
  }

  /** Ends it, telling the peer if the peer does not know yet. Returns what the media came to. */
  end(tellPeer: boolean): MediaReport & { readonly seconds: number } {
    const report = this.#media.stop(tellPeer);
    if (tellPeer) this.#tellPeer();
    reportQuality(this.#call, this.party, this.#media.quality());
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
