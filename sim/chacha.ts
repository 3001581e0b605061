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

/**
 * Writes block `counter` (32 bits) under the key of 8 words that is at `at` in `memory` to the 16 words behind it; the nonce is zero.
 * Words are little-endian in the keystream.
 */
export function chachaBlock(memory: Uint32Array, at: number, counter: number): void {
  let x0 = C0;
  let x1 = C1;
  let x2 = C2;
  let x3 = C3;
  let x4 = (memory[at] as number) | 0;
  let x5 = (memory[at + 1] as number) | 0;
  let x6 = (memory[at + 2] as number) | 0;
  let x7 = (memory[at + 3] as number) | 0;
  let x8 = (memory[at + 4] as number) | 0;
  let x9 = (memory[at + 5] as number) | 0;
  let x10 = (memory[at + 6] as number) | 0;
  let x11 = (memory[at + 7] as number) | 0;
  let x12 = counter | 0;
  let x13 = 0;
  let x14 = 0;
  let x15 = 0;
  for (let round = 0; round < 20; round += 2) {
    x0 = (x0 + x4) | 0;
    x12 ^= x0;
    x12 = (x12 << 16) | (x12 >>> 16);
    x8 = (x8 + x12) | 0;
    x4 ^= x8;
    x4 = (x4 << 12) | (x4 >>> 20);
    x0 = (x0 + x4) | 0;
    x12 ^= x0;
    x12 = (x12 << 8) | (x12 >>> 24);
    x8 = (x8 + x12) | 0;
    x4 ^= x8;
    x4 = (x4 << 7) | (x4 >>> 25);
    x1 = (x1 + x5) | 0;
    x13 ^= x1;
    x13 = (x13 << 16) | (x13 >>> 16);
    x9 = (x9 + x13) | 0;
    x5 ^= x9;
    x5 = (x5 << 12) | (x5 >>> 20);
    x1 = (x1 + x5) | 0;
    x13 ^= x1;
    x13 = (x13 << 8) | (x13 >>> 24);
    x9 = (x9 + x13) | 0;
    x5 ^= x9;
    x5 = (x5 << 7) | (x5 >>> 25);
    x2 = (x2 + x6) | 0;
    x14 ^= x2;
    x14 = (x14 << 16) | (x14 >>> 16);
    x10 = (x10 + x14) | 0;
    x6 ^= x10;
    x6 = (x6 << 12) | (x6 >>> 20);
    x2 = (x2 + x6) | 0;
    x14 ^= x2;
    x14 = (x14 << 8) | (x14 >>> 24);
    x10 = (x10 + x14) | 0;
    x6 ^= x10;
    x6 = (x6 << 7) | (x6 >>> 25);
    x3 = (x3 + x7) | 0;
    x15 ^= x3;
    x15 = (x15 << 16) | (x15 >>> 16);
    x11 = (x11 + x15) | 0;
    x7 ^= x11;
    x7 = (x7 << 12) | (x7 >>> 20);
    x3 = (x3 + x7) | 0;
    x15 ^= x3;
    x15 = (x15 << 8) | (x15 >>> 24);
    x11 = (x11 + x15) | 0;
    x7 ^= x11;
    x7 = (x7 << 7) | (x7 >>> 25);
    x0 = (x0 + x5) | 0;
    x15 ^= x0;
    x15 = (x15 << 16) | (x15 >>> 16);
    x10 = (x10 + x15) | 0;
    x5 ^= x10;
    x5 = (x5 << 12) | (x5 >>> 20);
    x0 = (x0 + x5) | 0;
    x15 ^= x0;
    x15 = (x15 << 8) | (x15 >>> 24);
    x10 = (x10 + x15) | 0;
    x5 ^= x10;
    x5 = (x5 << 7) | (x5 >>> 25);
    x1 = (x1 + x6) | 0;
    x12 ^= x1;
    x12 = (x12 << 16) | (x12 >>> 16);
    x11 = (x11 + x12) | 0;
    x6 ^= x11;
    x6 = (x6 << 12) | (x6 >>> 20);
    x1 = (x1 + x6) | 0;
    x12 ^= x1;
    x12 = (x12 << 8) | (x12 >>> 24);
    x11 = (x11 + x12) | 0;
    x6 ^= x11;
    x6 = (x6 << 7) | (x6 >>> 25);
    x2 = (x2 + x7) | 0;
    x13 ^= x2;
    x13 = (x13 << 16) | (x13 >>> 16);
    x8 = (x8 + x13) | 0;
    x7 ^= x8;
    x7 = (x7 << 12) | (x7 >>> 20);
    x2 = (x2 + x7) | 0;
    x13 ^= x2;
    x13 = (x13 << 8) | (x13 >>> 24);
    x8 = (x8 + x13) | 0;
    x7 ^= x8;
    x7 = (x7 << 7) | (x7 >>> 25);
    x3 = (x3 + x4) | 0;
    x14 ^= x3;
    x14 = (x14 << 16) | (x14 >>> 16);
    x9 = (x9 + x14) | 0;
    x4 ^= x9;
    x4 = (x4 << 12) | (x4 >>> 20);
    x3 = (x3 + x4) | 0;
    x14 ^= x3;
    x14 = (x14 << 8) | (x14 >>> 24);
    x9 = (x9 + x14) | 0;
    x4 ^= x9;
    x4 = (x4 << 7) | (x4 >>> 25);
  }
  const to = at + CHACHA_KEY_WORDS;
  memory[to] = x0 + C0;
  memory[to + 1] = x1 + C1;
  memory[to + 2] = x2 + C2;
  memory[to + 3] = x3 + C3;
  memory[to + 4] = x4 + (memory[at] as number);
  memory[to + 5] = x5 + (memory[at + 1] as number);
  memory[to + 6] = x6 + (memory[at + 2] as number);
  memory[to + 7] = x7 + (memory[at + 3] as number);
  memory[to + 8] = x8 + (memory[at + 4] as number);
  memory[to + 9] = x9 + (memory[at + 5] as number);
  memory[to + 10] = x10 + (memory[at + 6] as number);
  memory[to + 11] = x11 + (memory[at + 7] as number);
  memory[to + 12] = x12 + counter;
  memory[to + 13] = x13;
  memory[to + 14] = x14;
  memory[to + 15] = x15;
}
