/**
 * One stream of chance: the ChaCha20 keystream of a key, read from a position on. Key and position are all that it is; the block of
 * 64 octets under the position is made when something is drawn from it. A world has a dozen streams for each phone and draws from
 * most of them seldom or never, so the block is the smallest there is, and the streams of a world have their keys and blocks in common
 * memory: an array of its own would cost each of them more than what is in it.
 */
import { CHACHA_KEY_WORDS, CHACHA_WORDS, chachaBlock } from './chacha.ts';
import { DrawnRandom } from './random-source.ts';
import { assert } from './errors.ts';
import type { Kept } from './kept.ts';

const BLOCK_OCTETS = 4 * CHACHA_WORDS;
/**
 * Numbers do not straddle a stretch of 16 blocks: what is left of it, which is less than four octets, is passed over. (Streams were
 * once made a stretch at a time, and what they give must never change.)
 */
const STRETCH_BLOCKS = 16;

/** Words of one stream: its key, and behind it the block under its position. */
const STREAM_WORDS = CHACHA_KEY_WORDS + CHACHA_WORDS;
/** Streams that share an array. */
const STREAMS_TOGETHER = 32;

/** Where the streams of a world have their keys and blocks. */
export class StreamMemory {
  readonly #together: number;
  #words = new Uint32Array(0);
  #used = 0;

  /** Memory is made for this many streams at a time. */
  constructor(together = STREAMS_TOGETHER) {
    this.#together = together;
  }

  /** Room for one stream more: where in which array it begins. */
  take(): { readonly words: Uint32Array; readonly at: number } {
    if (this.#used === this.#words.length) {
      this.#words = new Uint32Array(this.#together * STREAM_WORDS);
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += STREAM_WORDS;
    return { words: this.#words, at };
  }
}

/** The keystream of a key: the same key, the same chance. */
export class RandomStream extends DrawnRandom implements Kept<number> {
  readonly #words: Uint32Array;
  readonly #key: number;
  /** Whether the block in the memory is the one under the position. */
  #isMade = false;
  /** Where it is read next: an octet of a block. Before the first draw that is the end of the block before the first. */
  #block = -1;
  #offset = BLOCK_OCTETS;

  /** `key`: 32 octets. `position`: octets that have been drawn already. */
  constructor(key: Uint8Array, position = 0, memory = new StreamMemory(1)) {
    super();
    assert(Number.isSafeInteger(position) && position >= 0, 'a position is a number of octets');
    this.#block = Math.ceil(position / BLOCK_OCTETS) - 1;
    this.#offset = position - BLOCK_OCTETS * this.#block;
    assert(key.length === 32, 'a stream key has 32 octets');
    const { words, at } = memory.take();
    this.#words = words;
    this.#key = at;
    for (let i = 0; i < key.length; i++)
      words[at + (i >> 2)] = (words[at + (i >> 2)] as number) | ((key[i] as number) << (8 * (i & 3)));
  }

  /** Its position: octets that have been drawn or passed over. */
  save(): number {
    return BLOCK_OCTETS * this.#block + this.#offset;
  }

  override uint32(): number {
    const offset = this.#offset;
    if (offset > BLOCK_OCTETS - 4) return this.#atEnd();
    this.#offset = offset + 4;
    if (!this.#isMade) this.#make();
    const words = this.#words;
    const shift = 8 * (offset & 3);
    const at = this.#key + CHACHA_KEY_WORDS + (offset >> 2);
    const low = words[at] as number;
    return shift === 0 ? low : pieced(low, words[at + 1] as number, shift);
  }

  override octets(length: number): Uint8Array {
    const out = new Uint8Array(length);
    const block = this.#key + CHACHA_KEY_WORDS;
    for (let at = 0; at < length; at++) {
      if (this.#offset >= BLOCK_OCTETS) this.#next();
      else if (!this.#isMade) this.#make();
      const offset = this.#offset++;
      out[at] = (this.#words[block + (offset >> 2)] as number) >>> (8 * (offset & 3));
    }
    return out;
  }

  /** A number that begins in the last three octets of a block, or behind it. */
  #atEnd(): number {
    const offset = this.#offset;
    const isWhole = offset === BLOCK_OCTETS || (this.#block + 1) % STRETCH_BLOCKS === 0;
    if (!isWhole && !this.#isMade) this.#make();
    const block = this.#key + CHACHA_KEY_WORDS;
    const low = isWhole ? 0 : (this.#words[block + CHACHA_WORDS - 1] as number);
    this.#next();
    this.#offset = isWhole ? 4 : offset + 4 - BLOCK_OCTETS;
    const high = this.#words[block] as number;
    return isWhole ? high : pieced(low, high, 8 * (offset & 3));
  }

  #next(): void {
    this.#block++;
    this.#offset = 0;
    this.#make();
  }

  #make(): void {
    chachaBlock(this.#words, this.#key, this.#block);
    this.#isMade = true;
  }
}

/** The number that begins `shift` bits into `low` and ends in `high`. */
function pieced(low: number, high: number, shift: number): number {
  return ((low >>> shift) | (high << (32 - shift))) >>> 0;
}
