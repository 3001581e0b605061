/**
 * The two messages of the key exchange with DHE-PSK (RFC 4279 section 3): as those of plain PSK, with a Diffie-Hellman half each.
 * They carry no signature: what authenticates them is the PSK in the keys.
 */
import { concat } from '../../sim/octets.ts';
import { Cursor, vector } from './cursor.ts';
import { encodeIdentity, IDENTITY_OCTETS_MAX } from './handshake.ts';

/** Longest number of an exchange: those of 8,192 bits, the largest group that has a name (RFC 7919 appendix A.5). */
const DH_NUMBER_OCTETS_MAX = 1024;

/** What a server says: a hint that is not used here, its group, and its public value. Numbers as they were sent. */
export interface DheServerKeyExchange {
  readonly hint: Uint8Array;
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
  readonly publicValue: Uint8Array;
}

/** What a client says: who it is, and its public value as it was sent. */
export interface DheClientKeyExchange {
  /** The identity's octets, which may be nobody's: see `decodeIdentity`. */
  readonly identity: Uint8Array;
  readonly publicValue: Uint8Array;
}

/**
 * ```
 * +------------+------+-----------------+-----------------+-----------------+
 * | length (2) | hint | length (2), p   | length (2), g   | length (2), Ys  |   RFC 4279 section 3, RFC 5246 section 7.4.3
 * +------------+------+-----------------+-----------------+-----------------+
 * ```
 * Error: TLS_MALFORMED.
 */
export function parseDheServerKeyExchange(body: Uint8Array): DheServerKeyExchange {
  const cursor = new Cursor(body, 'ServerKeyExchange');
  const hint = cursor.vector(2, 'identity hint', 0, IDENTITY_OCTETS_MAX);
  const prime = cursor.vector(2, 'p', 1, DH_NUMBER_OCTETS_MAX);
  const generator = cursor.vector(2, 'g', 1, DH_NUMBER_OCTETS_MAX);
  const publicValue = cursor.vector(2, 'Ys', 1, DH_NUMBER_OCTETS_MAX);
  cursor.end();
  return { hint, prime, generator, publicValue };
}

/** The body that {@link parseDheServerKeyExchange} reads. */
export function encodeDheServerKeyExchange(exchange: DheServerKeyExchange): Uint8Array {
  const { hint, prime, generator, publicValue } = exchange;
  return concat(vector(2, hint), vector(2, prime), vector(2, generator), vector(2, publicValue));
}

/**
 * ```
 * +------------+--------------+-----------------+
 * | length (2) | PSK identity | length (2), Yc  |   RFC 4279 section 3, RFC 5246 section 7.4.7.2
 * +------------+--------------+-----------------+
 * ```
 * Error: TLS_MALFORMED.
 */
export function parseDheClientKeyExchange(body: Uint8Array): DheClientKeyExchange {
  const cursor = new Cursor(body, 'ClientKeyExchange');
  const identity = cursor.vector(2, 'identity', 0, 0xffff);
  const publicValue = cursor.vector(2, 'Yc', 1, DH_NUMBER_OCTETS_MAX);
  cursor.end();
  return { identity, publicValue };
}

/** The body that {@link parseDheClientKeyExchange} reads. Error: TLS_IDENTITY_INVALID. */
export function encodeDheClientKeyExchange(identity: string, publicValue: Uint8Array): Uint8Array {
  return concat(vector(2, encodeIdentity(identity)), vector(2, publicValue));
}
