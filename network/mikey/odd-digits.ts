/**
 * Scalars as odd digits: no digit is zero, so a sum of table entries has one entry for each position and no branch, and a
 * table needs odd multiples only.
 */
import { assert } from '../../sim/errors.ts';
import { fromInteger } from '../../sim/octets.ts';

/** Positions of a scalar of so many bits. */
export function positionsOf(bits: number, width: number): number {
  return Math.ceil(bits / width);
}

/**
 * Odd digits d_i of `scalar`, least significant first, with scalar = sum of d_i 2^(width i) and |d_i| < 2^width.
 *
 * Seen from position i, the scalar's bits with the lowest one set are what is left; d_i is their lowest width + 1 bits less
 * 2^width, and the next position is odd again.
 * Precondition: 0 < scalar < 2^bits is odd; width <= 15.
 */
export function oddDigits(scalar: bigint, bits: number, width: number): number[] {
  const octets = fromInteger(scalar, Math.ceil(bits / 8) + 2)?.reverse();
  assert(octets !== undefined && (scalar & 1n) === 1n, 'a scalar is odd and fits its bits');
  const last = positionsOf(bits, width) - 1;
  const window = 2 ** (width + 1) - 1;
  const digits: number[] = [];
  for (let position = 0; position <= last; position++) {
    const bit = position * width;
    const at = bit >> 3;
    const word = (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8) | ((octets[at + 2] ?? 0) << 16);
    const left = ((word >> (bit & 7)) & window) | 1;
    digits.push(position === last ? left : left - 2 ** width);
  }
  return digits;
}
