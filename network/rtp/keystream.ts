/**
 * AES counter mode for the packets of one SSRC (RFC 3711 section 4.1.1), made for many packets at a time.
 *
 * A call into node:crypto costs more than encrypting a packet of speech, so one long-lived AES-ECB object encrypts the
 * counter blocks of the next 32 packets in one call. Whoever sends knows which packets come next; whoever receives
 * expects them in that order. A packet that comes late has its keystream made by itself, one far ahead begins anew.
 *
 * The counter block of packet index i = 2^16 ROC + SEQ is (salt 2^16) XOR (SSRC 2^64) XOR (i 2^16) + block number:
 *
 *     octet   0       4       8       12    14
 *             | salt  | salt  | salt  | salt| 0  |
 *         XOR |       | SSRC  | ROC   | SEQ |    |
 *          +  |       |       |       |     |  n |
 */
import { createCipheriv } from 'node:crypto';
import { assert } from '../../sim/errors.ts';
import { SEQUENCES } from './packet-index.ts';

/** Packets whose keystream is made at a time, if they are short. */
const BATCH_PACKETS = 32;
/** Blocks made at a time at most; the longest packet has 4,095. */
const BATCH_BLOCKS_MAX = 4096;
const BLOCK_OCTETS = 16;
const BLOCK_WORDS = 4;

/** Where counter blocks are laid out, and where the keystream of a late packet lands: used within one call, so one for all. */
const counterOctets = new Uint8Array(BATCH_BLOCKS_MAX * BLOCK_OCTETS);
const counterView = new DataView(counterOctets.buffer);
const lateWords = new Int32Array(BATCH_BLOCKS_MAX * BLOCK_WORDS);

/** The AES-CM keystream of the packets of one source (RFC 3711 section 4.1.1), many packets to a call of the cipher. */
export class PacketKeystream {
  readonly #cipher: ReturnType<typeof createCipheriv>;
  /** Salt XOR SSRC, as four words of a counter block. */
  readonly #initial: DataView;
  #batch = new Int32Array(0);
  /** Index of the first packet of the batch, and how many packets of how many blocks it serves. */
  #first = 0;
  #packets = 0;
  #blocks = 0;

  /** `key`: 16 octets; `salt`: 14 octets; both are session keys. */
  constructor(key: Uint8Array, salt: Uint8Array, ssrc: number) {
    this.#cipher = createCipheriv('aes-128-ecb', key, null);
    this.#cipher.setAutoPadding(false);
    const initial = new Uint8Array(BLOCK_OCTETS);
    initial.set(salt);
    this.#initial = new DataView(initial.buffer);
    this.#initial.setInt32(4, this.#initial.getInt32(4) ^ ssrc);
  }

  /**
   * XORs the keystream of packet `index` onto `octets` octets of `words` from word `at`. It works in whole words: up to
   * three octets behind the last are changed too.
   */
  xor(index: number, words: Int32Array, at: number, octets: number): void {
    const blocks = Math.ceil(octets / BLOCK_OCTETS);
    assert(blocks <= BATCH_BLOCKS_MAX, 'a packet fits into a datagram');
    const position = index - this.#first;
    let stream: Int32Array = this.#batch;
    let from = position * this.#blocks * BLOCK_WORDS;
    if (position < 0) {
      stream = lateWords;
      from = 0;
      this.#make(index, 1, blocks, stream);
    } else if (position >= this.#packets || blocks > this.#blocks) {
      stream = this.#refill(index, Math.max(1, blocks));
      from = 0;
    }
    const end = at + ((octets + 3) >> 2);
    for (let to = at; to < end; to++, from++) {
      words[to] = (words[to] as number) ^ (stream[from] as number);
    }
  }

  /** Makes the batch that begins with packet `first`. */
  #refill(first: number, blocks: number): Int32Array {
    const packets = Math.min(BATCH_PACKETS, Math.floor(BATCH_BLOCKS_MAX / blocks));
    const words = packets * blocks * BLOCK_WORDS;
    if (this.#batch.length < words) this.#batch = new Int32Array(words);
    this.#make(first, packets, blocks, this.#batch);
    this.#first = first;
    this.#packets = packets;
    this.#blocks = blocks;
    return this.#batch;
  }

  #make(first: number, packets: number, blocks: number, into: Int32Array): void {
    const word0 = this.#initial.getInt32(0);
    const word1 = this.#initial.getInt32(4);
    const salt2 = this.#initial.getInt32(8);
    const salt3 = this.#initial.getInt32(12);
    let at = 0;
    for (let index = first; index < first + packets; index++) {
      const word2 = salt2 ^ Math.floor(index / SEQUENCES);
      const word3 = salt3 ^ (index << 16);
      for (let block = 0; block < blocks; block++, at += BLOCK_OCTETS) {
        counterView.setInt32(at, word0);
        counterView.setInt32(at + 4, word1);
        counterView.setInt32(at + 8, word2);
        counterView.setInt32(at + 12, word3 | block);
      }
    }
    // Copied, because XOR wants aligned words and the cipher's own buffers should die young.
    new Uint8Array(into.buffer).set(this.#cipher.update(counterOctets.subarray(0, at)));
  }
}
