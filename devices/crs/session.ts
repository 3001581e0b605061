/** One TLS session of a user with the server, and the SIP conversation in it. */
import type { Clock } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { SecureStream } from '../../network/fabric.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import { addressOf, parseUri, type NameAddress } from '../../network/sip/index.ts';
import { Conversation, type ConversationHandlers } from '../signalling/conversation.ts';
import type { CrsCredential } from './accounts.ts';

/** Who came in, by which credential, and the way to say something to them. */
export class CrsSession {
  readonly credential: CrsCredential;
  /** The user as the scenario names them, for the trace. */
  readonly user: string;
  readonly conversation: Conversation;
  readonly #stream: SecureStream;
  /** Which phone of the user it is, once registered. */
  instance: string | undefined;
  /** Messages that were more than its user may send. */
  overstepped = 0;

  constructor(
    stream: SecureStream,
    credential: CrsCredential,
    user: string,
    clock: Clock,
    random: RandomSource,
    handlers: ConversationHandlers,
  ) {
    this.#stream = stream;
    this.credential = credential;
    this.user = user;
    this.conversation = new Conversation(stream, clock, random, handlers);
  }

  get number(): TelNumber {
    return this.credential.number;
  }

  /** Host at the other end. */
  get remote(): string {
    return this.#stream.remote.host;
  }

  /** The server's address in this session. */
  get contact(): NameAddress {
    return addressOf(parseUri(`sip:${this.#stream.local.host}:${this.#stream.local.port}`));
  }

  /** Ends it at once, and tells nobody on this side. */
  cut(): void {
    this.conversation.ended();
    this.#stream.reset();
  }
}
