/**
 * Chance on one direction of a link: for each packet, lost or not, how long under way, twice or once, whole or not.
 *
 * Each parameter draws from a stream of its own (`link:alice-crs:crs:loss`, where the third part is the host travelled to),
 * and draws for every packet while it is on, lost or not. So changing one parameter never changes what another one does, and
 * the same packet meets the same luck in two variants of a run. A parameter that is off draws nothing.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource, RandomStreams } from '../../sim/random.ts';
import { Correlated } from './correlated.ts';
import { corrupted } from './corruption.ts';
import { deviationAt, deviationOf } from './delay-tables.ts';
import type { FlowPacket } from './flow.ts';
import type { LinkParameters } from './link-parameters.ts';
import { losesByState, losesInBursts, type LossState } from './loss-models.ts';

/** What the next packet depends on beside chance, as a plain value. */
export type ImpairmentsState = {
  readonly chains: LossState;
  /** The last correlated value of each kind of draw that has one. */
  readonly memories: { readonly [draw: string]: number | undefined };
  readonly sinceOvertaking: number;
};

/** What has a stream of chance; `corrupt-bit` is where the bit flips. */
type Draw =
  | 'loss'
  | 'loss-state'
  | 'gemodel'
  | 'jitter'
  | 'reorder'
  | 'duplicate'
  | 'duplicate-jitter'
  | 'corrupt'
  | 'corrupt-bit';

/**
 * What happens to each packet of a direction by chance: loss, delay, doubling, corruption, overtaking. Each draws from a stream of
 * its own, so one parameter changes nothing of another.
 */
export class Impairments implements Kept<ImpairmentsState> {
  readonly #prefix: string;
  readonly #random: RandomStreams;
  readonly #streams = new Map<Draw, RandomSource>();
  readonly #memories = new Map<string, Correlated>();
  readonly #chains: LossState;
  #parameters: LinkParameters;
  #delayMicros: Micros;
  #jitterMicros: Micros;
  /** Packets delayed since the last one that overtook (netem's counter). */
  #sinceOvertaking: number;

  constructor(prefix: string, random: RandomStreams, parameters: LinkParameters, kept?: ImpairmentsState) {
    this.#chains = { bad: false, state: 1, ...kept?.chains };
    this.#sinceOvertaking = kept?.sinceOvertaking ?? 0;
    for (const [draw, last] of Object.entries(kept?.memories ?? {}))
      this.#memories.set(draw, new Correlated(last));
    this.#prefix = prefix;
    this.#random = random;
    this.#parameters = parameters;
    this.#delayMicros = microsOf(parameters.delayMs);
    this.#jitterMicros = microsOf(parameters.jitterMs);
  }

  get parameters(): LinkParameters {
    return this.#parameters;
  }

  set parameters(parameters: LinkParameters) {
    this.#parameters = parameters;
    this.#delayMicros = microsOf(parameters.delayMs);
    this.#jitterMicros = microsOf(parameters.jitterMs);
  }

  save(): ImpairmentsState {
    const memories = [...this.#memories].map(([draw, memory]) => [draw, memory.save()] as const);
    return {
      chains: { ...this.#chains },
      memories: Object.fromEntries(memories),
      sinceOvertaking: this.#sinceOvertaking,
    };
  }

  /** Whether the next packet is lost. All models apply that are on; netem has one at a time. */
  loses(): boolean {
    const { lossRandom, lossState, lossGemodel } = this.#parameters;
    let lost = false;
    if (lossRandom !== undefined && this.#happens('loss', lossRandom, this.#parameters.lossCorrelation))
      lost = true;
    if (lossState !== undefined && losesByState(lossState, this.#chains, this.#stream('loss-state')))
      lost = true;
    if (lossGemodel !== undefined && losesInBursts(lossGemodel, this.#chains, this.#stream('gemodel')))
      lost = true;
    return lost;
  }

  /** How long the next packet is under way; undefined when it overtakes the others. */
  delay(): Micros | undefined {
    const { reorder } = this.#parameters;
    const delay = this.#jittered('jitter');
    if (reorder === undefined) return delay;
    const chosen = this.#happens('reorder', reorder.probability, reorder.correlation);
    if (chosen && this.#sinceOvertaking >= (reorder.gap ?? 1) - 1) {
      this.#sinceOvertaking = 0;
      return undefined;
    }
    this.#sinceOvertaking++;
    return delay;
  }

  /** How long the second copy of the packet is under way, or undefined when there is none. */
  duplicateDelay(): Micros | undefined {
    const { duplicate, duplicateCorrelation } = this.#parameters;
    if (duplicate === undefined || !this.#happens('duplicate', duplicate, duplicateCorrelation))
      return undefined;
    return this.#jittered('duplicate-jitter');
  }

  /** The packet as it will arrive: the very same, or one with a bit flipped. */
  corrupt(packet: FlowPacket): FlowPacket {
    const { corrupt, corruptCorrelation, udpChecksum = true } = this.#parameters;
    if (corrupt === undefined || !this.#happens('corrupt', corrupt, corruptCorrelation)) return packet;
    return corrupted(packet, udpChecksum, this.#stream('corrupt-bit'));
  }

  #happens(draw: Draw, probability: number, correlation = 0): boolean {
    if (correlation === 0) return this.#stream(draw).chance(probability);
    return this.#memory(draw).next(correlation, this.#stream(draw)) < probability;
  }

  #jittered(draw: 'jitter' | 'duplicate-jitter'): Micros {
    const jitter = this.#jitterMicros;
    if (jitter === 0) return this.#delayMicros;
    const { distribution = 'uniform', delayCorrelation = 0 } = this.#parameters;
    const stream = this.#stream(draw);
    const deviation =
      delayCorrelation === 0
        ? deviationOf(stream.uint32(), distribution)
        : deviationAt(this.#memory(draw).next(delayCorrelation, stream), distribution);
    return Math.max(0, this.#delayMicros + Math.round(deviation * jitter));
  }

  #stream(draw: Draw): RandomSource {
    let stream = this.#streams.get(draw);
    if (stream === undefined) {
      stream = this.#random.stream(`${this.#prefix}:${draw}`);
      this.#streams.set(draw, stream);
    }
    return stream;
  }

  #memory(draw: Draw): Correlated {
    let memory = this.#memories.get(draw);
    if (memory === undefined) {
      memory = new Correlated();
      this.#memories.set(draw, memory);
    }
    return memory;
  }
}

function microsOf(milliseconds = 0): Micros {
  return Math.round(milliseconds * MILLISECOND);
}
