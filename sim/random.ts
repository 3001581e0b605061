/**
 * Chance, from named streams of one seed.
 *
 * Every consumer draws from a stream of its own name (`link:alice-crs:loss`), so adding a device never changes what
 * another one draws. A stream is ChaCha20 keyed with SHA-256(seed, name): good enough for the keys that devices make
 * in a simulation, the same on every platform, and no draw depends on a platform's `Math.log`, `pow` or `sin`.
 */
import { createHash } from 'node:crypto';
import type { Kept } from './kept.ts';
import type { RandomSource } from './random-source.ts';
import { RandomStream, StreamMemory } from './random-stream.ts';

export type { RandomSource } from './random-source.ts';

/** Hands out the named streams of one seed. */
export interface RandomStreams {
  stream(name: string): RandomSource;
}

/** Streams of which what they will give can be told beforehand. */
export interface ForeseenStreams extends RandomStreams {
  /** What the stream of this name gives from its beginning on, as far as that can be told. That stream stays where it is. */
  beginningOf(name: string): RandomSource;
}

/** Positions of the streams that have been drawn from, by their names: octets. */
export type RandomState = { readonly [name: string]: number };

/** Chance from a seed: the stream of a name gives the same draws in every run, whatever other streams are asked for. */
export class SeededRandom implements ForeseenStreams, Kept<RandomState> {
  readonly seed: string;
  readonly #kept: RandomState;
  readonly #open = new Map<string, RandomStream>();
  readonly #memory = new StreamMemory();

  /** `kept`: positions that its streams go on from. */
  constructor(seed: string, kept: RandomState = {}) {
    this.seed = seed;
    this.#kept = kept;
  }

  /** The stream of this name; asking again goes on where the last draw stopped. */
  stream(name: string): RandomSource {
    let stream = this.#open.get(name);
    if (stream === undefined) {
      stream = this.#streamAt(name, this.#kept[name], this.#memory);
      this.#open.set(name, stream);
    }
    return stream;
  }

  beginningOf(name: string): RandomSource {
    return this.#streamAt(name, 0);
  }

  #streamAt(name: string, position: number | undefined, memory?: StreamMemory): RandomStream {
    const key = createHash('sha256').update(`calldrill:random:1\0${this.seed}\0${name}`, 'utf8').digest();
    return new RandomStream(key, position, memory);
  }

  save(): RandomState {
    const positions: Record<string, number> = { ...this.#kept };
    for (const [name, stream] of this.#open) {
      const position = stream.save();
      if (position > 0) positions[name] = position;
    }
    return positions;
  }
}
