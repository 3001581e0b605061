/**
 * The pairing of two points that may never meet again: Miller's loop with its lines worked out on the way. For a point that many
 * are paired with there is `prepared-pairing.ts`, which takes longer at first and less than half the time after that.
 */
import type { AffinePoint, Curve } from './curve.ts';
import type { PairAddress, PairField } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import { millerSteps, MillerValue, type MillerSteps } from './miller.ts';
import type { PointChain } from './point-chain.ts';
import type { ProjectiveElement } from './power-table.ts';

const SLOTS = [
  'first',
  'opposite',
  'x',
  'y',
  'zero',
  'line',
  'left',
  'right',
  'less',
  'doubled',
  'real',
  'imaginary',
] as const;

/** Pairs points; its workspace serves one pairing after the other. */
export class Pairing {
  readonly #field: PairField;
  readonly #curve: Curve;
  readonly #chain: PointChain;
  readonly #value: MillerValue;
  readonly #steps: MillerSteps;
  readonly #at: Readonly<Record<(typeof SLOTS)[number], PairAddress>>;

  /** @param q odd prime order of the group; the curve has 4q points */
  constructor(field: PairField, curve: Curve, chain: PointChain, q: bigint) {
    this.#field = field;
    this.#curve = curve;
    this.#chain = chain;
    this.#value = new MillerValue(field);
    this.#steps = millerSteps(q);
    this.#at = slots(field, SLOTS);
    field.set(this.#at.zero, 0n, 0n);
  }

  /** <first, second>; undefined when the order of `first` is not q. `second` may be any affine point of the curve. */
  of(first: AffinePoint, second: AffinePoint): ProjectiveElement | undefined {
    const field = this.#field;
    const chain = this.#chain;
    const value = this.#value;
    field.set(this.#at.first, first.x, first.y);
    field.set(this.#at.opposite, first.x, -first.y);
    // The distortion map takes (x, y) to (-x, iy); a line is evaluated there.
    field.set(this.#at.x, second.x, second.x);
    field.set(this.#at.y, second.y, second.y);
    chain.start(first);
    value.start();
    for (const digit of this.#steps.digits) {
      chain.double();
      value.square();
      this.#tangent();
      if (digit === 0) continue;
      const addend = digit === 1 ? this.#at.first : this.#at.opposite;
      chain.add(addend);
      this.#chord(addend);
    }
    const end = this.#steps.end === 1 ? first : this.#curve.negate(first);
    return this.#curve.equals(chain.point(), end) ? value.finish() : undefined;
  }

  /** With gradient M / 2YZ at (X/ZZ, Y/ZZZ), times 2Y * ZZZ: M(x ZZ + X) - 2Y^2 + 2Y ZZZ y i. */
  #tangent(): void {
    const field = this.#field;
    const { x, y, zero, left, right, less, doubled } = this.#at;
    const { xyBefore: xy, zzBefore: zz, gradient } = this.#chain;
    field.add(doubled, xy, xy);
    field.pick01(left, x, doubled);
    field.multiply(right, left, zz); // x ZZ, 2Y ZZZ
    field.pick00(left, gradient, y);
    field.pick01(less, xy, zero);
    field.add(right, right, less); // x ZZ + X, 2Y ZZZ
    field.pick10(less, doubled, zero);
    field.pick10(doubled, xy, zero);
    this.#multiplyByLine(left, right, less, doubled);
  }

  /** With gradient R / Z through (X2, Y2), Z the sum's, times ZZZ: R ZZ (x + X2) - ZZZ Y2 + ZZZ y i. */
  #chord(addend: PairAddress): void {
    const field = this.#field;
    const { x, y, zero, left, right, less, doubled } = this.#at;
    const { zz, gradient } = this.#chain;
    field.pick10(left, gradient, zero);
    field.multiply(left, left, zz); // R ZZ
    field.pick01(left, left, y);
    field.add(right, x, addend);
    field.pick01(right, right, zz); // x + X2, ZZZ
    field.pick10(less, zz, zero);
    field.pick10(doubled, addend, zero);
    this.#multiplyByLine(left, right, less, doubled);
  }

  /** The line is left * right - less * by, its real part in the first lane. */
  #multiplyByLine(left: PairAddress, right: PairAddress, less: PairAddress, by: PairAddress): void {
    const field = this.#field;
    const { line, real, imaginary } = this.#at;
    field.differenceOfProducts(line, left, right, less, by);
    field.pick00(real, line, line);
    field.pick11(imaginary, line, line);
    this.#value.multiply(real, imaginary);
  }
}
