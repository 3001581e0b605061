/**
 * Points of E: y^2 = x^3 - 3x over F_p (RFC 6508 section 3.1).
 *
 * Sums are accumulated in XYZZ coordinates, x = X/ZZ and y = Y/ZZZ with ZZ^3 = ZZZ^2: of the inversion-free forms it is
 * the one in which adding an affine point is cheapest, and almost all work here is adding table entries. Formulas:
 * Explicit-Formulas Database, short Weierstrass, "xyzz", madd-2008-s and dbl-2008-s-1.
 */
import { toInteger as integerOf, fromInteger, concat } from '../../sim/octets.ts';
import { assert } from '../../sim/errors.ts';
import { invertAll, type Field } from './field.ts';

/** A point other than the point at infinity. */
export interface AffinePoint<Element> {
  readonly x: Element;
  readonly y: Element;
}

/** An affine point that was a sum in XYZZ coordinates, with 1/Z = ZZ/ZZZ of that form. */
export interface NormalizedPoint<Element> extends AffinePoint<Element> {
  readonly inverseZ: Element;
}

/** A point in XYZZ coordinates; ZZ = 0 is the point at infinity. */
export interface XyzzPoint<Element> {
  readonly x: Element;
  readonly y: Element;
  readonly zz: Element;
  readonly zzz: Element;
}

/** An inversion costs about as much as a hundred multiplications; a pair saves four. */
const PAIRS_PAY_FROM = 60;

/** Arithmetic on a curve y^2 = x^3 - 3x over a field, in coordinates that need no inversion (XYZZ). Not in constant time. */
export class Curve<Element> {
  readonly field: Field<Element>;
  readonly infinity: XyzzPoint<Element>;
  readonly #p: bigint;
  readonly #octets: number;

  /** @param octets of an element of F_p in an encoded point */
  constructor(field: Field<Element>, p: bigint, octets: number) {
    this.field = field;
    this.infinity = { x: field.one, y: field.one, zz: field.zero, zzz: field.zero };
    this.#p = p;
    this.#octets = octets;
  }

  /**
   * Reads 04 || x || y. Undefined when the length or the form is another, a coordinate is not below p, or the point is not
   * on the curve. The group has cofactor 4: being on the curve does not mean being of order q.
   */
  decode(encoded: Uint8Array): AffinePoint<Element> | undefined {
    if (encoded.length !== 1 + 2 * this.#octets || encoded[0] !== 0x04) return undefined;
    const x = integerOf(encoded.subarray(1, 1 + this.#octets));
    const y = integerOf(encoded.subarray(1 + this.#octets));
    if (x >= this.#p || y >= this.#p) return undefined;
    const point = { x: this.field.of(x), y: this.field.of(y) };
    return this.has(point) ? point : undefined;
  }

  /** 04 || x || y, leading zero octets kept. */
  encode(point: AffinePoint<Element>): Uint8Array<ArrayBuffer> {
    const x = fromInteger(this.field.toInteger(point.x), this.#octets);
    const y = fromInteger(this.field.toInteger(point.y), this.#octets);
    assert(x !== undefined && y !== undefined, 'a field element fits its octets');
    return concat(Uint8Array.of(0x04), x, y);
  }

  has({ x, y }: AffinePoint<Element>): boolean {
    const { field } = this;
    const xx = field.multiply(x, x);
    return field.isZero(field.differenceOfProducts(y, y, x, field.subtract(xx, field.of(3n))));
  }

  negate(point: AffinePoint<Element>): AffinePoint<Element> {
    return { x: point.x, y: this.field.negate(point.y) };
  }

  lift(point: AffinePoint<Element>): XyzzPoint<Element> {
    return { x: point.x, y: point.y, zz: this.field.one, zzz: this.field.one };
  }

  /** a + b: 10 multiplications, 9 reductions. Complete: equal and opposite points are handled. */
  add(a: XyzzPoint<Element>, b: AffinePoint<Element>): XyzzPoint<Element> {
    const { field } = this;
    if (this.isInfinity(a)) return this.lift(b);
    const across = field.subtract(field.multiply(b.x, a.zz), a.x);
    const up = this.rise(a, b);
    if (field.isZero(across)) return field.isZero(up) ? this.double(a) : this.infinity;
    const square = field.multiply(across, across);
    const cube = field.multiply(across, square);
    const q = field.multiply(a.x, square);
    const x = field.subtract(field.multiply(up, up), field.add(cube, field.add(q, q)));
    return {
      x,
      y: field.differenceOfProducts(up, field.subtract(q, x), a.y, cube),
      zz: field.multiply(a.zz, square),
      zzz: field.multiply(a.zzz, cube),
    };
  }

  /**
   * The sum of affine points, in halves as long as that pays: added in pairs they share one inversion, which makes a sum six
   * multiplications instead of ten. Complete, as {@link add} is.
   */
  sum(points: readonly AffinePoint<Element>[]): XyzzPoint<Element> {
    let rest = points;
    while (rest.length > PAIRS_PAY_FROM) rest = this.#halve(rest);
    return rest.reduce<XyzzPoint<Element>>((sum, point) => this.add(sum, point), this.infinity);
  }

  #halve(points: readonly AffinePoint<Element>[]): AffinePoint<Element>[] {
    const { field } = this;
    const lefts: AffinePoint<Element>[] = [];
    const rights: AffinePoint<Element>[] = [];
    const single: AffinePoint<Element>[] = [];
    for (let at = 0; at < points.length; at += 2) {
      const a = points[at] as AffinePoint<Element>;
      const b = points[at + 1];
      if (b === undefined) single.push(a);
      else if (!field.equals(a.x, b.x) || !field.isZero(field.add(a.y, b.y))) {
        lefts.push(a);
        rights.push(b);
      }
    }
    return [...this.addPairs(lefts, rights), ...single];
  }

  /** 2a: 10 multiplications, 9 reductions. */
  double(a: XyzzPoint<Element>): XyzzPoint<Element> {
    const { field } = this;
    const u = field.add(a.y, a.y);
    const v = field.multiply(u, u);
    const w = field.multiply(u, v);
    const s = field.multiply(a.x, v);
    const m = this.tangent(a);
    const x = field.subtract(field.multiply(m, m), field.add(s, s));
    return {
      x,
      y: field.differenceOfProducts(m, field.subtract(s, x), w, a.y),
      zz: field.multiply(v, a.zz),
      zzz: field.multiply(w, a.zzz),
    };
  }

  /** 3(X^2 - ZZ^2), the numerator of the tangent's gradient at `a`. */
  tangent(a: XyzzPoint<Element>): Element {
    const { field } = this;
    const product = field.multiply(field.subtract(a.x, a.zz), field.add(a.x, a.zz));
    return field.add(product, field.add(product, product));
  }

  /** ZZZ times the height of `b` above `a`, the numerator of the gradient of the line through both. */
  rise(a: XyzzPoint<Element>, b: AffinePoint<Element>): Element {
    return this.field.subtract(this.field.multiply(b.y, a.zzz), a.y);
  }

  isInfinity(a: XyzzPoint<Element>): boolean {
    return this.field.isZero(a.zz);
  }

  /** Whether `a` is the affine point `b`, without an inversion. */
  equals(a: XyzzPoint<Element>, b: AffinePoint<Element>): boolean {
    const { field } = this;
    return (
      !this.isInfinity(a) &&
      field.equals(a.x, field.multiply(b.x, a.zz)) &&
      field.equals(a.y, field.multiply(b.y, a.zzz))
    );
  }

  /** Affine forms of points, none at infinity, with one inversion for all. */
  toAffine(points: readonly XyzzPoint<Element>[]): NormalizedPoint<Element>[] {
    const { field } = this;
    const inverses = invertAll(
      field,
      points.map((point) => point.zzz),
    );
    return points.map((point, i) => {
      const inverse = inverses[i] as Element;
      const inverseZ = field.multiply(point.zz, inverse);
      return {
        x: field.multiply(point.x, field.multiply(inverseZ, inverseZ)),
        y: field.multiply(point.y, inverse),
        inverseZ,
      };
    });
  }

  /**
   * lefts[i] + rights[i] for all i, in affine coordinates with one inversion for all: six multiplications a sum.
   * Precondition: no sum is the point at infinity.
   */
  addPairs(
    lefts: readonly AffinePoint<Element>[],
    rights: readonly AffinePoint<Element>[],
  ): AffinePoint<Element>[] {
    const { field } = this;
    const slopes = lefts.map((a, i) => {
      const b = rights[i] as AffinePoint<Element>;
      if (!field.equals(a.x, b.x)) return { up: field.subtract(b.y, a.y), across: field.subtract(b.x, a.x) };
      const square = field.subtract(field.multiply(a.x, a.x), field.one);
      return { up: field.add(square, field.add(square, square)), across: field.add(a.y, b.y) };
    });
    const inverses = invertAll(
      field,
      slopes.map((slope) => slope.across),
    );
    return lefts.map((a, i) => {
      const b = rights[i] as AffinePoint<Element>;
      const slope = field.multiply((slopes[i] as { up: Element }).up, inverses[i] as Element);
      const x = field.subtract(field.multiply(slope, slope), field.add(a.x, b.x));
      return { x, y: field.subtract(field.multiply(slope, field.subtract(a.x, x)), a.y) };
    });
  }
}
