/**
 * netem as Linux does it (`net/sched/sch_netem.c`), on numbers that were drawn before: what one packet does to the next. It is written
 * from the published algorithm, in its order and its 32 bits, so that a line for tc means the same here; a port of that algorithm in
 * the tests (`sch-netem.fixture.ts`) is the judge.
 *
 * What of it surprises is netem's too: a correlated delay hardly correlates, because the lowest bits of the correlated number choose
 * it; a correlated number is only drawn when it is needed, so an overtaking packet leaves the memory of the delay alone.
 */
import type { Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import { correlatedNumber, u32OfShare } from './correlated-number.ts';
import { delayNanosOf, shapeOf } from './delay-tables.ts';
import type { LinkParameters } from './link-parameters.ts';
import { losesByState, losesInBursts, type LossState } from './loss-models.ts';
import type { PacketDraws } from './packet-draws.ts';

const NANOS_PER_MICRO = 1_000;
const NANOS_PER_MILLISECOND = 1_000_000;

/** What has a memory. */
type Remembered = 'duplicate' | 'loss' | 'corrupt' | 'reorder' | 'jitter';

type LastNumbers = { [kind in Remembered]?: number };

/** All that a direction remembers of the packets before, as a plain value. */
export type NetemState = {
  /** The last correlated number of each kind that has been drawn. */
  readonly last: LastNumbers;
  readonly chains: LossState;
  /** Packets delayed since the last one that overtook. */
  readonly counter: number;
};

/** Draws what a memory begins with, once for each kind that needs one. */
export interface MemoryBeginnings {
  first(kind: Remembered): number;
}

/** The chance of one direction of a link: judges packet after packet, on numbers drawn for each. */
export class Netem implements Kept<NetemState> {
  readonly #begins: MemoryBeginnings;
  /** The parts of its state; one is made when it is first needed. */
  #last: LastNumbers | undefined;
  #chains: LossState | undefined;
  #counter = 0;
  #parameters: LinkParameters;
  #delayNanos = 0;
  #jitterNanos = 0;
  #shape: Int16Array | undefined;

  constructor(parameters: LinkParameters, begins: MemoryBeginnings, kept?: NetemState) {
    this.#begins = begins;
    this.#parameters = parameters;
    this.#measure(parameters);
    if (kept === undefined) return;
    this.#last = { ...kept.last };
    this.#chains = { ...kept.chains };
    this.#counter = kept.counter;
  }

  get parameters(): LinkParameters {
    return this.#parameters;
  }

  /** Begins anew, as `tc qdisc change` does. */
  set parameters(parameters: LinkParameters) {
    this.#parameters = parameters;
    this.#measure(parameters);
    this.#last = undefined;
    this.#chains = undefined;
    this.#counter = 0;
  }

  /** What it remembers now. */
  save(): NetemState {
    return {
      last: { ...this.#last },
      chains: { ...(this.#chains ?? begunChains()) },
      counter: this.#counter,
    };
  }

  /** Whether a packet is to go twice. Asked first, and never of a second one. */
  doubles(draws: PacketDraws): boolean {
    const { duplicate, duplicateCorrelation } = this.#parameters;
    return this.#happens('duplicate', duplicate, duplicateCorrelation, draws.duplicate);
  }

  /** Whether a packet is lost. All models apply that are on; netem has one at a time. */
  loses(draws: PacketDraws): boolean {
    const { lossRandom, lossCorrelation, lossState, lossGemodel } = this.#parameters;
    let lost = this.#happens('loss', lossRandom, lossCorrelation, draws.loss);
    if (lossState === undefined && lossGemodel === undefined) return lost;
    const chains = (this.#chains ??= begunChains());
    if (lossState !== undefined && losesByState(lossState, chains, draws.lossState)) lost = true;
    if (lossGemodel !== undefined && losesInBursts(lossGemodel, chains, draws.gemodelMove, draws.gemodelLoss))
      lost = true;
    return lost;
  }

  /** Whether a bit of a packet that is not lost flips. */
  corrupts(draws: PacketDraws): boolean {
    const { corrupt, corruptCorrelation } = this.#parameters;
    return this.#happens('corrupt', corrupt, corruptCorrelation, draws.corrupt);
  }

  /** How long a packet is under way; negative is at once, and undefined is at once and before those that wait. */
  delay(draws: PacketDraws): Micros | undefined {
    const { reorder } = this.#parameters;
    if (
      reorder !== undefined &&
      this.#counter >= (reorder.gap ?? 1) - 1 &&
      this.#number('reorder', reorder.correlation, draws.reorder) <= u32OfShare(reorder.probability)
    ) {
      this.#counter = 0;
      return undefined;
    }
    this.#counter++;
    if (this.#jitterNanos === 0) return Math.round(this.#delayNanos / NANOS_PER_MICRO);
    const { delayCorrelation } = this.#parameters;
    const number = this.#number('jitter', delayCorrelation, draws.jitter);
    const nanos = delayNanosOf(this.#delayNanos, this.#jitterNanos, number, this.#shape);
    return Math.round(nanos / NANOS_PER_MICRO);
  }

  #measure({ delayMs = 0, jitterMs = 0, distribution = 'uniform' }: LinkParameters): void {
    this.#shape = shapeOf(distribution);
    this.#delayNanos = Math.round(delayMs * NANOS_PER_MILLISECOND);
    this.#jitterNanos = Math.round(jitterMs * NANOS_PER_MILLISECOND);
  }

  #happens(
    kind: Remembered,
    share: number | undefined,
    correlation: number | undefined,
    fresh: number,
  ): boolean {
    if (share === undefined || share === 0) return false;
    return this.#number(kind, correlation, fresh) <= u32OfShare(share);
  }

  #number(kind: Remembered, correlation: number | undefined, fresh: number): number {
    const rho = correlation === undefined ? 0 : u32OfShare(correlation);
    if (rho === 0) return fresh;
    const last = (this.#last ??= {});
    const next = correlatedNumber(last[kind] ?? this.#begins.first(kind), fresh, rho);
    last[kind] = next;
    return next;
  }
}

function begunChains(): LossState {
  return { bad: false, state: 1 };
}
