/**
 * Functions on the curve with poles only at infinity, written A(x) + yB(x); y^2 becomes x^3 - 3x. Lines multiply to such
 * functions, and a vertical line divides out again where its two zeros are zeros of the function. The pairing precomputes
 * with them so that two doublings (and an addition) cost the receiver one evaluation.
 */
import type { AffinePoint } from './curve.ts';
import type { Field } from './field.ts';

/** Coefficients, constant term first. */
export interface CurveFunction<Element> {
  readonly a: readonly Element[];
  readonly b: readonly Element[];
}

/** y - y0 - gradient (x - x0): zero on the line of this gradient through the point. */
export function line<Element>(
  field: Field<Element>,
  point: AffinePoint<Element>,
  gradient: Element,
): CurveFunction<Element> {
  const height = field.subtract(field.multiply(gradient, point.x), point.y);
  return { a: [height, field.negate(gradient)], b: [field.one] };
}

/** The function whose value at every point is that of `f` times that of `g` there. */
export function product<Element>(
  field: Field<Element>,
  f: CurveFunction<Element>,
  g: CurveFunction<Element>,
): CurveFunction<Element> {
  const ySquared = [field.zero, field.of(-3n), field.zero, field.one];
  return {
    a: sum(field, convolution(field, f.a, g.a), convolution(field, convolution(field, f.b, g.b), ySquared)),
    b: sum(field, convolution(field, f.a, g.b), convolution(field, f.b, g.a)),
  };
}

/** f / (x - x0). Precondition: (x0, y0) and (x0, -y0) are zeros of f, so both remainders are zero. */
export function divideByVertical<Element>(
  field: Field<Element>,
  f: CurveFunction<Element>,
  x0: Element,
): CurveFunction<Element> {
  return { a: quotient(field, f.a, x0), b: quotient(field, f.b, x0) };
}

function convolution<Element>(
  field: Field<Element>,
  f: readonly Element[],
  g: readonly Element[],
): Element[] {
  const reversed = g.toReversed();
  return Array.from({ length: f.length + g.length - 1 }, (_, degree) => {
    const first = Math.max(0, degree - g.length + 1);
    return field.dot(f.slice(first, degree + 1), reversed.slice(g.length - 1 - degree + first));
  });
}

function sum<Element>(field: Field<Element>, f: readonly Element[], g: readonly Element[]): Element[] {
  const [long, short] = f.length >= g.length ? [f, g] : [g, f];
  return long.map((coefficient, i) =>
    i < short.length ? field.add(coefficient, short[i] as Element) : coefficient,
  );
}

/** Synthetic division, the remainder not computed. */
function quotient<Element>(field: Field<Element>, f: readonly Element[], x0: Element): Element[] {
  const result = f.slice(1);
  for (let i = result.length - 2; i >= 0; i--) {
    const above = result[i + 1] as Element;
    result[i] = field.sumOfProducts(result[i] as Element, field.one, above, x0);
  }
  return result;
}
