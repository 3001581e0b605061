/**
 * Pairs in the memory of an instance of a kernel. The operations are the instance's exports themselves; what is added here is
 * the way in and out: integers become digits and are multiplied into Montgomery form, x * R modulo p, by the kernel.
 */
import { assert } from '../../../sim/errors.ts';
import { modulo } from '../field.ts';
import type { Kernel } from './kernel.ts';
import type { PairAddress, LaneNumber, PairField, PairOperations, SavedPairs } from './pair-field.ts';
import { instanceOf, type KernelExports } from './web-assembly.ts';

const PAGE = 65536;
/** Pages are added so many at a time: each time, the views are made anew. */
const GROWTH = 16;

/** A field that computes in WebAssembly. */
export class WasmPairs implements PairField {
  readonly kernel: Kernel;
  readonly name: Kernel['name'];
  readonly stride: number;
  readonly multiply: PairOperations['multiply'];
  readonly sumOfProducts: PairOperations['sumOfProducts'];
  readonly differenceOfProducts: PairOperations['differenceOfProducts'];
  readonly add: PairOperations['add'];
  readonly subtract: PairOperations['subtract'];
  readonly subtractTwice: PairOperations['subtractTwice'];
  readonly normalise: PairOperations['normalise'];
  readonly pick00: PairOperations['pick00'];
  readonly pick01: PairOperations['pick01'];
  readonly pick10: PairOperations['pick10'];
  readonly pick11: PairOperations['pick11'];
  readonly signedSeconds: PairOperations['signedSeconds'];
  readonly turn: PairOperations['turn'];
  readonly fold: PairOperations['fold'];
  readonly sumOperand: PairOperations['sumOperand'];
  readonly differenceOperand: PairOperations['differenceOperand'];

  readonly #p: bigint;
  readonly #memory: KernelExports['memory'];
  #digits: Float64Array | Int32Array;
  #free: PairAddress;
  /** R^2 modulo p: multiplying by it brings an integer into Montgomery form. */
  readonly #rSquared: PairAddress;
  /** 1 as it is: multiplying by it brings an element out of Montgomery form. */
  readonly #plainOne: PairAddress;
  readonly #scratch: PairAddress;

  constructor(p: bigint, kernel: Kernel, exports: KernelExports) {
    this.#p = p;
    this.kernel = kernel;
    this.name = kernel.name;
    this.stride = kernel.pairOctets;
    this.multiply = exports.multiply;
    this.sumOfProducts = exports.sumOfProducts;
    this.differenceOfProducts = exports.differenceOfProducts;
    this.add = exports.add;
    this.subtract = exports.subtract;
    this.subtractTwice = exports.subtractTwice;
    this.normalise = exports.normalise;
    this.pick00 = exports.pick00;
    this.pick01 = exports.pick01;
    this.pick10 = exports.pick10;
    this.pick11 = exports.pick11;
    this.signedSeconds = exports.signedSeconds;
    this.turn = exports.turn;
    this.fold = exports.fold;
    this.sumOperand = exports.sumOperand;
    this.differenceOperand = exports.differenceOperand;
    this.#memory = exports.memory;
    this.#digits = this.#view();
    this.#free = kernel.pairsAt;
    this.#writeConstants();
    [this.#rSquared, this.#plainOne, this.#scratch] = [this.reserve(1), this.reserve(1), this.reserve(1)];
    const r = 1n << BigInt(kernel.digits * kernel.digitBits);
    for (const lane of [0, 1] as const) {
      this.setDigits(this.#rSquared, lane, this.#digitsOf(modulo(r * r, p)));
      this.setDigits(this.#plainOne, lane, this.#digitsOf(1n));
    }
  }

  /** A field modulo p on an instance of a kernel; undefined when this engine cannot run it. */
  static of(p: bigint, kernel: Kernel): WasmPairs | undefined {
    const exports = instanceOf(kernel.module);
    return exports === undefined ? undefined : new WasmPairs(p, kernel, exports);
  }

  reserve(count: number): PairAddress {
    const address = this.#free;
    this.#free += count * this.stride;
    const missing = Math.ceil((this.#free - this.#memory.buffer.byteLength) / PAGE);
    if (missing > 0) {
      this.#memory.grow(Math.max(missing, GROWTH));
      this.#digits = this.#view();
    }
    return address;
  }

  set(address: PairAddress, first: bigint, second: bigint): void {
    this.setDigits(address, 0, this.#digitsOf(modulo(first, this.#p)));
    this.setDigits(address, 1, this.#digitsOf(modulo(second, this.#p)));
    this.multiply(address, address, this.#rSquared);
  }

  get(address: PairAddress, lane: LaneNumber): bigint {
    this.multiply(this.#scratch, address, this.#plainOne);
    return modulo(this.integerOf(this.#scratch, lane), this.#p);
  }

  save(address: PairAddress, count: number): SavedPairs {
    const octets = new Uint8Array(this.#memory.buffer, address, count * this.stride).slice();
    return {
      count,
      restore: (to) => new Uint8Array(this.#memory.buffer, to, octets.length).set(octets),
    };
  }

  /** Writes the digits of one element as they are, lowest first: for tests and for the self-test. */
  setDigits(address: PairAddress, lane: LaneNumber, digits: readonly number[]): void {
    const start = address / this.kernel.digitOctets + lane;
    digits.forEach((digit, i) => (this.#digits[start + 2 * i] = digit));
    const { digits: count, pairOctets, digitOctets } = this.kernel;
    for (let i = count; i < pairOctets / (2 * digitOctets); i++) this.#digits[start + 2 * i] = 0;
  }

  /** The digits of one element as they are, lowest first. */
  digitsAt(address: PairAddress, lane: LaneNumber): number[] {
    const start = address / this.kernel.digitOctets + lane;
    return Array.from({ length: this.kernel.digits }, (_, i) => this.#digits[start + 2 * i] as number);
  }

  /** The integer that the digits of one element amount to, in Montgomery form. */
  integerOf(address: PairAddress, lane: LaneNumber): bigint {
    const { digits, digitBits, digitOctets } = this.kernel;
    const start = address / digitOctets + lane;
    let value = 0n;
    for (let i = digits - 1; i >= 0; i--) {
      value = (value << BigInt(digitBits)) + BigInt(this.#digits[start + 2 * i] as number);
    }
    return value;
  }

  /** Digits between -2^(bits-1) and 2^(bits-1). */
  #digitsOf(value: bigint): number[] {
    const { digits, digitBits } = this.kernel;
    const result: number[] = [];
    let rest = value;
    for (let i = 0; i < digits; i++) {
      const digit = BigInt.asIntN(digitBits, rest);
      result.push(Number(digit));
      rest = (rest - digit) >> BigInt(digitBits);
    }
    assert(rest === 0n, 'an element fits its digits');
    return result;
  }

  #writeConstants(): void {
    const view = new DataView(this.#memory.buffer);
    for (const [at, words] of this.kernel.constants) {
      words.forEach((word, i) => view.setBigUint64(at + 8 * i, word, true));
    }
    for (const lane of [0, 1] as const) {
      this.setDigits(this.kernel.primeAt, lane, this.#digitsOf(this.#p));
    }
  }

  #view(): Float64Array | Int32Array {
    const { buffer } = this.#memory;
    return this.kernel.digitOctets === 8 ? new Float64Array(buffer) : new Int32Array(buffer);
  }
}
