/** The chance of each flow on one direction of a link. Mostly a packet is of the same flow as the one before it. */
import type { RandomStreams } from '../../sim/random.ts';
import type { Flow } from './flow.ts';
import type { MemoryBeginnings } from './netem.ts';
import { FlowDraws } from './packet-draws.ts';

/** Finds the streams of a flow, and makes them when its first packet comes. Flows between two hosts by one protocol have the same. */
export class FlowChances implements MemoryBeginnings {
  readonly #prefix: string;
  readonly #random: RandomStreams;
  /** By pair; made for the second pair. */
  #chances: Map<string, FlowDraws> | undefined;
  #lastFlow: Flow | undefined;
  #last: FlowDraws | undefined;

  /** `prefix` names the direction, and is part of the names of the streams. */
  constructor(prefix: string, random: RandomStreams) {
    this.#prefix = prefix;
    this.#random = random;
  }

  of(flow: Flow): FlowDraws {
    if (flow === this.#lastFlow && this.#last !== undefined) return this.#last;
    let chance = flow.pair === this.#lastFlow?.pair ? this.#last : this.#chances?.get(flow.pair);
    if (chance === undefined) {
      chance = this.#draws(flow, '');
      if (this.#last !== undefined && this.#lastFlow !== undefined) {
        this.#chances ??= new Map([[this.#lastFlow.pair, this.#last]]);
        this.#chances.set(flow.pair, chance);
      }
    }
    this.#lastFlow = flow;
    this.#last = chance;
    return chance;
  }

  /** What a memory that all flows have in common begins with. */
  first(kind: string): number {
    return this.#random.stream(`${this.#prefix}:first:${kind}`).uint32();
  }

  /** Those of packets that are doubled. */
  secondOf(flow: Flow): FlowDraws {
    return (this.of(flow).second ??= this.#draws(flow, ':second'));
  }

  #draws(flow: Flow, kind: string): FlowDraws {
    return new FlowDraws(`${this.#prefix}:${flow.pair}${kind}`, this.#random);
  }
}
