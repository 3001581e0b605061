/**
 * Arithmetic modulo a prime, behind an interface small enough that a faster implementation (WebAssembly) can take the
 * place of the BigInt one without the curve or the pairing knowing.
 *
 * A sum or difference of two products is one operation: in BigInt it costs one division instead of two, and a vector unit
 * computes the two products side by side. An element is any representative of its class: compare with `equals` only.
 *
 * Nothing here is constant time. calldrill's keys are never for real use.
 */

/** The arithmetic of a prime field, for whichever representation of its elements is fastest. */
export interface Field<Element> {
  readonly zero: Element;
  readonly one: Element;
  /** The class of an integer of any size and sign. */
  of(value: bigint): Element;
  /** The representative in 0..p-1. */
  toInteger(a: Element): bigint;
  isZero(a: Element): boolean;
  equals(a: Element, b: Element): boolean;
  negate(a: Element): Element;
  add(a: Element, b: Element): Element;
  subtract(a: Element, b: Element): Element;
  multiply(a: Element, b: Element): Element;
  /** a*b + c*d */
  sumOfProducts(a: Element, b: Element, c: Element, d: Element): Element;
  /** a*b - c*d */
  differenceOfProducts(a: Element, b: Element, c: Element, d: Element): Element;
  /** Sum of a[i]*b[i] over the length of `a`; `b` is at least as long. */
  dot(a: readonly Element[], b: readonly Element[]): Element;
  /** Precondition: `a` is not zero. */
  invert(a: Element): Element;
}

/**
 * a^-1 modulo a prime, in 0..modulus-1, by the extended Euclidean algorithm.
 * Precondition: `modulus` does not divide `a`.
 */
export function invertModulo(a: bigint, modulus: bigint): bigint {
  let [high, low] = [modulus, modulo(a, modulus)];
  let [before, coefficient] = [0n, 1n];
  while (low !== 0n) {
    const quotient = high / low;
    [high, low] = [low, high - quotient * low];
    [before, coefficient] = [coefficient, before - quotient * coefficient];
  }
  return modulo(before, modulus);
}

/** The representative in 0..modulus-1. */
export function modulo(a: bigint, modulus: bigint): bigint {
  const remainder = a % modulus;
  return remainder < 0n ? remainder + modulus : remainder;
}

/**
 * BigInt elements between about -4p and 4p: `%` keeps the sign and sums are not reduced, because every product is
 * reduced anyway. Chains of additions in the callers are short, so representatives stay within a few bits of p.
 */
export class BigIntField implements Field<bigint> {
  readonly zero = 0n;
  readonly one = 1n;
  readonly #p: bigint;

  constructor(p: bigint) {
    this.#p = p;
  }

  of(value: bigint): bigint {
    return modulo(value, this.#p);
  }

  toInteger(a: bigint): bigint {
    return modulo(a, this.#p);
  }

  isZero(a: bigint): boolean {
    return a % this.#p === 0n;
  }

  equals(a: bigint, b: bigint): boolean {
    return (a - b) % this.#p === 0n;
  }

  negate(a: bigint): bigint {
    return -a;
  }

  add(a: bigint, b: bigint): bigint {
    return a + b;
  }

  subtract(a: bigint, b: bigint): bigint {
    return a - b;
  }

  multiply(a: bigint, b: bigint): bigint {
    return (a * b) % this.#p;
  }

  sumOfProducts(a: bigint, b: bigint, c: bigint, d: bigint): bigint {
    return (a * b + c * d) % this.#p;
  }

  differenceOfProducts(a: bigint, b: bigint, c: bigint, d: bigint): bigint {
    return (a * b - c * d) % this.#p;
  }

  dot(a: readonly bigint[], b: readonly bigint[]): bigint {
    let sum = 0n;
    for (let i = 0; i < a.length; i++) sum += (a[i] as bigint) * (b[i] as bigint);
    return sum % this.#p;
  }

  invert(a: bigint): bigint {
    return invertModulo(a, this.#p);
  }
}

/**
 * Inverts all of `elements` at the price of one inversion and three multiplications each (Montgomery's trick).
 * Precondition: none of them is zero.
 */
export function invertAll<Element>(field: Field<Element>, elements: readonly Element[]): Element[] {
  const prefixes: Element[] = [];
  let product = field.one;
  for (const element of elements) {
    prefixes.push(product);
    product = field.multiply(product, element);
  }
  let inverse = field.invert(product);
  const inverses = Array.from(prefixes);
  for (let i = elements.length - 1; i >= 0; i--) {
    inverses[i] = field.multiply(inverse, prefixes[i] as Element);
    inverse = field.multiply(inverse, elements[i] as Element);
  }
  return inverses;
}
