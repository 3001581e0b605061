/**
 * What the two ends of a handshake come to agree on: the messages so far, then the keys, then that both saw the same. It is the
 * same at either end; only who writes and who checks is not.
 */
import { assert } from '../../sim/errors.ts';
import { equal } from '../../sim/octets.ts';
import type { Security } from '../fabric.ts';
import { tlsError } from './errors.ts';
import { HANDSHAKE, parseFinished, requireType, type HandshakeMessage } from './handshake.ts';
import {
  deriveKeys,
  keyLogLine,
  securityOf,
  Transcript,
  verifyData,
  type DirectionKeys,
  type Negotiated,
  type TlsKeys,
} from './keys.ts';

type HandshakeEnd = 'client' | 'server';

/** What both ends of a handshake come to agree on, and the keys that follow from it; the same code for client and server. */
export class Agreement {
  readonly #transcript = new Transcript();
  #negotiated: Negotiated | undefined;
  #keys: TlsKeys | undefined;

  /** A handshake message that was sent or received, header included. */
  add(message: Uint8Array): void {
    this.#transcript.add(message);
  }

  /** What the hello messages settled. */
  settle(negotiated: Negotiated): void {
    this.#negotiated = negotiated;
  }

  /** The keys, once ClientKeyExchange was added; `z` is what an ephemeral exchange gave. Errors: TLS_PSK_INVALID. */
  derive(psk: Uint8Array, z?: Uint8Array): void {
    assert(this.#negotiated !== undefined, 'the hello messages come before ClientKeyExchange');
    this.#keys = deriveKeys(psk, this.#negotiated, this.#transcript.digest(), z);
  }

  /** What one end writes with. */
  protectionOf(end: HandshakeEnd): { readonly keys: DirectionKeys; readonly encryptThenMac: boolean } {
    const { negotiated, [end]: keys } = this.#agreed();
    return { keys, encryptThenMac: negotiated.encryptThenMac };
  }

  /** The body of the Finished of one end over the messages so far. */
  finishedOf(end: HandshakeEnd): Uint8Array {
    return verifyData(this.#agreed(), end, this.#transcript.digest());
  }

  /** Errors: TLS_UNEXPECTED_MESSAGE for another message; TLS_FINISHED_MISMATCH when that end saw another handshake. */
  requireFinished(message: HandshakeMessage, end: HandshakeEnd): void {
    requireType(message, HANDSHAKE.finished, 'Finished');
    if (!equal(parseFinished(message.body), this.finishedOf(end)))
      throw tlsError('TLS_FINISHED_MISMATCH', `the Finished of the ${end} is about another handshake`);
  }

  securityOf(identity: string): Security {
    return securityOf(identity, this.#agreed().negotiated);
  }

  get hasKeys(): boolean {
    return this.#keys !== undefined;
  }

  /** The session's line of an NSS key log. */
  keyLogLine(): string {
    return keyLogLine(this.#agreed());
  }

  #agreed(): TlsKeys {
    assert(this.#keys !== undefined, 'ClientKeyExchange comes before what needs its keys');
    return this.#keys;
  }
}
