/**
 * What the two WebAssembly kernels have in common. A pair of field elements is a row of vectors: each holds one digit of either
 * element (or two of either), first and second element side by side, so that most operations are one loop over vectors in which
 * both lanes do the same. Additions do not carry; products and `normalise` do. {@link PairField} says what each operation is.
 */
import { bothHalves, constant, load, shiftIndexLeft, shuffle, store, type Code } from '../../wasm-code.ts';
import { WasmFunction } from '../../wasm-module.ts';

/** Where a kernel keeps numbers that do not change: octet offsets and 64-bit patterns from there on. */
export type KernelConstants = ReadonlyMap<number, readonly bigint[]>;

/** A module and what has to be known of it to use it. */
export interface Kernel {
  readonly name: 'relaxed-simd' | 'simd';
  readonly module: Uint8Array<ArrayBuffer>;
  /** An element is the sum of digit[i] * 2^(digitBits * i). */
  readonly digits: number;
  readonly digitBits: number;
  /** Digits are stored as numbers of 8 octets (floating point) or 4 (integers). */
  readonly digitOctets: 8 | 4;
  readonly pairOctets: number;
  readonly constants: KernelConstants;
  /** Where the digits of p belong, in both elements of a pair. */
  readonly primeAt: number;
  /** Pairs begin here. */
  readonly pairsAt: number;
}

/** How a kernel's digits lie in vectors and are added. */
export interface LaneLayout {
  /** Of a pair. */
  readonly vectors: number;
  /** Octets of a digit. */
  readonly digitOctets: 8 | 4;
  readonly add: (a: Code, b: Code) => Code;
  readonly subtract: (a: Code, b: Code) => Code;
  /** Changes the sign of digits where the mask is not zero. */
  readonly changeSigns: (digits: Code, mask: Code) => Code;
  /** Where the four masks are: none, first, second and both elements. */
  readonly masksAt: number;
}

/** Octets from one v128 in memory to the next. */
export const VECTOR = 16;

/** -1/p modulo 2^bits, with a sign: m = column * minusInverse makes column + m*p a multiple of 2^bits. Precondition: p is odd. */
export function minusInverse(p: bigint, bits: number): bigint {
  let inverse = 1n;
  // Each round doubles the bits that are right (Newton).
  for (let right = 1; right < bits; right *= 2) inverse = BigInt.asUintN(bits, inverse * (2n - p * inverse));
  return BigInt.asIntN(bits, -inverse);
}

/** Whence a lane of a result comes: from a lane of an operand. */
type SourceLane = 0 | 1;

/** Makes vectors whose first elements' digits are those of lane `first` of a vector, and whose second those of lane `second` of another. */
function picking(layout: LaneLayout, first: SourceLane, second: SourceLane): (a: Code, b: Code) => Code {
  const { digitOctets } = layout;
  const octets = Array.from({ length: VECTOR }, (_, at) => {
    const digit = Math.floor(at / digitOctets);
    const isFirst = digit % 2 === 0;
    const source = digit - (digit % 2) + (isFirst ? first : second);
    return source * digitOctets + (at % digitOctets) + (isFirst ? 0 : VECTOR);
  });
  return (a, b) => shuffle(a, b, octets);
}

/** The functions that carry nothing: sums, and elements moved between lanes. */
export function laneFunctions(layout: LaneLayout): WasmFunction[] {
  const { add, subtract, changeSigns, masksAt } = layout;
  const [pick00, pick01] = [picking(layout, 0, 0), picking(layout, 0, 1)];
  const [pick10, pick11] = [picking(layout, 1, 0), picking(layout, 1, 1)];
  const [nothing, firstMask] = [bothHalves(0n), load(constant(0), masksAt + VECTOR)];
  return [
    overVectors(layout, 'add', ['a', 'b'], add),
    overVectors(layout, 'subtract', ['a', 'b'], subtract),
    overVectors(layout, 'pick00', ['a', 'b'], pick00),
    overVectors(layout, 'pick01', ['a', 'b'], pick01),
    overVectors(layout, 'pick10', ['a', 'b'], pick10),
    overVectors(layout, 'pick11', ['a', 'b'], pick11),
    overVectors(layout, 'turn', ['a'], (a) => changeSigns(pick10(a, a), firstMask)),
    overVectors(layout, 'fold', ['a'], (a) => add(a, pick10(a, a))),
    overVectors(layout, 'sumOperand', ['a'], (a) => add(pick00(a, a), pick10(a, a))),
    overVectors(layout, 'differenceOperand', ['a'], (a) => subtract(a, pick10(a, nothing))),
    signedSeconds(layout, pick11),
  ];
}

function signedSeconds(layout: LaneLayout, seconds: (a: Code, b: Code) => Code): WasmFunction {
  const f = new WasmFunction('signedSeconds', ['r', 'a', 'b', 'signs']);
  f.set('mask', load(shiftIndexLeft(f.get('signs'), 4), layout.masksAt));
  for (let at = 0; at < layout.vectors * VECTOR; at += VECTOR) {
    const both = seconds(load(f.get('a'), at), load(f.get('b'), at));
    f.emit(store(f.get('r'), at, layout.changeSigns(both, f.get('mask'))));
  }
  return f;
}

/** A function that computes each vector of `r` from those of its operands, which are read before `r` is written. */
function overVectors(
  layout: LaneLayout,
  name: string,
  operands: readonly ('a' | 'b')[],
  value: (a: Code, b: Code) => Code,
): WasmFunction {
  const f = new WasmFunction(name, ['r', ...operands]);
  for (let at = 0; at < layout.vectors * VECTOR; at += VECTOR) {
    for (const operand of operands) f.set(`v${operand}`, load(f.get(operand), at));
    f.emit(store(f.get('r'), at, value(f.get('va'), f.get(operands.length === 2 ? 'vb' : 'va'))));
  }
  return f;
}

/** Where {@link twoProductFunctions} expects the function that they call. */
const TWO_PRODUCTS_PLACE = 0;

/** The sum and the difference of two products, by the function at {@link TWO_PRODUCTS_PLACE}, whose last parameter is the mask of the third factor. */
export function twoProductFunctions(layout: LaneLayout): WasmFunction[] {
  const by = (name: string, mask: number): WasmFunction => {
    const f = new WasmFunction(name, ['r', 'a', 'b', 'c', 'd']);
    const operands = f.parameters.map((parameter) => f.get(parameter));
    f.call(TWO_PRODUCTS_PLACE, ...operands, constant(layout.masksAt + mask * VECTOR));
    return f;
  };
  return [by('sumOfProducts', 0), by('differenceOfProducts', 3)];
}
