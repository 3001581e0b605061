/**
 * From the PSK to the record keys: premaster secret (RFC 4279), master secret (RFC 5246, or RFC 7627 when both ends have
 * it), key block. With plain PSK all of it follows from the PSK and from octets that travel in clear: there is no forward secrecy,
 * which is why a recording opens with the PSK alone. An ephemeral exchange adds a secret that never travels.
 */
import { createHash } from 'node:crypto';
import { assert } from '../../sim/errors.ts';
import { concat, fromHex, toHex } from '../../sim/octets.ts';
import type { KeyExchange, Security } from '../fabric.ts';
import { vector } from './cursor.ts';
import { tlsError } from './errors.ts';
import { VERIFY_DATA_OCTETS } from './handshake.ts';
import { prf } from './prf.ts';
import { suiteNameOf } from './suites.ts';

/** RFC 4279 section 5.3: keys up to this length must work. Longer ones are refused. */
const PSK_OCTETS_MAX = 64;

const MASTER_OCTETS = 48;
const MAC_KEY_OCTETS = 20;
const CIPHER_KEY_OCTETS = 16;

/** What the two hello messages settled. The randoms have 32 octets. */
export interface Negotiated {
  readonly keyExchange: KeyExchange;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
}

/** The keys of one direction: HMAC-SHA1 (20 octets) and AES-128 (16 octets). */
export interface DirectionKeys {
  readonly mac: Uint8Array;
  readonly cipher: Uint8Array;
}

/** All that follows from the PSK and the two randoms: the master secret, and the keys of each direction (RFC 5246 section 6.3). */
export interface TlsKeys {
  readonly negotiated: Negotiated;
  /** 48 octets. */
  readonly master: Uint8Array;
  /** What the client writes with. */
  readonly client: DirectionKeys;
  /** What the server writes with. */
  readonly server: DirectionKeys;
}

/** The running hash over all handshake messages of a session, in order, HelloRequest left out. */
export class Transcript {
  readonly #hash = createHash('sha256');

  /** Adds a message, header included. */
  add(message: Uint8Array): void {
    this.#hash.update(message);
  }

  /** SHA-256 over all messages so far, 32 octets. */
  digest(): Uint8Array {
    return this.#hash.copy().digest();
  }
}

/** Refuses a key that is not 1 to 64 octets long with TLS_PSK_INVALID. */
export function requirePsk(psk: Uint8Array): void {
  if (psk.length < 1 || psk.length > PSK_OCTETS_MAX)
    throw tlsError('TLS_PSK_INVALID', `a PSK has 1 to ${PSK_OCTETS_MAX} octets, not ${psk.length}`);
}

/**
 * The keys of a session. `sessionHash` is the transcript up to and including ClientKeyExchange (RFC 7627 section 3); it
 * counts only with the extended master secret; `z` is what an ephemeral exchange gave. Errors: TLS_PSK_INVALID.
 */
export function deriveKeys(
  psk: Uint8Array,
  negotiated: Negotiated,
  sessionHash: Uint8Array,
  z?: Uint8Array,
): TlsKeys {
  const { clientRandom, serverRandom } = negotiated;
  const premaster = premasterSecret(psk, z);
  const master = negotiated.extendedMasterSecret
    ? prf(premaster, 'extended master secret', sessionHash, MASTER_OCTETS)
    : prf(premaster, 'master secret', concat(clientRandom, serverRandom), MASTER_OCTETS);
  return keysOf(master, negotiated);
}

/** The keys that follow from a master secret of 48 octets, such as a key log has. */
export function keysOf(master: Uint8Array, negotiated: Negotiated): TlsKeys {
  const { clientRandom, serverRandom } = negotiated;
  // RFC 5246 section 6.3: both MAC keys, then both cipher keys. The seed is the other way round than above. IVs are not
  // derived in TLS 1.2.
  const block = prf(
    master,
    'key expansion',
    concat(serverRandom, clientRandom),
    2 * (MAC_KEY_OCTETS + CIPHER_KEY_OCTETS),
  );
  const ciphers = block.subarray(2 * MAC_KEY_OCTETS);
  return {
    negotiated,
    master,
    client: { mac: block.subarray(0, MAC_KEY_OCTETS), cipher: ciphers.subarray(0, CIPHER_KEY_OCTETS) },
    server: {
      mac: block.subarray(MAC_KEY_OCTETS, 2 * MAC_KEY_OCTETS),
      cipher: ciphers.subarray(CIPHER_KEY_OCTETS),
    },
  };
}

/**
 * The premaster secret (RFC 4279 sections 2 and 3), for a PSK of N octets:
 *
 * ```
 * +------------+--------------+--------+-----------+
 * | length (2) | other secret | N (2)  | PSK       |
 * +------------+--------------+--------+-----------+
 * ```
 *
 * With plain PSK the other secret is N zeros; with an ephemeral exchange it is its Z, which does not begin with a zero (RFC 5246
 * section 8.1.2). Errors: TLS_PSK_INVALID.
 */
export function premasterSecret(psk: Uint8Array, z: Uint8Array = new Uint8Array(psk.length)): Uint8Array {
  requirePsk(psk);
  return concat(vector(2, z), vector(2, psk));
}

/** The 12 octets of a Finished message (RFC 5246 section 7.4.9) over the transcript before it. */
export function verifyData(
  keys: TlsKeys,
  sender: 'client' | 'server',
  transcriptDigest: Uint8Array,
): Uint8Array {
  return prf(keys.master, `${sender} finished`, transcriptDigest, VERIFY_DATA_OCTETS);
}

/** What was negotiated, in the words of reports. */
export function securityOf(pskIdentity: string, negotiated: Negotiated): Security {
  const { keyExchange, encryptThenMac, extendedMasterSecret } = negotiated;
  return {
    version: 'TLS 1.2',
    cipherSuite: suiteNameOf(keyExchange),
    pskIdentity,
    encryptThenMac,
    extendedMasterSecret,
  };
}

/** The line of an NSS key log that lets Wireshark open the session: `CLIENT_RANDOM <64 hex> <96 hex>`. */
export function keyLogLine(keys: TlsKeys): string {
  return `CLIENT_RANDOM ${toHex(keys.negotiated.clientRandom)} ${toHex(keys.master)}`;
}

const KEY_LOG_LINE = /^CLIENT_RANDOM [0-9a-f]{64} ([0-9a-f]{96})$/;

/** The line of a key log that is about the session with this client random. */
export function lineIn(keyLog: readonly string[], clientRandom: Uint8Array): string | undefined {
  const begins = `CLIENT_RANDOM ${toHex(clientRandom)} `;
  return keyLog.find((line) => line.startsWith(begins) && KEY_LOG_LINE.test(line));
}

/** The master secret in a line that {@link lineIn} found: 48 octets. */
export function masterOf(line: string): Uint8Array {
  const master = fromHex(KEY_LOG_LINE.exec(line)?.[1] ?? '');
  assert(master?.length === MASTER_OCTETS, 'a line of a key log has a master secret');
  return master;
}
