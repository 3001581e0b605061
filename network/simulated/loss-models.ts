/**
 * Loss with a memory, as netem has it: two Markov chains (tc-netem(8), `loss gemodel` and `loss state`). A chain takes one step for
 * each packet, whatever becomes of the packet. The names of the probabilities are those of the papers that netem follows:
 * S. Salsano, F. Ludovici, A. Ordine, "Definition of a general and intuitive loss model for packet networks".
 */
import type { RandomSource } from '../../sim/random.ts';

/**
 * Loss in bursts: a two-state chain (netem `loss gemodel p r 1-h 1-k`). The state changes after each packet; the packet's own
 * fate is drawn in the state it met.
 */
export type GilbertElliott = {
  /** Probability of going from the good state to the bad one. */
  readonly p: number;
  /** Probability of going from the bad state to the good one. The mean stay in the bad state is 1/r packets. */
  readonly r: number;
  /** Loss probability in the bad state. Default 1. */
  readonly oneMinusH?: number;
  /** Loss probability in the good state. Default 0. */
  readonly oneMinusK?: number;
};

/**
 * Loss in four states (netem `loss state p13 p31 p32 p23 p14`): 1 received in a gap, 2 received in a burst, 3 lost in a burst, 4 lost
 * alone. The packet shares the fate of the state that is entered; from 4 the chain always goes back to 1.
 */
export type FourState = {
  /** A burst begins. */
  readonly p13: number;
  /** A burst ends. Default 1 - p13, which with the other defaults is independent loss. */
  readonly p31?: number;
  /** From a loss in a burst to a packet that gets through. Default 0. */
  readonly p32?: number;
  /** And back. Default 1. */
  readonly p23?: number;
  /** A packet is lost alone. Default 0. */
  readonly p14?: number;
};

/** Where the chains of one direction stand; kept between packets and over changes of their probabilities. */
export type LossState = {
  bad: boolean;
  state: 1 | 2 | 3 | 4;
};

/** Draws one packet's fate and moves the chain on. Two draws, always. */
export function losesInBursts(model: GilbertElliott, chain: LossState, random: RandomSource): boolean {
  const lost = random.chance(chain.bad ? (model.oneMinusH ?? 1) : (model.oneMinusK ?? 0));
  if (random.chance(chain.bad ? model.r : model.p)) chain.bad = !chain.bad;
  return lost;
}

/** Moves the chain on and tells the packet's fate. One draw, always. */
export function losesByState(model: FourState, chain: LossState, random: RandomSource): boolean {
  const draw = random.fraction();
  const { p13, p31 = 1 - p13, p32 = 0, p23 = 1, p14 = 0 } = model;
  switch (chain.state) {
    case 1:
      if (draw < p14) chain.state = 4;
      else if (draw < p14 + p13) chain.state = 3;
      break;
    case 2:
      if (draw < p23) chain.state = 3;
      break;
    case 3:
      if (draw < p32) chain.state = 2;
      else if (draw < p32 + p31) chain.state = 1;
      break;
    case 4:
      chain.state = 1;
      break;
  }
  return chain.state >= 3;
}
