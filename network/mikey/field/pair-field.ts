/**
 * Arithmetic modulo the p of parameter set 1 on pairs of elements in a memory of their own: small enough that WebAssembly and
 * BigInt can stand behind it without the curve or the pairing knowing, and two products wide, as a vector unit is.
 *
 * A pair has an address; its first and second element are lanes in which every operation does the same. A result may be
 * written over an operand, unless its operation says otherwise. An element is any representative of its class.
 *
 * **Weights.** Sums do not carry, so digits grow. A pair that was set, multiplied or normalised has weight 1 (a hair more after
 * `normalise`). The weight of a sum or difference is the sum of the weights. Precondition of a product: the weights of its
 * factors, multiplied, and added up over both products of a sum of two, are below {@link PRODUCT_WEIGHT}; of `normalise` and
 * `subtractTwice`: the weight of what is carried is at most {@link CARRY_WEIGHT}. `weighed-field.fixture.ts` holds every
 * algorithm to it.
 *
 * Nothing here is constant time. calldrill's keys are never for real use.
 */

/** By which means elements are multiplied: from the fastest that a machine can have to what every machine can. */
export type FieldName = 'relaxed-simd' | 'simd' | 'bigint';

/** Both factors' weights multiplied may be so much: 2^101 / 2^98 would be eight, and what carries add is a hair. */
export const PRODUCT_WEIGHT = 6.01;
/** What `normalise` and `subtractTwice` may be given: with it, integer digits stay below 2^31. */
export const CARRY_WEIGHT = 8;

/** A place in a field's memory that is a multiple of its stride away from what `reserve` gave. */
export type PairAddress = number;

/** One or the other element of a pair. */
export type LaneNumber = 0 | 1;

/** Writes r from pairs; the addresses of operands and results. */
type Unary = (r: PairAddress, a: PairAddress) => void;
type Binary = (r: PairAddress, a: PairAddress, b: PairAddress) => void;
type Ternary = (r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress) => void;
type TwoProducts = (r: PairAddress, a: PairAddress, b: PairAddress, c: PairAddress, d: PairAddress) => void;

/** What a field does with pairs in its memory: each writes its first argument. */
export interface PairOperations {
  /** a * b; r may be a or b */
  readonly multiply: Binary;
  /** a*b + c*d */
  readonly sumOfProducts: TwoProducts;
  /** a*b - c*d */
  readonly differenceOfProducts: TwoProducts;
  readonly add: Binary;
  readonly subtract: Binary;
  /** a - b - 2c, normalised */
  readonly subtractTwice: Ternary;
  /** The same elements with weight 1. */
  readonly normalise: Unary;
  /** (a0, b0), and so on: an element of `a`, then one of `b`. */
  readonly pick00: Binary;
  readonly pick01: Binary;
  readonly pick10: Binary;
  readonly pick11: Binary;
  /** (a1, b1), each negated by its bit of `signs`: 1 for the first, 2 for the second. */
  readonly signedSeconds: (r: PairAddress, a: PairAddress, b: PairAddress, signs: number) => void;
  /** (-a1, a0): i times a0 + a1 i */
  readonly turn: Unary;
  /** a0 + a1 in both lanes */
  readonly fold: Unary;
  /** (a0 + a1, 2a1) ... */
  readonly sumOperand: Unary;
  /** ... and (a0 - a1, a1), whose product is the square of a0 + a1 i. */
  readonly differenceOperand: Unary;
}

/** Pairs taken out of a field's memory, to be put back into the same field's. */
export interface SavedPairs {
  readonly count: number;
  /** Puts them at an address and what follows it. */
  restore(address: PairAddress): void;
}

/** A field: its operations and its memory. */
export interface PairField extends PairOperations {
  readonly name: FieldName;
  /** From one pair's address to the next one's. */
  readonly stride: number;
  /** Room for `count` pairs, for as long as the field lives. Their values are not defined. */
  reserve(count: number): PairAddress;
  /** Gives both elements of a pair the classes of integers of any size and sign. */
  set(address: PairAddress, first: bigint, second: bigint): void;
  /** The representative in 0..p-1 of one element. */
  get(address: PairAddress, lane: LaneNumber): bigint;
  save(address: PairAddress, count: number): SavedPairs;
}
