/**
 * What one flow put on one link in one second of virtual time: counters, and a digest of its octets.
 *
 * The digest is SHA-256 over, for each packet in the order it was sent: payload length (4 octets, big-endian), then for TCP sequence
 * (4), acknowledgement (4), flags (1), window (2) and, where a SYN announces it, its segment size (2), then the payload; 16 octets
 * of it are printed. Records are gathered in a buffer first, because a call of the hash costs more than its work on one packet.
 */
import { createHash, hash, type Hash } from 'node:crypto';
import type { Address } from '../fabric.ts';
import type { Packet } from '../packet.ts';

/** Octets that are gathered before they are hashed: those of a second of voice, so that it is hashed in one call. */
export const DIGEST_BUFFER_OCTETS = 10_240;
const HEADER_OCTETS_MAX = 17;

/** The ends of a flow, as its line in the trace has them. */
export interface FlowEnds {
  readonly protocol: 'udp' | 'tcp';
  readonly from: Address;
  readonly to: Address;
  /** The same as text: written once for all lines that name them. */
  readonly fromText: string;
  readonly toText: string;
}

/** Counts the packets of one flow on one link in the running second, and digests them. */
export class FlowSecond {
  readonly flow: FlowEnds;
  readonly link: string;
  readonly buffer: Uint8Array;
  /** The same flow on the next link of its way. */
  next: FlowSecond | undefined;
  packets = 0;
  octets = 0;
  lost = 0;
  #used = 0;
  /** Made when the buffer overflows for the first time. */
  #hash: Hash | undefined;

  /** `buffer` has {@link DIGEST_BUFFER_OCTETS} and is lent until the second is over. */
  constructor(flow: FlowEnds, link: string, buffer: Uint8Array) {
    this.flow = flow;
    this.link = link;
    this.buffer = buffer;
  }

  add(packet: Packet): void {
    const { octets, tcp } = packet;
    const length = octets.length;
    this.packets++;
    this.octets += length;
    if (this.#used + HEADER_OCTETS_MAX + length > DIGEST_BUFFER_OCTETS) this.#spill();
    this.#uint32(length);
    if (tcp !== undefined) {
      this.#uint32(tcp.sequence);
      this.#uint32(tcp.acknowledgement);
      this.buffer[this.#used++] = tcp.flags;
      this.#uint16(tcp.window);
      if (tcp.segmentOctetsMax !== undefined) this.#uint16(tcp.segmentOctetsMax);
    }
    if (this.#used + length > DIGEST_BUFFER_OCTETS) {
      this.#spill();
      this.#hash?.update(octets);
    } else {
      this.buffer.set(octets, this.#used);
      this.#used += length;
    }
  }

  /** SHA-256 (hex) over all records. */
  digest(): string {
    if (this.#hash === undefined) return hash('sha256', this.buffer.subarray(0, this.#used), 'hex');
    this.#spill();
    return this.#hash.digest('hex');
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
