/** One TLS session of a user with the server, and the SIP conversation in it. */
import type { Clock } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { CalldrillError } from '../../sim/errors.ts';
import type { Stream, StreamClose, StreamHandlers } from '../../network/fabric.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import { addressOf, parseUri, type NameAddress, type SipRequest } from '../../network/sip/index.ts';
import { Conversation, type ConversationHandlers } from '../signalling/conversation.ts';
import type { CrsCredential } from './credential.ts';

/** A session as a plain value, while its conversation is at rest. Its two ends name the stream that it runs over. */
export type CrsSessionState = {
  readonly local: { readonly host: string; readonly port: number };
  readonly remote: { readonly host: string; readonly port: number };
  readonly credential: CrsCredential;
  readonly user: string;
  readonly instance: string | undefined;
  readonly overstepped: number;
};

/** Who came in, over which stream, and who hears what they say. */
export interface CrsSessionOptions {
  readonly stream: Stream;
  readonly credential: CrsCredential;
  /** The user as the scenario names them, for the trace. */
  readonly user: string;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly owner: CrsSessionOwner;
  readonly kept?: CrsSessionState | undefined;
}

/** Who hears what is said in a session, and that it is over. */
export interface CrsSessionOwner {
  onRequest(session: CrsSession, request: SipRequest): void;
  onUnreadable(session: CrsSession, error: CalldrillError): void;
  onClosed(session: CrsSession, close: StreamClose): void;
}

/** Who came in, by which credential, and the way to say something to them. */
export class CrsSession implements StreamHandlers, ConversationHandlers, Kept<CrsSessionState> {
  readonly credential: CrsCredential;
  readonly user: string;
  readonly conversation: Conversation;
  readonly #stream: Stream;
  readonly #owner: CrsSessionOwner;
  /** Which phone of the user it is, once registered. */
  instance: string | undefined;
  /** Messages that were more than its user may send. */
  overstepped: number;

  constructor({ stream, credential, user, clock, random, owner, kept }: CrsSessionOptions) {
    this.#stream = stream;
    this.#owner = owner;
    this.credential = credential;
    this.user = user;
    this.conversation = new Conversation(stream, clock, random, this);
    this.instance = kept?.instance;
    this.overstepped = kept?.overstepped ?? 0;
  }

  /** For its stream. */
  onData(octets: Uint8Array): void {
    this.conversation.receive(octets);
  }

  /** For its stream. */
  onClose(close: StreamClose): void {
    this.conversation.ended();
    this.#owner.onClosed(this, close);
  }

  /** For its conversation. */
  onRequest(request: SipRequest): void {
    this.#owner.onRequest(this, request);
  }

  /** For its conversation. */
  onUnreadable(error: CalldrillError): void {
    this.#owner.onUnreadable(this, error);
  }

  get number(): TelNumber {
    return this.credential.number;
  }

  /** Tells it from every other session of its server that is open: the address at the other end. */
  get key(): string {
    const { host, port } = this.#stream.remote;
    return `${host}:${port}`;
  }

  /** Host at the other end. */
  get remote(): string {
    return this.#stream.remote.host;
  }

  /** The server's address in this session. */
  get contact(): NameAddress {
    return addressOf(parseUri(`sip:${this.#stream.local.host}:${this.#stream.local.port}`));
  }

  save(): CrsSessionState {
    const { credential, user, instance, overstepped } = this;
    const { local, remote } = this.#stream;
    return { local: { ...local }, remote: { ...remote }, credential, user, instance, overstepped };
  }

  /** Ends it at once, and tells nobody on this side. */
  cut(): void {
    this.conversation.ended();
    this.#stream.reset();
  }
}
