/**
 * Chance on one direction of a link: for each packet, lost or not, how long under way, twice or once.
 *
 * Each parameter draws from a stream of its own (`link:alice-crs:crs:loss`, where the third part is the host travelled to),
 * and draws for every packet while it is on, lost or not. So changing one parameter never changes what another one does, and
 * the same packet meets the same luck in two variants of a run. A parameter that is off draws nothing.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import type { RandomSource, RandomStreams } from '../../sim/random.ts';
import { losesInBursts, type GilbertElliottState, type LinkParameters } from './link-parameters.ts';
import { NORMAL_POSITIVE, NORMAL_SCALE } from './normal-table.ts';

const TWO_POW_31 = 2147483648;

export class Impairments {
  readonly #prefix: string;
  readonly #random: RandomStreams;
  readonly #streams = new Map<string, RandomSource>();
  readonly #burst: GilbertElliottState = { bad: false };
  #parameters: LinkParameters;
  #delayMicros: Micros;
  #jitterMicros: Micros;
  /** Packets delayed since the last one that overtook (netem's counter). */
  #sinceOvertaking = 0;

  constructor(prefix: string, random: RandomStreams, parameters: LinkParameters) {
    this.#prefix = prefix;
    this.#random = random;
    this.#parameters = parameters;
    this.#delayMicros = microsOf(parameters.delayMs);
    this.#jitterMicros = microsOf(parameters.jitterMs);
  }

  set parameters(parameters: LinkParameters) {
    this.#parameters = parameters;
    this.#delayMicros = microsOf(parameters.delayMs);
    this.#jitterMicros = microsOf(parameters.jitterMs);
  }

  /** Whether the next packet is lost. Both models apply when both are on. */
  loses(): boolean {
    const { lossRandom, lossGemodel } = this.#parameters;
    let lost = false;
    if (lossRandom !== undefined && this.#stream('loss').chance(lossRandom)) lost = true;
    if (lossGemodel !== undefined && losesInBursts(lossGemodel, this.#burst, this.#stream('gemodel')))
      lost = true;
    return lost;
  }

  /** How long the next packet is under way. */
  delay(): Micros {
    const { reorder } = this.#parameters;
    const delay = this.#jittered('jitter');
    if (reorder === undefined) return delay;
    const chosen = this.#stream('reorder').chance(reorder.probability);
    if (chosen && this.#sinceOvertaking >= (reorder.gap ?? 1) - 1) {
      this.#sinceOvertaking = 0;
      return 0;
    }
    this.#sinceOvertaking++;
    return delay;
  }

  /** How long the second copy of the packet is under way, or undefined when there is none. */
  duplicateDelay(): Micros | undefined {
    const { duplicate } = this.#parameters;
    if (duplicate === undefined || !this.#stream('duplicate').chance(duplicate)) return undefined;
    return this.#jittered('duplicate-jitter');
  }

  #jittered(stream: string): Micros {
    const jitter = this.#jitterMicros;
    if (jitter === 0) return this.#delayMicros;
    const draw = this.#stream(stream).uint32();
    const deviation =
      this.#parameters.distribution === 'normal' ? normalOf(draw) : (draw - TWO_POW_31) / TWO_POW_31;
    return Math.max(0, this.#delayMicros + Math.round(deviation * jitter));
  }

  #stream(name: string): RandomSource {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = this.#random.stream(`${this.#prefix}:${name}`);
      this.#streams.set(name, stream);
    }
    return stream;
  }
}

/** Standard deviations from the mean: the lowest bit is the sign, the nine above it choose the slice. */
function normalOf(draw: number): number {
  const magnitude = (NORMAL_POSITIVE[(draw >>> 1) & 511] ?? 0) / NORMAL_SCALE;
  return (draw & 1) === 0 ? magnitude : -magnitude;
}

function microsOf(milliseconds = 0): Micros {
  return Math.round(milliseconds * MILLISECOND);
}
