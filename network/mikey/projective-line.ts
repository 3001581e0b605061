/**
 * PF_p = (F_{p^2})* / (F_p)* (RFC 6508 section 2.1): elements a + bi with i^2 = -1, where factors in F_p do not count.
 * The RFC writes such an element as b/a, one element of F_p. Because a factor in F_p vanishes, a product needs no
 * normalisation, and the inverse of (1, t) is (1, -t): negative digits in a table are free.
 *
 * Powers of the fixed g come from a table of b/a values, like a comb on the curve.
 */
import { assert } from '../../sim/errors.ts';
import { multiples, signedDigits } from './comb.ts';
import { invertAll, type Field } from './field.ts';

/** a + bi, up to a factor in F_p. */
export interface ProjectiveElement<Element> {
  readonly a: Element;
  readonly b: Element;
}

/** The square; (a + bi)^2 = (a - b)(a + b) + 2abi. */
export function square<Element>(
  field: Field<Element>,
  { a, b }: ProjectiveElement<Element>,
): ProjectiveElement<Element> {
  const product = field.multiply(a, b);
  return {
    a: field.multiply(field.subtract(a, b), field.add(a, b)),
    b: field.add(product, product),
  };
}

/** Powers of a fixed element of order q, given as b/a. */
export class FixedPower<Element> {
  readonly #field: Field<Element>;
  readonly #bits: number;
  readonly #width: number;
  readonly #rows: Element[][];

  constructor(field: Field<Element>, base: bigint, bits: number, width: number) {
    this.#field = field;
    this.#bits = bits;
    this.#width = width;
    const powers: ProjectiveElement<Element>[] = [];
    let power: ProjectiveElement<Element> = { a: field.one, b: field.of(base) };
    for (let at = 0; at <= bits; at++) {
      if (at % width === 0) powers.push(power);
      power = square(field, power);
    }
    const inverses = invertAll(
      field,
      powers.map(({ a }) => a),
    );
    const bases = powers.map(({ b }, i) => field.multiply(b, inverses[i] as Element));
    this.#rows = multiples(bases, width, (lefts, rights) => this.#multiplyPairs(lefts, rights));
  }

  /** The power of the base; 0 <= exponent < 2^bits. */
  power(exponent: bigint): ProjectiveElement<Element> {
    const field = this.#field;
    const { one } = field;
    let a = field.one;
    let b = field.zero;
    signedDigits(exponent, this.#bits, this.#width).forEach((digit, at) => {
      if (digit === 0) return;
      const entry = this.#rows[Math.abs(digit) - 1]?.[at];
      assert(entry !== undefined, 'every digit of every position is in the table');
      const t = digit > 0 ? entry : field.negate(entry);
      [a, b] = [field.differenceOfProducts(a, one, b, t), field.sumOfProducts(b, one, a, t)];
    });
    return { a, b };
  }

  /** (1, s)(1, t) = (1, (s + t) / (1 - st)). The denominator is zero only for an element of order 2, and q is odd. */
  #multiplyPairs(lefts: readonly Element[], rights: readonly Element[]): Element[] {
    const field = this.#field;
    const denominators = lefts.map((left, i) =>
      field.subtract(field.one, field.multiply(left, rights[i] as Element)),
    );
    const inverses = invertAll(field, denominators);
    return lefts.map((left, i) =>
      field.multiply(field.add(left, rights[i] as Element), inverses[i] as Element),
    );
  }
}
