/** The operating system's randomness, for live runs: keys made from it are as good as the machine's. Every name has the same source. */
import { randomFillSync } from 'node:crypto';
import { DrawnRandom } from '../../sim/random-source.ts';
import type { RandomSource, ForeseenStreams } from '../../sim/random.ts';

/** Whole numbers made at a time: a call of the operating system costs more than all of them. */
const WORDS = 256;

class SystemRandomSource extends DrawnRandom {
  readonly #words = new Uint32Array(WORDS);
  #used = WORDS;

  override uint32(): number {
    if (this.#used === WORDS) {
      randomFillSync(this.#words);
      this.#used = 0;
    }
    return this.#words[this.#used++] as number;
  }

  override octets(length: number): Uint8Array {
    return randomFillSync(new Uint8Array(length));
  }
}

/** Streams that cannot be repeated: no seed is behind them, and their names make no difference. */
export class SystemRandom implements ForeseenStreams {
  readonly #source = new SystemRandomSource();

  stream(_name: string): RandomSource {
    return this.#source;
  }

  /** What will come cannot be told. */
  beginningOf(_name: string): RandomSource {
    return this.#source;
  }
}
