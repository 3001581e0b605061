/**
 * Powers of a fixed element of PF_p = (F_{p^2})* / (F_p)* (RFC 6508 section 2.1): elements a + bi with i^2 = -1, where factors in
 * F_p do not count. The RFC writes such an element as t = b/a. Products need no normalisation, and the inverse of (1, t) is
 * (1, -t), so that negative digits are free.
 *
 * The table is like that of a point (`point-table.ts`): odd powers at every position, (1, s)(1, t) = (1, (s + t) / (1 - st)). Each
 * is in both lanes of a pair.
 */
import type { BatchInverse } from './field/batch-inverse.ts';
import type { PairAddress, PairField } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import { oddDigits, positionsOf } from './odd-digits.ts';

/** a + bi, up to a factor in F_p. */
export interface ProjectiveElement {
  readonly a: bigint;
  readonly b: bigint;
}

/** After so many factors the digits of a running product are normalised. */
const FACTORS_UNTIL_NORMAL = 4;

const SLOTS = ['v', 'left', 'right', 'one'] as const;

/** Powers of one element of odd order. */
export class PowerTable {
  readonly #field: PairField;
  readonly #inverse: BatchInverse;
  readonly #bits: number;
  readonly #width: number;
  readonly #start: PairAddress;
  readonly #at: Readonly<Record<(typeof SLOTS)[number], PairAddress>>;

  /**
   * @param base t of the element
   * @param bits of the largest exponent
   */
  constructor(field: PairField, inverse: BatchInverse, base: bigint, bits: number, width: number) {
    this.#field = field;
    this.#inverse = inverse;
    this.#bits = bits;
    this.#width = width;
    this.#at = slots(field, SLOTS);
    const positions = positionsOf(bits, width);
    this.#start = field.reserve(positions * 2 ** (width - 1));
    field.set(this.#at.one, 1n, 1n);
    this.#fill(base);
  }

  /** The power; precondition: 0 < exponent < 2^bits is odd. */
  power(exponent: bigint): ProjectiveElement {
    const field = this.#field;
    const { v, left, right } = this.#at;
    field.set(v, 1n, 0n);
    oddDigits(exponent, this.#bits, this.#width).forEach((digit, position) => {
      const entry = this.#entry(position, Math.abs(digit) >> 1);
      field.turn(left, v);
      field.multiply(right, left, entry);
      if (digit > 0) field.add(v, v, right);
      else field.subtract(v, v, right);
      if (position % FACTORS_UNTIL_NORMAL === 0) field.normalise(v, v);
    });
    return { a: field.get(v, 0), b: field.get(v, 1) };
  }

  /** base^1, base^2, base^4 and so on, then round by round the odd powers in between. */
  #fill(base: bigint): void {
    const field = this.#field;
    const { left, right, one } = this.#at;
    const positions = positionsOf(this.#bits, this.#width);
    const squares = this.#squares(base, positions * this.#width);
    const square = (position: number, k: number): PairAddress =>
      squares + (position * this.#width + k) * field.stride;
    for (let position = 0; position < positions; position++) {
      field.pick01(this.#entry(position, 0), square(position, 0), square(position, 0));
    }
    for (let k = 1; k < this.#width; k++) {
      const half = 2 ** (k - 1);
      const factors = (i: number): readonly [PairAddress, PairAddress] => [
        this.#entry(Math.floor(i / half), i % half),
        square(Math.floor(i / half), k),
      ];
      // 1 - st is zero only for an element of order 2, and q is odd.
      this.#inverse.of(
        positions * half,
        (i, denominator) => {
          field.multiply(left, ...factors(i));
          field.subtract(denominator, one, left);
        },
        (i, inverse) => {
          field.add(right, ...factors(i));
          field.multiply(this.#entry(Math.floor(i / half), half + (i % half)), right, inverse);
        },
      );
    }
  }

  /** t of base^(2^i) in both lanes, for i = 0 .. count - 1. */
  #squares(base: bigint, count: number): PairAddress {
    const field = this.#field;
    const { v, left, right } = this.#at;
    const squares = field.reserve(count);
    field.set(v, 1n, base);
    for (let i = 0; i < count; i++) {
      field.pick01(squares + i * field.stride, v, v);
      field.sumOperand(left, v);
      field.differenceOperand(right, v);
      field.multiply(v, left, right);
    }
    this.#inverse.of(
      count,
      (i, a) => field.pick00(a, squares + i * field.stride, squares + i * field.stride),
      (i, inverse) => {
        const square = squares + i * field.stride;
        field.pick11(square, square, square);
        field.multiply(square, square, inverse);
      },
    );
    return squares;
  }

  #entry(position: number, index: number): PairAddress {
    return this.#start + (position * 2 ** (this.#width - 1) + index) * this.#field.stride;
  }
}
