/**
 * A link: two hosts and what lies between them. Each direction has its own luck and can be cut alone.
 *
 * A packet is judged when it sets out: cut off, or lost, or under way with an arrival time. A tap sits just behind the sender, so it
 * sees what the link then loses (and is told so), sees once what the link doubles, and does not see what a partition or an
 * unplugged sender keeps off the link. A cut also takes what is under way: it is lost on arrival, and the tap, which has
 * seen it by then, has it as not lost.
 *
 * A diversion is an attacker's position on the link: it stands in for a host at, or behind, one end. What the other end sends to
 * that host is given to the attacker's, and what the attacker's host sends to the other end crosses this link as if that host had
 * sent it.
 */
import type { Clock } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { RandomStreams } from '../../sim/random.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Packet } from '../packet.ts';
import type { TapListener, TappableLink } from '../tap.ts';
import type { Arena } from './arena.ts';
import { LinkDirection, type DirectionOwner, type DirectionState, type LinkCounts } from './direction.ts';
import { networkError } from './errors.ts';
import { flowOf, type Flow, type FlowPacket } from './flow.ts';
import type { FlowLedger } from './flow-ledger.ts';
import { checkLinkParameters, type LinkParameters } from './link-parameters.ts';
import { netemOf } from './netem-print.ts';
import type { Partitions } from './partitions.ts';
import type { InterfaceMtu } from './segment.ts';

/** What a link needs of the fabric it is part of. */
export interface LinkSurroundings {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly random: RandomStreams;
  readonly arena: Arena;
  readonly ledger: FlowLedger;
  readonly partitions: Partitions;
  /** False while the host is unplugged. */
  isPlugged(host: string): boolean;
  /** What hands over packets that reached `host`. */
  arrivalAt(host: string): (packet: FlowPacket) => void;
  /** Which links lead where has changed. */
  onRoutesChanged(): void;
}

/** A link with nothing on its way and nobody diverted, as a plain value: its ends, and its directions toward the second and the first. */
export type LinkState = {
  readonly name: string;
  readonly ends: readonly [string, string];
  readonly there: DirectionState;
  readonly back: DirectionState;
};

/** A wire between two hosts: two directions with parameters of their own, which can be cut, held, tapped and diverted. */
export class Link implements TappableLink, DirectionOwner, Kept<LinkState> {
  readonly name: string;
  readonly ends: readonly [string, string];
  readonly #fabric: LinkSurroundings;
  /** Toward the second end, and toward the first; with each, what hands over packets there. */
  readonly #there: LinkDirection;
  readonly #back: LinkDirection;
  readonly #arriveThere: (packet: FlowPacket) => void;
  readonly #arriveBack: (packet: FlowPacket) => void;
  readonly #taps: TapListener[] = [];
  /** Who stands in for whom, by the name of the end where it happens. */
  #diversions: Map<string, { readonly host: string; readonly to: string }> | undefined;
  /** Whether there are any: asked twice for each packet. */
  #isDiverted = false;
  /** Flows of a diverting host under the name it takes on. */
  #renamed: WeakMap<Flow, Flow> | undefined;

  /** Made by `SimulatedFabric.link`; `back` is for packets toward the first end. Errors: NETWORK_LINK_PARAMETER. */
  constructor(
    name: string,
    ends: readonly [string, string],
    parameters: LinkParameters,
    back: LinkParameters,
    fabric: LinkSurroundings,
    kept?: LinkState,
  ) {
    checkLinkParameters(name, parameters);
    checkLinkParameters(name, back);
    this.name = name;
    this.ends = ends;
    this.#fabric = fabric;
    this.#there = this.#direction(ends[1], parameters, kept?.there);
    this.#back = this.#direction(ends[0], back, kept?.back);
    this.#arriveThere = fabric.arrivalAt(ends[1]);
    this.#arriveBack = fabric.arrivalAt(ends[0]);
  }

  /** Why it cannot be kept now; undefined when nothing is on its way and nobody is diverted. */
  get unrest(): string | undefined {
    if (this.#isDiverted) return `somebody is diverted on ${this.name}`;
    if (this.#there.isAtRest && this.#back.isAtRest) return undefined;
    return `packets are on their way on ${this.name}`;
  }

  /** At rest only. Who taps it is not kept: whoever is taken up taps it again. */
  save(): LinkState {
    return { name: this.name, ends: this.ends, there: this.#there.save(), back: this.#back.save() };
  }

  /**
   * Changes what happens to packets that set out from now on, in both directions or only toward one host. Replaces all
   * parameters. Errors: NETWORK_LINK_PARAMETER, NETWORK_NOT_ON_LINK.
   */
  setParameters(parameters: LinkParameters, toward?: string): void {
    checkLinkParameters(this.name, parameters);
    for (const direction of this.#toward(toward)) direction.parameters = parameters;
    const data = { toward: toward ?? 'both', netem: netemOf(parameters) };
    this.#fabric.trace.append('network.link-changed', this.name, data);
  }

  /** What happens to packets toward this end. Errors: NETWORK_NOT_ON_LINK. */
  parametersToward(host: string): LinkParameters {
    return this.#directionToward(host).parameters;
  }

  /** What the direction toward this end has done and does. Errors: NETWORK_NOT_ON_LINK. */
  stateToward(host: string): { readonly cut: boolean; readonly held?: number; readonly counts: LinkCounts } {
    const { cut, held, counts } = this.#directionToward(host);
    return { cut, counts, ...(held === undefined ? {} : { held }) };
  }

  /**
   * Keeps every packet that would arrive from now on, in both directions or only toward one host, until {@link release}. What
   * happens to it on the link is over by then. Errors: NETWORK_NOT_ON_LINK.
   */
  hold(toward?: string): void {
    for (const direction of this.#toward(toward)) direction.hold();
    this.#fabric.trace.append('network.held', this.name, { toward: toward ?? 'both' });
  }

  /** Hands over what was kept, in the order of its arrival, and keeps no more; tells how much it was. Errors: NETWORK_NOT_ON_LINK. */
  release(toward?: string): number {
    const directions = this.#toward(toward);
    const packets = directions.reduce((sum, { held = 0 }) => sum + held, 0);
    const { trace } = this.#fabric;
    const event = trace.append('network.released', this.name, { toward: toward ?? 'both', packets });
    trace.because(event, () => {
      for (const direction of directions) direction.release();
    });
    return packets;
  }

  /** Cuts the link or heals it, in both directions or only toward one host. Errors: NETWORK_NOT_ON_LINK. */
  partition(cut: boolean, toward?: string): void {
    for (const direction of this.#toward(toward)) direction.cut = cut;
    const data = { toward: toward ?? 'both' };
    this.#fabric.trace.append(cut ? 'network.partitioned' : 'network.healed', this.name, data);
  }

  /**
   * Puts host `to` in the place of `host`, which is `end` of this link or lies behind it, until the returned function is called. A
   * later diversion at the same end replaces this one. Errors: NETWORK_NOT_ON_LINK.
   */
  divert(host: string, to: string, end: string = host): () => void {
    this.#toward(end);
    const diversion = { host, to };
    const diversions = (this.#diversions ??= new Map()).set(end, diversion);
    this.#isDiverted = true;
    this.#fabric.onRoutesChanged();
    this.#fabric.trace.append('network.diverted', this.name, { host, to });
    return () => {
      if (diversions.get(end) !== diversion) return;
      diversions.delete(end);
      this.#isDiverted = diversions.size > 0;
      this.#fabric.onRoutesChanged();
      this.#fabric.trace.append('network.diversion-ended', this.name, { host, to });
    };
  }

  /** Shows `listener` each packet as it sets out, until the returned function is called. */
  tap(listener: TapListener): () => void {
    this.#taps.push(listener);
    return () => {
      const at = this.#taps.indexOf(listener);
      if (at >= 0) this.#taps.splice(at, 1);
    };
  }

  /** For the fabric: whether anybody has taken the place of another on it. */
  get isDiverted(): boolean {
    return this.#isDiverted;
  }

  /** For the fabric: whether `sender` reaches `destination` here by having taken the place of the other end. */
  isDiversion(sender: string, destination: string): boolean {
    return this.#replacedBy(sender, destination) !== undefined;
  }

  /** For the fabric: the MTU that the interface of `sender` has here, in the sense of {@link send}. */
  mtuAt(sender: string, destination: string): InterfaceMtu {
    const out = this.#wayFrom(this.#replacedBy(sender, destination) ?? sender);
    const back = out === this.#there ? this.#back : this.#there;
    return { out: out.parameters.mtuOctets, in: back.parameters.mtuOctets };
  }

  /** For the fabric: sends a packet on its way from `sender`, an end of this link or a host in the place of one. */
  send(packet: FlowPacket, sender: string): void {
    const original = this.#replacedBy(sender, packet.to.host);
    const direction = this.#wayFrom(original ?? sender);
    const seen = original === undefined ? packet : this.#rename(packet, sender, original);
    const { ledger } = this.#fabric;
    ledger.sent(seen, this.name, direction.toward);
    if (direction.cut || !this.#fabric.isPlugged(sender) || this.#isSeparated(seen)) {
      ledger.lost(seen, this.name);
      return;
    }
    const fate = direction.judge(seen);
    if (this.#taps.length > 0) this.#show(seen, direction.toward, fate !== undefined);
    if (fate === undefined) direction.carry(seen);
    else {
      ledger.lost(seen, this.name);
      if (fate !== 'lost') ledger.dropped(seen.flow, this.name, fate);
    }
  }

  /** The direction from an end. */
  #wayFrom(end: string): LinkDirection {
    return end === this.#back.toward ? this.#there : this.#back;
  }

  #direction(toward: string, parameters: LinkParameters, kept?: DirectionState): LinkDirection {
    return new LinkDirection(parameters, { ...this.#fabric, name: this.name, toward, owner: this }, kept);
  }

  /** For its directions. */
  drop(packet: FlowPacket): void {
    this.#fabric.ledger.lost(packet, this.name);
  }

  /** For its directions. */
  secondOf(packet: FlowPacket): FlowPacket {
    return { ...packet, octets: this.#fabric.arena.copy(packet.octets) };
  }

  /** For its directions. */
  deliver(direction: LinkDirection, packet: FlowPacket): void {
    const diversion = this.#isDiverted ? this.#diversions?.get(direction.toward) : undefined;
    const isDiverted =
      diversion !== undefined && packet.to.host === diversion.host && packet.injectedOn !== this.name;
    const host = isDiverted ? diversion.to : direction.toward;
    if (direction.cut || !this.#fabric.isPlugged(host) || this.#isSeparated(packet)) this.drop(packet);
    else if (isDiverted) this.#fabric.arrivalAt(host)(packet);
    else if (direction === this.#there) this.#arriveThere(packet);
    else this.#arriveBack(packet);
  }

  #isSeparated(packet: FlowPacket): boolean {
    const { partitions } = this.#fabric;
    return !partitions.isEmpty && partitions.separate(packet.from.host, packet.to.host);
  }

  /** One copy for all taps: what was captured is never changed. */
  #show(packet: FlowPacket, toward: string, lost: boolean): void {
    const [time, copy] = [this.#fabric.clock.now(), this.#copy(packet)];
    for (const tap of this.#taps) tap({ time, link: this.name, toward, lost, packet: copy });
  }

  #copy({ protocol, from, to, octets, tcp }: FlowPacket): Packet {
    const copied = { protocol, from, to, octets: this.#fabric.arena.copy(octets) };
    return tcp === undefined ? copied : { ...copied, tcp };
  }

  /** The packet as it looks on the link when `sender` has taken the place of who is diverted at the end `original`. */
  #rename(packet: FlowPacket, sender: string, original: string): FlowPacket {
    const injectedOn = this.name;
    const { flow } = packet;
    if (flow.from.host !== sender) return { ...packet, injectedOn };
    const known = (this.#renamed ??= new WeakMap());
    let renamed = known.get(flow);
    if (renamed === undefined) {
      const host = this.#diversions?.get(original)?.host ?? original;
      renamed = flowOf(flow.protocol, { host, port: flow.from.port }, flow.to);
      known.set(flow, renamed);
    }
    return { ...packet, from: renamed.from, flow: renamed, injectedOn };
  }

  /** The end whose place `host` has taken, seen from the end `destination`. */
  #replacedBy(host: string, destination: string): string | undefined {
    if (!this.#isDiverted) return undefined;
    const [a, b] = this.ends;
    const end = destination === a ? b : a;
    const isReplaced = this.#diversions?.get(end)?.to === host;
    return isReplaced && (destination === a || destination === b) ? end : undefined;
  }

  #toward(host: string | undefined): readonly LinkDirection[] {
    return host === undefined ? [this.#there, this.#back] : [this.#directionToward(host)];
  }

  #directionToward(host: string): LinkDirection {
    for (const direction of [this.#there, this.#back]) if (direction.toward === host) return direction;
    const [a, b] = this.ends;
    throw networkError('NETWORK_NOT_ON_LINK', `link ${this.name} joins ${a} and ${b}, not ${host}`);
  }
}
