/**
 * Products modulo p with 64-bit integers: 37 digits of 28 bits, two products side by side, where the processor's multiply-add
 * cannot be relied on (`relaxed-kernel.ts`). Every engine with vectors of 128 bits runs it alike.
 *
 * A column has up to 37 products of digits up to 2^27, six times that by the weights of {@link PairField}, and as many of m and
 * p: below 2^62.1, so that nothing overflows. Rows are reduced as they come (Montgomery, R = 2^1036).
 */
import type { Kernel, LaneLayout } from './kernel.ts';
import { laneFunctions, minusInverse, twoProductFunctions, VECTOR } from './kernel.ts';
import {
  addIndex,
  and,
  bothHalves,
  constant,
  i32x4,
  i64x2,
  load,
  loadHalf,
  shuffle,
  store,
  storeHalf,
  xor,
  type Code,
} from '../../wasm-code.ts';
import { moduleOf, WasmFunction } from '../../wasm-module.ts';

const DIGITS = 37;
const BITS = 28;
/** Of a digit of both elements. */
const DIGIT_OCTETS = 8;
/** A vector holds two digits of both elements; the last has one to spare, which stays zero. */
const VECTORS = Math.ceil(DIGITS / 2);

const COLUMNS_AT = 0;
const PRIME_AT = 1024;
const INVERSE_AT = 1536;
const MASKS_AT = 1552;
const PAIRS_AT = 2048;

const NOWHERE = constant(0);
const HALF = 1n << BigInt(BITS - 1);
/** The low words of both lanes of 64 bits, as the low lanes of 32. */
const LOW_WORDS = [0, 1, 2, 3, 8, 9, 10, 11, 16, 16, 16, 16, 16, 16, 16, 16];

const LAYOUT: LaneLayout = {
  vectors: VECTORS,
  digitOctets: 4,
  add: i32x4.add,
  subtract: i32x4.subtract,
  changeSigns: (digits, mask) => i32x4.subtract(xor(digits, mask), mask),
  masksAt: MASKS_AT,
};

type Factors = readonly (readonly [string, string])[];

/** The kernel for an odd modulus p of 1,024 bits. */
export function integerKernel(p: bigint): Kernel {
  const inverse = minusInverse(p, BITS);
  const word = BigInt.asUintN(32, inverse);
  const [first, second] = [0xffffffffn, 0xffffffffn << 32n];
  const masks = [0n, first, second, first | second].flatMap((mask) => [mask, mask]);
  const functions = [
    productFunction('twoProducts', [
      ['a', 'b'],
      ['c', 'd'],
    ]),
    productFunction('multiply', [['a', 'b']]),
    ...twoProductFunctions(LAYOUT),
    carryFunction('normalise', ['a'], (digit) => digit('a')),
    carryFunction('subtractTwice', ['a', 'b', 'c'], (digit) =>
      i32x4.subtract(i32x4.subtract(digit('a'), digit('b')), i32x4.add(digit('c'), digit('c'))),
    ),
    ...laneFunctions(LAYOUT),
  ];
  return {
    name: 'simd',
    module: moduleOf(functions, 1),
    digits: DIGITS,
    digitBits: BITS,
    digitOctets: 4,
    pairOctets: VECTORS * VECTOR,
    constants: new Map([
      [INVERSE_AT, [word | (word << 32n), 0n]],
      [MASKS_AT, masks],
    ]),
    primeAt: PRIME_AT,
    pairsAt: PAIRS_AT,
  };
}

function lowWords(lanes: Code): Code {
  return shuffle(lanes, bothHalves(0n), LOW_WORDS);
}

/** r = a*b / R modulo p, or the sum of a*b and c*d, c with the signs of the mask at `signs`. */
function productFunction(name: string, products: Factors): WasmFunction {
  const f = new WasmFunction(
    name,
    ['r', ...products.flat(), ...(products.length === 2 ? ['signs'] : [])],
    ['row'],
  );
  f.set('inverse', load(NOWHERE, INVERSE_AT));
  if (products.length === 2) f.set('mask of signs', load(f.get('signs'), 0));
  f.set('carry', bothHalves(0n));
  for (let digit = 0; digit < DIGITS; digit++) {
    f.emit(store(NOWHERE, COLUMNS_AT + VECTOR * digit, bothHalves(0n)));
  }
  f.repeat('row', DIGIT_OCTETS, DIGIT_OCTETS * DIGITS, () => {
    products.forEach(([left], i) => {
      const digit = loadHalf(addIndex(f.get(left), f.get('row')), 0);
      f.set(`x${i}`, i === 1 ? LAYOUT.changeSigns(digit, f.get('mask of signs')) : digit);
    });
    f.set('column', i64x2.add(load(NOWHERE, COLUMNS_AT), f.get('carry')));
    addProducts(f, products, 0);
    // m, between -2^27 and 2^27, makes the column a multiple of 2^28.
    const m = i32x4.multiply(lowWords(f.get('column')), f.get('inverse'));
    f.set('m', i32x4.shiftRightSigned(i32x4.shiftLeft(m, 32 - BITS), 32 - BITS));
    addMultipleOfPrime(f, 0);
    f.set('carry', i64x2.shiftRightSigned(f.get('column'), BITS));
    for (let digit = 1; digit < DIGITS; digit++) {
      f.set('column', load(NOWHERE, COLUMNS_AT + VECTOR * digit));
      addProducts(f, products, digit);
      addMultipleOfPrime(f, digit);
      f.emit(store(NOWHERE, COLUMNS_AT + VECTOR * (digit - 1), f.get('column')));
    }
    f.emit(store(NOWHERE, COLUMNS_AT + VECTOR * (DIGITS - 1), bothHalves(0n)));
  });
  emitDigits(f);
  return f;
}

function addProducts(f: WasmFunction, products: Factors, digit: number): void {
  products.forEach(([, right], i) => {
    const product = i64x2.multiplyLow(f.get(`x${i}`), loadHalf(f.get(right), DIGIT_OCTETS * digit));
    f.set('column', i64x2.add(f.get('column'), product));
  });
}

function addMultipleOfPrime(f: WasmFunction, digit: number): void {
  const product = i64x2.multiplyLow(f.get('m'), loadHalf(NOWHERE, PRIME_AT + DIGIT_OCTETS * digit));
  f.set('column', i64x2.add(f.get('column'), product));
}

/** The columns that are left become digits between -2^27 and 2^27. */
function emitDigits(f: WasmFunction): void {
  f.set('half', bothHalves(HALF));
  f.set('mask', bothHalves((1n << BigInt(BITS)) - 1n));
  for (let digit = 0; digit < DIGITS; digit++) {
    const column = i64x2.add(load(NOWHERE, COLUMNS_AT + VECTOR * digit), f.get('carry'));
    f.set('column', i64x2.add(column, f.get('half')));
    if (digit < DIGITS - 1) f.set('carry', i64x2.shiftRightSigned(f.get('column'), BITS));
    const value = i64x2.subtract(and(f.get('column'), f.get('mask')), f.get('half'));
    f.emit(storeHalf(f.get('r'), DIGIT_OCTETS * digit, lowWords(value)));
  }
  f.emit(storeHalf(f.get('r'), DIGIT_OCTETS * DIGITS, bothHalves(0n)));
}

/** r = a sum of the operands' digits, carried from the lowest to the highest. */
function carryFunction(
  name: string,
  operands: readonly string[],
  value: (digit: (operand: string) => Code) => Code,
): WasmFunction {
  const f = new WasmFunction(name, ['r', ...operands]);
  f.set('half', bothHalves(HALF | (HALF << 32n)));
  for (let digit = 0; digit < DIGITS; digit++) {
    const at = DIGIT_OCTETS * digit;
    const uncarried = value((operand) => loadHalf(f.get(operand), at));
    f.set('digit', digit === 0 ? uncarried : i32x4.add(uncarried, f.get('carry')));
    if (digit < DIGITS - 1) {
      f.set('carry', i32x4.shiftRightSigned(i32x4.add(f.get('digit'), f.get('half')), BITS));
      f.set('digit', i32x4.subtract(f.get('digit'), i32x4.shiftLeft(f.get('carry'), BITS)));
    }
    f.emit(storeHalf(f.get('r'), at, f.get('digit')));
  }
  f.emit(storeHalf(f.get('r'), DIGIT_OCTETS * DIGITS, bothHalves(0n)));
  return f;
}
