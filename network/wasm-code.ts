/**
 * WebAssembly instructions as octets (WebAssembly 2.0, and relaxed_madd of 3.0): just those that the kernels are written in. A
 * module of ours is so small and so regular that writing it down here is shorter than any tool chain that would make it.
 *
 * An expression is the code that leaves one value on the stack, so an operation is its operands' code and then its own.
 */

/** Octets of instructions, in order at every depth: code is put together from code without copying it. */
export type Code = number | readonly Code[];

/** Of lanes in a vector of 16 octets. */
export type Shuffle = readonly number[];

const VECTOR_PREFIX = 0xfd;
/** Vectors lie on multiples of 2^4 octets, 64-bit halves on 2^3. */
const ALIGN_VECTOR = 4;
const ALIGN_HALF = 3;

/** Appends the octets of code. */
export function append(octets: number[], code: Code): void {
  if (typeof code === 'number') octets.push(code);
  else for (let i = 0; i < code.length; i++) append(octets, code[i] ?? 0);
}

/** LEB128 of an integer that is not negative. */
export function unsignedLeb(value: number): number[] {
  const octets: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    octets.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return octets;
}

/** LEB128 of a signed 32-bit integer. */
function signedLeb(value: number): number[] {
  const octets: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    const rest7 = rest >> 7;
    if ((rest7 === 0 && (low & 0x40) === 0) || (rest7 === -1 && (low & 0x40) !== 0)) {
      octets.push(low);
      return octets;
    }
    octets.push(low | 0x80);
  }
}

/** A 32-bit constant. */
export function constant(value: number): Code {
  return [0x41, signedLeb(value)];
}

/** The sum of two 32-bit integers. */
export function addIndex(a: Code, b: Code): Code {
  return [a, b, 0x6a];
}

/** A 32-bit integer shifted left. */
export function shiftIndexLeft(a: Code, bits: number): Code {
  return [a, constant(bits), 0x74];
}

function vectorOperation(operation: number): (...operands: readonly Code[]) => Code {
  const code = [VECTOR_PREFIX, ...unsignedLeb(operation)];
  return (...operands) => [operands, code];
}

/** A vector of 16 octets at an address and offset. */
export function load(address: Code, offset: number): Code {
  return [address, VECTOR_PREFIX, 0x00, ALIGN_VECTOR, unsignedLeb(offset)];
}

/** A vector whose low half is the 8 octets at an address and offset, and whose high half is zero. */
export function loadHalf(address: Code, offset: number): Code {
  return [address, VECTOR_PREFIX, 0x5d, ALIGN_HALF, unsignedLeb(offset)];
}

/** Stores a vector of 16 octets. */
export function store(address: Code, offset: number, value: Code): Code {
  return [address, value, VECTOR_PREFIX, 0x0b, ALIGN_VECTOR, unsignedLeb(offset)];
}

/** Stores the low half of a vector. */
export function storeHalf(address: Code, offset: number, value: Code): Code {
  return [address, value, VECTOR_PREFIX, 0x5b, ALIGN_HALF, unsignedLeb(offset), 0];
}

/** The vector whose two halves are this 64-bit pattern. */
export function bothHalves(pattern: bigint): Code {
  const octets = Array.from({ length: 8 }, (_, i) => Number((pattern >> BigInt(8 * i)) & 0xffn));
  return [VECTOR_PREFIX, 0x0c, octets, octets];
}

/** The 64-bit pattern of a floating-point number (IEEE 754). */
export function patternOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** Octets of two vectors by number: 0..15 of the first, 16..31 of the second. */
export function shuffle(a: Code, b: Code, octets: Shuffle): Code {
  return [a, b, VECTOR_PREFIX, 0x0d, octets];
}

function shift(operation: number): (vector: Code, bits: number) => Code {
  const code = [VECTOR_PREFIX, ...unsignedLeb(operation)];
  return (vector, bits) => [vector, constant(bits), code];
}

/** The vector whose four lanes are this 32-bit integer. */
export function allLanes(value: number): Code {
  const octets = [value, value >>> 8, value >>> 16, value >>> 24].map((octet) => octet & 0xff);
  return [VECTOR_PREFIX, 0x0c, octets, octets, octets, octets];
}

/** Bits that are set in both vectors. */
export const and = vectorOperation(0x4e);
/** Bits that are set in either vector. */
export const or = vectorOperation(0x50);
/** Bits in which two vectors differ. */
export const xor = vectorOperation(0x51);
/** Of two vectors: the first one's bits where a third has ones, the second one's where it has zeros. */
export const select = vectorOperation(0x52);

/** Two lanes of 64-bit floating point. `relaxed_madd` is a*b + c with one rounding or with two, as the processor likes. */
export const f64x2 = {
  add: vectorOperation(0xf0),
  subtract: vectorOperation(0xf1),
  multiply: vectorOperation(0xf2),
  relaxedMadd: vectorOperation(0x107),
};

/** Two lanes of 64-bit integers; `multiplyLow` takes the two low lanes of 32 bits, with their signs. */
export const i64x2 = {
  add: vectorOperation(0xce),
  subtract: vectorOperation(0xd1),
  multiplyLow: vectorOperation(0xdc),
  shiftRightSigned: shift(0xcc),
  shiftRight: shift(0xcd),
};

/** Four lanes of 32-bit integers. */
export const i32x4 = {
  add: vectorOperation(0xae),
  subtract: vectorOperation(0xb1),
  multiply: vectorOperation(0xb5),
  shiftLeft: shift(0xab),
  shiftRightSigned: shift(0xac),
  shiftRight: shift(0xad),
};
