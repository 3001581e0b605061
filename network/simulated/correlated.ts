/**
 * Chance with a memory, as netem has it (`get_crandom`): each value is the last one and a fresh one, mixed,
 *
 *     x = (1 - rho) * u + rho * x'        u uniform in [0, 1)
 *
 * so neighbours correlate by rho and the mean stays 1/2. What netem does not say aloud: x is no longer uniform. Its variance
 * shrinks to (1 - rho) / (1 + rho) of the uniform one, so extreme values become rare: `loss 5% 25%` loses far less than 5 %
 * of the packets, and a correlated jitter is narrower than it says. Calldrill does the same, for settings taken over from
 * netem must mean the same; docs/network.md has the figures. For loss in bursts of a known mean there is gemodel.
 */
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';

/** Draws that depend on the one before, as netem's `get_crandom` makes them: each is a weighted mean of the last and a fresh one. */
export class Correlated implements Kept<number | undefined> {
  /** Drawn at first use, as netem does. */
  #last: number | undefined;

  constructor(kept?: number) {
    this.#last = kept;
  }

  /** The last value; undefined before the first. */
  save(): number | undefined {
    return this.#last;
  }

  /** The next value in [0, 1). One fresh draw, and one more at first. */
  next(correlation: number, random: RandomSource): number {
    this.#last ??= random.fraction();
    this.#last = (1 - correlation) * random.fraction() + correlation * this.#last;
    return this.#last;
  }
}
