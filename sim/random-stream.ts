/**
 * One stream of chance: the ChaCha20 keystream of a key, read from a position on. Key and position are all that it is; the block of
 * 64 octets under the position is made when something is drawn from it. A world has a dozen streams for each phone and draws from
 * most of them seldom or never, so the block is the smallest there is, and there is none before the first draw.
 */
import { CHACHA_WORDS, chachaBlock } from './chacha.ts';
import { DrawnRandom } from './random-source.ts';
import { assert } from './errors.ts';
import type { Kept } from './kept.ts';

const BLOCK_OCTETS = 4 * CHACHA_WORDS;
/**
 * Numbers do not straddle a stretch of 16 blocks: what is left of it, which is less than four octets, is passed over. (Streams were
 * once made a stretch at a time, and what they give must never change.)
 */
const STRETCH_BLOCKS = 16;

/** The keystream of a key: the same key, the same chance. */
export class RandomStream extends DrawnRandom implements Kept<number> {
  readonly #key = new Uint32Array(8);
  #words: Uint32Array | undefined;
  /** Where it is read next: an octet of a block. Before the first draw that is the end of the block before the first. */
  #block = -1;
  #offset = BLOCK_OCTETS;

  /** `key`: 32 octets. `position`: octets that have been drawn already. */
  constructor(key: Uint8Array, position = 0) {
    super();
    assert(Number.isSafeInteger(position) && position >= 0, 'a position is a number of octets');
    this.#block = Math.ceil(position / BLOCK_OCTETS) - 1;
    this.#offset = position - BLOCK_OCTETS * this.#block;
    assert(key.length === 32, 'a stream key has 32 octets');
    for (let at = 0; at < key.length; at++) {
      const word = at >> 2;
      this.#key[word] = (this.#key[word] as number) | ((key[at] as number) << (8 * (at & 3)));
    }
  }

  /** Its position: octets that have been drawn or passed over. */
  save(): number {
    return BLOCK_OCTETS * this.#block + this.#offset;
  }

  override uint32(): number {
    const offset = this.#offset;
    if (offset > BLOCK_OCTETS - 4) return this.#atEnd();
    this.#offset = offset + 4;
    const words = (this.#words ??= this.#make());
    const shift = 8 * (offset & 3);
    const low = words[offset >> 2] as number;
    return shift === 0 ? low : pieced(low, words[(offset >> 2) + 1] as number, shift);
  }

  override octets(length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      if (this.#offset >= BLOCK_OCTETS) this.#next();
      const words = (this.#words ??= this.#make());
      const offset = this.#offset++;
      out[at] = (words[offset >> 2] as number) >>> (8 * (offset & 3));
    }
    return out;
  }

  /** A number that begins in the last three octets of a block, or behind it. */
  #atEnd(): number {
    const offset = this.#offset;
    const isWhole = offset === BLOCK_OCTETS || (this.#block + 1) % STRETCH_BLOCKS === 0;
    const low = isWhole ? 0 : ((this.#words ??= this.#make())[CHACHA_WORDS - 1] as number);
    const words = this.#next();
    this.#offset = isWhole ? 4 : offset + 4 - BLOCK_OCTETS;
    const high = words[0] as number;
    return isWhole ? high : pieced(low, high, 8 * (offset & 3));
  }

  #next(): Uint32Array {
    this.#block++;
    this.#offset = 0;
    return (this.#words = this.#make(this.#words));
  }

  #make(into: Uint32Array = new Uint32Array(CHACHA_WORDS)): Uint32Array {
    chachaBlock(this.#key, this.#block, into);
    return into;
  }
}

/** The number that begins `shift` bits into `low` and ends in `high`. */
function pieced(low: number, high: number, shift: number): number {
  return ((low >>> shift) | (high << (32 - shift))) >>> 0;
}
