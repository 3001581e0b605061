/**
 * The ledger of flows: counters and a digest for each flow, link and virtual second, so that the trace pins every octet on the wire
 * without an event per packet.
 *
 * The digest is SHA-256 over, for each packet in the order it was sent: payload length (4 octets, big-endian), then for TCP sequence
 * (4), acknowledgement (4), flags (1), window (2) and, where a SYN announces it, its segment size (2), then the payload; 16 octets
 * of it are printed. Records are gathered in a buffer first, because a call of the hash costs more than its work on one packet.
 */
import { createHash, type Hash } from 'node:crypto';
import { SECOND, type Clock, type Micros } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import type { PacketWitness } from '../packet.ts';
import type { DropReason } from './events.ts';
import { textOf, type Flow, type FlowPacket } from './flow.ts';

const BUFFER = 4096;
const HEADER_OCTETS_MAX = 17;
const DIGEST_HEX = 32;

/**
 * Counts the packets of each flow and puts them into the trace once a second, with a digest; what went wrong with a packet appears
 * at once.
 */
export class FlowLedger {
  /** Who else is told of every packet; nobody but a capture. */
  witness: PacketWitness | undefined;
  readonly #clock: Clock;
  readonly #trace: Trace;
  /** Flows with packets in the running second, by flow; one that crosses several links has one for each, chained. */
  readonly #active = new Map<string, FlowSecond>();
  /** The same, in order of their first packet. */
  #seconds: FlowSecond[] = [];
  /** Oddities already reported in the running second. */
  readonly #reported = new Set<string>();
  /** Buffers of finished seconds, to be used again. */
  readonly #buffers: Uint8Array[] = [];
  /** End of the running second; -1 when nothing happened in it. */
  #ends: Micros = -1;

  constructor(clock: Clock, trace: Trace) {
    this.#clock = clock;
    this.#trace = trace;
  }

  /** Counts a packet that sets out on `link` toward the host `toward`. */
  sent(packet: FlowPacket, link: string, toward: string): void {
    this.#second(packet.flow, link).add(packet);
    this.witness?.sent(packet, link, toward, packet.cause);
  }

  /** Counts a packet, already counted as sent, that a link lost. */
  lost(packet: FlowPacket, link: string): void {
    this.#second(packet.flow, link).lost++;
    this.witness?.lost(packet, link);
  }

  noRoute(flow: Flow): void {
    if (!this.#first(`no-route ${flow.key}`)) return;
    const { protocol, from, to } = flow;
    this.#trace.append('network.no-route', from.host, { protocol, from: textOf(from), to: textOf(to) });
  }

  /** A packet that reached `host` in vain. */
  dropped(flow: Flow, host: string, reason: DropReason): void {
    if (!this.#first(`${reason} ${flow.key}`)) return;
    const { protocol, from, to } = flow;
    this.#trace.append('network.dropped', host, { protocol, from: textOf(from), to: textOf(to), reason });
  }

  /** Reports the running second, cut short: called once, when a run ends. */
  flush(): void {
    if (this.#ends < 0) return;
    const began = this.#ends - SECOND;
    this.#ends = -1;
    this.#reported.clear();
    const seconds = this.#seconds;
    this.#seconds = [];
    this.#active.clear();
    for (const second of seconds) {
      const { flow, link, packets, octets, lost } = second;
      const { protocol, from, to } = flow;
      const digest = second.digest().slice(0, DIGEST_HEX);
      this.#buffers.push(second.buffer);
      const data = { protocol, from: textOf(from), to: textOf(to), began, packets, octets, lost, digest };
      this.#trace.append('network.flow', link, data, 0);
    }
  }

  #first(oddity: string): boolean {
    this.#enter();
    if (this.#reported.has(oddity)) return false;
    this.#reported.add(oddity);
    return true;
  }

  #second(flow: Flow, link: string): FlowSecond {
    this.#enter();
    let last: FlowSecond | undefined;
    for (let second = this.#active.get(flow.key); second !== undefined; second = second.next) {
      if (second.link === link) return second;
      last = second;
    }
    const second = new FlowSecond(flow, link, this.#buffers.pop() ?? new Uint8Array(BUFFER));
    this.#seconds.push(second);
    if (last === undefined) this.#active.set(flow.key, second);
    else last.next = second;
    return second;
  }

  /** Sees to it that the running second is the one on the clock. An idle second costs no event. */
  #enter(): void {
    const now = this.#clock.now();
    if (now < this.#ends) return;
    this.flush();
    const into = now % SECOND;
    const ends = now - into + SECOND;
    this.#ends = ends;
    this.#clock.schedule(SECOND - into, () => {
      if (this.#ends === ends) this.flush();
    });
  }
}

/** One flow on one link in one second. */
class FlowSecond {
  readonly flow: Flow;
  readonly link: string;
  /** The same flow on the next link of its way. */
  next: FlowSecond | undefined;
  readonly buffer: Uint8Array;
  packets = 0;
  octets = 0;
  lost = 0;
  #used = 0;
  /** Made when the buffer overflows for the first time. */
  #hash: Hash | undefined;

  constructor(flow: Flow, link: string, buffer: Uint8Array) {
    this.flow = flow;
    this.link = link;
    this.buffer = buffer;
  }

  add(packet: FlowPacket): void {
    const { octets, tcp } = packet;
    const length = octets.length;
    this.packets++;
    this.octets += length;
    if (this.#used + HEADER_OCTETS_MAX + length > BUFFER) this.#spill();
    this.#uint32(length);
    if (tcp !== undefined) {
      this.#uint32(tcp.sequence);
      this.#uint32(tcp.acknowledgement);
      this.buffer[this.#used++] = tcp.flags;
      this.#uint16(tcp.window);
      if (tcp.segmentOctetsMax !== undefined) this.#uint16(tcp.segmentOctetsMax);
    }
    if (this.#used + length > BUFFER) {
      this.#spill();
      this.#hash?.update(octets);
    } else {
      this.buffer.set(octets, this.#used);
      this.#used += length;
    }
  }

  /** SHA-256 (hex) over all records. */
  digest(): string {
    this.#spill();
    return this.#hash?.digest('hex') ?? '';
  }

  #spill(): void {
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #uint16(value: number): void {
    this.buffer[this.#used++] = value >>> 8;
    this.buffer[this.#used++] = value;
  }

  #uint32(value: number): void {
    const { buffer } = this;
    buffer[this.#used++] = value >>> 24;
    buffer[this.#used++] = value >>> 16;
    buffer[this.#used++] = value >>> 8;
    buffer[this.#used++] = value;
  }
}
