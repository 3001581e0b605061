/** What can be drawn from a source of octets, worked out on whole numbers: the same everywhere, whatever the octets come from. */
import { assert } from './errors.ts';

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

/** Makes fractions, bounded numbers and yes or no of whole numbers and octets, which are the subclass's. */
export abstract class DrawnRandom implements RandomSource {
  abstract uint32(): number;
  abstract octets(length: number): Uint8Array;

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
}
