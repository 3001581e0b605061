/**
 * The handset's one connection to its CRS: TLS-PSK, then SIP. It registers, asks for packages, and carries the signalling of
 * calls. It opens no connection to anything but the CRS of its configuration.
 */
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address, Attachment, SecureStream, StreamClose, StreamHandlers } from '../../network/fabric.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import {
  addressOf,
  newCallId,
  newTag,
  parseUri,
  telUri,
  withTag,
  type NameAddress,
  type SipRequest,
} from '../../network/sip/index.ts';
import type { PresharedKey } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { Conversation, type ConversationHandlers } from '../signalling/conversation.ts';
import { MONTH_TYPE } from '../signalling/packages.ts';

/** As whom to connect where, and who hears of opening, requests and the end. */
export interface SessionOptions {
  readonly ports: Ports;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly crs: Address;
  /** What it is opened with; one that is taken up is open. */
  readonly psk: PresharedKey | undefined;
  readonly number: TelNumber;
  /** Tells one phone of a user from another; the CRS logs it. */
  readonly instance: string;
  readonly owner: SessionOwner;
}

/** Who hears of a session. What is unreadable to it has been answered by then, as far as it can be. */
export interface SessionOwner {
  onSecured(session: Session): void;
  onClosed(session: Session, close: StreamClose): void;
  onRequest(session: Session, request: SipRequest): void;
}

/** A session that is open and at rest, as a plain value. */
export type SessionState = {
  /** The ends of its stream. */
  readonly local: { readonly host: string; readonly port: number };
  readonly remote: { readonly host: string; readonly port: number };
  /** The registration: the dialog that its renewals belong to, and the CSeq of the last of them. */
  readonly callId: string;
  readonly tag: string;
  readonly sequence: number;
};

/** One attempt to connect, and what comes of it; closed once, it is of no more use. */
export class Session implements StreamHandlers, ConversationHandlers, Kept<SessionState> {
  readonly #options: SessionOptions;
  readonly #stream: SecureStream;
  readonly #registration: { readonly callId: string; readonly tag: string };
  readonly conversation: Conversation;
  #sequence: number;

  constructor(options: SessionOptions, kept?: SessionState) {
    this.#options = options;
    const { ports, random, attachment } = options;
    this.#registration = kept ?? { callId: newCallId(random, attachment.host), tag: newTag(random) };
    this.#sequence = kept?.sequence ?? 0;
    this.#stream =
      kept === undefined ? connected(options, this) : attachment.claimSecure(kept.local, kept.remote, this);
    this.conversation = new Conversation(this.#stream, ports.clock, random, this);
  }

  /** For its stream. */
  onOpen(): void {
    this.#options.owner.onSecured(this);
  }

  /** For its stream. */
  onData(octets: Uint8Array): void {
    this.conversation.receive(octets);
  }

  /** For its stream. The owner first: requests that now get no answer ended with the session, not by themselves. */
  onClose(close: StreamClose): void {
    this.#options.owner.onClosed(this, close);
    this.conversation.ended();
  }

  /** For its conversation. */
  onRequest(request: SipRequest): void {
    this.#options.owner.onRequest(this, request);
  }

  /** For its conversation, which has answered what can be answered. */
  onUnreadable(): void {
    // Nobody else is to know of it.
  }

  /** At rest only: see {@link Conversation.unrest}. */
  save(): SessionState {
    const { callId, tag } = this.#registration;
    const { local, remote } = this.#stream;
    return {
      local: { host: local.host, port: local.port },
      remote: { host: remote.host, port: remote.port },
      callId,
      tag,
      sequence: this.#sequence,
    };
  }

  /** Whose session it is. */
  get number(): TelNumber {
    return this.#options.number;
  }

  /** What it was opened with. */
  get psk(): PresharedKey | undefined {
    return this.#options.psk;
  }

  /** This phone's own address, without a tag. */
  get self(): NameAddress {
    return addressOf(telUri(this.#options.number));
  }

  get contact(): NameAddress {
    return addressOf(parseUri(`sip:${this.#stream.local.host}:${this.#stream.local.port}`));
  }

  /** Registers, or renews. `done` gets the status, or undefined when no answer came. */
  register(seconds: number, done: (status: number | undefined) => void): void {
    const { crs, instance } = this.#options;
    const { callId, tag } = this.#registration;
    this.conversation.request(
      {
        method: 'REGISTER',
        uri: parseUri(`sip:${crs.host}`),
        from: withTag(this.self, tag),
        to: this.self,
        callId,
        sequence: ++this.#sequence,
        contact: this.contact,
        headers: [
          ['Expires', String(seconds)],
          ['User-Agent', `CCA/3 (instance ${instance})`],
        ],
      },
      (response) => done(response?.status),
    );
  }

  /** Asks for the package of a month. `done` gets its octets, or the status that refused it. */
  fetchPackage(
    period: Period,
    done: (answer: { readonly octets?: Uint8Array; readonly status: number | undefined }) => void,
  ): void {
    const { crs, random, attachment } = this.#options;
    const packages = parseUri(`sip:packages@${crs.host}`);
    this.conversation.request(
      {
        method: 'MESSAGE',
        uri: packages,
        from: withTag(this.self, newTag(random)),
        to: addressOf(packages),
        callId: newCallId(random, attachment.host),
        sequence: 1,
        body: { type: MONTH_TYPE, octets: new Uint8Array(Buffer.from(period, 'latin1')) },
      },
      (response) =>
        done(
          response?.status === 200 ? { octets: response.body, status: 200 } : { status: response?.status },
        ),
    );
  }

  close(): void {
    this.conversation.close();
  }
}

function connected({ ports, attachment, crs, psk }: SessionOptions, handlers: StreamHandlers): SecureStream {
  assert(psk !== undefined, 'a session is opened with a PSK');
  return attachment.connectSecure(
    crs,
    {
      identity: psk.identity,
      psk: psk.psk,
      encryptThenMac: ports.deployment['encrypt-then-mac'],
      extendedMasterSecret: ports.deployment['extended-master-secret'],
      keyExchange: ports.deployment['tls-key-exchange'],
    },
    handlers,
  );
}
