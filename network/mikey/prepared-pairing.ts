/**
 * The pairing with one point held fast: all that depends on it is computed once. The pairing is symmetric, so a receiver holds its
 * RSK and only the sender's R changes.
 */
import { assert } from '../../sim/errors.ts';
import type { AffinePoint, Curve } from './curve.ts';
import type { BatchInverse } from './field/batch-inverse.ts';
import type { PairAddress, PairField, SavedPairs } from './field/pair-field.ts';
import { slots } from './field/slots.ts';
import { LineMerger, type FunctionForm } from './line-functions.ts';
import { millerSteps, type MillerSteps } from './miller.ts';
import type { PointChain } from './point-chain.ts';

/** Pairs that a function takes: (a0, a1), (a2, a3), (b0, b1). */
export const FUNCTION_PAIRS = 3;

/** A point made ready: the functions of Miller's loop, each for two of its steps. */
export interface PreparedPoint {
  readonly functions: SavedPairs;
  /** Of each function; `line` is a lone first step, for an odd number of steps. */
  readonly forms: readonly (FunctionForm | 'line')[];
}

/** One function to be made: the places of its lines in the loop, and of the points whose verticals divide. */
interface Merge {
  readonly place: number;
  readonly lines: readonly number[];
  readonly verticals: readonly number[];
}

const SLOTS = ['zz', 'inverseZ', 'gradient', 'x', 'y', 'square', 'height', 'one', 'zero', 'minus'] as const;

/** Pairs that a line's place in the loop takes while a point is prepared. */
const LINE_PAIRS = 3;

/** Makes points ready; its workspace serves one point after the other. */
export class PairingPreparation {
  readonly #field: PairField;
  readonly #curve: Curve;
  readonly #chain: PointChain;
  readonly #inverse: BatchInverse;
  readonly #merger: LineMerger;
  readonly #steps: MillerSteps;
  readonly #at: Readonly<Record<(typeof SLOTS)[number], PairAddress>>;
  readonly #sides: readonly Readonly<Record<'g' | 'h', PairAddress>>[];
  readonly #verticals: readonly PairAddress[];
  readonly #lines: PairAddress;
  readonly #functions: PairAddress;
  /** Functions of a prepared point. */
  readonly count: number;

  /** @param q odd prime order of the group; the curve has 4q points */
  constructor(field: PairField, curve: Curve, chain: PointChain, inverse: BatchInverse, q: bigint) {
    this.#field = field;
    this.#curve = curve;
    this.#chain = chain;
    this.#inverse = inverse;
    this.#merger = new LineMerger(field);
    this.#steps = millerSteps(q);
    this.#at = slots(field, SLOTS);
    this.#sides = [0, 1, 2].map(() => slots(field, ['g', 'h']));
    this.#verticals = [field.reserve(1), field.reserve(1)];
    const { digits } = this.#steps;
    this.count = Math.ceil(digits.length / 2);
    this.#lines = field.reserve(LINE_PAIRS * digits.reduce((sum, digit) => sum + 1 + Math.abs(digit), 0));
    this.#functions = field.reserve(FUNCTION_PAIRS * this.count);
    field.set(this.#at.one, 1n, 1n);
    field.set(this.#at.zero, 0n, 0n);
  }

  /** Prepares a point; undefined when its order is not q. */
  of(first: AffinePoint): PreparedPoint | undefined {
    const lines = this.#walk(first);
    if (lines === undefined) return undefined;
    this.#finishLines(lines);
    const forms = this.#mergeAll();
    return { functions: this.#field.save(this.#functions, FUNCTION_PAIRS * this.count), forms };
  }

  /** Walks the loop, and leaves (X, Y), (ZZ, ZZZ) and the gradient's numerator of each line. Gives how many there are. */
  #walk(first: AffinePoint): number | undefined {
    const field = this.#field;
    const chain = this.#chain;
    const { x: addend, y: opposite } = this.#at;
    field.set(addend, first.x, first.y);
    field.set(opposite, first.x, -first.y);
    chain.start(first);
    let lines = 0;
    const keep = (): void => {
      const [xy = 0, zz = 0, gradient = 0] = this.#line(lines++);
      field.pick01(xy, chain.xy, chain.xy);
      field.pick01(zz, chain.zz, chain.zz);
      field.normalise(gradient, chain.gradient);
    };
    for (const digit of this.#steps.digits) {
      chain.double();
      keep();
      if (digit === 0) continue;
      chain.add(digit === 1 ? addend : opposite);
      keep();
    }
    const end = this.#steps.end === 1 ? first : this.#curve.negate(first);
    return this.#curve.equals(chain.point(), end) ? lines : undefined;
  }

  /** Makes of each line's three pairs: its point's x in both lanes; nothing; and gradient and height (g, h). */
  #finishLines(count: number): void {
    const field = this.#field;
    const { zz, inverseZ, gradient, x, y, square, height } = this.#at;
    const both = (i: number): readonly [readonly PairAddress[], readonly PairAddress[]] => [
      this.#line(2 * i),
      this.#line(Math.min(2 * i + 1, count - 1)),
    ];
    this.#inverse.of(
      Math.ceil(count / 2),
      (i, zzz) => {
        const [[, zzA = 0], [, zzB = 0]] = both(i);
        field.pick11(zzz, zzA, zzB);
      },
      (i, inverse) => {
        const [[xyA = 0, zzA = 0, gradientA = 0], [xyB = 0, zzB = 0, gradientB = 0]] = both(i);
        field.pick00(zz, zzA, zzB);
        field.multiply(inverseZ, zz, inverse);
        field.multiply(square, inverseZ, inverseZ);
        field.pick00(x, xyA, xyB);
        field.multiply(x, x, square);
        field.pick11(y, xyA, xyB);
        field.multiply(y, y, inverse);
        field.pick11(gradient, gradientA, gradientB);
        field.multiply(gradient, gradient, inverseZ);
        // A line passes through the sum's opposite, (x, -y).
        field.multiply(height, gradient, x);
        field.add(height, height, y);
        field.normalise(height, height);
        field.pick00(gradientA, gradient, height);
        field.pick11(gradientB, gradient, height);
        field.pick00(xyA, x, x);
        field.pick11(xyB, x, x);
      },
    );
  }

  /** Merges steps two by two, and functions of one form two by two. */
  #mergeAll(): readonly (FunctionForm | 'line')[] {
    const forms: (FunctionForm | 'line')[] = [];
    const merges: Record<FunctionForm, Merge[]> = { tangents: [], 'chord second': [], 'chord first': [] };
    const { digits } = this.#steps;
    let line = 0;
    let at = digits.length % 2;
    if (at === 1) {
      assert(digits[0] === 0, 'the first step of a non-adjacent form adds nothing');
      forms.push('line');
      this.#loneLine(line++);
    }
    for (; at < digits.length; at += 2) {
      const form = digits[at] !== 0 ? 'chord first' : digits[at + 1] !== 0 ? 'chord second' : 'tangents';
      const count = form === 'tangents' ? 2 : 3;
      const lines = Array.from({ length: count }, (_, i) => line + i);
      merges[form].push({ place: forms.length, lines, verticals: lines.slice(0, -1) });
      forms.push(form);
      line += count;
    }
    for (const form of ['tangents', 'chord second', 'chord first'] as const) {
      for (let i = 0; i < merges[form].length; i += 2) {
        const first = merges[form][i] as Merge;
        this.#merge(form, first, merges[form][i + 1] ?? first);
      }
    }
    return forms;
  }

  #merge(form: FunctionForm, one: Merge, two: Merge): void {
    const field = this.#field;
    const lines = one.lines.map((line, i) => {
      const side = this.#sides[i] as Readonly<Record<'g' | 'h', PairAddress>>;
      const [, , a = 0] = this.#line(line);
      const [, , b = 0] = this.#line(two.lines[i] as number);
      field.pick00(side.g, a, b);
      field.pick11(side.h, a, b);
      return side;
    });
    const verticals = one.verticals.map((point, i) => {
      const [a = 0] = this.#line(point);
      const [b = 0] = this.#line(two.verticals[i] as number);
      field.pick00(this.#verticals[i] as PairAddress, a, b);
      return this.#verticals[i] as PairAddress;
    });
    const { a, b } = this.#merger.merge(form, { lines, verticals });
    const { one: unit, zero } = this.#at;
    const [a0 = zero, a1 = zero, a2 = zero, a3 = form === 'tangents' ? zero : unit] = a;
    const [b0 = zero, b1 = unit] = b;
    const pairs = [
      [a0, a1],
      [a2, a3],
      [b0, b1],
    ] as const;
    pairs.forEach(([first, second], i) => {
      field.pick00(this.#function(one.place) + i * field.stride, first, second);
      field.pick11(this.#function(two.place) + i * field.stride, first, second);
    });
  }

  /** y + h - gx as a function: (h, -g), (0, 0), (1, 0). */
  #loneLine(line: number): void {
    const field = this.#field;
    const { one, zero, minus } = this.#at;
    const [, , gh = 0] = this.#line(line);
    const to = this.#function(0);
    field.subtract(minus, zero, gh);
    field.pick10(to, gh, minus);
    field.pick00(to + field.stride, zero, zero);
    field.pick00(to + 2 * field.stride, one, zero);
  }

  #line(line: number): readonly PairAddress[] {
    const { stride } = this.#field;
    const at = this.#lines + line * LINE_PAIRS * stride;
    return [at, at + stride, at + 2 * stride];
  }

  #function(place: number): PairAddress {
    return this.#functions + place * FUNCTION_PAIRS * this.#field.stride;
  }
}
