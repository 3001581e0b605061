/**
 * How the two ends of the control channel know each other: a token that both read from a file nobody else may read. It never
 * crosses the network; what does is a keyed hash of the other end's challenge, different for each direction and device.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export type ProofSide = 'device' | 'director';

export function newNonce(): string {
  return randomBytes(32).toString('hex');
}

/** 32 octets in hexadecimal: what the side answers to a challenge. */
export function proofOf(token: string, side: ProofSide, nonce: string, device: string): string {
  return createHmac('sha256', token).update(`${side}\0${nonce}\0${device}`).digest('hex');
}

export function isProof(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
