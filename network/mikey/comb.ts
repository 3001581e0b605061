/**
 * Multiplication of a fixed element of a group of order q without doublings: a table holds every signed w-bit digit of
 * every position of the scalar, so a product is one addition for each of the ceil(1023 / w) positions.
 *
 * The same recoding serves the curve (P and Z) and PF_p (g). A table is filled in w - 1 rounds, each of which adds known
 * multiples pairwise for all positions at once and so needs a single inversion.
 */
import { assert } from '../../sim/errors.ts';
import type { AffinePoint, Curve, XyzzPoint } from './curve.ts';

/**
 * Digits d_i of `scalar`, least significant first, with scalar = sum of d_i 2^(width i) and |d_i| <= 2^(width-1).
 * Precondition: 0 <= scalar < 2^bits.
 */
export function signedDigits(scalar: bigint, bits: number, width: number): number[] {
  assert(scalar >= 0n && scalar >> BigInt(bits) === 0n, 'a scalar fits its bits');
  const digits: number[] = [];
  const base = 1 << width;
  let carry = 0;
  for (let at = 0; at <= bits; at += width) {
    let digit = Number((scalar >> BigInt(at)) & BigInt(base - 1)) + carry;
    carry = digit > base / 2 ? 1 : 0;
    if (carry === 1) digit -= base;
    digits.push(digit);
  }
  return digits;
}

/**
 * rows[k - 1][i] = k times bases[i], for k = 1..2^(width-1).
 * @param addPairs adds element by element, doubling where the two are equal
 */
export function multiples<Item>(
  bases: readonly Item[],
  width: number,
  addPairs: (lefts: readonly Item[], rights: readonly Item[]) => Item[],
): Item[][] {
  const rows: Item[][] = [Array.from(bases)];
  for (let round = 1; round < width; round++) {
    const top = rows[rows.length - 1] as Item[];
    const lefts = rows.flatMap(() => top);
    const sums = addPairs(lefts, rows.flat());
    for (let at = 0; at < sums.length; at += bases.length) rows.push(sums.slice(at, at + bases.length));
  }
  return rows;
}

/** Multiples of one fixed point. */
export class Comb<Element> {
  readonly #curve: Curve<Element>;
  readonly #bits: number;
  readonly #width: number;
  readonly #rows: AffinePoint<Element>[][];

  /**
   * @param bits of the largest scalar
   * @param width of a digit: the table has about (bits / width) * 2^(width-1) points
   */
  constructor(curve: Curve<Element>, point: AffinePoint<Element>, bits: number, width: number) {
    this.#curve = curve;
    this.#bits = bits;
    this.#width = width;
    const bases: XyzzPoint<Element>[] = [];
    let base = curve.lift(point);
    for (let at = 0; at <= bits; at++) {
      if (at % width === 0) bases.push(base);
      base = curve.double(base);
    }
    const ones: AffinePoint<Element>[] = curve.toAffine(bases);
    this.#rows = multiples(ones, width, (lefts, rights) => curve.addPairs(lefts, rights));
  }

  /** [scalar]point; 0 <= scalar < 2^bits. */
  multiply(scalar: bigint): XyzzPoint<Element> {
    return this.#curve.sum(this.summands(scalar));
  }

  /** Table entries that add up to [scalar]point; 0 <= scalar < 2^bits. */
  summands(scalar: bigint): readonly AffinePoint<Element>[] {
    return signedDigits(scalar, this.#bits, this.#width).flatMap((digit, at) => {
      if (digit === 0) return [];
      const entry = this.#rows[Math.abs(digit) - 1]?.[at];
      assert(entry !== undefined, 'every digit of every position is in the table');
      return [digit > 0 ? entry : this.#curve.negate(entry)];
    });
  }
}
