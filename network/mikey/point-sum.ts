/**
 * Sums of table entries: half of them in one lane, half in the other, each an addition of eight products and a difference of
 * two, and one addition in the end. An addition is madd-2008-s in XYZZ coordinates (`curve.ts`), which is not complete: past
 * equal or opposite points ZZ stays 0. Chance brings that once in 2^1000 sums, and then `curve.ts` does the sum again.
 */
import type { Curve, XyzzPoint } from './curve.ts';
import type { PairAddress, LaneNumber, PairField } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import type { Summand } from './point-table.ts';

const SLOTS = ['x', 'y', 'zz', 'zzz', 'entryX', 'entryY', 'p', 'r', 'pp', 'ppp', 'q', 'one'] as const;

/** Adds up table entries. */
export class PointSum {
  readonly #field: PairField;
  readonly #curve: Curve;
  readonly #at: Readonly<Record<(typeof SLOTS)[number], PairAddress>>;

  constructor(field: PairField, curve: Curve) {
    this.#field = field;
    this.#curve = curve;
    this.#at = slots(field, SLOTS);
    field.set(this.#at.one, 1n, 1n);
  }

  /** The sum of at least two entries; undefined when equal or opposite points met on the way. */
  of(summands: readonly Summand[]): XyzzPoint | undefined {
    const field = this.#field;
    const { x, y, zz, zzz, one } = this.#at;
    const half = summands.length >> 1;
    this.#load(x, y, summands[0] as Summand, summands[half] as Summand);
    field.pick01(zz, one, one);
    field.pick01(zzz, one, one);
    for (let i = 1; i < half; i++) this.#add(summands[i] as Summand, summands[half + i] as Summand);
    const first = this.#read(0);
    const last = summands[2 * half];
    if (last !== undefined) this.#add(last, last);
    const second = this.#read(1);
    return this.#curve.isInfinity(first) || this.#curve.isInfinity(second)
      ? undefined
      : this.#curve.add(first, second);
  }

  #load(x: PairAddress, y: PairAddress, first: Summand, second: Summand): void {
    this.#field.pick00(x, first.entry, second.entry);
    const signs = (first.isNegative ? 1 : 0) | (second.isNegative ? 2 : 0);
    this.#field.signedSeconds(y, first.entry, second.entry, signs);
  }

  #add(first: Summand, second: Summand): void {
    const field = this.#field;
    const { x, y, zz, zzz, entryX, entryY, p, r, pp, ppp, q } = this.#at;
    this.#load(entryX, entryY, first, second);
    field.multiply(p, entryX, zz);
    field.subtract(p, p, x);
    field.multiply(r, entryY, zzz);
    field.subtract(r, r, y);
    field.multiply(pp, p, p);
    field.multiply(ppp, p, pp);
    field.multiply(q, x, pp);
    field.multiply(x, r, r);
    field.subtractTwice(x, x, ppp, q);
    field.subtract(q, q, x);
    field.differenceOfProducts(y, r, q, y, ppp);
    field.multiply(zz, zz, pp);
    field.multiply(zzz, zzz, ppp);
  }

  #read(lane: LaneNumber): XyzzPoint {
    const field = this.#field;
    const { x, y, zz, zzz } = this.#at;
    return {
      x: field.get(x, lane),
      y: field.get(y, lane),
      zz: field.get(zz, lane),
      zzz: field.get(zzz, lane),
    };
  }
}
