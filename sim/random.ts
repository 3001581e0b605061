/**
 * Chance, from named streams of one seed.
 *
 * Every consumer draws from a stream of its own name (`link:alice-crs:loss`), so adding a device never changes what
 * another one draws. A stream is ChaCha20 keyed with SHA-256(seed, name): good enough for the keys that devices make
 * in a simulation, the same on every platform, and no draw depends on a platform's `Math.log`, `pow` or `sin`.
 */
import { createHash } from 'node:crypto';
import { chacha20 } from '@noble/ciphers/chacha.js';
import { assert } from './errors.ts';

/** Octets of keystream made at a time. */
const BLOCK = 1024;
const NONCE = new Uint8Array(12);
const ZEROS = new Uint8Array(BLOCK);
const TWO_POW_32 = 4294967296;
const TWO_POW_53 = 9007199254740992;

/** What a consumer of chance needs; live mode implements it with the operating system's generator. */
export interface RandomSource {
  /** Uniform in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1), a multiple of 2^-53. */
  fraction(): number;
  /** Uniform integer in [0, bound), 1 <= bound <= 2^32. */
  below(bound: number): number;
  /** True with the given probability; draws once even for 0 and 1, so that a changed probability shifts nothing. */
  chance(probability: number): boolean;
  /** Fresh octets. */
  octets(length: number): Uint8Array;
}

/** Draws from octets that come a block at a time; where they come from is the subclass's. */
export abstract class BlockRandom implements RandomSource {
  readonly #block: Uint8Array<ArrayBuffer> = new Uint8Array(BLOCK);
  readonly #view: DataView = new DataView(this.#block.buffer);
  #offset = BLOCK;

  /** Fills `block` with fresh octets. */
  protected abstract fill(block: Uint8Array<ArrayBuffer>): void;

  uint32(): number {
    if (this.#offset + 4 > BLOCK) this.#refill();
    const value = this.#view.getUint32(this.#offset, true);
    this.#offset += 4;
    return value;
  }

  fraction(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / TWO_POW_53;
  }

  below(bound: number): number {
    assert(Number.isInteger(bound) && bound >= 1 && bound <= TWO_POW_32, 'bound is an integer in 1..2^32');
    const limit = TWO_POW_32 - (TWO_POW_32 % bound);
    for (;;) {
      const value = this.uint32();
      if (value < limit) return value % bound;
    }
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  octets(length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let at = 0; at < length;) {
      if (this.#offset >= BLOCK) this.#refill();
      const take = Math.min(length - at, BLOCK - this.#offset);
      out.set(this.#block.subarray(this.#offset, this.#offset + take), at);
      at += take;
      this.#offset += take;
    }
    return out;
  }

  #refill(): void {
    this.fill(this.#block);
    this.#offset = 0;
  }
}

/** The keystream of a key: the same key, the same chance. */
export class RandomStream extends BlockRandom {
  readonly #key: Uint8Array;
  #counter = 0;

  constructor(key: Uint8Array) {
    super();
    assert(key.length === 32, 'a stream key has 32 octets');
    this.#key = key;
  }

  protected override fill(block: Uint8Array<ArrayBuffer>): void {
    chacha20(this.#key, NONCE, ZEROS, block, this.#counter);
    this.#counter += BLOCK / 64;
  }
}

/** Hands out the named streams of one seed. */
export interface RandomStreams {
  stream(name: string): RandomSource;
}

/** Chance from a seed: the stream of a name gives the same draws in every run, whatever other streams are asked for. */
export class SeededRandom implements RandomStreams {
  readonly seed: string;
  readonly #open = new Map<string, RandomStream>();

  constructor(seed: string) {
    this.seed = seed;
  }

  /** The stream of this name; asking again goes on where the last draw stopped. */
  stream(name: string): RandomSource {
    let stream = this.#open.get(name);
    if (stream === undefined) {
      const key = createHash('sha256').update(`calldrill:random:1\0${this.seed}\0${name}`, 'utf8').digest();
      stream = new RandomStream(new Uint8Array(key));
      this.#open.set(name, stream);
    }
    return stream;
  }
}
