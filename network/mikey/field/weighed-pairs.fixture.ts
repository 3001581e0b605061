/**
 * The BigInt field with the weights of its pairs beside them: what the other fields take on trust, that no product and no carry
 * exceeds its bound, is checked at every operation. An algorithm's operations do not depend on the values, so one run weighs all.
 */
import { BigIntPairs } from './bigint-pairs.ts';
import {
  CARRY_WEIGHT,
  PRODUCT_WEIGHT,
  type PairAddress,
  type LaneNumber,
  type PairField,
  type SavedPairs,
} from './pair-field.ts';

/** `normalise` leaves digits that may exceed those of a product by what was carried into them. */
const NORMALISED = 1 + 2 ** -20;

/** A field that throws when an operand weighs too much or was never written. */
export class WeighedPairs implements PairField {
  readonly name = 'bigint';
  readonly stride: number;
  readonly #pairs: BigIntPairs;
  readonly #weights = new Map<PairAddress, number>();
  /** The heaviest product and the heaviest carry so far. */
  readonly heaviest = { product: 0, carry: 0 };

  constructor(p: bigint) {
    this.#pairs = new BigIntPairs(p);
    this.stride = this.#pairs.stride;
  }

  reserve(count: number): PairAddress {
    return this.#pairs.reserve(count);
  }

  set(address: PairAddress, first: bigint, second: bigint): void {
    this.#pairs.set(address, first, second);
    this.#weights.set(address, 1);
  }

  get(address: PairAddress, lane: LaneNumber): bigint {
    this.#productOf(this.#weightOf(address));
    return this.#pairs.get(address, lane);
  }

  save(address: PairAddress, count: number): SavedPairs {
    const saved = this.#pairs.save(address, count);
    const weights = Array.from({ length: count }, (_, i) => this.#weights.get(address + i * this.stride));
    return {
      count,
      restore: (to) => {
        saved.restore(to);
        weights.forEach((weight, i) => this.#weights.set(to + i * this.stride, weight ?? Number.NaN));
      },
    };
  }

  multiply(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#productOf(this.#weightOf(a) * this.#weightOf(b));
    this.#pairs.multiply(r, a, b);
    this.#weights.set(r, 1);
  }

  sumOfProducts(r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress, d: PairAddress): void {
    this.#productOf(this.#weightOf(a) * this.#weightOf(b) + this.#weightOf(c) * this.#weightOf(d));
    this.#pairs.sumOfProducts(r, a, b, c, d);
    this.#weights.set(r, 1);
  }

  differenceOfProducts(r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress, d: PairAddress): void {
    this.#productOf(this.#weightOf(a) * this.#weightOf(b) + this.#weightOf(c) * this.#weightOf(d));
    this.#pairs.differenceOfProducts(r, a, b, c, d);
    this.#weights.set(r, 1);
  }

  add(r: PairAddress, a: PairAddress, b: PairAddress): void {
    const weight = this.#weightOf(a) + this.#weightOf(b);
    this.#pairs.add(r, a, b);
    this.#weights.set(r, weight);
  }

  subtract(r: PairAddress, a: PairAddress, b: PairAddress): void {
    const weight = this.#weightOf(a) + this.#weightOf(b);
    this.#pairs.subtract(r, a, b);
    this.#weights.set(r, weight);
  }

  subtractTwice(r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress): void {
    this.#carryOf(this.#weightOf(a) + this.#weightOf(b) + 2 * this.#weightOf(c));
    this.#pairs.subtractTwice(r, a, b, c);
    this.#weights.set(r, NORMALISED);
  }

  normalise(r: PairAddress, a: PairAddress): void {
    this.#carryOf(this.#weightOf(a));
    this.#pairs.normalise(r, a);
    this.#weights.set(r, NORMALISED);
  }

  pick00(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#moved(r, a, b);
    this.#pairs.pick00(r, a, b);
  }

  pick01(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#moved(r, a, b);
    this.#pairs.pick01(r, a, b);
  }

  pick10(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#moved(r, a, b);
    this.#pairs.pick10(r, a, b);
  }

  pick11(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#moved(r, a, b);
    this.#pairs.pick11(r, a, b);
  }

  signedSeconds(r: PairAddress, a: PairAddress, b: PairAddress, signs: number): void {
    this.#moved(r, a, b);
    this.#pairs.signedSeconds(r, a, b, signs);
  }

  turn(r: PairAddress, a: PairAddress): void {
    this.#moved(r, a, a);
    this.#pairs.turn(r, a);
  }

  fold(r: PairAddress, a: PairAddress): void {
    this.#weights.set(r, 2 * this.#weightOf(a));
    this.#pairs.fold(r, a);
  }

  sumOperand(r: PairAddress, a: PairAddress): void {
    this.#weights.set(r, 2 * this.#weightOf(a));
    this.#pairs.sumOperand(r, a);
  }

  differenceOperand(r: PairAddress, a: PairAddress): void {
    this.#weights.set(r, 2 * this.#weightOf(a));
    this.#pairs.differenceOperand(r, a);
  }

  /** A pair from two others has the weight of the heavier one. */
  #moved(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#weights.set(r, Math.max(this.#weightOf(a), this.#weightOf(b)));
  }

  #productOf(weight: number): void {
    this.heaviest.product = Math.max(this.heaviest.product, weight);
    if (!(weight <= PRODUCT_WEIGHT)) throw new RangeError(`a product of weight ${weight}`);
  }

  #carryOf(weight: number): void {
    this.heaviest.carry = Math.max(this.heaviest.carry, weight);
    if (!(weight <= CARRY_WEIGHT)) throw new RangeError(`a carry of weight ${weight}`);
  }

  #weightOf(address: PairAddress): number {
    return this.#weights.get(address) ?? Number.NaN;
  }
}
