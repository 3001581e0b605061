/**
 * A point that is doubled and added to, step by step: the chain under Miller's loop and under the tables.
 *
 * Coordinates are XYZZ (`curve.ts`), as two pairs: (X, Y) and (ZZ, ZZZ). A doubling is four products of pairs and an addition
 * five, because two products of one step are made side by side. Nothing is checked on the way: past the point at infinity, and
 * past an addition of equal points, ZZ stays 0, which whoever reads the result looks at.
 */
import type { AffinePoint, XyzzPoint } from './curve.ts';
import type { PairAddress, PairField } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import { nonAdjacentForm } from './non-adjacent-form.ts';

const SLOTS = [
  'xy',
  'zz',
  'nextXy',
  'nextZz',
  'gradient',
  'zero',
  'twice',
  'sum',
  'difference',
  'left',
  'right',
  'square',
  'cube',
  'x',
  'yz',
  'plus',
  'minus',
] as const;

/** The moving point. Addresses that it shows are valid until its next step. */
export class PointChain {
  readonly #field: PairField;
  readonly #at: Readonly<Record<(typeof SLOTS)[number], PairAddress>>;
  #xy: PairAddress;
  #zz: PairAddress;
  #nextXy: PairAddress;
  #nextZz: PairAddress;

  constructor(field: PairField) {
    this.#field = field;
    this.#at = slots(field, SLOTS);
    this.#xy = this.#at.xy;
    this.#zz = this.#at.zz;
    this.#nextXy = this.#at.nextXy;
    this.#nextZz = this.#at.nextZz;
    field.set(this.#at.zero, 0n, 0n);
  }

  /** (X, Y), of weight 1. */
  get xy(): PairAddress {
    return this.#xy;
  }

  /** (ZZ, ZZZ), of weight 1. */
  get zz(): PairAddress {
    return this.#zz;
  }

  /** (X, Y) before the last step. */
  get xyBefore(): PairAddress {
    return this.#nextXy;
  }

  /** (ZZ, ZZZ) before the last step. */
  get zzBefore(): PairAddress {
    return this.#nextZz;
  }

  /**
   * The numerator of the gradient of the line that the last step drew, whose denominator is Z of the sum, ZZZ/ZZ. A doubling
   * leaves it in both lanes with weight 1, an addition in the second with weight 2.
   */
  get gradient(): PairAddress {
    return this.#at.gradient;
  }

  start({ x, y }: AffinePoint): void {
    this.#field.set(this.#xy, x, y);
    this.#field.set(this.#zz, 1n, 1n);
  }

  /** Where the chain is, as integers. */
  point(): XyzzPoint {
    const field = this.#field;
    return {
      x: field.get(this.#xy, 0),
      y: field.get(this.#xy, 1),
      zz: field.get(this.#zz, 0),
      zzz: field.get(this.#zz, 1),
    };
  }

  /** Starts anew and walks to [scalar]point; undefined when it is infinity, or equal or opposite points met. Precondition: 0 <= scalar. */
  multiply(scalar: bigint, point: AffinePoint): XyzzPoint | undefined {
    const { plus, minus } = this.#at;
    this.#field.set(plus, point.x, point.y);
    this.#field.set(minus, point.x, -point.y);
    this.start(point);
    for (const digit of nonAdjacentForm(scalar).reverse().slice(1)) {
      this.double();
      if (digit !== 0) this.add(digit === 1 ? plus : minus);
    }
    const sum = this.point();
    return scalar === 0n || sum.zz === 0n ? undefined : sum;
  }

  /** Doubles the point: dbl-2008-s-1, with M^2 beside V * ZZ and so on. */
  double(): void {
    const field = this.#field;
    const { zero, twice, sum, difference, left, right, gradient, square, cube, x, yz } = this.#at;
    const [xy, zz] = [this.#xy, this.#zz];
    field.add(twice, xy, xy);
    field.add(sum, xy, zz);
    field.subtract(difference, xy, zz);
    field.pick10(left, twice, difference);
    field.pick10(right, twice, sum);
    field.multiply(square, left, right); // V = U^2, (X - ZZ)(X + ZZ)
    field.pick11(gradient, square, square);
    field.add(left, gradient, gradient);
    field.add(gradient, gradient, left);
    field.normalise(gradient, gradient); // M in both lanes
    field.pick10(left, twice, xy);
    field.pick00(right, square, square);
    field.multiply(cube, left, right); // W = UV, S = XV
    field.pick00(left, gradient, square);
    field.pick00(right, gradient, zz);
    field.multiply(square, left, right); // M^2, V * ZZ
    field.pick11(right, cube, cube);
    field.subtractTwice(x, square, zero, right);
    field.subtract(right, right, x); // S - X
    field.pick00(left, gradient, cube);
    field.pick01(right, right, zz);
    field.pick01(sum, cube, zero);
    field.pick11(difference, xy, xy);
    field.differenceOfProducts(yz, left, right, sum, difference); // M(S - X) - WY, W * ZZZ
    field.pick00(this.#nextXy, x, yz);
    field.pick11(this.#nextZz, square, yz);
    this.#advance();
  }

  /** Adds the affine point (x, y) at an address, of weight 1: madd-2008-s, likewise. */
  add(addend: PairAddress): void {
    const field = this.#field;
    const { zero, twice, sum, difference, left, right, gradient, square, cube, x, yz } = this.#at;
    const [xy, zz] = [this.#xy, this.#zz];
    field.multiply(gradient, addend, zz);
    field.subtract(gradient, gradient, xy); // P, R
    field.multiply(square, gradient, gradient); // P^2, R^2
    field.pick00(left, gradient, xy);
    field.pick00(right, square, square);
    field.multiply(cube, left, right); // P^3, Q = X * P^2
    field.pick00(twice, square, cube);
    field.multiply(this.#nextZz, zz, twice); // ZZ * P^2, ZZZ * P^3
    field.pick10(left, square, zero);
    field.pick11(right, cube, cube);
    field.subtractTwice(x, left, cube, right); // R^2 - P^3 - 2Q
    field.subtract(right, right, x); // Q - X
    field.pick10(left, gradient, zero);
    field.pick10(sum, xy, zero);
    field.pick00(difference, cube, zero);
    field.differenceOfProducts(yz, left, right, sum, difference); // R(Q - X) - Y * P^3
    field.pick00(this.#nextXy, x, yz);
    this.#advance();
  }

  #advance(): void {
    [this.#xy, this.#nextXy] = [this.#nextXy, this.#xy];
    [this.#zz, this.#nextZz] = [this.#nextZz, this.#zz];
  }
}
