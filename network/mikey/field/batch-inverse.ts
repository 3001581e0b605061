/** Many pairs inverted at the price of one inversion and three products each (Montgomery's trick), in both lanes at once. */
import { invertModulo } from '../field.ts';
import type { PairAddress, PairField } from './pair-field.ts';
import { slots } from './slots.ts';

/** Pairs in a batch: enough that the inversion itself does not count. */
const BATCH = 512;

/** Inverts both elements of many pairs; its workspace serves one after the other. */
export class BatchInverse {
  readonly #field: PairField;
  readonly #p: bigint;
  readonly #pairs: PairAddress;
  readonly #prefixes: PairAddress;
  readonly #at: Readonly<Record<'one' | 'inverse' | 'rest', PairAddress>>;

  constructor(field: PairField, p: bigint) {
    this.#field = field;
    this.#p = p;
    this.#pairs = field.reserve(BATCH);
    this.#prefixes = field.reserve(BATCH);
    this.#at = slots(field, ['one', 'inverse', 'rest']);
    field.set(this.#at.one, 1n, 1n);
  }

  /**
   * Inverts `count` pairs in batches. `write` puts the pair of a place where it is told, of weight 2 at most; `finish` gets its
   * inverse, of weight 1 and good until it returns, from the last place of a batch to its first.
   * Precondition: no element is zero.
   */
  of(
    count: number,
    write: (place: number, pair: PairAddress) => void,
    finish: (place: number, inverse: PairAddress) => void,
  ): void {
    for (let first = 0; first < count; first += BATCH) {
      const size = Math.min(BATCH, count - first);
      for (let i = 0; i < size; i++) write(first + i, this.#pairs + i * this.#field.stride);
      this.#invert(size, (i, inverse) => finish(first + i, inverse));
    }
  }

  #invert(count: number, each: (i: number, inverse: PairAddress) => void): void {
    const field = this.#field;
    const { one, inverse, rest } = this.#at;
    const { stride } = field;
    let product = one;
    for (let i = 0; i < count; i++) {
      const next = this.#prefixes + i * stride;
      field.multiply(next, product, this.#pairs + i * stride);
      product = next;
    }
    const [first, second] = [field.get(product, 0), field.get(product, 1)];
    const both = invertModulo(first * second, this.#p);
    field.set(rest, both * second, both * first);
    for (let i = count - 1; i > 0; i--) {
      field.multiply(inverse, rest, this.#prefixes + (i - 1) * stride);
      field.multiply(rest, rest, this.#pairs + i * stride);
      each(i, inverse);
    }
    each(0, rest);
  }
}
