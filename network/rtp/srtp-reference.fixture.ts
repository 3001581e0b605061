/**
 * SRTP once more, slow and straightforward: one function for each equation of RFC 3711, on @noble/ciphers and @noble/hashes,
 * sharing no code with the fast path. The fast path is tested against it; nothing else uses it.
 */
import { ctr } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';

/** The session keys of RFC 3711 section 4.3, derived step by step as the text has it. */
export interface ReferenceKeys {
  readonly encryption: Uint8Array;
  readonly authentication: Uint8Array;
  readonly salt: Uint8Array;
}

/** Session keys of SRTP (section 4.3): AES-CM under the master key from (label || 0^48) XOR master salt. */
export function referenceKeys(masterKey: Uint8Array, masterSalt: Uint8Array): ReferenceKeys {
  const derive = (label: number, length: number): Uint8Array => {
    const x = toInteger(masterSalt) ^ (BigInt(label) << 48n);
    return ctr(masterKey, toOctets(x << 16n, 16)).encrypt(new Uint8Array(length));
  };
  return { encryption: derive(0, 16), authentication: derive(1, 20), salt: derive(2, 14) };
}

/** Protects a packet of known ROC, in clear, into one with a tag of `tagOctets`. */
export function referenceProtect(
  keys: ReferenceKeys,
  packet: Uint8Array,
  rolloverCounter: number,
  tagOctets: number,
): Uint8Array {
  const encrypted = crypt(keys, packet, rolloverCounter);
  return Uint8Array.from([...encrypted, ...tag(keys, encrypted, rolloverCounter).subarray(0, tagOctets)]);
}

/** The packet in clear, or undefined when the tag is wrong. */
export function referenceUnprotect(
  keys: ReferenceKeys,
  packet: Uint8Array,
  rolloverCounter: number,
  tagOctets: number,
): Uint8Array | undefined {
  const encrypted = packet.slice(0, packet.length - tagOctets);
  const expected = tag(keys, encrypted, rolloverCounter).subarray(0, tagOctets);
  const found = packet.slice(packet.length - tagOctets);
  return expected.every((octet, i) => octet === found[i])
    ? crypt(keys, encrypted, rolloverCounter)
    : undefined;
}

/** Section 4.1.1: the keystream segment of packet `index`, from IV = (k_s 2^16) XOR (SSRC 2^64) XOR (i 2^16). */
export function referenceKeystream(
  keys: Pick<ReferenceKeys, 'encryption' | 'salt'>,
  ssrc: bigint,
  index: bigint,
  octets: number,
): Uint8Array {
  const iv = (toInteger(keys.salt) << 16n) ^ (ssrc << 64n) ^ (index << 16n);
  return ctr(keys.encryption, toOctets(iv, 16)).encrypt(new Uint8Array(octets));
}

/** XORs the keystream onto what follows the header. */
function crypt(keys: ReferenceKeys, packet: Uint8Array, rolloverCounter: number): Uint8Array {
  const index = (BigInt(rolloverCounter) << 16n) | toInteger(packet.slice(2, 4));
  const payloadAt = headerOctets(packet);
  const payload = packet.slice(payloadAt);
  const keystream = referenceKeystream(keys, toInteger(packet.slice(8, 12)), index, payload.length);
  return Uint8Array.from([
    ...packet.slice(0, payloadAt),
    ...payload.map((octet, i) => octet ^ (keystream[i] ?? 0)),
  ]);
}

/** Section 4.2: HMAC-SHA1 over the packet and the ROC. */
function tag(keys: ReferenceKeys, packet: Uint8Array, rolloverCounter: number): Uint8Array {
  return hmac(
    sha1,
    keys.authentication,
    Uint8Array.from([...packet, ...toOctets(BigInt(rolloverCounter), 4)]),
  );
}

function headerOctets(packet: Uint8Array): number {
  const first = packet[0] ?? 0;
  const fixed = 12 + 4 * (first & 0x0f);
  const extended = (first & 0x10) !== 0;
  return extended ? fixed + 4 + 4 * Number(toInteger(packet.slice(fixed + 2, fixed + 4))) : fixed;
}

/**
 * Appendix A word for word, with its arithmetic modulo 2^32: the ROC that a sequence number belongs to, given the current
 * ROC and the highest sequence number received under it.
 */
export function referenceRollover(
  rolloverCounter: number,
  highestSequence: number,
  sequence: number,
): number {
  if (highestSequence < 32_768) {
    return sequence - highestSequence > 32_768 ? (rolloverCounter - 1) >>> 0 : rolloverCounter;
  }
  return highestSequence - 32_768 > sequence ? (rolloverCounter + 1) >>> 0 : rolloverCounter;
}

function toInteger(octets: Uint8Array): bigint {
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function toOctets(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 0xffn));
}
