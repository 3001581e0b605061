/**
 * HMAC-SHA1 (RFC 2104) of messages that lie in a larger buffer, without allocating.
 *
 * The two key blocks are compressed once, when the key is set. The message is padded where it lies, so the buffer must have
 * room behind it; what stood there is lost.
 */
import { assert } from '../../sim/errors.ts';
import { LANE_OCTETS, LANES, LANES_AT, type Sha1Lanes } from './sha1-lanes.ts';
import { SHA1_BLOCK, sha1Compress, sha1State } from './sha1.ts';

/** Octets behind a message that {@link HmacSha1.digest} overwrites at most: 0x80, zeros, and the length in 8 octets. */
export const HMAC_ROOM_OCTETS = 72;

/** The digest of the moment. One for all: everything is synchronous, and each caller reads it at once. */
const digest = new Int32Array(5);
const STATE_WORDS = digest.length;

/** The block that ends every outer hash: 20 octets of inner digest, padding, a length of 84 octets. */
const outerBlock = new DataView(new ArrayBuffer(SHA1_BLOCK));
outerBlock.setUint8(20, 0x80);
outerBlock.setUint32(60, (SHA1_BLOCK + 20) * 8);

/** Under one key, where the hash of a message stands after its first blocks. */
export interface HmacBeginning {
  readonly state: Int32Array;
  /** A multiple of 64. */
  readonly octets: number;
}

/** HMAC-SHA1 under one key, prepared so that a packet costs no allocation (RFC 2104). */
export class HmacSha1 {
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;

  /** `key`: at most 64 octets. */
  constructor(key: Uint8Array) {
    assert(key.length <= SHA1_BLOCK, 'an HMAC key fits into one block');
    this.#inner = keyed(key, 0x36);
    this.#outer = keyed(key, 0x5c);
  }

  /** Hashes as many whole blocks of a message as there are, for {@link digest} of messages that begin alike. */
  beginning(view: DataView, at: number, length: number): HmacBeginning {
    restore(this.#inner);
    const octets = length & -SHA1_BLOCK;
    for (let block = at; block < at + octets; block += SHA1_BLOCK) sha1Compress(digest, view, block);
    return { state: digest.slice(), octets };
  }

  /**
   * The five words of the digest over `length` octets of `view` from `at`. They last until the next call, to any instance.
   * Overwrites up to 72 octets behind the message. What is hashed already of it is not hashed again.
   */
  digest(view: DataView, at: number, length: number, hashed?: HmacBeginning): Int32Array {
    const end = at + padded(view, at, length);
    restore(hashed === undefined ? this.#inner : hashed.state);
    const first = hashed === undefined ? at : at + hashed.octets;
    for (let block = first; block < end; block += SHA1_BLOCK) sha1Compress(digest, view, block);
    for (let i = 0; i < 5; i++) outerBlock.setInt32(4 * i, digest[i] as number);
    restore(this.#outer);
    sha1Compress(digest, outerBlock, 0);
    return digest;
  }

  /**
   * The digests of four messages of `length` octets that lie at the beginnings of the lanes: word `word` of that of message `lane` is
   * at `4 * word + lane`. They last until the lanes are used again; the messages are lost. At most 439 octets.
   */
  digestLanes(lanes: Sha1Lanes, length: number): Int32Array {
    const { view, states } = lanes;
    let octets = 0;
    for (let lane = 0; lane < LANES; lane++) octets = padded(view, LANES_AT + lane * LANE_OCTETS, length);
    assert(octets <= LANE_OCTETS, 'a message fits into its lane');
    setLanes(states, this.#inner);
    for (let block = 0; block < octets; block += SHA1_BLOCK) lanes.compress(block);
    for (let lane = 0; lane < LANES; lane++) {
      const at = LANES_AT + lane * LANE_OCTETS;
      for (let word = 0; word < STATE_WORDS; word++)
        view.setInt32(at + 4 * word, states[LANES * word + lane] as number);
      padded(view, at, 4 * STATE_WORDS);
    }
    setLanes(states, this.#outer);
    lanes.compress(0);
    return states;
  }
}

/**
 * Pads the message of an inner or outer hash where it lies, behind the block of the key; the octets of its blocks. Whole words of padding
 * may run into the length field, which is written last.
 */
function padded(view: DataView, at: number, length: number): number {
  const octets = ((length + 8) & -SHA1_BLOCK) + SHA1_BLOCK;
  const end = at + octets;
  const messageEnd = at + length;
  view.setUint32(messageEnd, 0x80000000);
  for (let zero = messageEnd + 4; zero < end - 8; zero += 4) view.setInt32(zero, 0);
  view.setInt32(end - 8, 0);
  view.setInt32(end - 4, (SHA1_BLOCK + length) * 8);
  return octets;
}

function setLanes(states: Int32Array, state: Int32Array): void {
  for (let word = 0; word < STATE_WORDS; word++)
    for (let lane = 0; lane < LANES; lane++) states[LANES * word + lane] = state[word] as number;
}

function keyed(key: Uint8Array, pad: number): Int32Array {
  const block = new Uint8Array(SHA1_BLOCK).fill(pad);
  for (let i = 0; i < key.length; i++) block[i] = (key[i] as number) ^ pad;
  const state = sha1State();
  sha1Compress(state, new DataView(block.buffer), 0);
  return state;
}

/** Word by word: five assignments cost less than one call of `set`. */
function restore(state: Int32Array): void {
  digest[0] = state[0] as number;
  digest[1] = state[1] as number;
  digest[2] = state[2] as number;
  digest[3] = state[3] as number;
  digest[4] = state[4] as number;
}
