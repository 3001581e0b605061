/**
 * One direction of a link: what becomes of a packet that sets out there, and the packets under way.
 *
 * A packet is judged first and carried then. Judging makes all draws, whatever comes of them, so that what happens to one packet
 * never shifts the luck of the next. Carrying is netem's queue: with a `rate` a packet leaves when its delay is over and the one
 * before it is out, whichever is later, and takes its own time to go out.
 */
import type { Clock, Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { RandomStreams } from '../../sim/random.ts';
import type { LinkDropReason } from './events.ts';
import type { FlowPacket } from './flow.ts';
import { Impairments, type ImpairmentsState } from './impairments.ts';
import { InFlight } from './in-flight.ts';
import type { LinkParameters } from './link-parameters.ts';
import { ipOctetsOf, transmissionTime } from './rate.ts';

/** Packets that are kept while a direction is held; further ones are lost. */
const HELD_MAX = 10_000;

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
  /** Takes a packet that has arrived. */
  readonly deliver: (direction: LinkDirection, packet: FlowPacket) => void;
  /** Told of a packet that was carried and is kept no longer. */
  readonly drop: (packet: FlowPacket) => void;
  /** Makes the second of a packet that is doubled. */
  readonly copy: (packet: FlowPacket) => FlowPacket;
}

/** One direction of a link with nothing on its way, as a plain value. */
export type DirectionState = {
  readonly parameters: LinkParameters;
  readonly counts: LinkCounts;
  readonly cut: boolean;
  readonly isHeld: boolean;
  readonly impairments: ImpairmentsState;
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
  readonly #drop: (packet: FlowPacket) => void;
  readonly #copy: (packet: FlowPacket) => FlowPacket;
  readonly #impairments: Impairments;
  readonly #inFlight = new InFlight<FlowPacket>();
  readonly #deliver: (packet: FlowPacket) => void;
  readonly #deliverNext: () => void;
  /** Whether some packets are refused without any chance. */
  #refuses = false;
  /** Packets that have arrived while it is held. */
  #held: FlowPacket[] | undefined;
  /** When the last packet will be out; a fraction of a microsecond counts. */
  #busyUntil = 0;
  /** What was drawn for the packet that is judged. */
  #delay: Micros | undefined = 0;
  #copyDelay: Micros | undefined;
  #arriving: FlowPacket | undefined;

  /** `kept` goes before `parameters`, which are those that the link began with. */
  constructor(parameters: LinkParameters, options: DirectionOptions, kept?: DirectionState) {
    const { name, toward, clock, random, deliver, drop, copy } = options;
    this.toward = toward;
    this.#clock = clock;
    this.#drop = drop;
    this.#copy = copy;
    this.#impairments = new Impairments(`link:${name}:${toward}`, random, parameters, kept?.impairments);
    this.#deliver = (packet) => deliver(this, packet);
    this.#deliverNext = () => {
      const packet = this.#inFlight.shift();
      assert(packet !== undefined, 'each arrival has a packet');
      this.#arrive(packet);
    };
    this.parameters = kept?.parameters ?? parameters;
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
      impairments: this.#impairments.save(),
    };
  }

  get isAtRest(): boolean {
    return this.#inFlight.size === 0 && (this.held ?? 0) === 0;
  }

  get parameters(): LinkParameters {
    return this.#impairments.parameters;
  }

  set parameters(parameters: LinkParameters) {
    this.#impairments.parameters = parameters;
    const { limitPackets, mtuOctets, block } = parameters;
    this.#refuses = limitPackets !== undefined || mtuOctets !== undefined || block !== undefined;
  }

  /** Packets that wait for {@link release}; undefined when it is not held. */
  get held(): number | undefined {
    return this.#held?.length;
  }

  /** Makes the packet's draws. Tells why it is lost, or undefined when it is to be carried. */
  judge(packet: FlowPacket): 'lost' | LinkDropReason | undefined {
    const { counts } = this;
    const impairments = this.#impairments;
    counts.sent++;
    const lost = impairments.loses();
    this.#delay = impairments.delay();
    this.#copyDelay = impairments.duplicateDelay();
    this.#arriving = impairments.corrupt(packet);
    const fate = lost ? 'lost' : this.#refuses ? this.#refusal(packet) : undefined;
    if (fate !== undefined) counts[fate]++;
    return fate;
  }

  /** Sends the packet that was judged last on its way, and its second if there is one. */
  carry(packet: FlowPacket): void {
    const { counts } = this;
    const copyDelay = this.#copyDelay;
    const arriving = this.#arriving ?? packet;
    if (arriving !== packet) counts.corrupted++;
    if (this.#delay === undefined) {
      counts.overtaking++;
      this.#push(0, arriving);
    } else this.#push(this.#queued(this.#delay, packet), arriving);
    if (copyDelay === undefined) return;
    if (this.#refuses && this.#refusal(packet) !== undefined) {
      counts['queue-full']++;
      return;
    }
    counts.duplicated++;
    this.#push(this.#queued(copyDelay, packet), this.#copy(packet));
  }

  /** Keeps what arrives from now on. */
  hold(): void {
    this.#held ??= [];
  }

  /** Hands over what was kept, in the order of its arrival; tells how much it was. */
  release(): number {
    const kept = this.#held ?? [];
    this.#held = undefined;
    for (const packet of kept) this.#deliver(packet);
    return kept.length;
  }

  #refusal(packet: FlowPacket): LinkDropReason | undefined {
    const { limitPackets, mtuOctets, block } = this.#impairments.parameters;
    if (block === 'all' || block === packet.protocol) return 'blocked';
    if (mtuOctets !== undefined && ipOctetsOf(packet) > mtuOctets) return 'too-big';
    return limitPackets !== undefined && this.#inFlight.size >= limitPackets ? 'queue-full' : undefined;
  }

  /** The delay of a packet with what the queue adds to it. */
  #queued(delay: Micros, packet: FlowPacket): Micros {
    const { rate } = this.#impairments.parameters;
    if (rate === undefined) return delay;
    const now = this.#clock.now();
    this.#busyUntil = Math.max(now + delay, this.#busyUntil) + transmissionTime(packet, rate);
    return Math.ceil(this.#busyUntil) - now;
  }

  #push(delay: Micros, packet: FlowPacket): void {
    this.#inFlight.push(this.#clock.now() + delay, packet);
    this.#clock.schedule(delay, this.#deliverNext);
  }

  #arrive(packet: FlowPacket): void {
    if (this.#held === undefined) this.#deliver(packet);
    else if (this.#held.length < HELD_MAX) this.#held.push(packet);
    else {
      this.counts['queue-full']++;
      this.#drop(packet);
    }
  }
}
