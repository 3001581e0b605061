/**
 * Handshake messages (RFC 5246 section 7.4): their framing over records, and the small ones of a plain PSK exchange
 * (RFC 4279 section 2). The two hello messages are in `hello.ts`, those of an ephemeral exchange in `dhe-messages.ts`.
 */
import { concat } from '../../sim/octets.ts';
import { Cursor, vector } from './cursor.ts';
import { tlsError } from './errors.ts';
import { OctetQueue } from './octet-queue.ts';

/** The numbers of the handshake messages that are sent or met (RFC 5246 section 7.4). */
export const HANDSHAKE = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  /** RFC 5077; never sent here, but met in recordings of other stacks. */
  newSessionTicket: 4,
  serverKeyExchange: 12,
  serverHelloDone: 14,
  clientKeyExchange: 16,
  finished: 20,
} as const;

/** RFC 4279 section 5.3: identities up to this length must work. Longer ones are refused. */
export const IDENTITY_OCTETS_MAX = 128;
/** No message of this exchange comes near it; a modern ClientHello with all its extensions has some 2,000 octets. */
const HANDSHAKE_OCTETS_MAX = 2 ** 14;
/** RFC 5246 section 7.4.9. */
export const VERIFY_DATA_OCTETS = 12;
const HEADER_OCTETS = 4;

/** A handshake message that has come whole, however many records it took. */
export interface HandshakeMessage {
  /** 0..255; which are understood depends on the moment. */
  readonly type: number;
  readonly body: Uint8Array;
  /** Header and body, as the transcript has them. */
  readonly octets: Uint8Array;
}

/** Header and body. `body` has at most 2^14 octets. */
export function encodeHandshake(type: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  return concat(Uint8Array.of(type, 0, body.length >>> 8, body.length & 0xff), body);
}

/**
 * Puts handshake messages together from the fragments of records: a message may span records, a record may hold several.
 *
 * ```
 * +----------+------------+-----------------+
 * | type (1) | length (3) | body (length)   |   RFC 5246 section 7.4
 * +----------+------------+-----------------+
 * ```
 */
export class HandshakeReader {
  /** There is none when nothing waits: nothing does in all the time that a session is open. */
  #waiting: OctetQueue | undefined;

  push(fragment: Uint8Array): void {
    (this.#waiting ??= new OctetQueue()).push(fragment);
  }

  /** True when nothing is waiting: keys may change only here. */
  get isEmpty(): boolean {
    return (this.#waiting?.length ?? 0) === 0;
  }

  /** The next whole message, or undefined. Error: TLS_ILLEGAL_PARAMETER as soon as a header asks for more than 2^14. */
  next(): HandshakeMessage | undefined {
    const waiting = this.#waiting;
    if (waiting === undefined || waiting.length < HEADER_OCTETS) return undefined;
    const length = (waiting.at(1) * 256 + waiting.at(2)) * 256 + waiting.at(3);
    if (length > HANDSHAKE_OCTETS_MAX)
      throw tlsError('TLS_ILLEGAL_PARAMETER', `a handshake message of ${length} octets`, {
        where: { offset: 1 },
      });
    if (waiting.length < HEADER_OCTETS + length) return undefined;
    const octets = waiting.take(HEADER_OCTETS + length);
    if (waiting.length === 0) this.#waiting = undefined;
    return { type: octets[0] ?? 0, body: octets.slice(HEADER_OCTETS), octets };
  }
}

/** Refuses a message that is not the one the exchange has reached with TLS_UNEXPECTED_MESSAGE. */
export function requireType(message: HandshakeMessage, type: number, name: string): void {
  if (message.type !== type)
    throw tlsError('TLS_UNEXPECTED_MESSAGE', `handshake message of type ${message.type} instead of ${name}`);
}

/** ServerHelloDone and HelloRequest have no body. Error: TLS_MALFORMED. */
export function parseEmpty(body: Uint8Array, name: string): void {
  new Cursor(body, name).end();
}

/** Finished: 12 octets of verify_data (RFC 5246 section 7.4.9). Error: TLS_MALFORMED. */
export function parseFinished(body: Uint8Array): Uint8Array {
  const cursor = new Cursor(body, 'Finished');
  const verifyData = cursor.octets(VERIFY_DATA_OCTETS, 'verify_data');
  cursor.end();
  return verifyData;
}

/**
 * The octets of an identity: 1 to 128 of UTF-8 (RFC 4279 section 5.1). Error: TLS_IDENTITY_INVALID, also for text with half
 * a surrogate pair, which UTF-8 cannot carry.
 */
export function encodeIdentity(identity: string): Uint8Array {
  const octets = new TextEncoder().encode(identity);
  if (identity === '') throw tlsError('TLS_IDENTITY_INVALID', 'a PSK identity has an octet at least');
  if (decodeIdentity(octets) !== identity)
    throw tlsError('TLS_IDENTITY_INVALID', 'a PSK identity is well-formed text');
  return octets;
}

/** The identity of these octets, which may be empty. Error: TLS_IDENTITY_INVALID. */
export function decodeIdentity(octets: Uint8Array): string {
  if (octets.length > IDENTITY_OCTETS_MAX)
    throw tlsError(
      'TLS_IDENTITY_INVALID',
      `a PSK identity has at most ${IDENTITY_OCTETS_MAX} octets, not ${octets.length}`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch (cause) {
    throw tlsError('TLS_IDENTITY_INVALID', 'a PSK identity is UTF-8', { cause });
  }
}

/** ClientKeyExchange: the identity, in clear. Error: TLS_IDENTITY_INVALID. */
export function encodeClientKeyExchange(identity: string): Uint8Array {
  return vector(2, encodeIdentity(identity));
}

/**
 * ```
 * +------------+----------------------+
 * | length (2) | PSK identity         |   RFC 4279 section 2
 * +------------+----------------------+
 * ```
 * An identity that is empty is in order, and nobody's. Errors: TLS_MALFORMED, TLS_IDENTITY_INVALID.
 */
export function parseClientKeyExchange(body: Uint8Array): string {
  const cursor = new Cursor(body, 'ClientKeyExchange');
  const identity = cursor.vector(2, 'identity', 0, 0xffff);
  cursor.end();
  return decodeIdentity(identity);
}

/**
 * ServerKeyExchange: a hint which identity to use (RFC 4279 section 2), laid out as above. It is checked and not used:
 * a client here has one identity. Returns the hint's octets. Error: TLS_MALFORMED.
 */
export function parseServerKeyExchange(body: Uint8Array): Uint8Array {
  const cursor = new Cursor(body, 'ServerKeyExchange');
  const hint = cursor.vector(2, 'identity hint', 0, IDENTITY_OCTETS_MAX);
  cursor.end();
  return hint;
}
