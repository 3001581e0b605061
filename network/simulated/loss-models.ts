/**
 * Loss with a memory, as netem has it: two Markov chains (tc-netem(8), `loss gemodel` and `loss state`). A chain takes one step for
 * each packet, whatever becomes of the packet, on numbers of 32 bits that were drawn for it. The names of the probabilities are those of the papers that netem follows:
 * S. Salsano, F. Ludovici, A. Ordine, "Definition of a general and intuitive loss model for packet networks".
 */
import { u32OfShare } from './correlated-number.ts';

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

/** Where the chains of one direction stand; they begin anew when a parameter of the link changes. */
export type LossState = {
  bad: boolean;
  state: 1 | 2 | 3 | 4;
};

/** One packet's fate in the state that it met, and the step that the chain takes, which is drawn first. */
export function losesInBursts(model: GilbertElliott, chain: LossState, move: number, loss: number): boolean {
  const { p, r, oneMinusH = 1, oneMinusK = 0 } = model;
  const met = chain.bad;
  if (move < u32OfShare(met ? r : p)) chain.bad = !met;
  // The kernel has 1-k for the good state and h, not 1-h, for the bad one: it loses above h.
  return met ? loss > u32OfShare(1) - u32OfShare(oneMinusH) : loss < u32OfShare(oneMinusK);
}

/** Moves the chain on and tells the packet's fate. A number that is just between two probabilities moves nothing and loses nothing. */
export function losesByState(model: FourState, chain: LossState, draw: number): boolean {
  const { p13, p31 = 1 - p13, p32 = 0, p23 = 1, p14 = 0 } = model;
  const [a1, a2, a3, a4] = [u32OfShare(p13), u32OfShare(p31), u32OfShare(p32), u32OfShare(p14)];
  switch (chain.state) {
    case 1:
      if (draw < a4) chain.state = 4;
      else if (a4 < draw && draw < a1 + a4) chain.state = 3;
      break;
    case 2:
      if (draw < u32OfShare(p23)) chain.state = 3;
      break;
    case 3:
      if (draw === a3 || draw === a2 + a3) return false;
      if (draw < a3) chain.state = 2;
      else if (draw < a2 + a3) chain.state = 1;
      break;
    case 4:
      chain.state = 1;
      break;
  }
  return chain.state >= 3;
}
