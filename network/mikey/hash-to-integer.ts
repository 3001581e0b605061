/** HashToIntegerRange of RFC 6508 section 5.1 with SHA-256: octets to an integer that is almost uniform below a bound. */
import { createHash } from 'node:crypto';
import { concat, toInteger } from '../../sim/octets.ts';
import { modulo } from './field.ts';

const HASH_BITS = 256;

/** The 32 octets of SHA-256 over the parts as if they were one string. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** An integer in 0..bound-1 that depends on every octet of `octets`, leading zero octets included. */
export function hashToIntegerRange(octets: Uint8Array, bound: bigint): bigint {
  const a = sha256(octets);
  // l = ceil(lg(bound) / hashlen)
  const blocks = Math.ceil((bound - 1n).toString(2).length / HASH_BITS);
  let h: Uint8Array = new Uint8Array(HASH_BITS / 8);
  let v: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < blocks; i++) {
    h = sha256(h);
    v = concat(v, sha256(h, a));
  }
  return modulo(toInteger(v), bound);
}
