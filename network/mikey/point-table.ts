/**
 * Multiples of a fixed point: every odd multiple below 2^width at every position of a scalar, so that a product is a sum of one
 * entry for each position and no doubling.
 *
 * A table is filled in rounds that double the odd multiples there are, 2^k at a time: m + 2^k for each m below 2^k, all additions
 * of a batch with one inversion, two side by side. The powers of two come from one chain of doublings.
 */
import type { AffinePoint } from './curve.ts';
import { BatchInverse } from './field/batch-inverse.ts';
import type { PairAddress, PairField, SavedPairs } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import { oddDigits, positionsOf } from './odd-digits.ts';
import type { PointChain } from './point-chain.ts';

/** A table entry with its sign. */
export interface Summand {
  /** Of the pair (x, y). */
  readonly entry: PairAddress;
  readonly isNegative: boolean;
}

/** A table in no particular place: a pair (x, y) for each odd multiple, position by position. */
export interface PointTable {
  readonly pairs: SavedPairs;
  readonly width: number;
}

/** Entries of a table of this width. */
export function entriesOf(bits: number, width: number): number {
  return positionsOf(bits, width) * 2 ** (width - 1);
}

/** The entries that add up to `scalar` times the point of a table at `start`. Precondition: `scalar` is odd. */
export function summandsOf(
  scalar: bigint,
  bits: number,
  table: PointTable,
  start: PairAddress,
  stride: number,
): Summand[] {
  const row = 2 ** (table.width - 1);
  return oddDigits(scalar, bits, table.width).map((digit, position) => ({
    entry: start + (position * row + (Math.abs(digit) >> 1)) * stride,
    isNegative: digit < 0,
  }));
}

/** One addition of a round: both operands' and the sum's entries. */
interface Addition {
  readonly a: PairAddress;
  readonly b: PairAddress;
  readonly sum: PairAddress;
}

const SLOTS = ['x', 'y', 'left', 'right', 'up', 'slope', 'z', 'square'] as const;

/** Fills tables; its workspace serves one table after the other. */
export class PointTableBuilder {
  readonly #field: PairField;
  readonly #chain: PointChain;
  readonly #inverse: BatchInverse;
  readonly #bits: number;
  readonly #at: Readonly<Record<(typeof SLOTS)[number], PairAddress>>;
  /** Powers of two times the point, affine; before that (X, Y). */
  readonly #powers: PairAddress;
  /** (ZZ, ZZZ) of them. */
  readonly #zz: PairAddress;

  /** @param bits of the largest scalar */
  constructor(field: PairField, chain: PointChain, inverse: BatchInverse, bits: number) {
    this.#field = field;
    this.#chain = chain;
    this.#inverse = inverse;
    this.#bits = bits;
    this.#at = slots(field, SLOTS);
    this.#powers = field.reserve(this.#powersCount(1) + 16);
    this.#zz = field.reserve(this.#powersCount(1) + 16);
  }

  /** Makes the table of a point at `start`. Precondition: the point's order is not below 2^width. */
  build(point: AffinePoint, width: number, start: PairAddress): PointTable {
    const field = this.#field;
    const { stride } = field;
    this.#doublePowers(point, this.#powersCount(width));
    const positions = positionsOf(this.#bits, width);
    const row = 2 ** (width - 1);
    const power = (position: number, k: number): PairAddress =>
      this.#powers + (position * width + k) * stride;
    const entry = (position: number, index: number): PairAddress => start + (position * row + index) * stride;
    for (let position = 0; position < positions; position++) {
      const from = power(position, 0);
      field.pick01(entry(position, 0), from, from);
    }
    for (let k = 1; k < width; k++) {
      const additions: Addition[] = [];
      for (let position = 0; position < positions; position++) {
        for (let index = 0; index < 2 ** (k - 1); index++) {
          const sum = entry(position, index + 2 ** (k - 1));
          additions.push({ a: entry(position, index), b: power(position, k), sum });
        }
      }
      this.#addAll(additions);
    }
    return { pairs: field.save(start, positions * row), width };
  }

  /** Powers that a table of this width needs. */
  #powersCount(width: number): number {
    return positionsOf(this.#bits, width) * width;
  }

  /** Point, 2 * point, 4 * point and so on in affine form. */
  #doublePowers(point: AffinePoint, count: number): void {
    const field = this.#field;
    const chain = this.#chain;
    const { stride } = field;
    chain.start(point);
    for (let i = 0; i < count; i++) {
      field.pick01(this.#powers + i * stride, chain.xy, chain.xy);
      field.pick01(this.#zz + i * stride, chain.zz, chain.zz);
      chain.double();
    }
    const { x, y, z, left, right, square } = this.#at;
    const pairs = Math.ceil(count / 2);
    const second = (i: number): number => Math.min(2 * i + 1, count - 1) * stride;
    this.#inverse.of(
      pairs,
      (i, denominator) => {
        field.pick11(denominator, this.#zz + 2 * i * stride, this.#zz + second(i));
      },
      (i, inverse) => {
        const [a, b] = [2 * i * stride, second(i)];
        field.pick00(left, this.#zz + a, this.#zz + b);
        field.multiply(z, left, inverse); // 1/Z = ZZ/ZZZ
        field.multiply(square, z, z);
        field.pick00(left, this.#powers + a, this.#powers + b);
        field.pick11(right, this.#powers + a, this.#powers + b);
        field.multiply(x, left, square);
        field.multiply(y, right, inverse);
        field.pick00(this.#powers + a, x, y);
        field.pick11(this.#powers + b, x, y);
      },
    );
  }

  /** Precondition: no two points of an addition have the same x. */
  #addAll(additions: readonly Addition[]): void {
    const field = this.#field;
    const { x, y, left, right, up, slope, square } = this.#at;
    const pairOf = (i: number): readonly [Addition, Addition] => {
      const first = additions[2 * i] as Addition;
      return [first, additions[2 * i + 1] ?? first];
    };
    this.#inverse.of(
      Math.ceil(additions.length / 2),
      (i, denominator) => {
        const [one, two] = pairOf(i);
        field.pick00(left, one.a, two.a);
        field.pick00(right, one.b, two.b);
        field.subtract(denominator, right, left);
      },
      (i, inverse) => {
        const [one, two] = pairOf(i);
        field.pick11(left, one.a, two.a);
        field.pick11(right, one.b, two.b);
        field.subtract(up, right, left);
        field.multiply(slope, up, inverse);
        field.multiply(square, slope, slope);
        field.pick00(x, one.a, two.a);
        field.pick00(right, one.b, two.b);
        field.add(right, x, right);
        field.subtract(right, square, right);
        field.normalise(right, right);
        field.subtract(up, x, right);
        field.multiply(y, slope, up);
        field.subtract(y, y, left);
        field.normalise(y, y);
        field.pick00(one.sum, right, y);
        field.pick11(two.sum, right, y);
      },
    );
  }
}
