/** The operating system's randomness, for live runs: keys made from it are as good as the machine's. Every name has the same source. */
import { randomFillSync } from 'node:crypto';
import { BlockRandom, type RandomSource, type RandomStreams } from '../../sim/random.ts';

class SystemRandomSource extends BlockRandom {
  protected override fill(block: Uint8Array<ArrayBuffer>): void {
    randomFillSync(block);
  }
}

/** Streams that cannot be repeated: no seed is behind them, and their names make no difference. */
export class SystemRandom implements RandomStreams {
  readonly #source = new SystemRandomSource();

  stream(_name: string): RandomSource {
    return this.#source;
  }
}
