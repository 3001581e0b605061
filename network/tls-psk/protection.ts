/**
 * The protection of records: AES-128-CBC with an explicit IV and HMAC-SHA1, in both orders.
 *
 * MAC-then-encrypt (RFC 5246 section 6.2.3.2):
 * ```
 * +---------+--------------------------------------------------------+
 * | IV (16) | AES-CBC( content | MAC (20) | padding (1..256) )        |
 * +---------+--------------------------------------------------------+
 * ```
 * Encrypt-then-MAC (RFC 7366 section 3):
 * ```
 * +---------+----------------------------------+----------+
 * | IV (16) | AES-CBC( content | padding )      | MAC (20) |
 * +---------+----------------------------------+----------+
 * ```
 * The MAC covers sequence number (8), type (1), version (2), length (2) and content, or with encrypt-then-MAC the length of
 * and the octets of IV and ciphertext. Padding of p + 1 octets has the value p in each.
 *
 * In the first order a wrong padding and a wrong MAC are one error, and the MAC is computed in both cases. That is best
 * effort only: this code is NOT constant time, and Lucky 13 (CVE-2013-0169) is not defended against.
 */
import { timingSafeEqual } from 'node:crypto';
import type { RandomSource } from '../../sim/random.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import { concat } from '../../sim/octets.ts';
import { ShortHmac } from '../short-hmac.ts';
import { BLOCK_OCTETS, CbcDecryption, CbcEncryption } from './cbc.ts';
import { tlsError } from './errors.ts';
import type { DirectionKeys } from './keys.ts';
import { FRAGMENT_OCTETS_MAX, TLS_1_2, type ContentType } from './record.ts';

const MAC_OCTETS = 20;

/**
 * Always the same words, whatever was wrong, and one error for all: a phone with an old PSK meets it with each of its thousands of tries, and
 * the stack that an error takes with it costs more than the record.
 */
const BAD_RECORD_MAC = tlsError('TLS_BAD_RECORD_MAC', 'a protected record does not open with these keys');

/** The protection of one direction as a plain value: its keys, and the number of records under them so far. */
export type ProtectionState = {
  readonly mac: Uint8Array;
  readonly cipher: Uint8Array;
  readonly encryptThenMac: boolean;
  readonly sequence: number;
};

/** Directions that have their keys in one array. */
const DIRECTIONS_TOGETHER = 64;
const KEY_OCTETS = MAC_OCTETS + BLOCK_OCTETS;
let together = new Uint8Array(0);
let usedOctets = 0;

/**
 * Puts the keys of a direction, that of the MAC first, into memory that many have in common, and tells where: arrays of their own would take
 * ten times what is in them, in each of a crowd of sessions at rest.
 */
function keptTogether({ mac, cipher }: DirectionKeys): readonly [octets: Uint8Array, at: number] {
  if (usedOctets === together.length) {
    together = new Uint8Array(DIRECTIONS_TOGETHER * KEY_OCTETS);
    usedOctets = 0;
  }
  const at = usedOctets;
  usedOctets += KEY_OCTETS;
  together.set(mac, at);
  together.set(cipher, at + MAC_OCTETS);
  return [together, at];
}

function macKeyAt(keys: Uint8Array, at: number): Uint8Array {
  return keys.subarray(at, at + MAC_OCTETS);
}

/** Seals what one end writes, one record after the other. */
export class Sealer implements Kept<ProtectionState> {
  readonly #keys: Uint8Array;
  readonly #keysAt: number;
  readonly #encryptThenMac: boolean;
  readonly #random: RandomSource;
  readonly #cbc: CbcEncryption;
  #sequence: number;

  /** `sequence` is the number of records under these keys that were sealed before. */
  constructor(keys: DirectionKeys, encryptThenMac: boolean, random: RandomSource, sequence = 0) {
    [this.#keys, this.#keysAt] = keptTogether(keys);
    this.#encryptThenMac = encryptThenMac;
    this.#random = random;
    this.#cbc = new CbcEncryption(this.#keys, this.#keysAt + MAC_OCTETS);
    this.#sequence = sequence;
  }

  save(): ProtectionState {
    const [keys, at] = [this.#keys, this.#keysAt];
    return {
      mac: keys.slice(at, at + MAC_OCTETS),
      cipher: keys.slice(at + MAC_OCTETS, at + KEY_OCTETS),
      encryptThenMac: this.#encryptThenMac,
      sequence: this.#sequence,
    };
  }

  /** The fragment of a protected record. `content` has at most 2^14 octets. */
  seal(type: ContentType, content: Uint8Array): Uint8Array {
    const sequence = this.#sequence++;
    const iv = this.#random.octets(BLOCK_OCTETS);
    if (this.#encryptThenMac) {
      const sealed = concat(iv, this.#cbc.encrypt(iv, pad(content)));
      return concat(sealed, macOf(macKeyAt(this.#keys, this.#keysAt), sequence, type, sealed));
    }
    const authenticated = concat(content, macOf(macKeyAt(this.#keys, this.#keysAt), sequence, type, content));
    return concat(iv, this.#cbc.encrypt(iv, pad(authenticated)));
  }
}

/** Opens what the other end wrote, one record after the other. */
export class Opener implements Kept<ProtectionState> {
  readonly #keys: Uint8Array;
  readonly #keysAt: number;
  readonly #encryptThenMac: boolean;
  readonly #cbc: CbcDecryption;
  #sequence: number;

  /** `sequence` is the number of records under these keys that were opened before. */
  constructor(keys: DirectionKeys, encryptThenMac: boolean, sequence = 0) {
    [this.#keys, this.#keysAt] = keptTogether(keys);
    this.#encryptThenMac = encryptThenMac;
    this.#cbc = new CbcDecryption(this.#keys, this.#keysAt + MAC_OCTETS);
    this.#sequence = sequence;
  }

  /** Records under these keys so far. */
  get sequence(): number {
    return this.#sequence;
  }

  save(): ProtectionState {
    const [keys, at] = [this.#keys, this.#keysAt];
    return {
      mac: keys.slice(at, at + MAC_OCTETS),
      cipher: keys.slice(at + MAC_OCTETS, at + KEY_OCTETS),
      encryptThenMac: this.#encryptThenMac,
      sequence: this.#sequence,
    };
  }

  /** The content of a protected record. Errors: TLS_BAD_RECORD_MAC, TLS_RECORD_OVERFLOW. */
  open(type: ContentType, fragment: Uint8Array): Uint8Array {
    const sequence = this.#sequence++;
    const content = this.#encryptThenMac
      ? this.#openMacLast(sequence, type, fragment)
      : this.#openMacInside(sequence, type, fragment);
    if (content.length > FRAGMENT_OCTETS_MAX)
      throw tlsError('TLS_RECORD_OVERFLOW', `record with ${content.length} octets of content`);
    return content;
  }

  #openMacLast(sequence: number, type: ContentType, fragment: Uint8Array): Uint8Array {
    const sealedLength = fragment.length - MAC_OCTETS;
    if (sealedLength < 2 * BLOCK_OCTETS || sealedLength % BLOCK_OCTETS !== 0) throw BAD_RECORD_MAC;
    const sealed = fragment.subarray(0, sealedLength);
    const mac = macOf(macKeyAt(this.#keys, this.#keysAt), sequence, type, sealed);
    if (!timingSafeEqual(mac, fragment.subarray(sealedLength))) throw BAD_RECORD_MAC;
    const padded = this.#cbc.decrypt(sealed);
    const padding = paddingOf(padded, 0);
    if (padding === undefined) throw BAD_RECORD_MAC;
    return padded.slice(0, padded.length - padding);
  }

  #openMacInside(sequence: number, type: ContentType, fragment: Uint8Array): Uint8Array {
    if (fragment.length % BLOCK_OCTETS !== 0 || fragment.length < BLOCK_OCTETS + MAC_OCTETS + 1)
      throw BAD_RECORD_MAC;
    const padded = this.#cbc.decrypt(fragment);
    const padding = paddingOf(padded, MAC_OCTETS);
    // RFC 5246 section 6.2.3.2: with a wrong padding go on as if it had no length, so that the MAC is computed all the same.
    const contentLength = padded.length - MAC_OCTETS - (padding ?? 1);
    const content = padded.slice(0, contentLength);
    const mac = macOf(macKeyAt(this.#keys, this.#keysAt), sequence, type, content);
    const isMacRight = timingSafeEqual(mac, padded.subarray(contentLength, contentLength + MAC_OCTETS));
    if (!isMacRight || padding === undefined) throw BAD_RECORD_MAC;
    return content;
  }
}

function pad(octets: Uint8Array): Uint8Array {
  const padding = BLOCK_OCTETS - (octets.length % BLOCK_OCTETS);
  return concat(octets, new Uint8Array(padding).fill(padding - 1));
}

/** Octets of padding at the end (1 to 256), or undefined when they are wrong or leave less than `reserved` octets. */
function paddingOf(padded: Uint8Array, reserved: number): number | undefined {
  const last = padded.at(-1) ?? 0;
  const padding = last + 1;
  if (padding > padded.length - reserved) return undefined;
  let difference = 0;
  for (const octet of padded.subarray(padded.length - padding)) difference |= octet ^ last;
  return difference === 0 ? padding : undefined;
}

function macOf(key: Uint8Array, sequence: number, type: ContentType, covered: Uint8Array): Uint8Array {
  assert(Number.isSafeInteger(sequence), 'a session ends long before 2^53 records');
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, Math.floor(sequence / 2 ** 32));
  view.setUint32(4, sequence % 2 ** 32);
  view.setUint8(8, type);
  view.setUint16(9, TLS_1_2);
  view.setUint16(11, covered.length);
  return new ShortHmac('sha1', key).digest(header, covered);
}
