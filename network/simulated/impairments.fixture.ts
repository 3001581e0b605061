/** For the tests of impairments: draws of each parameter, and a check that fits the right parameters and refuses wrong ones. */
import type { ExecutionContext } from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { corrupted as withFlippedBit } from './corruption.ts';
import { flowOf, type FlowPacket } from './flow.ts';
import { Netem } from './netem.ts';
import { FlowDraws, noDraws, type PacketDraws } from './packet-draws.ts';
import type { LinkParameters } from './link-parameters.ts';
import { correlatedCdf, meanFits, powerOf, proportionFits, SEEDS } from './statistics.fixture.ts';

/** Draws that each statistical test takes: enough that its power can be computed. */
export const N = 100_000;

const FLOW = flowOf('udp', { host: 'alice-phone', port: 5004 }, { host: 'crs', port: 5004 });
/** A packet of media, with 72 octets of payload, that every draw is made for. */
export const PACKET: FlowPacket = {
  protocol: 'udp',
  from: FLOW.from,
  to: FLOW.to,
  octets: new Uint8Array(72),
  flow: FLOW,
  cause: 0,
};

/** netem on one direction of a link, with chance of its own from the seed: packet after packet of one flow. */
export class DrawnNetem {
  readonly netem: Netem;
  readonly chance: FlowDraws;
  readonly #draws = noDraws();

  constructor(parameters: LinkParameters, seed: string, prefix = 'link:alice-crs:crs:udp alice-phone crs') {
    const random = new SeededRandom(seed);
    this.netem = new Netem(parameters, {
      first: (kind) => random.stream(`first:${kind}`).uint32(),
    });
    this.chance = new FlowDraws(prefix, random);
  }

  /** Draws for the next packet, which last until the one after. */
  next(): PacketDraws {
    this.chance.draw(this.netem.parameters, this.#draws);
    return this.#draws;
  }

  /** The next packet as it arrives. */
  corrupt(packet: FlowPacket): FlowPacket {
    const { parameters } = this.netem;
    return this.netem.corrupts(this.next())
      ? withFlippedBit(packet, parameters.udpChecksum ?? true, this.chance.corruptBit)
      : packet;
  }
}

/** A function that takes {@link N} draws of one parameter's effect. */
export type Draws<Value> = (parameters: LinkParameters, seed: string) => readonly Value[];

function ofEach<Value>(value: (netem: Netem, draws: PacketDraws) => Value): Draws<Value> {
  return (parameters, seed) => {
    const drawn = new DrawnNetem(parameters, seed);
    return Array.from({ length: N }, () => value(drawn.netem, drawn.next()));
  };
}

/** For each packet, whether it is lost. */
export const losses: Draws<boolean> = ofEach((netem, draws) => netem.loses(draws));
/** For each packet, the microseconds it is held back. */
export const delays: Draws<number> = ofEach((netem, draws) => Math.max(0, netem.delay(draws) ?? 0));
/** For each packet, whether a second one follows it. */
export const doubled: Draws<boolean> = ofEach((netem, draws) => netem.doubles(draws));
/** For each packet, whether a bit of it was turned over. */
export const corrupted: Draws<boolean> = ofEach((netem, draws) => netem.corrupts(draws));
/** For each packet, whether it goes ahead of those that wait. */
export const overtaking: Draws<boolean> = ofEach((netem, draws) => netem.delay(draws) === undefined);

/** The right parameters fit on every seed, and the wrong ones on none. */
export function tells<Value>(
  t: ExecutionContext,
  draws: Draws<Value>,
  fits: (sample: readonly Value[]) => boolean,
  right: LinkParameters,
  ...wrong: readonly LinkParameters[]
): void {
  for (const seed of SEEDS) {
    t.true(fits(draws(right, seed)), `seed ${seed}`);
    for (const each of wrong) t.false(fits(draws(each, seed)), `${JSON.stringify(each)} at seed ${seed}`);
  }
}

/** States that a test would notice a parameter that is wrong by `shift`: with more than 99.99 % certainty. */
export function power(t: ExecutionContext, shift: number, varianceOfMean: number): void {
  t.true(powerOf(shift, varianceOfMean) > 0.9999);
}

/** How many of the draws are true. */
export function count(values: readonly boolean[]): number {
  return values.filter(Boolean).length;
}

/** The arithmetic mean; of no values it is NaN. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A judge of draws: whether so large a part of them is true as a probability of `p` makes likely. */
export function hasShare(p: number): (values: readonly boolean[]) => boolean {
  return (values) => proportionFits(count(values), values.length, p);
}

/** Lengths of runs of losses. */
export function bursts(values: readonly boolean[]): number[] {
  const lengths: number[] = [];
  let length = 0;
  for (const lost of values) {
    if (lost) length++;
    else if (length > 0) {
      lengths.push(length);
      length = 0;
    }
  }
  return lengths;
}

/** Correlation of neighbours; its standard error is at most sqrt(1/n) for the memories tested here. */
export function neighbours(values: readonly number[]): number {
  const average = mean(values);
  let [together, alone] = [0, 0];
  values.forEach((value, i) => {
    alone += (value - average) ** 2;
    if (i > 0) together += (value - average) * ((values[i - 1] ?? 0) - average);
  });
  return together / alone;
}

/**
 * Whether an event with netem's correlation has the share that it must have. The values below `p` come in runs, which widens the
 * variance; at most by (1 + rho) / (1 - rho), as if the indicator correlated as the values do.
 */
export function hasCorrelatedShare(p: number, rho: number): (values: readonly boolean[]) => boolean {
  const share = correlatedCdf(rho)(p);
  const variance = (share * (1 - share) * (1 + rho)) / (1 - rho) / N;
  return (values) => meanFits(count(values) / N, share, variance);
}
