/**
 * Products modulo p by fused multiply-add on floating-point numbers: 21 digits of 50 bits, two products side by side.
 *
 * A product x*y of two digits is split at 2^50 without a loss. With C = 3 * 2^101, fma(x, y, C) has its last bit at 2^50, so it
 * is C + h where h is x*y rounded to a multiple of 2^50; fma(x, y, C + 3 * 2^51 - (C + h)) is then 3 * 2^51 + x*y - h, exactly.
 * That holds while |x*y| <= 2^101, which is eight times the square of the largest normalised digit, 2^49: the weights of
 * {@link PairField} keep to six. Both halves are added up as the 64-bit integers that their patterns are; what the patterns of C
 * and 3 * 2^51 amount to in each column is known beforehand and taken off at once (`biases`).
 *
 * Rows are reduced as they come (Montgomery, R = 2^1050). The multiply-add is "relaxed": a processor may round twice, and then
 * the results are wrong. The self-test of `self-test.ts` finds out.
 */
import type { Kernel, LaneLayout } from './kernel.ts';
import { laneFunctions, minusInverse, twoProductFunctions, VECTOR } from './kernel.ts';
import {
  addIndex,
  and,
  bothHalves,
  constant,
  f64x2,
  i64x2,
  load,
  or,
  patternOf,
  store,
  xor,
  type Code,
} from '../../wasm-code.ts';
import { moduleOf, WasmFunction } from '../../wasm-module.ts';

const DIGITS = 21;
const BITS = 50;
const HALF = 2 ** (BITS - 1);
/** C, and what C has in the place of the low half. */
const HIGH = 3 * 2 ** (2 * BITS + 1);
const LOW = 3 * 2 ** (BITS + 1);
/** A pattern between 0 and 2^50 becomes a number in the place of this one's fraction. */
const FRACTION_BASE = 2 ** 52;

/** Carries are made positive by this before they are shifted. */
const POSITIVE = 1n << 62n;

const COLUMNS_AT = 0;
const PRIME_AT = 512;
const INVERSE_AT = 1024;
const MASKS_AT = 1040;
const PAIRS_AT = 4096;
/** Of the biases of one product and of two: those of the rows, then those of the result's digits. */
const BIASES_AT = { 1: [1536, 2048], 2: [2560, 3072] } as const;

const NOWHERE = constant(0);
const SIGN = 1n << 63n;

const LAYOUT: LaneLayout = {
  vectors: DIGITS,
  digitOctets: 8,
  add: f64x2.add,
  subtract: f64x2.subtract,
  changeSigns: xor,
  masksAt: MASKS_AT,
};

/** a*b + c */
type MultiplyAdd = (a: Code, b: Code, c: Code) => Code;

/**
 * The kernel for an odd modulus p of 1,024 bits.
 * @param multiplyAdd a*b + c; another than the engine's is for tests
 */
export function relaxedKernel(p: bigint, multiplyAdd: MultiplyAdd = f64x2.relaxedMadd): Kernel {
  const inverse = minusInverse(p, BITS);
  const constants = new Map<number, readonly bigint[]>([
    [INVERSE_AT, both(patternOf(Number(inverse)))],
    [MASKS_AT, [0n, 0n, SIGN, 0n, 0n, SIGN, SIGN, SIGN]],
  ]);
  for (const products of [1, 2] as const) {
    const [rowsAt, digitsAt] = BIASES_AT[products];
    const { rows, digits } = biases(products);
    constants.set(rowsAt, rows.flatMap(both));
    constants.set(digitsAt, digits.flatMap(both));
  }
  const functions = [
    productFunction('twoProducts', ['ab', 'cd'], multiplyAdd),
    productFunction('multiply', ['ab'], multiplyAdd),
    ...twoProductFunctions(LAYOUT),
    carryFunction('normalise', ['a'], (digit) => digit('a')),
    carryFunction('subtractTwice', ['a', 'b', 'c'], (digit) =>
      f64x2.subtract(f64x2.subtract(digit('a'), digit('b')), f64x2.add(digit('c'), digit('c'))),
    ),
    ...laneFunctions(LAYOUT),
  ];
  return {
    name: 'relaxed-simd',
    module: moduleOf(functions, 1),
    digits: DIGITS,
    digitBits: BITS,
    digitOctets: 8,
    pairOctets: DIGITS * VECTOR,
    constants,
    primeAt: PRIME_AT,
    pairsAt: PAIRS_AT,
  };
}

function both(pattern: bigint): readonly bigint[] {
  return [pattern, pattern];
}

/**
 * What to add to the columns so that the patterns of HIGH and LOW in them cancel, modulo 2^64.
 *
 * Column k gets a low half from each row i with a digit k - i, and a high half from each with a digit k - 1 - i, for every
 * product and for the multiple of p. `rows` are for the column that a row finishes, before its low half of m*p is in;
 * `digits` for the columns that are left, with the rounding to the nearest digit. Each also takes off the POSITIVE of the
 * carry that came in.
 */
function biases(products: 1 | 2): { readonly rows: bigint[]; readonly digits: bigint[] } {
  const [high, low] = [patternOf(HIGH), patternOf(LOW)];
  const terms = BigInt(products + 1);
  const carriedIn = POSITIVE >> BigInt(BITS);
  const halves = (column: number, lastRow: number): { lows: bigint; highs: bigint } => {
    const rows = Array.from({ length: lastRow + 1 }, (_, row) => column - row);
    const withDigit = (shift: number): bigint =>
      BigInt(rows.filter((digit) => digit - shift >= 0 && digit - shift < DIGITS).length);
    return { lows: withDigit(0) * terms, highs: withDigit(1) * terms };
  };
  const each = Array.from({ length: DIGITS }, (_, i) => i);
  return {
    rows: each.map((row) => {
      const { lows, highs } = halves(row, row);
      return BigInt.asUintN(64, -(lows - 1n) * low - highs * high - (row === 0 ? 0n : carriedIn));
    }),
    digits: each.map((digit) => {
      const { lows, highs } = halves(DIGITS + digit, DIGITS - 1);
      return BigInt.asUintN(64, -lows * low - highs * high + BigInt(HALF) + POSITIVE - carriedIn);
    }),
  };
}

function sum(first: Code, ...rest: readonly Code[]): Code {
  return rest.reduce((so, next) => i64x2.add(so, next), first);
}

/** A function of products in the making. */
interface Writing {
  readonly f: WasmFunction;
  /** Names of the factors. */
  readonly products: readonly (readonly [string, string])[];
  readonly multiplyAdd: MultiplyAdd;
}

/** Sets two locals to the high and the low half of x*y, as patterns. */
function setHalves({ f, multiplyAdd }: Writing, x: Code, y: Code, high: string, low: string): void {
  f.set(high, multiplyAdd(x, y, f.get('high base')));
  f.set(low, multiplyAdd(x, y, f64x2.subtract(f.get('both bases'), f.get(high))));
}

/** The low 50 bits of a column as a floating-point number, less `base`. */
function fraction(f: WasmFunction, column: Code, base: Code): Code {
  const pattern = or(and(column, f.get('mask')), f.get('fraction base'));
  return f64x2.subtract(pattern, base);
}

/** r = a*b / R modulo p, or the sum of a*b and c*d, c with the signs of the mask at `signs`. */
function productFunction(
  name: string,
  factors: readonly ('ab' | 'cd')[],
  multiplyAdd: MultiplyAdd,
): WasmFunction {
  const products = factors.map((pair) => [pair.charAt(0), pair.charAt(1)] as const);
  const signs = products.length === 2 ? ['signs'] : [];
  const f = new WasmFunction(name, ['r', ...products.flat(), ...signs], ['row']);
  const writing: Writing = { f, products, multiplyAdd };
  const [rowBiasesAt, digitBiasesAt] = BIASES_AT[products.length === 1 ? 1 : 2];
  f.set('high base', bothHalves(patternOf(HIGH)));
  f.set('both bases', bothHalves(patternOf(HIGH + LOW)));
  f.set('inverse', load(NOWHERE, INVERSE_AT));
  f.set('mask', bothHalves((1n << BigInt(BITS)) - 1n));
  f.set('fraction base', bothHalves(patternOf(FRACTION_BASE)));
  f.set('carry bias', bothHalves(BigInt.asUintN(64, POSITIVE - patternOf(LOW))));
  if (products.length === 2) f.set('mask of signs', load(f.get('signs'), 0));
  f.set('carry', bothHalves(0n));
  for (let digit = 0; digit < DIGITS; digit++)
    f.emit(store(NOWHERE, COLUMNS_AT + VECTOR * digit, bothHalves(0n)));
  f.repeat('row', VECTOR, VECTOR * DIGITS, () => {
    products.forEach(([left], i) => {
      const digit = load(addIndex(f.get(left), f.get('row')), 0);
      f.set(`x${i}`, i === 1 ? LAYOUT.changeSigns(digit, f.get('mask of signs')) : digit);
    });
    emitLowestColumn(writing, rowBiasesAt);
    emitOtherColumns(writing);
  });
  emitDigits(f, digitBiasesAt);
  return f;
}

/** Column 0 of a row: m is chosen so that it becomes a multiple of 2^50, and what it is a multiple of is carried. */
function emitLowestColumn(writing: Writing, biasesAt: number): void {
  const { f, products, multiplyAdd } = writing;
  f.set('column', sum(load(NOWHERE, COLUMNS_AT), load(f.get('row'), biasesAt), f.get('carry')));
  products.forEach(([, right], i) => {
    setHalves(writing, f.get(`x${i}`), load(f.get(right), 0), `high${i}`, 'low');
    f.set('column', sum(f.get('column'), f.get('low')));
  });
  f.set('u', fraction(f, f.get('column'), f.get('fraction base')));
  f.set('high m', multiplyAdd(f.get('u'), f.get('inverse'), f.get('high base')));
  const rest = f64x2.subtract(f.get('high base'), f.get('high m'));
  f.set('m', multiplyAdd(f.get('u'), f.get('inverse'), rest));
  setHalves(writing, f.get('m'), load(NOWHERE, PRIME_AT), 'high m', 'low');
  f.set('carry', i64x2.shiftRight(sum(f.get('column'), f.get('low'), f.get('carry bias')), BITS));
}

/** The other columns of a row, each stored one place lower. */
function emitOtherColumns(writing: Writing): void {
  const { f, products } = writing;
  const highs = (): Code[] => [...products.map((_, i) => f.get(`high${i}`)), f.get('high m')];
  for (let digit = 1; digit < DIGITS; digit++) {
    const at = VECTOR * digit;
    f.set('column', sum(load(NOWHERE, COLUMNS_AT + at), ...highs()));
    products.forEach(([, right], i) => {
      setHalves(writing, f.get(`x${i}`), load(f.get(right), at), `high${i}`, 'low');
      f.set('column', sum(f.get('column'), f.get('low')));
    });
    setHalves(writing, f.get('m'), load(NOWHERE, PRIME_AT + at), 'high m', 'low');
    f.emit(store(NOWHERE, COLUMNS_AT + at - VECTOR, sum(f.get('column'), f.get('low'))));
  }
  const [first, ...rest] = highs();
  f.emit(store(NOWHERE, COLUMNS_AT + VECTOR * (DIGITS - 1), sum(first ?? NOWHERE, ...rest)));
}

/** The columns that are left become digits between -2^49 and 2^49. */
function emitDigits(f: WasmFunction, biasesAt: number): void {
  f.set('rounded base', bothHalves(patternOf(FRACTION_BASE + HALF)));
  for (let digit = 0; digit < DIGITS; digit++) {
    const at = VECTOR * digit;
    f.set('column', sum(load(NOWHERE, COLUMNS_AT + at), f.get('carry'), load(NOWHERE, biasesAt + at)));
    if (digit < DIGITS - 1) f.set('carry', i64x2.shiftRight(f.get('column'), BITS));
    f.emit(store(f.get('r'), at, fraction(f, f.get('column'), f.get('rounded base'))));
  }
}

/** r = a sum of the operands' digits, and one carry from each digit to the next. */
function carryFunction(
  name: string,
  operands: readonly string[],
  value: (digit: (operand: string) => Code) => Code,
): WasmFunction {
  const f = new WasmFunction(name, ['r', ...operands]);
  const real = (number: number): Code => bothHalves(patternOf(number));
  f.set('down', real(2 ** -BITS));
  f.set('up', real(2 ** BITS));
  f.set('rounder', real(LOW));
  f.set('carry', real(0));
  for (let digit = 0; digit < DIGITS; digit++) {
    const at = VECTOR * digit;
    f.set(
      'digit',
      value((operand) => load(f.get(operand), at)),
    );
    if (digit === DIGITS - 1) {
      f.emit(store(f.get('r'), at, f64x2.add(f.get('digit'), f.get('carry'))));
      continue;
    }
    const shifted = f64x2.multiply(f.get('digit'), f.get('down'));
    f.set('next', f64x2.subtract(f64x2.add(shifted, f.get('rounder')), f.get('rounder')));
    const rest = f64x2.subtract(f.get('digit'), f64x2.multiply(f.get('next'), f.get('up')));
    f.emit(store(f.get('r'), at, f64x2.add(rest, f.get('carry'))));
    f.set('carry', f.get('next'));
  }
  return f;
}
