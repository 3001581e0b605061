/**
 * What a link does to packets, under the names that netem gives (tc-netem(8)). Each parameter is off unless given. `rate`,
 * `limit`, `corrupt` and correlations are not modelled: a link has no queue, so what one flow sends delays no other.
 */
import type { RandomSource } from '../../sim/random.ts';
import { networkError } from './errors.ts';

/**
 * Loss in bursts: a two-state Markov chain (netem `loss gemodel p r 1-h 1-k`). The state changes after each packet; the
 * packet's own fate is drawn in the state it met.
 */
export interface GilbertElliott {
  /** Probability of going from the good state to the bad one. */
  readonly p: number;
  /** Probability of going from the bad state to the good one. The mean stay in the bad state is 1/r packets. */
  readonly r: number;
  /** Loss probability in the bad state. Default 1. */
  readonly oneMinusH?: number;
  /** Loss probability in the good state. Default 0. */
  readonly oneMinusK?: number;
}

/** Sends a packet at once, overtaking those that wait out their delay (netem `reorder`). Needs a delay to mean anything. */
export interface Reordering {
  readonly probability: number;
  /** At least `gap - 1` packets are delayed between two that are not. Default 1. */
  readonly gap?: number;
}

export interface LinkParameters {
  /** One way. Default 0. */
  readonly delayMs?: number;
  /**
   * Half the width (`uniform`) or the standard deviation (`normal`) of the delay. Default 0. As in netem, jitter larger than
   * the spacing of packets reorders them, and a delay that would be negative is 0.
   */
  readonly jitterMs?: number;
  /** Default `uniform`. */
  readonly distribution?: Distribution;
  /** Probability that a packet is lost, independently of others. */
  readonly lossRandom?: number;
  readonly lossGemodel?: GilbertElliott;
  /** Probability that a packet which is not lost arrives twice, each copy with a delay of its own. */
  readonly duplicate?: number;
  readonly reorder?: Reordering;
}

export type Distribution = 'uniform' | 'normal';

const LONGEST_DELAY_MS = 3_600_000;

/** Refuses what has no meaning. Errors: NETWORK_LINK_PARAMETER. */
export function checkLinkParameters(link: string, parameters: LinkParameters): void {
  const { delayMs = 0, jitterMs = 0, lossRandom = 0, lossGemodel, duplicate = 0, reorder } = parameters;
  within(link, 'delayMs', delayMs, LONGEST_DELAY_MS);
  within(link, 'jitterMs', jitterMs, LONGEST_DELAY_MS);
  within(link, 'lossRandom', lossRandom, 1);
  within(link, 'duplicate', duplicate, 1);
  if (lossGemodel !== undefined) {
    within(link, 'lossGemodel.p', lossGemodel.p, 1);
    within(link, 'lossGemodel.r', lossGemodel.r, 1);
    within(link, 'lossGemodel.oneMinusH', lossGemodel.oneMinusH ?? 1, 1);
    within(link, 'lossGemodel.oneMinusK', lossGemodel.oneMinusK ?? 0, 1);
  }
  if (reorder !== undefined) {
    within(link, 'reorder.probability', reorder.probability, 1);
    const { gap = 1 } = reorder;
    if (!Number.isSafeInteger(gap) || gap < 1) throw outOfRange(link, 'reorder.gap', gap);
  }
}

function within(link: string, name: string, value: number, most: number): void {
  if (!(value >= 0 && value <= most)) throw outOfRange(link, name, value);
}

function outOfRange(link: string, name: string, value: number): Error {
  return networkError('NETWORK_LINK_PARAMETER', `link ${link}: ${name} is ${value}`);
}

/** Whether the Gilbert-Elliott chain is in its bad state; kept by the caller between packets. */
export interface GilbertElliottState {
  bad: boolean;
}

/** Draws one packet's fate and moves the chain on. Two draws, always. */
export function losesInBursts(
  model: GilbertElliott,
  state: GilbertElliottState,
  random: RandomSource,
): boolean {
  const lost = random.chance(state.bad ? (model.oneMinusH ?? 1) : (model.oneMinusK ?? 0));
  if (random.chance(state.bad ? model.r : model.p)) state.bad = !state.bad;
  return lost;
}
