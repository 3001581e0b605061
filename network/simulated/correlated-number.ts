/**
 * Chance with a memory, as netem has it: each number is the last one and a fresh one, mixed in 32 bits,
 *
 *     x = floor((u * (2^32 - r) + x' * r) / 2^32)        r = rho + 1, where rho is 32 bits of the correlation
 *
 * so neighbours correlate and the mean stays in the middle. What netem does not say aloud: x is no longer uniform. Its variance
 * shrinks to (1 - rho) / (1 + rho) of the uniform one, so extreme values become rare: `loss 5% 25%` loses far less than 5 %
 * of the packets. Calldrill does the same, for settings taken over from netem must mean the same; docs/network.md has the figures. For
 * loss in bursts of a known mean there is gemodel.
 */

const TWO_POW_32 = 4294967296;
const TWO_POW_16 = 65536;
const LARGEST_U32 = TWO_POW_32 - 1;

/** A share in the 32 bits that tc hands to the kernel: 1 is all ones. */
export function u32OfShare(share: number): number {
  return Math.round(share * LARGEST_U32);
}

/** The number that follows `last`, of a fresh one. All are whole and below 2^32; exact, although the products have 64 bits. */
export function correlatedNumber(last: number, fresh: number, rho: number): number {
  const kept = rho + 1;
  const taken = TWO_POW_32 - kept;
  const high = (fresh >>> 16) * taken + (last >>> 16) * kept;
  const low = (fresh & 0xffff) * taken + (last & 0xffff) * kept;
  return Math.floor((high + Math.floor(low / TWO_POW_16)) / TWO_POW_16);
}
