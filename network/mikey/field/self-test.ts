/**
 * Whether a kernel computes what it should on this machine, before anything is computed with it. A multiply-add that rounds twice
 * shows at once; what is looked for beside that are the cases that chance does not bring: digits, columns, carries and multiples of
 * p at their bounds, in either lane. The expected values are computed in BigInt.
 *
 * What it cannot see is an engine that later compiles the same module to other results; the tests run every kernel long enough to
 * be compiled anew.
 */
import { invertModulo, modulo } from '../field.ts';
import { extremes, WEIGHTS, withMultiples, type Digits } from './extreme-digits.ts';
import type { PairAddress, LaneNumber } from './pair-field.ts';
import { slots } from './slots.ts';
import type { WasmPairs } from './wasm-pairs.ts';

const LANES = [0, 1] as const;
const SLOTS = ['a', 'b', 'c', 'd', 'r'] as const;
type Slot = (typeof SLOTS)[number];

/** After `normalise` digits may exceed 2^(bits-1) by what is carried into them. */
const CARRIED = 8;

/** What a test of a kernel works on. */
interface Bench {
  readonly field: WasmPairs;
  readonly p: bigint;
  /** 1/R modulo p: the product of two elements in Montgomery form is a*b/R. */
  readonly inverseR: bigint;
  readonly at: Readonly<Record<Slot, PairAddress>>;
}

/** Whether all operations of a field on a kernel are right where they are most likely not to be. */
export function passesSelfTest(field: WasmPairs, p: bigint): boolean {
  const { digits, digitBits } = field.kernel;
  const inverseR = invertModulo(1n << BigInt(digits * digitBits), p);
  const bench: Bench = { field, p, inverseR, at: slots(field, SLOTS) };
  return productsAreRight(bench) && carriesAreRight(bench) && lanesAreRight(bench);
}

function productsAreRight(bench: Bench): boolean {
  const { kernel } = bench.field;
  const of = (weight: number): Digits[] => extremes(kernel, bench.p, weight);
  const one = WEIGHTS.one.every(([left, right]) => eachProductIsRight(bench, of(left), of(right)));
  const two = WEIGHTS.two.every(([left, right]) => eachSumIsRight(bench, of(left), of(right)));
  const unit = Array.from({ length: kernel.digits }, (_, i) => (i === 0 ? 1 : 0));
  const multiples = extremes(kernel, bench.p, 1).map((m) => withMultiples(kernel, bench.p, m));
  return one && two && eachProductIsRight(bench, multiples, [unit]);
}

/** Element i of `lefts` by i of `rights`, and by a neighbour in the other lane; and with the result over a factor. */
function eachProductIsRight(bench: Bench, lefts: readonly Digits[], rights: readonly Digits[]): boolean {
  const { field, at } = bench;
  return lefts.every((left, i) => {
    put(bench, 'a', left, cyclic(lefts, i + 1));
    put(bench, 'b', cyclic(rights, i), cyclic(rights, i + 3));
    const expected = LANES.map((lane) => productOf(bench, 'a', 'b', lane));
    field.multiply(at.r, at.a, at.b);
    const apart = isProduct(bench, 'r', expected);
    field.multiply(at.a, at.a, at.b);
    return apart && isProduct(bench, 'a', expected);
  });
}

function eachSumIsRight(bench: Bench, lefts: readonly Digits[], rights: readonly Digits[]): boolean {
  const { field, at } = bench;
  return lefts.every((left, i) => {
    put(bench, 'a', left, cyclic(lefts, i + 1));
    put(bench, 'b', cyclic(rights, i), cyclic(rights, i + 2));
    put(bench, 'c', cyclic(rights, i + 1), cyclic(rights, i + 3));
    put(bench, 'd', cyclic(lefts, i + 2), left);
    const firsts = LANES.map((lane) => productOf(bench, 'a', 'b', lane));
    const seconds = LANES.map((lane) => productOf(bench, 'c', 'd', lane));
    field.sumOfProducts(at.r, at.a, at.b, at.c, at.d);
    const sum = isProduct(
      bench,
      'r',
      firsts.map((first, lane) => first + (seconds[lane] ?? 0n)),
    );
    field.differenceOfProducts(at.r, at.a, at.b, at.c, at.d);
    return (
      sum &&
      isProduct(
        bench,
        'r',
        firsts.map((first, lane) => first - (seconds[lane] ?? 0n)),
      )
    );
  });
}

/** `normalise` and `subtractTwice` keep the value and leave digits of weight 1. */
function carriesAreRight(bench: Bench): boolean {
  const { field, at } = bench;
  const all = extremes(field.kernel, bench.p, 2);
  return all.every((digits, i) => {
    put(bench, 'a', digits, cyclic(all, i + 1));
    put(bench, 'b', cyclic(all, i + 2), cyclic(all, i + 3));
    put(bench, 'c', cyclic(all, i + 4), cyclic(all, i + 5));
    const [a, b, c] = (['a', 'b', 'c'] as const).map((slot) =>
      LANES.map((lane) => field.integerOf(at[slot], lane)),
    );
    field.subtractTwice(at.r, at.a, at.b, at.c);
    const less = LANES.every((lane) => {
      const expected = (a?.[lane] ?? 0n) - (b?.[lane] ?? 0n) - 2n * (c?.[lane] ?? 0n);
      return valueOf(bench, 'r', lane) === expected && isNormal(bench, 'r', lane);
    });
    field.normalise(at.a, at.a);
    return (
      less && LANES.every((lane) => valueOf(bench, 'a', lane) === a?.[lane] && isNormal(bench, 'a', lane))
    );
  });
}

/** Each element goes to its place, with its sign, whatever signs its digits have. */
function lanesAreRight(bench: Bench): boolean {
  const all = extremes(bench.field.kernel, bench.p, 2);
  return all.every((digits, i) => {
    put(bench, 'a', digits, cyclic(all, i + 1));
    put(bench, 'b', cyclic(all, i + 2), cyclic(all, i + 4));
    return theseLanesAreRight(bench);
  });
}

function theseLanesAreRight(bench: Bench): boolean {
  const { field } = bench;
  const { a, b, r } = bench.at;
  const [a0, a1] = [field.integerOf(a, 0), field.integerOf(a, 1)];
  const [b0, b1] = [field.integerOf(b, 0), field.integerOf(b, 1)];
  const cases: readonly (readonly [() => void, bigint, bigint])[] = [
    [() => field.add(r, a, b), a0 + b0, a1 + b1],
    [() => field.subtract(r, a, b), a0 - b0, a1 - b1],
    [() => field.pick00(r, a, b), a0, b0],
    [() => field.pick01(r, a, b), a0, b1],
    [() => field.pick10(r, a, b), a1, b0],
    [() => field.pick11(r, a, b), a1, b1],
    [() => field.signedSeconds(r, a, b, 0), a1, b1],
    [() => field.signedSeconds(r, a, b, 1), -a1, b1],
    [() => field.signedSeconds(r, a, b, 2), a1, -b1],
    [() => field.signedSeconds(r, a, b, 3), -a1, -b1],
    [() => field.turn(r, a), -a1, a0],
    [() => field.fold(r, a), a0 + a1, a0 + a1],
    [() => field.sumOperand(r, a), a0 + a1, 2n * a0],
    [() => field.differenceOperand(r, a), a0 - a1, a1],
  ];
  return cases.every(([operate, first, second]) => {
    operate();
    return valueOf(bench, 'r', 0) === first && valueOf(bench, 'r', 1) === second;
  });
}

function put({ field, at }: Bench, slot: Slot, first: Digits, second: Digits): void {
  field.setDigits(at[slot], 0, first);
  field.setDigits(at[slot], 1, second);
}

function productOf({ field, at, inverseR }: Bench, left: Slot, right: Slot, lane: LaneNumber): bigint {
  return field.integerOf(at[left], lane) * field.integerOf(at[right], lane) * inverseR;
}

/** The integer of an element, or undefined when a digit is none: a wrong kernel makes anything. */
function valueOf({ field, at }: Bench, slot: Slot, lane: LaneNumber): bigint | undefined {
  const isWhole = field.digitsAt(at[slot], lane).every((digit) => Number.isSafeInteger(digit));
  return isWhole ? field.integerOf(at[slot], lane) : undefined;
}

/** Right modulo p, below p, and of digits that the next product may have. */
function isProduct(bench: Bench, slot: Slot, expected: readonly bigint[]): boolean {
  const { p } = bench;
  return LANES.every((lane) => {
    const value = valueOf(bench, slot, lane);
    if (value === undefined || value >= p || -value >= p) return false;
    return modulo(value - (expected[lane] ?? 0n), p) === 0n && isNormal(bench, slot, lane);
  });
}

function isNormal({ field, at }: Bench, slot: Slot, lane: LaneNumber): boolean {
  const most = 2 ** (field.kernel.digitBits - 1) + CARRIED;
  return field.digitsAt(at[slot], lane).every((digit) => Math.abs(digit) <= most);
}

function cyclic<Item>(items: readonly Item[], at: number): Item {
  return items[at % items.length] as Item;
}
