/** The value of a prepared pairing: its functions evaluated at the other point. */
import { invertModulo, modulo } from './field.ts';
import type { AffinePoint } from './curve.ts';
import type { PairAddress, PairField } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import { MillerValue } from './miller.ts';
import type { ProjectiveElement } from './power-table.ts';
import { FUNCTION_PAIRS, type PreparedPoint } from './prepared-pairing.ts';

const SLOTS = ['low', 'high', 'x', 'xx', 'part', 'real', 'imaginary', 'b1'] as const;

/** Evaluates prepared pairings; its workspace serves one after the other. */
export class PreparedValue {
  readonly #field: PairField;
  readonly #p: bigint;
  readonly #value: MillerValue;
  readonly #at: Readonly<Record<(typeof SLOTS)[number], PairAddress>>;

  constructor(field: PairField, p: bigint) {
    this.#field = field;
    this.#p = p;
    this.#value = new MillerValue(field);
    this.#at = slots(field, SLOTS);
  }

  /** <first, second>, the first point's functions being at an address. `second` may be any affine point of the curve. */
  of({ forms }: PreparedPoint, functions: PairAddress, second: AffinePoint): ProjectiveElement {
    // A point of order 2 is paired with nothing: its functions have no imaginary part.
    if (second.y === 0n) return { a: 1n, b: 0n };
    const field = this.#field;
    const value = this.#value;
    const { low, high, x, xx, part, real } = this.#at;
    // The distortion map takes (x, y) to (-x, iy). Divided by y, the imaginary part is B(-x).
    const p = this.#p;
    const at = p - second.x;
    const perY = invertModulo(second.y, p);
    const atPerY = modulo(at * perY, p);
    const square = modulo(at * at, p);
    field.set(low, perY, atPerY);
    field.set(high, square * perY, square * atPerY);
    field.set(x, at, at);
    field.set(xx, square, square);
    value.start();
    let place = functions;
    for (const form of forms) {
      value.square();
      value.square();
      field.sumOfProducts(part, place, low, place + field.stride, high);
      field.fold(real, part);
      value.multiply(real, this.#imaginary(form, place + 2 * field.stride));
      place += FUNCTION_PAIRS * field.stride;
    }
    return value.finish();
  }

  #imaginary(form: PreparedPoint['forms'][number], coefficients: PairAddress): PairAddress {
    const field = this.#field;
    const { x, xx, imaginary, b1 } = this.#at;
    field.pick00(imaginary, coefficients, coefficients);
    if (form === 'line') return imaginary;
    if (form === 'tangents') {
      field.add(imaginary, imaginary, x);
      return imaginary;
    }
    field.pick11(b1, coefficients, coefficients);
    field.multiply(b1, b1, x);
    field.add(imaginary, imaginary, b1);
    if (form === 'chord first') field.add(imaginary, imaginary, xx);
    return imaginary;
  }
}
