/**
 * Integers modulo a prime in BigInt: for scalars, for what is done once, and for every case that the fast arithmetic on pairs
 * (`field/`) leaves out. An element is any representative of its class: compare with `equals` only.
 *
 * Nothing here is constant time. calldrill's keys are never for real use.
 */
import { assert } from '../../sim/errors.ts';

/** The representative in 0..modulus-1. */
export function modulo(a: bigint, modulus: bigint): bigint {
  const remainder = a % modulus;
  return remainder < 0n ? remainder + modulus : remainder;
}

/** Leading bits of numbers that are worked on in floating point; sums and products of what is made of them stay exact. */
const LEADING_BITS = 50;
/** Bound of the coefficients of one round. */
const COEFFICIENT_BOUND = 2 ** 25;

/**
 * a^-1 modulo a prime, in 0..modulus-1, by the extended Euclidean algorithm; many of its steps at once are found from the
 * leading bits alone (Lehmer; Knuth, The Art of Computer Programming 2, 4.5.2, algorithm L).
 * Precondition: `modulus` does not divide `a`.
 */
export function invertModulo(a: bigint, modulus: bigint): bigint {
  let [high, low] = [modulus, modulo(a, modulus)];
  let [before, coefficient] = [0n, 1n];
  let bits = 4 * modulus.toString(16).length;
  while (low !== 0n) {
    bits = bitsBelow(high, bits);
    const steps = bits > LEADING_BITS ? leadingSteps(high, low, BigInt(bits - LEADING_BITS)) : undefined;
    if (steps === undefined) {
      const quotient = high / low;
      [high, low] = [low, high - quotient * low];
      [before, coefficient] = [coefficient, before - quotient * coefficient];
      continue;
    }
    const [p, q, r, s] = steps;
    [high, low] = [p * high + q * low, r * high + s * low];
    [before, coefficient] = [p * before + q * coefficient, r * before + s * coefficient];
  }
  assert(high === 1n, 'the modulus has no factor in common with what is inverted');
  return modulo(before, modulus);
}

/** The bits of a number, of which it is known that it has no more than `bits`. */
function bitsBelow(value: bigint, bits: number): number {
  for (let upper = bits; upper > 32; upper -= 32) {
    const leading = Number(value >> BigInt(upper - 32));
    if (leading !== 0) return upper - Math.clz32(leading);
  }
  return Math.min(bits, 32);
}

/**
 * The steps of the algorithm that the leading bits of both numbers determine, as one matrix (p, q; r, s); undefined when they
 * determine none. A quotient is certain when both ends of what the numbers may be give it.
 */
function leadingSteps(
  high: bigint,
  low: bigint,
  dropped: bigint,
): readonly [bigint, bigint, bigint, bigint] | undefined {
  let [x, y] = [Number(high >> dropped), Number(low >> dropped)];
  let [p, q, r, s] = [1, 0, 0, 1];
  while (y + r !== 0 && y + s !== 0) {
    const quotient = Math.floor((x + p) / (y + r));
    if (quotient !== Math.floor((x + q) / (y + s))) break;
    const [nextR, nextS] = [p - quotient * r, q - quotient * s];
    if (Math.abs(nextR) > COEFFICIENT_BOUND || Math.abs(nextS) > COEFFICIENT_BOUND) break;
    [x, y] = [y, x - quotient * y];
    [p, q, r, s] = [r, s, nextR, nextS];
  }
  return q === 0 ? undefined : [BigInt(p), BigInt(q), BigInt(r), BigInt(s)];
}

/** The integers modulo a prime. Elements are between about -4p and 4p: `%` keeps the sign, and sums are not reduced. */
export class BigIntField {
  readonly #p: bigint;

  constructor(p: bigint) {
    this.#p = p;
  }

  /** The representative in 0..p-1. */
  toInteger(a: bigint): bigint {
    return modulo(a, this.#p);
  }

  isZero(a: bigint): boolean {
    return a % this.#p === 0n;
  }

  equals(a: bigint, b: bigint): boolean {
    return (a - b) % this.#p === 0n;
  }

  multiply(a: bigint, b: bigint): bigint {
    return (a * b) % this.#p;
  }

  /** a*b - c*d */
  differenceOfProducts(a: bigint, b: bigint, c: bigint, d: bigint): bigint {
    return (a * b - c * d) % this.#p;
  }

  /** Precondition: `a` is not zero. */
  invert(a: bigint): bigint {
    return invertModulo(a, this.#p);
  }
}

/**
 * Inverts all of `elements` at the price of one inversion and three multiplications each (Montgomery's trick).
 * Precondition: none of them is zero.
 */
export function invertAll(field: BigIntField, elements: readonly bigint[]): bigint[] {
  const prefixes: bigint[] = [];
  let product = 1n;
  for (const element of elements) {
    prefixes.push(product);
    product = field.multiply(product, element);
  }
  let inverse = field.invert(product);
  const inverses = Array.from(prefixes);
  for (let i = elements.length - 1; i >= 0; i--) {
    inverses[i] = field.multiply(inverse, prefixes[i] as bigint);
    inverse = field.multiply(inverse, elements[i] as bigint);
  }
  return inverses;
}
