/** The names that SIP wants to be unique (RFC 3261 sections 8.1.1.4, 8.1.1.7 and 19.3), drawn from chance. */
import { toHex } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { BRANCH_COOKIE } from './via.ts';

/** A branch: the cookie and 96 random bits. */
export function newBranch(random: RandomSource): string {
  return BRANCH_COOKIE + toHex(random.octets(12));
}

/** A tag of 64 random bits; 32 is the least that RFC 3261 section 19.3 allows. */
export function newTag(random: RandomSource): string {
  return toHex(random.octets(8));
}

/** A Call-ID: 128 random bits at the host that makes it. */
export function newCallId(random: RandomSource, host: string): string {
  return `${toHex(random.octets(16))}@${host}`;
}
