/**
 * One direction of a link: what becomes of a packet that sets out there, and the packets under way.
 *
 * A packet is judged first and carried then. Fresh numbers are drawn for it from its flow's streams, whatever comes of it, so that what
 * happens to one packet never shifts the luck of another flow. netem's algorithm judges it on them. As on Linux, a packet that is
 * doubled has its second judged and queued first, as if it had just set out, but for the doubling. Carrying is netem's queue: with a
 * `rate` a packet leaves when its delay is over and the one before it is out, whichever is later, and takes its own time to go out.
 */
import type { Clock, Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Undertaking } from '../../sim/passing-timers.ts';
import type { RandomStreams } from '../../sim/random.ts';
import type { LinkDropReason } from './events.ts';
import type { FlowPacket } from './flow.ts';
import { FlowChances } from './flow-chances.ts';
import { corrupted } from './corruption.ts';
import type { LinkParameters } from './link-parameters.ts';
import { Netem, type NetemState } from './netem.ts';
import { noDraws, type FlowDraws, type PacketDraws } from './packet-draws.ts';
import { ipOctetsOf, transmissionTime } from './rate.ts';

/** Packets that are kept while a direction is held; further ones are lost. */
const HELD_MAX = 10_000;

/** The numbers of the packet that is judged now, and of its second: used within one call, so one for all. */
const drawsOfItself: PacketDraws = noDraws();
const drawsOfSecond: PacketDraws = noDraws();

/** What became of the packets that set out. A packet may be counted in several rows. */
export type LinkCounts = {
  sent: number;
  /** By chance. */
  lost: number;
  duplicated: number;
  /** One bit flipped. */
  corrupted: number;
  overtaking: number;
  'queue-full': number;
  'too-big': number;
  blocked: number;
};

/** What one direction of a link needs: its name and end, how packets fare on it, and the physics. */
export interface DirectionOptions {
  readonly name: string;
  /** Host that it leads to. */
  readonly toward: string;
  readonly clock: Clock;
  readonly random: RandomStreams;
  readonly owner: DirectionOwner;
}

/** The link that a direction is of: it takes what arrives, and hears of what does not. */
export interface DirectionOwner {
  /** Takes a packet that has arrived. */
  deliver(direction: LinkDirection, packet: FlowPacket): void;
  /** Told of a packet that was carried and is kept no longer. */
  drop(packet: FlowPacket): void;
  /** Makes the second of a packet that is doubled. */
  secondOf(packet: FlowPacket): FlowPacket;
}

/** One direction of a link with nothing on its way, as a plain value. */
export type DirectionState = {
  readonly parameters: LinkParameters;
  readonly counts: LinkCounts;
  readonly cut: boolean;
  readonly isHeld: boolean;
  readonly netem: NetemState;
};

/** One direction of a link: the queue, the rate and the impairments that a packet goes through, and the counts of what became of it. */
export class LinkDirection implements Kept<DirectionState> {
  readonly toward: string;
  readonly counts: LinkCounts = {
    sent: 0,
    lost: 0,
    duplicated: 0,
    corrupted: 0,
    overtaking: 0,
    'queue-full': 0,
    'too-big': 0,
    blocked: 0,
  };
  /** True while nothing gets through. */
  cut = false;
  readonly #clock: Clock;
  readonly #owner: DirectionOwner;
  readonly #netem: Netem;
  readonly #chances: FlowChances;
  /** Packets on their way. */
  #inFlight = 0;
  /** Whether some packets are refused without any chance. */
  #refuses = false;
  /** Packets that have arrived while it is held. */
  #held: FlowPacket[] | undefined;
  /** When the last packet will be out; a fraction of a microsecond counts. */
  #busyUntil = 0;
  /** Of the packet that was judged last: its second, if that goes, and itself, with its delay. */
  #second: Journey | undefined;
  #itself: FlowPacket | undefined;
  #delay: Micros | undefined;

  /** `kept` goes before `parameters`, which are those that the link began with. */
  constructor(parameters: LinkParameters, options: DirectionOptions, kept?: DirectionState) {
    const { name, toward, clock, random, owner } = options;
    this.toward = toward;
    this.#clock = clock;
    this.#owner = owner;
    this.#chances = new FlowChances(`link:${name}:${toward}`, random);
    this.#netem = new Netem(kept?.parameters ?? parameters, this.#chances, kept?.netem);
    this.#refuses = refusesSome(this.#netem.parameters);
    if (kept === undefined) return;
    Object.assign(this.counts, kept.counts);
    this.cut = kept.cut;
    if (kept.isHeld) this.hold();
  }

  /** With nothing on its way only, neither in flight nor held back: then the rate limit has nothing to remember either. */
  save(): DirectionState {
    assert(this.isAtRest, 'a link is kept with nothing on its way');
    return {
      parameters: this.parameters,
      counts: { ...this.counts },
      cut: this.cut,
      isHeld: this.#held !== undefined,
      netem: this.#netem.save(),
    };
  }

  get isAtRest(): boolean {
    return this.#inFlight === 0 && (this.held ?? 0) === 0;
  }

  get parameters(): LinkParameters {
    return this.#netem.parameters;
  }

  set parameters(parameters: LinkParameters) {
    this.#netem.parameters = parameters;
    this.#refuses = refusesSome(parameters);
  }

  /** Packets that wait for {@link release}; undefined when it is not held. */
  get held(): number | undefined {
    return this.#held?.length;
  }

  /** Makes the packet's draws. Tells why it is lost, or undefined when it is to be carried. */
  judge(packet: FlowPacket): 'lost' | LinkDropReason | undefined {
    const { counts } = this;
    const chance = this.#chances.of(packet.flow);
    counts.sent++;
    chance.draw(this.#netem.parameters, drawsOfItself);
    this.#second = undefined;
    this.#itself = undefined;
    const refusal = this.#refuses ? this.#refusal(packet) : undefined;
    if (refusal !== undefined) {
      counts[refusal]++;
      return refusal;
    }
    const doubled = this.#netem.doubles(drawsOfItself);
    const lost = this.#netem.loses(drawsOfItself);
    if (lost) counts.lost++;
    // One of two is lost: the other goes, and nothing else of it is a second packet.
    if (lost && !doubled) return 'lost';
    if (doubled && !lost) this.#judgeSecond(packet);
    return this.#judgeItself(packet, chance);
  }

  /** Sends the packet that was judged last on its way, and its second if there is one. */
  carry(packet: FlowPacket): void {
    const [second, itself] = [this.#second, this.#itself];
    this.#second = undefined;
    this.#itself = undefined;
    if (second !== undefined) this.#push(second.delay, second.arriving, packet);
    if (itself !== undefined) this.#push(this.#delay, itself, packet);
  }

  /** Keeps what arrives from now on. */
  hold(): void {
    this.#held ??= [];
  }

  /** Hands over what was kept, in the order of its arrival; tells how much it was. */
  release(): number {
    const kept = this.#held ?? [];
    this.#held = undefined;
    for (const packet of kept) this.#owner.deliver(this, packet);
    return kept.length;
  }

  #judgeItself(packet: FlowPacket, itself: FlowDraws): LinkDropReason | undefined {
    const arriving = this.#corrupted(packet, drawsOfItself, itself);
    if (this.#isFull(this.#second === undefined ? 0 : 1)) {
      this.counts['queue-full']++;
      // Its second was quicker: one of the two goes.
      return this.#second === undefined ? 'queue-full' : undefined;
    }
    this.#itself = arriving;
    this.#delay = this.#delayOf(drawsOfItself);
    if (this.#second !== undefined) this.counts.duplicated++;
    return undefined;
  }

  /** The whole way through netem, with chance of its own. */
  #judgeSecond(packet: FlowPacket): void {
    const netem = this.#netem;
    const second = this.#chances.secondOf(packet.flow);
    second.draw(netem.parameters, drawsOfSecond);
    if (netem.loses(drawsOfSecond)) {
      this.counts.lost++;
      return;
    }
    const arriving = this.#corrupted(this.#owner.secondOf(packet), drawsOfSecond, second);
    if (this.#isFull(0)) this.counts['queue-full']++;
    else this.#second = { delay: this.#delayOf(drawsOfSecond), arriving };
  }

  #corrupted(packet: FlowPacket, draws: PacketDraws, chance: FlowDraws): FlowPacket {
    if (!this.#netem.corrupts(draws)) return packet;
    this.counts.corrupted++;
    return corrupted(packet, this.#netem.parameters.udpChecksum ?? true, chance.corruptBit);
  }

  #delayOf(draws: PacketDraws): Micros | undefined {
    const delay = this.#netem.delay(draws);
    if (delay === undefined) this.counts.overtaking++;
    return delay;
  }

  /** What is refused before netem sees it. */
  #refusal(packet: FlowPacket): 'blocked' | 'too-big' | undefined {
    const { mtuOctets, block } = this.#netem.parameters;
    if (block === 'all' || block === packet.protocol) return 'blocked';
    return mtuOctets !== undefined && ipOctetsOf(packet) > mtuOctets ? 'too-big' : undefined;
  }

  #isFull(more: number): boolean {
    const { limitPackets } = this.#netem.parameters;
    return limitPackets !== undefined && this.#inFlight + more >= limitPackets;
  }

  /** From now until it has arrived, with what the queue adds to its delay. */
  #time(delay: Micros | undefined, packet: FlowPacket): Micros {
    if (delay === undefined) return 0;
    const { rate } = this.#netem.parameters;
    if (rate === undefined) return Math.max(0, delay);
    const now = this.#clock.now();
    // Only what is still going out stands in the way.
    const free = this.#busyUntil > now ? Math.max(now + delay, this.#busyUntil) : now + delay;
    this.#busyUntil = free + transmissionTime(packet, rate);
    return Math.max(0, Math.ceil(this.#busyUntil) - now);
  }

  #push(delay: Micros | undefined, arriving: FlowPacket, packet: FlowPacket): void {
    const time = this.#time(delay, packet);
    this.#inFlight++;
    this.#clock.schedule(time, new UnderWay(this, arriving));
  }

  /** A packet has arrived. */
  arrive(packet: FlowPacket): void {
    this.#inFlight--;
    if (this.#held === undefined) this.#owner.deliver(this, packet);
    else if (this.#held.length < HELD_MAX) this.#held.push(packet);
    else {
      this.counts['queue-full']++;
      this.#owner.drop(packet);
    }
  }
}

/** A packet on its way: what is due when it arrives. */
class UnderWay implements Undertaking {
  readonly #direction: LinkDirection;
  readonly #packet: FlowPacket;

  constructor(direction: LinkDirection, packet: FlowPacket) {
    this.#direction = direction;
    this.#packet = packet;
  }

  run(): void {
    this.#direction.arrive(this.#packet);
  }
}

/** How a packet goes on: after which delay (undefined: at once, before others), and as what it arrives. */
interface Journey {
  readonly delay: Micros | undefined;
  readonly arriving: FlowPacket;
}

function refusesSome({ mtuOctets, block }: LinkParameters): boolean {
  return mtuOctets !== undefined || block !== undefined;
}
