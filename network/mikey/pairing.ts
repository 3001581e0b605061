/**
 * The Tate-Lichtenbaum pairing <A, B> of RFC 6508 section 3.2 with A fixed and all that depends on A computed once.
 *
 * The pairing is symmetric, so a receiver puts its RSK first and only the sender's R changes. Factors in F_p vanish in
 * PF_p: vertical lines, normalisations and the last addition (whose line is vertical) never appear, and nothing is
 * inverted while pairing. Two binary steps of Miller's loop (digits of q in non-adjacent form) are merged into one function:
 *
 *     v <- v^4 * f,  f = (l1 * l1' / V1)^2 * l2 * l2' / (V2^2 * V2')
 *
 * where l are tangents, l' the lines of an addition when the digit is not zero, and V the verticals at the points between.
 * The final exponent (p + 1) / q = 4 is two squarings. Strength is 112 bits; nothing is constant time.
 */
import type { AffinePoint, Curve, NormalizedPoint, XyzzPoint } from './curve.ts';
import { divideByVertical, line, product, type CurveFunction } from './function-field.ts';
import { square, type ProjectiveElement } from './projective-line.ts';

/** Digits -1, 0, 1 of a positive integer, least significant first, no two neighbours nonzero. */
export function nonAdjacentForm(value: bigint): number[] {
  const digits: number[] = [];
  for (let rest = value; rest !== 0n;) {
    const digit = (rest & 1n) === 0n ? 0 : 2 - Number(rest & 3n);
    digits.push(digit);
    rest = (rest - BigInt(digit)) >> 1n;
  }
  return digits;
}

/** One doubling and perhaps one addition: the two lines' functions and the abscissae between and after them. */
interface LineStep<Element> {
  readonly tangent: CurveFunction<Element>;
  readonly doubledX: Element;
  readonly chord: CurveFunction<Element> | undefined;
  readonly resultX: Element;
}

/** The pairing with one point held fast: its half of Miller's loop is worked out once, for points that are met again and again. */
export class PreparedPairing<Element> {
  readonly #curve: Curve<Element>;
  readonly #functions: readonly CurveFunction<Element>[];

  private constructor(curve: Curve<Element>, functions: readonly CurveFunction<Element>[]) {
    this.#curve = curve;
    this.#functions = functions;
  }

  /**
   * Fixes `first`; undefined when its order is not q.
   * @param q odd prime order of the group; the curve has 4q points
   */
  static of<Element>(
    curve: Curve<Element>,
    q: bigint,
    first: AffinePoint<Element>,
  ): PreparedPairing<Element> | undefined {
    const steps = millerSteps(curve, q, first);
    if (steps === undefined) return undefined;
    const functions: CurveFunction<Element>[] = [];
    // A lone step comes first, where v is still 1, so that the others are pairs.
    let at = steps.length % 2;
    if (at === 1) functions.push(mergedStep(curve, steps[0] as LineStep<Element>));
    for (; at < steps.length; at += 2) {
      functions.push(mergedSteps(curve, steps[at] as LineStep<Element>, steps[at + 1] as LineStep<Element>));
    }
    return new PreparedPairing(curve, functions);
  }

  /** <first, second> as a + bi. `second` may be any affine point of the curve. */
  with(second: AffinePoint<Element>): ProjectiveElement<Element> {
    const { field } = this.#curve;
    // The distortion map takes (x, y) to (-x, iy).
    const x = field.negate(second.x);
    const xx = field.multiply(x, x);
    const powers = [field.one, x, xx, field.multiply(x, xx)];
    const imaginaryPowers = powers.map((power) => field.multiply(second.y, power));
    let v: ProjectiveElement<Element> = { a: field.one, b: field.zero };
    for (const f of this.#functions) {
      const { a, b } = square(field, square(field, v));
      const real = field.dot(f.a, powers);
      const imaginary = field.dot(f.b, imaginaryPowers);
      v = {
        a: field.differenceOfProducts(a, real, b, imaginary),
        b: field.sumOfProducts(a, imaginary, b, real),
      };
    }
    return square(field, square(field, v));
  }
}

/** The chain of points of Miller's loop as lines, with one inversion for all of it. */
function millerSteps<Element>(
  curve: Curve<Element>,
  q: bigint,
  first: AffinePoint<Element>,
): LineStep<Element>[] | undefined {
  const { field } = curve;
  const digits = nonAdjacentForm(q).toReversed();
  const lastDigit = digits[digits.length - 1] as number;
  digits[digits.length - 1] = 0;
  digits.shift();
  const addends = new Map([
    [1, first],
    [-1, curve.negate(first)],
  ]);

  const numerators: Element[] = [];
  const sums: XyzzPoint<Element>[] = [];
  let current = curve.lift(first);
  for (const digit of digits) {
    numerators.push(curve.tangent(current));
    current = curve.double(current);
    sums.push(current);
    const addend = addends.get(digit);
    if (addend === undefined) continue;
    numerators.push(curve.rise(current, addend));
    current = curve.add(current, addend);
    sums.push(current);
  }
  // Doubling or adding across infinity gives ZZ = 0; [q]first = O leaves the chain at [-lastDigit]first.
  if (sums.some((sum) => curve.isInfinity(sum))) return undefined;
  if (!curve.equals(current, lastDigit < 0 ? first : curve.negate(first))) return undefined;

  const points = curve.toAffine(sums);
  let before: AffinePoint<Element> = first;
  let at = 0;
  const nextLine = (): { function: CurveFunction<Element>; sum: NormalizedPoint<Element> } => {
    const sum = points[at] as NormalizedPoint<Element>;
    // In XYZZ the denominator of every gradient is the Z of the sum.
    const gradient = field.multiply(numerators[at] as Element, sum.inverseZ);
    const through = line(field, before, gradient);
    before = sum;
    at++;
    return { function: through, sum };
  };
  return digits.map((digit) => {
    const tangent = nextLine();
    const chord = digit === 0 ? undefined : nextLine();
    return {
      tangent: tangent.function,
      doubledX: tangent.sum.x,
      chord: chord?.function,
      resultX: (chord ?? tangent).sum.x,
    };
  });
}

/** l * l' / V, or l. */
function mergedStep<Element>(curve: Curve<Element>, step: LineStep<Element>): CurveFunction<Element> {
  if (step.chord === undefined) return step.tangent;
  const { field } = curve;
  return divideByVertical(field, product(field, step.tangent, step.chord), step.doubledX);
}

/** The function of the header; each division follows the product that makes it exact. */
function mergedSteps<Element>(
  curve: Curve<Element>,
  one: LineStep<Element>,
  two: LineStep<Element>,
): CurveFunction<Element> {
  const { field } = curve;
  const first = mergedStep(curve, one);
  let f = divideByVertical(field, product(field, first, two.tangent), one.resultX);
  f = divideByVertical(field, product(field, f, first), one.resultX);
  if (two.chord === undefined) return f;
  return divideByVertical(field, product(field, f, two.chord), two.doubledX);
}
