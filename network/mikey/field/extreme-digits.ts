/**
 * Digits that a kernel computes wrongly first, if it computes anything wrongly: the largest there are, of either sign, at the
 * largest weights, so that every half, every column and every carry is as large as it can be.
 *
 * The two elements of a pair are never alike: a kernel that mixes its lanes would not be found out otherwise.
 */
import { modulo } from '../field.ts';
import type { Kernel } from './kernel.ts';

/** Digits of one element, lowest first. */
export type Digits = readonly number[];

/** Factors' weights that a product may have at most, of one product and of each of two. */
export const WEIGHTS = {
  one: [
    [1, 1],
    [1, 6],
    [2, 3],
    [6, 1],
  ],
  two: [
    [1, 3],
    [3, 1],
    [1, 5],
    [2, 2],
  ],
} as const;

/** The largest normalised digit is 2^(bits-1); the top digit of an element of weight 1 is that of p at most. */
function largest({ digitBits }: Kernel): number {
  return 2 ** (digitBits - 1);
}

/**
 * Elements of a weight whose digits are all extreme: all positive, all negative, alternating either way, one against all
 * others, and 2^(bits-1) less one.
 */
export function extremes(kernel: Kernel, p: bigint, weight: number): Digits[] {
  const { digits, digitBits } = kernel;
  const most = largest(kernel) * weight;
  const top = Number(p >> BigInt(digitBits * (digits - 1))) * weight;
  const patterns: ((i: number) => number)[] = [
    () => most,
    () => -most,
    (i) => (i % 2 === 0 ? most : -most),
    (i) => (i % 2 === 0 ? -most : most),
    (i) => (i === 0 ? most : -most),
    (i) => (i === digits - 2 ? -most : most),
    () => most - 1,
  ];
  return patterns.map((digitAt) =>
    Array.from({ length: digits }, (_, i) => (i < digits - 1 ? digitAt(i) : Math.sign(digitAt(i)) * top)),
  );
}

/**
 * An element of which a product with 1 has for the digits of m, the multiple of p that each row adds, these: the column of
 * each row is then -m * p. Rows compute m, so that no choice of the other elements brings its extremes.
 */
export function withMultiples(kernel: Kernel, p: bigint, multiples: Digits): Digits {
  const { digits, digitBits } = kernel;
  const bits = BigInt(digitBits);
  const m = multiples.reduceRight((sum, digit) => (sum << bits) + BigInt(digit), 0n);
  return balanced(kernel, modulo(-m * p, 1n << (bits * BigInt(digits))));
}

/** Digits between -2^(bits-1) and 2^(bits-1) of an integer modulo R. */
function balanced({ digits, digitBits }: Kernel, value: bigint): Digits {
  const result: number[] = [];
  let rest = value;
  for (let i = 0; i < digits; i++) {
    const digit = BigInt.asIntN(digitBits, rest);
    result.push(Number(digit));
    rest = (rest - digit) >> BigInt(digitBits);
  }
  return result;
}
