/**
 * How the two ends of the control channel know each other: a token that both read from a file nobody else may read. It never
 * crosses the network; what does is a keyed hash of the other end's challenge, different for each direction and device.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who proves the token; it is part of what is hashed, so that neither end's proof can be sent back to it. */
export type ProofSide = 'device' | 'director';

/** 32 random octets in hexadecimal, new for each connection: the challenge of one end. */
export function newNonce(): string {
  return randomBytes(32).toString('hex');
}

/** 32 octets in hexadecimal: what the side answers to a challenge. */
export function proofOf(token: string, side: ProofSide, nonce: string, device: string): string {
  return createHmac('sha256', token).update(`${side}\0${nonce}\0${device}`).digest('hex');
}

/** Compares in constant time; false for any other length. */
export function isProof(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
