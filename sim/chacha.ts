/**
 * The block function of ChaCha20 (RFC 8439 section 2.3), for streams of chance: one block of 16 words at a time, into memory that is
 * there already. A stream of chance mostly has two numbers drawn from it now and then, so what counts is that it is small.
 */

/** Words of a block, and so of 64 octets. */
export const CHACHA_WORDS = 16;
/** 256 bits in words of 32: what comes before the block in memory. */
export const CHACHA_KEY_WORDS = 8;

/** "expand 32-byte k". */
const C0 = 0x61707865;
const C1 = 0x3320646e;
const C2 = 0x79622d32;
const C3 = 0x6b206574;

/** The state in work: one for all, since a block is finished before the next is begun. */
const state = new Int32Array(CHACHA_WORDS);

/**
 * Writes block `counter` (32 bits) under the key of 8 words that is at `at` in `memory` to the 16 words behind it; the nonce is zero.
 * Words are little-endian in the keystream.
 */
export function chachaBlock(memory: Uint32Array, at: number, counter: number): void {
  const x = state;
  x[0] = C0;
  x[1] = C1;
  x[2] = C2;
  x[3] = C3;
  for (let i = 0; i < CHACHA_KEY_WORDS; i++) x[4 + i] = memory[at + i] as number;
  x[12] = counter;
  x[13] = 0;
  x[14] = 0;
  x[15] = 0;
  for (let round = 0; round < 20; round += 2) {
    quarterRound(x, 0, 4, 8, 12);
    quarterRound(x, 1, 5, 9, 13);
    quarterRound(x, 2, 6, 10, 14);
    quarterRound(x, 3, 7, 11, 15);
    quarterRound(x, 0, 5, 10, 15);
    quarterRound(x, 1, 6, 11, 12);
    quarterRound(x, 2, 7, 8, 13);
    quarterRound(x, 3, 4, 9, 14);
  }
  const to = at + CHACHA_KEY_WORDS;
  memory[to] = x[0] + C0;
  memory[to + 1] = x[1] + C1;
  memory[to + 2] = x[2] + C2;
  memory[to + 3] = x[3] + C3;
  for (let i = 4; i < 12; i++) memory[to + i] = (x[i] as number) + (memory[at + i - 4] as number);
  memory[to + 12] = x[12] + counter;
  for (let i = 13; i < CHACHA_WORDS; i++) memory[to + i] = x[i] as number;
}

function quarterRound(x: Int32Array, a: number, b: number, c: number, d: number): void {
  let p = x[a] as number;
  let q = x[b] as number;
  let r = x[c] as number;
  let s = x[d] as number;
  p = (p + q) | 0;
  s ^= p;
  s = (s << 16) | (s >>> 16);
  r = (r + s) | 0;
  q ^= r;
  q = (q << 12) | (q >>> 20);
  p = (p + q) | 0;
  s ^= p;
  s = (s << 8) | (s >>> 24);
  r = (r + s) | 0;
  q ^= r;
  q = (q << 7) | (q >>> 25);
  x[a] = p;
  x[b] = q;
  x[c] = r;
  x[d] = s;
}
