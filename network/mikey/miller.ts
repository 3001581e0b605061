/**
 * Miller's loop for the Tate-Lichtenbaum pairing <A, B> of RFC 6508 section 3.2, as far as both ways of computing it agree.
 *
 * Factors in F_p vanish in PF_p: vertical lines, normalisations and the last addition (whose line is vertical) never appear, and
 * nothing is inverted. q is in non-adjacent form. The final exponent (p + 1) / q = 4 is two squarings.
 */
import type { PairAddress, PairField } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import { nonAdjacentForm } from './non-adjacent-form.ts';
import type { ProjectiveElement } from './power-table.ts';

/** The steps of the loop: each doubles, then adds the first point times this digit, most significant first. */
export interface MillerSteps {
  readonly digits: readonly number[];
  /** The first point times this is where the steps end when its order is q. */
  readonly end: 1 | -1;
}

/** The loop of an odd group order. */
export function millerSteps(q: bigint): MillerSteps {
  const [last, ...digits] = nonAdjacentForm(q);
  digits.reverse();
  return { digits: [...digits.slice(1), 0], end: last === 1 ? -1 : 1 };
}

/** The loop's value, an element of F_{p^2} up to a factor in F_p. */
export class MillerValue {
  readonly #field: PairField;
  readonly #at: Readonly<Record<'v' | 'left' | 'right', PairAddress>>;

  constructor(field: PairField) {
    this.#field = field;
    this.#at = slots(field, ['v', 'left', 'right']);
  }

  start(): void {
    this.#field.set(this.#at.v, 1n, 0n);
  }

  square(): void {
    const field = this.#field;
    const { v, left, right } = this.#at;
    field.sumOperand(left, v);
    field.differenceOperand(right, v);
    field.multiply(v, left, right);
  }

  /** Times real + imaginary i, each in both lanes of a pair; their weights together are at most 6. */
  multiply(real: PairAddress, imaginary: PairAddress): void {
    const field = this.#field;
    const { v, left } = this.#at;
    field.turn(left, v);
    field.sumOfProducts(v, v, real, left, imaginary);
  }

  /** The pairing's value, which ends the loop. */
  finish(): ProjectiveElement {
    this.square();
    this.square();
    return { a: this.#field.get(this.#at.v, 0), b: this.#field.get(this.#at.v, 1) };
  }
}
