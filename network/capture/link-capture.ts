/**
 * A capture of the links of a fabric, all of them or one: what it is shown becomes the octets of one pcapng file, handed on as they are made.
 *
 * A packet is captured as it sets out on a link, and a link may lose it later: when it arrives at an end that was cut off meanwhile.
 * So a packet waits for a while before it is written, and is marked if it is lost by then. The wait is in virtual time and bounded
 * in octets; the order of packets is that in which they set out. Secrets do not wait: a reader needs them first.
 */
import { SECOND, type Clock, type Micros } from '../../sim/clock.ts';
import { concat } from '../../sim/octets.ts';
import type { EventNumber } from '../../sim/trace.ts';
import type { HostNumbers } from '../fabric.ts';
import type { Packet, PacketWitness } from '../packet.ts';
import { frameOf } from './frame.ts';
import { hostAddress, type HostAddress } from './host-address.ts';
import {
  decryptionSecrets,
  enhancedPacket,
  FLAGS,
  interfaceDescription,
  nameResolution,
  sectionHeader,
  type CapturedFrame,
} from './pcapng.ts';

/** How long a packet may still be marked as lost: longer than any usual link keeps one under way. */
const WAIT: Micros = 2 * SECOND;

/** Octets of packets that wait; beyond it the oldest are written as they are. */
const WAITING_OCTETS_MAX = 8 * 1024 * 1024;

/** Octets that are handed on at once, about. */
const CHUNK_OCTETS = 64 * 1024;

/** Comment of a packet that its link lost. */
const LOST = 'lost on the link';

/** A link as the capture describes it: an interface of the file, and the two hosts it joins. */
export interface CapturedLink {
  readonly name: string;
  readonly ends: readonly [string, string];
}

/** The part of a fabric that a capture looks at. */
export interface CapturedFabric {
  /** In the order of their numbers. */
  readonly hosts: readonly string[];
  readonly numbers: Pick<HostNumbers, 'numberOf'>;
  readonly links: readonly CapturedLink[];
  linkNamed(name: string): CapturedLink | undefined;
}

/** What is written into a capture beside the packets, and where its octets go. */
export interface LinkCaptureOptions {
  /** Written as the application: `calldrill 0.1.0`. */
  readonly tool: string;
  /** What it is a capture of: the comment of the file. */
  readonly title: string;
  /** Virtual time 0, milliseconds since 1970. */
  readonly beginsMs: number;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether the keys of TLS sessions go into the file. */
  readonly secrets: boolean;
  /** The only link that is captured; all of them when left out. */
  readonly link?: string | undefined;
  /** Takes the octets of the file, in order. They are the taker's. */
  onOctets(octets: Uint8Array<ArrayBuffer>): void;
}

interface Waiting extends CapturedFrame {
  readonly packet: Packet;
  readonly comments: string[];
}

/**
 * Writes a capture file of everything that a fabric shows, while it happens: one interface a link, each packet once on each of the links
 * that it crosses.
 */
export class LinkCapture implements PacketWitness {
  readonly #fabric: CapturedFabric;
  readonly #options: LinkCaptureOptions;
  /** Of the hosts that are described already. */
  readonly #addresses = new Map<string, HostAddress>();
  /** Number of the interface of each link. */
  readonly #interfaces = new Map<string, number>();
  readonly #waiting = new Map<Packet, Waiting>();
  /** The same, in the order of their times; those before the head are written. */
  #queue: Waiting[] = [];
  #head = 0;
  #waitingOctets = 0;
  #chunk: Uint8Array[] = [];
  #chunkOctets = 0;

  constructor(fabric: CapturedFabric, options: LinkCaptureOptions) {
    this.#fabric = fabric;
    this.#options = options;
    this.#write(sectionHeader(options.tool, options.title));
    this.#name(fabric.hosts);
    for (const link of fabric.links) if (this.#isCaptured(link.name)) this.#interface(link);
  }

  sent(packet: Packet, linkName: string, toward: string, cause: EventNumber): void {
    const link = this.#fabric.linkNamed(linkName);
    if (link === undefined || !this.#isCaptured(linkName)) return;
    const { clock, beginsMs } = this.#options;
    const now = clock.now();
    this.#writeUntil(now - WAIT);
    this.#name([...link.ends, packet.from.host, packet.to.host]);
    const [a, b] = link.ends;
    const addresses = {
      from: this.#addressOf(packet.from.host),
      to: this.#addressOf(packet.to.host),
      sender: this.#addressOf(toward === a ? b : a),
      receiver: this.#addressOf(toward),
    };
    const waiting: Waiting = {
      interface: this.#interface(link),
      time: beginsMs * 1000 + now,
      frame: frameOf(packet, addresses),
      flags: toward === b ? FLAGS.outbound : FLAGS.inbound,
      comments: cause === 0 ? [] : [`trace #${cause}`],
      packet,
    };
    this.#queue.push(waiting);
    this.#waiting.set(packet, waiting);
    this.#waitingOctets += waiting.frame.length;
    while (this.#waitingOctets > WAITING_OCTETS_MAX) this.#writeOldest();
  }

  lost(packet: Packet, linkName: string): void {
    if (!this.#isCaptured(linkName)) return;
    const waiting = this.#waiting.get(packet);
    if (waiting?.interface === this.#interfaces.get(linkName)) waiting?.comments.push(LOST);
  }

  keyed(keyLogLine: string): void {
    if (this.#options.secrets) this.#write(decryptionSecrets(`${keyLogLine}\n`));
  }

  /** Writes what still waits. Called once, when the run is over. */
  finish(): void {
    this.#writeUntil(Infinity);
    this.#handOn();
  }

  #isCaptured(link: string): boolean {
    return this.#options.link === undefined || this.#options.link === link;
  }

  #writeUntil(time: Micros): void {
    const limit = this.#options.beginsMs * 1000 + time;
    for (let next = this.#queue[this.#head]; next !== undefined && next.time <= limit;) {
      this.#writeOldest();
      next = this.#queue[this.#head];
    }
  }

  #writeOldest(): void {
    const oldest = this.#queue[this.#head++];
    if (oldest === undefined) return;
    // A packet that a router passed on waits anew, on its next link.
    if (this.#waiting.get(oldest.packet) === oldest) this.#waiting.delete(oldest.packet);
    this.#waitingOctets -= oldest.frame.length;
    this.#write(enhancedPacket(oldest));
    if (this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Describes hosts that are not yet. */
  #name(hosts: readonly string[]): void {
    const fresh = new Set(hosts.filter((host) => !this.#addresses.has(host)));
    if (fresh.size > 0) this.#write(nameResolution([...fresh].map((host) => this.#addressOf(host))));
  }

  #addressOf(host: string): HostAddress {
    let address = this.#addresses.get(host);
    if (address === undefined) {
      address = hostAddress(host, this.#fabric.numbers.numberOf(host));
      this.#addresses.set(host, address);
    }
    return address;
  }

  #interface({ name, ends: [a, b] }: CapturedLink): number {
    let id = this.#interfaces.get(name);
    if (id === undefined) {
      id = this.#interfaces.size;
      this.#interfaces.set(name, id);
      this.#write(interfaceDescription(name, `between ${a} and ${b}; outbound is from ${a} to ${b}`));
    }
    return id;
  }

  #write(octets: Uint8Array): void {
    this.#chunk.push(octets);
    this.#chunkOctets += octets.length;
    if (this.#chunkOctets >= CHUNK_OCTETS) this.#handOn();
  }

  #handOn(): void {
    if (this.#chunkOctets === 0) return;
    this.#options.onOctets(concat(...this.#chunk));
    this.#chunk = [];
    this.#chunkOctets = 0;
  }
}
