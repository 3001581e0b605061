/**
 * How long a packet takes to go out (netem `rate`). Its length is that of the Ethernet frame, which is what netem on an Ethernet
 * interface counts; `overheadOctets` adds to it or takes off, and cells round it up: `rate 2mbit 0 48 5` is ATM.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import type { Packet } from '../packet.ts';

/** How fast a direction sends, and what it counts as the size of a packet (tc-netem(8), `rate`). */
export type Rate = {
  readonly bitsPerSecond: number;
  /** Octets added to each packet; may be negative (-14: count from the IP header). Default 0. */
  readonly overheadOctets?: number;
  /** Octets of payload of a cell: a packet takes whole cells. Default 0: no cells. */
  readonly cellOctets?: number;
  /** Octets added to each cell. Default 0. */
  readonly cellOverheadOctets?: number;
};

/** An IPv4 header without options and a UDP header. */
const UDP_HEADERS_OCTETS = 20 + 8;
/** An IPv4 header and a TCP header, both without options. */
const TCP_HEADERS_OCTETS = 20 + 20;
/** The one option of a SYN, its segment size (RFC 9293 3.2). */
const SEGMENT_SIZE_OPTION_OCTETS = 4;
const ETHERNET_HEADER_OCTETS = 14;

/** Octets of the headers that a packet has beside its payload, from the IP header on. */
export function headerOctetsOf({ tcp }: Packet): number {
  if (tcp === undefined) return UDP_HEADERS_OCTETS;
  return TCP_HEADERS_OCTETS + (tcp.segmentOctetsMax === undefined ? 0 : SEGMENT_SIZE_OPTION_OCTETS);
}

/** Length of the IP packet. */
export function ipOctetsOf(packet: Packet): number {
  return packet.octets.length + headerOctetsOf(packet);
}

/** Not rounded, so that a fast link does not lose a part of its capacity to whole microseconds. */
export function transmissionTime(packet: Packet, rate: Rate): Micros {
  const { bitsPerSecond, overheadOctets = 0, cellOctets = 0, cellOverheadOctets = 0 } = rate;
  let octets = ipOctetsOf(packet) + ETHERNET_HEADER_OCTETS + overheadOctets;
  if (cellOctets > 0) octets = Math.ceil(octets / cellOctets) * (cellOctets + cellOverheadOctets);
  return (Math.max(0, octets) * 8 * SECOND) / bitsPerSecond;
}
