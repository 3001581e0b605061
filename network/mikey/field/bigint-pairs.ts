/**
 * Pairs of BigInts: for machines without vectors or without WebAssembly, and what the other two fields are held against.
 *
 * Elements are between about -8p and 8p: `%` keeps the sign and sums are not reduced, because every product is reduced anyway.
 */
import { assert } from '../../../sim/errors.ts';
import { modulo } from '../field.ts';
import type { PairAddress, LaneNumber, PairField, SavedPairs } from './pair-field.ts';

/** The field of integers modulo a prime in BigInt arithmetic. */
export class BigIntPairs implements PairField {
  readonly name = 'bigint';
  readonly stride = 2;
  readonly #p: bigint;
  readonly #memory: bigint[] = [];

  constructor(p: bigint) {
    this.#p = p;
  }

  reserve(count: number): PairAddress {
    const address = this.#memory.length;
    for (let i = 0; i < 2 * count; i++) this.#memory.push(0n);
    return address;
  }

  set(address: PairAddress, first: bigint, second: bigint): void {
    this.#put(address, modulo(first, this.#p), modulo(second, this.#p));
  }

  get(address: PairAddress, lane: LaneNumber): bigint {
    return modulo(this.#at(address + lane), this.#p);
  }

  save(address: PairAddress, count: number): SavedPairs {
    const elements = this.#memory.slice(address, address + 2 * count);
    return {
      count,
      restore: (to) => elements.forEach((element, i) => (this.#memory[to + i] = element)),
    };
  }

  multiply(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#each(r, (lane) => (this.#at(a + lane) * this.#at(b + lane)) % this.#p);
  }

  sumOfProducts(r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress, d: PairAddress): void {
    this.#each(
      r,
      (lane) => (this.#at(a + lane) * this.#at(b + lane) + this.#at(c + lane) * this.#at(d + lane)) % this.#p,
    );
  }

  differenceOfProducts(r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress, d: PairAddress): void {
    this.#each(
      r,
      (lane) => (this.#at(a + lane) * this.#at(b + lane) - this.#at(c + lane) * this.#at(d + lane)) % this.#p,
    );
  }

  add(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#each(r, (lane) => this.#at(a + lane) + this.#at(b + lane));
  }

  subtract(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#each(r, (lane) => this.#at(a + lane) - this.#at(b + lane));
  }

  subtractTwice(r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress): void {
    this.#each(r, (lane) => this.#at(a + lane) - this.#at(b + lane) - 2n * this.#at(c + lane));
  }

  normalise(r: PairAddress, a: PairAddress): void {
    this.#each(r, (lane) => this.#at(a + lane) % this.#p);
  }

  pick00(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#put(r, this.#at(a), this.#at(b));
  }

  pick01(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#put(r, this.#at(a), this.#at(b + 1));
  }

  pick10(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#put(r, this.#at(a + 1), this.#at(b));
  }

  pick11(r: PairAddress, a: PairAddress, b: PairAddress): void {
    this.#put(r, this.#at(a + 1), this.#at(b + 1));
  }

  signedSeconds(r: PairAddress, a: PairAddress, b: PairAddress, signs: number): void {
    const [first, second] = [this.#at(a + 1), this.#at(b + 1)];
    this.#put(r, (signs & 1) === 0 ? first : -first, (signs & 2) === 0 ? second : -second);
  }

  turn(r: PairAddress, a: PairAddress): void {
    this.#put(r, -this.#at(a + 1), this.#at(a));
  }

  fold(r: PairAddress, a: PairAddress): void {
    const sum = this.#at(a) + this.#at(a + 1);
    this.#put(r, sum, sum);
  }

  sumOperand(r: PairAddress, a: PairAddress): void {
    this.#put(r, this.#at(a) + this.#at(a + 1), 2n * this.#at(a));
  }

  differenceOperand(r: PairAddress, a: PairAddress): void {
    this.#put(r, this.#at(a) - this.#at(a + 1), this.#at(a + 1));
  }

  #each(r: PairAddress, value: (lane: LaneNumber) => bigint): void {
    this.#put(r, value(0), value(1));
  }

  #put(r: PairAddress, first: bigint, second: bigint): void {
    this.#memory[r] = first;
    this.#memory[r + 1] = second;
  }

  #at(index: number): bigint {
    const element = this.#memory[index];
    assert(element !== undefined, 'an address was reserved');
    return element;
  }
}
