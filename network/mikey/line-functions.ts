/**
 * The functions of a prepared pairing: two binary steps of Miller's loop merged into one function A(x) + yB(x) on the curve, so
 * that the receiver evaluates one function for two doublings and perhaps an addition.
 *
 *     f = (l1 * l1' / V1)^2 * l2 * l2' / (V2^2 * V2')
 *
 * where l1 and l2 are tangents, l1' and l2' the lines of an addition, if there is one, and V the verticals at the points between. A
 * line is y + h - gx with gradient g; y^2 becomes x^3 - 3x; a vertical x - v divides out again where both its zeros are zeros of
 * the function. All of it is worked out for two functions of one form at once, one in each lane.
 */
import type { PairAddress, PairField } from './field/pair-field.ts';

/** A line y + h - gx of two functions. */
export interface LinePair {
  readonly g: PairAddress;
  readonly h: PairAddress;
}

/**
 * What a function has, by its pole at infinity: `tangents` a2 x^2 + a1 x + a0 + y(x + b0); with a `chord` in the second step
 * x^3 + a2 x^2 + a1 x + a0 + y(b1 x + b0); with one in the first step a3 x^3 + ... + y(x^2 + b1 x + b0).
 */
export type FunctionForm = 'tangents' | 'chord second' | 'chord first';

/** Coefficients of two functions, constant terms first; those that are 1 and not stored are undefined. */
interface FunctionPair {
  readonly a: readonly PairAddress[];
  readonly b: readonly PairAddress[];
}

/** What two functions are made of: the lines, and the abscissae of the points after each line but the last. */
export interface MergedLines {
  readonly lines: readonly LinePair[];
  readonly verticals: readonly PairAddress[];
}

/** Pairs that a merge needs at most. */
const TEMPORARIES = 80;

/** q0 + q1 x + x^2 + yr: two lines over the vertical that they share. */
interface TwoLines {
  readonly q0: PairAddress;
  readonly q1: PairAddress;
  readonly r: PairAddress;
}

/** e0 + e1 x + e2 x^2 + y(s + x): three lines over two verticals. */
interface ThreeLines {
  readonly e0: PairAddress;
  readonly e1: PairAddress;
  readonly e2: PairAddress;
  readonly s: PairAddress;
}

/** Merges lines into functions; what it returns is good until the next merge. Everything that goes in and comes out has weight 1. */
export class LineMerger {
  readonly #field: PairField;
  readonly #first: PairAddress;
  readonly #one: PairAddress;
  readonly #three: PairAddress;
  #next: PairAddress;

  constructor(field: PairField) {
    this.#field = field;
    this.#first = field.reserve(TEMPORARIES);
    this.#next = this.#first;
    this.#one = field.reserve(1);
    this.#three = field.reserve(1);
    field.set(this.#one, 1n, 1n);
    field.set(this.#three, 3n, 3n);
  }

  /** The function of one form, of two or three lines. */
  merge(form: FunctionForm, { lines, verticals }: MergedLines): FunctionPair {
    this.#next = this.#first;
    const [one, two, three] = lines as readonly [LinePair, LinePair, LinePair];
    const [v, w] = verticals as readonly [PairAddress, PairAddress];
    if (form === 'chord first') {
      const first = this.#twoLines(one, two, v);
      return this.#timesTwoLines(this.#timesLine(first, three, w), first, w);
    }
    const tangents = this.#timesLine(this.#twoLines(one, two, v), one, v);
    if (form === 'chord second') return this.#timesChord(tangents, three, w);
    const { e0, e1, e2, s } = tangents;
    return { a: [e0, e1, e2], b: [s] };
  }

  /** (y + h - gx)(y + k - lx) / (x - v) */
  #twoLines({ g, h }: LinePair, { g: l, h: k }: LinePair, v: PairAddress): TwoLines {
    const a1 = this.#plus(this.#products(h, l, g, k), this.#three); // of -x
    const q1 = this.#plus(this.#times(g, l), v);
    const q0 = this.#minus(this.#times(v, q1), a1);
    return { q0, q1, r: this.#minus(this.#zero(), this.#plus(g, l)) };
  }

  /** (q0 + q1 x + x^2 + yr)(y + h - gx) / (x - v) */
  #timesLine({ q0, q1, r }: TwoLines, { g, h }: LinePair, v: PairAddress): ThreeLines {
    const e2 = this.#minus(r, g);
    const e1 = this.#plus(this.#minus(h, this.#times(q1, g)), this.#times(v, e2));
    const c1 = this.#minus(this.#difference(q1, h, q0, g), this.#times(this.#three, r));
    const e0 = this.#plus(c1, this.#times(v, e1));
    const s = this.#plus(this.#minus(q1, this.#times(r, g)), v);
    return { e0, e1, e2, s };
  }

  /** (e0 + e1 x + e2 x^2 + y(s + x))(y + h - gx) / (x - v) */
  #timesChord({ e0, e1, e2, s }: ThreeLines, { g, h }: LinePair, v: PairAddress): FunctionPair {
    const a2 = this.#plus(this.#minus(s, this.#times(e2, g)), v);
    const c2 = this.#minus(this.#difference(e2, h, e1, g), this.#three);
    const a1 = this.#plus(c2, this.#times(v, a2));
    const c1 = this.#minus(this.#difference(e1, h, e0, g), this.#times(this.#three, s));
    const a0 = this.#plus(c1, this.#times(v, a1));
    const b1 = this.#minus(e2, g);
    const d1 = this.#plus(this.#minus(e1, this.#times(s, g)), h);
    const b0 = this.#plus(d1, this.#times(v, b1));
    return { a: [a0, a1, a2], b: [b0, b1] };
  }

  /** (e0 + e1 x + e2 x^2 + y(s + x))(q0 + q1 x + x^2 + yr) / (x - v) */
  #timesTwoLines({ e0, e1, e2, s }: ThreeLines, { q0, q1, r }: TwoLines, v: PairAddress): FunctionPair {
    const rs = this.#times(r, s);
    const a3 = this.#plus(e2, r);
    const c3 = this.#plus(this.#plus(e1, this.#times(e2, q1)), rs);
    const a2 = this.#plus(c3, this.#times(v, a3));
    const c2 = this.#plus(e0, this.#minus(this.#products(e1, q1, e2, q0), this.#times(this.#three, r)));
    const a1 = this.#plus(c2, this.#times(v, a2));
    const c1 = this.#minus(this.#products(e0, q1, e1, q0), this.#times(this.#three, rs));
    const a0 = this.#plus(c1, this.#times(v, a1));
    const b1 = this.#plus(this.#plus(this.#times(e2, r), this.#plus(s, q1)), v);
    const d1 = this.#plus(this.#products(e1, r, s, q1), q0);
    const b0 = this.#plus(d1, this.#times(v, b1));
    return { a: [a0, a1, a2, a3], b: [b0, b1] };
  }

  #zero(): PairAddress {
    const result = this.#temporary();
    this.#field.subtract(result, this.#one, this.#one);
    return result;
  }

  #times(a: PairAddress, b: PairAddress): PairAddress {
    const result = this.#temporary();
    this.#field.multiply(result, a, b);
    return result;
  }

  #products(a: PairAddress, b: PairAddress, c: PairAddress, d: PairAddress): PairAddress {
    const result = this.#temporary();
    this.#field.sumOfProducts(result, a, b, c, d);
    return result;
  }

  #difference(a: PairAddress, b: PairAddress, c: PairAddress, d: PairAddress): PairAddress {
    const result = this.#temporary();
    this.#field.differenceOfProducts(result, a, b, c, d);
    return result;
  }

  #plus(a: PairAddress, b: PairAddress): PairAddress {
    const result = this.#temporary();
    this.#field.add(result, a, b);
    this.#field.normalise(result, result);
    return result;
  }

  #minus(a: PairAddress, b: PairAddress): PairAddress {
    const result = this.#temporary();
    this.#field.subtract(result, a, b);
    this.#field.normalise(result, result);
    return result;
  }

  #temporary(): PairAddress {
    const address = this.#next;
    this.#next += this.#field.stride;
    return address;
  }
}
