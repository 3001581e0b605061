/**
 * Points of E: y^2 = x^3 - 3x over F_p (RFC 6508 section 3.1), in BigInt: their encoding, and an arithmetic that is right in every
 * case. The fast sums of `point-sum.ts` leave out the cases that chance does not bring, and come here for them.
 *
 * Sums are in XYZZ coordinates, x = X/ZZ and y = Y/ZZZ with ZZ^3 = ZZZ^2. Formulas: Explicit-Formulas Database, short
 * Weierstrass, "xyzz", add-2008-s and dbl-2008-s-1.
 */
import { toInteger as integerOf, fromInteger, concat } from '../../sim/octets.ts';
import { assert } from '../../sim/errors.ts';
import { invertAll, type BigIntField } from './field.ts';

/** A point other than the point at infinity. */
export interface AffinePoint {
  readonly x: bigint;
  readonly y: bigint;
}

/** A point in XYZZ coordinates; ZZ = 0 is the point at infinity. */
export interface XyzzPoint {
  readonly x: bigint;
  readonly y: bigint;
  readonly zz: bigint;
  readonly zzz: bigint;
}

/** Arithmetic on the curve y^2 = x^3 - 3x, in coordinates that need no inversion. Not in constant time. */
export class Curve {
  readonly field: BigIntField;
  readonly infinity: XyzzPoint;
  readonly #p: bigint;
  readonly #octets: number;

  /** @param octets of an element of F_p in an encoded point */
  constructor(field: BigIntField, p: bigint, octets: number) {
    this.field = field;
    this.infinity = { x: 1n, y: 1n, zz: 0n, zzz: 0n };
    this.#p = p;
    this.#octets = octets;
  }

  /**
   * Reads 04 || x || y. Undefined when the length or the form is another, a coordinate is not below p, or the point is not
   * on the curve. The group has cofactor 4: being on the curve does not mean being of order q.
   */
  decode(encoded: Uint8Array): AffinePoint | undefined {
    if (encoded.length !== 1 + 2 * this.#octets || encoded[0] !== 0x04) return undefined;
    const x = integerOf(encoded.subarray(1, 1 + this.#octets));
    const y = integerOf(encoded.subarray(1 + this.#octets));
    if (x >= this.#p || y >= this.#p) return undefined;
    return this.has({ x, y }) ? { x, y } : undefined;
  }

  /** 04 || x || y, leading zero octets kept. */
  encode(point: AffinePoint): Uint8Array<ArrayBuffer> {
    const x = fromInteger(this.field.toInteger(point.x), this.#octets);
    const y = fromInteger(this.field.toInteger(point.y), this.#octets);
    assert(x !== undefined && y !== undefined, 'a field element fits its octets');
    return concat(Uint8Array.of(0x04), x, y);
  }

  has({ x, y }: AffinePoint): boolean {
    const { field } = this;
    const xx = field.multiply(x, x);
    return field.isZero(field.differenceOfProducts(y, y, x, xx - 3n));
  }

  negate(point: AffinePoint): AffinePoint {
    return { x: point.x, y: -point.y };
  }

  lift(point: AffinePoint): XyzzPoint {
    return { x: point.x, y: point.y, zz: 1n, zzz: 1n };
  }

  /** a + b. Complete: equal, opposite and infinite points are handled. */
  add(a: XyzzPoint, b: XyzzPoint): XyzzPoint {
    const { field } = this;
    if (this.isInfinity(a)) return b;
    if (this.isInfinity(b)) return a;
    const [aX, aY] = [field.multiply(a.x, b.zz), field.multiply(a.y, b.zzz)];
    const across = field.multiply(b.x, a.zz) - aX;
    const up = field.multiply(b.y, a.zzz) - aY;
    if (field.isZero(across)) return field.isZero(up) ? this.double(a) : this.infinity;
    const square = field.multiply(across, across);
    const cube = field.multiply(across, square);
    const q = field.multiply(aX, square);
    const x = field.multiply(up, up) - cube - 2n * q;
    return {
      x,
      y: field.differenceOfProducts(up, q - x, aY, cube),
      zz: field.multiply(field.multiply(a.zz, b.zz), square),
      zzz: field.multiply(field.multiply(a.zzz, b.zzz), cube),
    };
  }

  double(a: XyzzPoint): XyzzPoint {
    const { field } = this;
    const u = 2n * a.y;
    const v = field.multiply(u, u);
    const w = field.multiply(u, v);
    const s = field.multiply(a.x, v);
    const m = 3n * field.multiply(a.x - a.zz, a.x + a.zz);
    const x = field.multiply(m, m) - 2n * s;
    return {
      x,
      y: field.differenceOfProducts(m, s - x, w, a.y),
      zz: field.multiply(v, a.zz),
      zzz: field.multiply(w, a.zzz),
    };
  }

  /** [scalar]point, doubling and adding. Precondition: 0 <= scalar. */
  multiply(scalar: bigint, point: AffinePoint): XyzzPoint {
    let sum = this.infinity;
    for (const bit of scalar.toString(2)) {
      sum = this.double(sum);
      if (bit === '1') sum = this.add(sum, this.lift(point));
    }
    return sum;
  }

  isInfinity(a: XyzzPoint): boolean {
    return this.field.isZero(a.zz);
  }

  /** Whether `a` is the affine point `b`, without an inversion. */
  equals(a: XyzzPoint, b: AffinePoint): boolean {
    const { field } = this;
    return (
      !this.isInfinity(a) &&
      field.equals(a.x, field.multiply(b.x, a.zz)) &&
      field.equals(a.y, field.multiply(b.y, a.zzz))
    );
  }

  /** Affine forms of points, none at infinity, with one inversion for all. */
  toAffine(points: readonly XyzzPoint[]): AffinePoint[] {
    const { field } = this;
    const inverses = invertAll(
      field,
      points.map((point) => point.zzz),
    );
    return points.map((point, i) => this.affine(point, inverses[i] as bigint));
  }

  /** The affine form of a point whose 1/ZZZ is known. */
  affine(point: XyzzPoint, inverse: bigint): AffinePoint {
    const { field } = this;
    const inverseZ = field.multiply(point.zz, inverse);
    return {
      x: field.multiply(point.x, field.multiply(inverseZ, inverseZ)),
      y: field.multiply(point.y, inverse),
    };
  }
}
