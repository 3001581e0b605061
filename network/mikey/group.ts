/**
 * The group of parameter set 1 as one instance: the field in use, the curve, and the tables of P and g, made when first
 * needed. To use a faster field, replace `field` and `Element`.
 */
import { Comb } from './comb.ts';
import { Curve, type AffinePoint } from './curve.ts';
import { BigIntField, type Field } from './field.ts';
import { FIELD_OCTETS, G, P, P_X, P_Y, Q } from './params1.ts';
import { FixedPower } from './projective-line.ts';

/** A number modulo p, as the field represents it. */
export type Element = bigint;
/** A point of E(F_p) that is not the one at infinity. */
export type Point = AffinePoint<Element>;

/** The integers modulo the 1,024-bit p of parameter set 1 (RFC 6509 appendix A). */
export const field: Field<Element> = new BigIntField(P);
/** The curve of parameter set 1 over {@link field}: y^2 = x^3 - 3x (RFC 6508 section 3.1). */
export const curve = new Curve(field, P, FIELD_OCTETS);
/** P of parameter set 1: it generates the subgroup of order q that all keys are in. */
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

/** Multiples of P, worked out once: a scalar times P takes a fraction of the time of any other point's. */
export function generatorComb(): Comb<Element> {
  return (combOfP ??= new Comb(curve, generator, SCALAR_BITS, P_WIDTH));
}

/** Powers of g = <P, P>, worked out once: every encapsulation raises g to a fresh exponent. */
export function pairingPowers(): FixedPower<Element> {
  return (powersOfG ??= new FixedPower(field, G, SCALAR_BITS, G_WIDTH));
}

/** The comb of a KMS's Z. Precondition: the order of `z` is not 1, 2 or 4. */
export function publicKeyComb(z: Point): Comb<Element> {
  return new Comb(curve, z, SCALAR_BITS, Z_WIDTH);
}
