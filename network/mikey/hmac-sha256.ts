/**
 * HMAC-SHA256 (RFC 2104, FIPS 180-4) of messages of a few dozen octets, as the key derivation of MIKEY hashes them.
 *
 * Whoever looks for an SSV derives keys from thousands of candidates, and each of its eight MACs would be an object of node:crypto, which
 * costs more to make and to collect than the three blocks that it hashes. For long messages node:crypto is faster.
 */
import { assert } from '../../sim/errors.ts';

const BLOCK_OCTETS = 64;
const DIGEST_OCTETS = 32;
/** 0x80 and the length in 8 octets. */
const PADDING_OCTETS_MIN = 9;

/** The first state (FIPS 180-4 section 5.3.3). */
const INITIAL = Int32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
);
/** One for each round (section 4.2.2). */
// prettier-ignore
const CONSTANTS = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);

/** The schedule and the state of the moment. One for all: everything is synchronous. */
const schedule = new Int32Array(64);
const state = new Int32Array(8);

/** HMAC-SHA256 under one key of at most 64 octets. */
export class HmacSha256 {
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;

  constructor(key: Uint8Array) {
    assert(key.length <= BLOCK_OCTETS, 'an HMAC key fits into one block');
    this.#inner = keyed(key, 0x36);
    this.#outer = keyed(key, 0x5c);
  }

  /** The MAC of a message, 32 octets. */
  digest(message: Uint8Array): Uint8Array {
    return hashedAfter(this.#outer, hashedAfter(this.#inner, message));
  }
}

function keyed(key: Uint8Array, pad: number): Int32Array {
  const block = new Uint8Array(BLOCK_OCTETS).fill(pad);
  for (let i = 0; i < key.length; i++) block[i] = (key[i] as number) ^ pad;
  state.set(INITIAL);
  compress(new DataView(block.buffer), 0);
  return state.slice();
}

/** The hash of a message of which one block went before. */
function hashedAfter(before: Int32Array, message: Uint8Array): Uint8Array {
  const blocks = Math.ceil((message.length + PADDING_OCTETS_MIN) / BLOCK_OCTETS);
  const padded = new Uint8Array(blocks * BLOCK_OCTETS);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, (BLOCK_OCTETS + message.length) * 8);
  state.set(before);
  for (let at = 0; at < padded.length; at += BLOCK_OCTETS) compress(view, at);
  for (let word = 0; word < 8; word++) view.setInt32(4 * word, state[word] as number);
  return padded.subarray(0, DIGEST_OCTETS);
}

/** Mixes the 64 octets from `at` into the state (FIPS 180-4 section 6.2.2). */
function compress(view: DataView, at: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15] as number;
    const y = schedule[i - 2] as number;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = (schedule[i - 16] as number) + sigma0 + (schedule[i - 7] as number) + sigma1;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const chosen = g ^ (e & (f ^ g));
    const one = (h + sum1 + chosen + (CONSTANTS[i] as number) + (schedule[i] as number)) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (sum0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}
