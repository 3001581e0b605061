/**
 * The group of parameter set 1 as one instance: the field in use, the curve, and the tables of P and g, made when first
 * needed. To use a faster field, replace `field` and `Element`.
 */
import { Comb } from './comb.ts';
import { Curve, type AffinePoint } from './curve.ts';
import { BigIntField, type Field } from './field.ts';
import { FIELD_OCTETS, G, P, P_X, P_Y, Q } from './params1.ts';
import { FixedPower } from './projective-line.ts';

export type Element = bigint;
export type Point = AffinePoint<Element>;

export const field: Field<Element> = new BigIntField(P);
export const curve = new Curve(field, P, FIELD_OCTETS);
export const generator: Point = { x: field.of(P_X), y: field.of(P_Y) };

/** Bits of a scalar. */
const SCALAR_BITS = Q.toString(2).length;

/**
 * Widths of table digits: one more bit saves an eighth of the additions and doubles the table and the time to make it. P
 * and g serve the whole process, a KMS's Z often only a few messages.
 */
const P_WIDTH = 7;
const G_WIDTH = 6;
const Z_WIDTH = 6;

let combOfP: Comb<Element> | undefined;
let powersOfG: FixedPower<Element> | undefined;

export function generatorComb(): Comb<Element> {
  return (combOfP ??= new Comb(curve, generator, SCALAR_BITS, P_WIDTH));
}

export function pairingPowers(): FixedPower<Element> {
  return (powersOfG ??= new FixedPower(field, G, SCALAR_BITS, G_WIDTH));
}

/** The comb of a KMS's Z. Precondition: the order of `z` is not 1, 2 or 4. */
export function publicKeyComb(z: Point): Comb<Element> {
  return new Comb(curve, z, SCALAR_BITS, Z_WIDTH);
}
