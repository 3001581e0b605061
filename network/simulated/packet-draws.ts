/**
 * The fresh numbers that decide what becomes of a packet on a link. Each parameter has a stream of its own for each flow, and draws for
 * every packet of the flow while it is on, whatever comes of it. So changing one parameter never changes what another one does,
 * signalling does not hang on how many packets of voice there were, and the same packet meets the same luck in two variants of a run.
 * What one packet does to the next (correlation, chains, gaps, the queue) is the direction's, not the flow's: `netem.ts`.
 */
import type { RandomSource, RandomStreams } from '../../sim/random.ts';
import type { LinkParameters } from './link-parameters.ts';

/** Of one packet, 32 bits each. What belongs to a parameter that is off is as it was. */
export interface PacketDraws {
  duplicate: number;
  loss: number;
  lossState: number;
  gemodelMove: number;
  gemodelLoss: number;
  corrupt: number;
  reorder: number;
  jitter: number;
}

/** Draws for nobody yet. */
export function noDraws(): PacketDraws {
  return {
    duplicate: 0,
    loss: 0,
    lossState: 0,
    gemodelMove: 0,
    gemodelLoss: 0,
    corrupt: 0,
    reorder: 0,
    jitter: 0,
  };
}

/** The streams of one flow on one direction of a link; a doubled packet's second has others than all the first ones. */
export class FlowDraws {
  /** Of the seconds of its packets that are doubled; made for the first of them. */
  second: FlowDraws | undefined;
  readonly #prefix: string;
  readonly #random: RandomStreams;
  /** Made when they are first drawn from. A field each: they are asked for with every packet. */
  #duplicate: RandomSource | undefined;
  #loss: RandomSource | undefined;
  #lossState: RandomSource | undefined;
  #gemodel: RandomSource | undefined;
  #corrupt: RandomSource | undefined;
  #corruptBit: RandomSource | undefined;
  #reorder: RandomSource | undefined;
  #jitter: RandomSource | undefined;

  /** `prefix` names the direction and the flow, and is part of the names of the streams. */
  constructor(prefix: string, random: RandomStreams) {
    this.#prefix = prefix;
    this.#random = random;
  }

  /** Draws for the next packet. */
  draw(parameters: LinkParameters, into: PacketDraws): void {
    const { duplicate, lossRandom, lossState, lossGemodel, corrupt, reorder, jitterMs } = parameters;
    if (duplicate !== undefined) into.duplicate = (this.#duplicate ??= this.#stream('duplicate')).uint32();
    if (lossRandom !== undefined) into.loss = (this.#loss ??= this.#stream('loss')).uint32();
    if (lossState !== undefined) into.lossState = (this.#lossState ??= this.#stream('loss-state')).uint32();
    if (lossGemodel !== undefined) {
      const stream = (this.#gemodel ??= this.#stream('gemodel'));
      into.gemodelMove = stream.uint32();
      into.gemodelLoss = stream.uint32();
    }
    if (corrupt !== undefined) into.corrupt = (this.#corrupt ??= this.#stream('corrupt')).uint32();
    if (reorder !== undefined) into.reorder = (this.#reorder ??= this.#stream('reorder')).uint32();
    if (jitterMs !== undefined && jitterMs > 0)
      into.jitter = (this.#jitter ??= this.#stream('jitter')).uint32();
  }

  /** Where a bit flips. */
  get corruptBit(): RandomSource {
    return (this.#corruptBit ??= this.#stream('corrupt-bit'));
  }

  #stream(draw: string): RandomSource {
    return this.#random.stream(`${this.#prefix}:${draw}`);
  }
}
