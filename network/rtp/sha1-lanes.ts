/**
 * The compression function of SHA-1 (FIPS 180-4 section 6.1.2) for four messages side by side: the words of each are the lanes of
 * vectors, so that four compressions cost little more than one. It is a WebAssembly module, written down here instruction by
 * instruction; where an engine has none, or the module computes anything else than `sha1.ts`, messages are hashed one by one.
 *
 * In its memory there are a state of five vectors, and then the four messages, each at its own stretch.
 */
import {
  allLanes,
  constant,
  i32x4,
  load,
  or,
  select,
  shuffle,
  store,
  xor,
  type Code,
  type Shuffle,
} from '../wasm-code.ts';
import { moduleOf, WasmFunction } from '../wasm-module.ts';
import { exportsOf, type WasmExports } from '../web-assembly.ts';
import { SHA1_BLOCK, sha1Compress, sha1State } from './sha1.ts';

/** Messages side by side. */
export const LANES = 4;
/** From the beginning of one message in the memory to that of the next, in octets: eight blocks. */
export const LANE_OCTETS = 8 * SHA1_BLOCK;
/** Where the first begins. */
export const LANES_AT = 128;
/** Words of a state. */
const STATE_WORDS = 5;
const WORDS = SHA1_BLOCK / 4;
const VECTOR_OCTETS = 16;
/** The constants of the rounds, each for twenty (FIPS 180-4 section 4.2.1). */
const CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const;
const ROUNDS_EACH = 20;

/** Words 0 and 1, and 2 and 3, of two vectors in turns, their octets turned round: messages are big-endian, lanes little-endian. */
const FIRST_PAIRS: Shuffle = [3, 2, 1, 0, 19, 18, 17, 16, 7, 6, 5, 4, 23, 22, 21, 20];
const SECOND_PAIRS: Shuffle = FIRST_PAIRS.map((octet) => octet + 8);
/** The first and the second halves of two vectors. */
const FIRST_HALVES: Shuffle = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const SECOND_HALVES: Shuffle = FIRST_HALVES.map((octet) => octet + 8);

/** What the module exports. */
interface LaneExports extends WasmExports {
  /** Mixes a block of each message, from octet `at` of the message, into the state. */
  readonly compress: (at: number) => void;
}

/** Four messages in work, and their states. */
export interface Sha1Lanes {
  /** The memory that it works in: message `lane` begins at `LANES_AT + lane * LANE_OCTETS`. */
  readonly octets: Uint8Array;
  readonly view: DataView;
  /** Word `word` of the state of message `lane` is at `4 * word + lane`. */
  readonly states: Int32Array;
  readonly compress: (at: number) => void;
}

let chosen: Sha1Lanes | undefined | 'none';

/** The lanes of this process (or thread), made when they are first asked for; undefined where there are none. */
export function sha1Lanes(): Sha1Lanes | undefined {
  if (chosen === undefined) {
    const lanes = lanesOf(sha1LanesModule());
    chosen = lanes !== undefined && passesSha1Test(lanes) ? lanes : 'none';
  }
  return chosen === 'none' ? undefined : chosen;
}

/** Lanes in the memory of an instance of the module; undefined when this engine cannot run it. */
export function lanesOf(octets: Uint8Array<ArrayBuffer>): Sha1Lanes | undefined {
  const exports = exportsOf(octets) as LaneExports | undefined;
  if (exports === undefined) return undefined;
  const { buffer } = exports.memory;
  return {
    octets: new Uint8Array(buffer),
    view: new DataView(buffer),
    states: new Int32Array(buffer, 0, STATE_WORDS * LANES),
    compress: exports.compress,
  };
}

/** Whether eight blocks of four messages without any pattern are mixed in as `sha1Compress` does it: with two, some errors did not show. */
export function passesSha1Test({ octets, view, states, compress }: Sha1Lanes): boolean {
  let luck = 0x2545f491;
  for (let at = 0; at < LANES * LANE_OCTETS; at++) {
    luck = (Math.imul(luck, 0x0019660d) + 0x3c6ef35f) | 0;
    octets[LANES_AT + at] = luck >>> 24;
  }
  const expected = Array.from({ length: LANES }, sha1State);
  for (const [lane, state] of expected.entries())
    for (const [word, value] of state.entries()) states[LANES * word + lane] = value + lane;
  for (const [lane, state] of expected.entries())
    for (const [word, value] of state.entries()) state[word] = value + lane;
  for (let at = 0; at < LANE_OCTETS; at += SHA1_BLOCK) {
    compress(at);
    for (const [lane, state] of expected.entries())
      sha1Compress(state, view, LANES_AT + lane * LANE_OCTETS + at);
  }
  return expected.every((state, lane) => state.every((value, word) => states[LANES * word + lane] === value));
}

/** The module: one function, its eighty rounds written out. */
export function sha1LanesModule(): Uint8Array<ArrayBuffer> {
  const compress = new WasmFunction('compress', ['at']);
  const names = ['a', 'b', 'c', 'd', 'e'];
  loadSchedule(compress);
  for (const [word, name] of names.entries()) compress.set(name, load(constant(0), word * VECTOR_OCTETS));
  for (let round = 0; round < 4 * ROUNDS_EACH; round++) {
    if (round >= WORDS) extendSchedule(compress, round);
    const [a, b, c, d, e] = names.map((_, i) => names[(i + 5 * ROUNDS_EACH * 4 - round) % 5] ?? '');
    writeRound(compress, round, [a ?? '', b ?? '', c ?? '', d ?? '', e ?? '']);
  }
  for (const [word, name] of names.entries()) {
    const at = word * VECTOR_OCTETS;
    compress.emit(store(constant(0), at, i32x4.add(load(constant(0), at), compress.get(name))));
  }
  return moduleOf([compress], 1);
}

/** The sixteen words of a block, each of all four messages. */
function loadSchedule(compress: WasmFunction): void {
  for (let word = 0; word < WORDS; word += LANES) {
    const part = (lane: number): Code => load(compress.get('at'), LANES_AT + lane * LANE_OCTETS + 4 * word);
    for (let lane = 0; lane < LANES; lane++) compress.set(`p${lane}`, part(lane));
    const [p0, p1, p2, p3] = [0, 1, 2, 3].map((lane) => compress.get(`p${lane}`)) as [Code, Code, Code, Code];
    for (const [half, pairs] of [FIRST_PAIRS, SECOND_PAIRS].entries()) {
      compress.set('q0', shuffle(p0, p1, pairs));
      compress.set('q1', shuffle(p2, p3, pairs));
      const [q0, q1] = [compress.get('q0'), compress.get('q1')];
      compress.set(`w${word + 2 * half}`, shuffle(q0, q1, FIRST_HALVES));
      compress.set(`w${word + 2 * half + 1}`, shuffle(q0, q1, SECOND_HALVES));
    }
  }
}

/** The word of a round from sixteen on takes the place of the one sixteen rounds before. */
function extendSchedule(compress: WasmFunction, round: number): void {
  const word = (before: number): Code => compress.get(`w${(round - before) % WORDS}`);
  compress.set('mixed', xor(xor(word(3), word(8)), xor(word(14), word(16))));
  compress.set(`w${round % WORDS}`, rotated(compress.get('mixed'), 1));
}

/** e becomes the next a, and b is rotated; the names move on by one instead of the values. */
function writeRound(
  compress: WasmFunction,
  round: number,
  [a, b, c, d, e]: readonly [string, string, string, string, string],
): void {
  const part = Math.floor(round / ROUNDS_EACH);
  const [x, y, z] = [compress.get(b), compress.get(c), compress.get(d)];
  const constantAndWord = i32x4.add(allLanes(CONSTANTS[part] ?? 0), compress.get(`w${round % WORDS}`));
  const mixed = part === 0 ? select(y, z, x) : part === 2 ? select(y, x, xor(x, z)) : xor(xor(x, y), z);
  const rest = i32x4.add(i32x4.add(compress.get(e), constantAndWord), mixed);
  compress.set(e, i32x4.add(rest, rotated(compress.get(a), 5)));
  compress.set(b, rotated(compress.get(b), 30));
}

function rotated(vector: Code, bits: number): Code {
  return or(i32x4.shiftLeft(vector, bits), i32x4.shiftRight(vector, 32 - bits));
}
