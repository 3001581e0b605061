/** The chance of each flow on one direction of a link. Mostly a packet is of the same flow as the one before it. */
import type { RandomStreams } from '../../sim/random.ts';
import type { Flow } from './flow.ts';
import { FlowDraws } from './packet-draws.ts';

/** The streams of one flow: of the packets themselves, and of the seconds of those that are doubled. */
export interface FlowChance {
  readonly itself: FlowDraws;
  readonly second: FlowDraws;
}

/** Finds the streams of a flow, and makes them when its first packet comes. Flows between two hosts by one protocol have the same. */
export class FlowChances {
  readonly #prefix: string;
  readonly #random: RandomStreams;
  readonly #chances = new Map<string, FlowChance>();
  #lastFlow: Flow | undefined;
  #last: FlowChance | undefined;

  /** `prefix` names the direction, and is part of the names of the streams. */
  constructor(prefix: string, random: RandomStreams) {
    this.#prefix = prefix;
    this.#random = random;
  }

  of(flow: Flow): FlowChance {
    if (flow === this.#lastFlow && this.#last !== undefined) return this.#last;
    let chance = this.#chances.get(flow.pair);
    if (chance === undefined) {
      const prefix = `${this.#prefix}:${flow.pair}`;
      chance = {
        itself: new FlowDraws(prefix, this.#random),
        second: new FlowDraws(`${prefix}:second`, this.#random),
      };
      this.#chances.set(flow.pair, chance);
    }
    this.#lastFlow = flow;
    this.#last = chance;
    return chance;
  }
}
