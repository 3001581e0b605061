/**
 * A packet as it crosses a link, and as a tap remembers it. Both fabrics, the capture writer and the attacker speak of packets
 * in these terms. Addresses are hosts and ports; the IP and Ethernet headers that a capture file needs are made up there.
 */
import type { Micros } from '../sim/clock.ts';
import type { EventNumber } from '../sim/trace.ts';
import type { Address } from './fabric.ts';

/** Control bits of a TCP header (RFC 9293 3.1). */
export const TCP_FIN = 0x01;
/** Flag that opens a stream and says its initial sequence number (RFC 9293 3.1). */
export const TCP_SYN = 0x02;
/** Flag that ends a stream at once, or refuses one (RFC 9293 3.1). */
export const TCP_RST = 0x04;
/** Flag of the last segment of what was written at once: hand it over (RFC 9293 3.1). */
export const TCP_PSH = 0x08;
/** Flag that says the acknowledgement number counts; every segment but the first has it (RFC 9293 3.1). */
export const TCP_ACK = 0x10;

/** The TCP header fields that carry meaning here (RFC 9293 3.1); ports are in the packet's addresses. */
export interface TcpHeader {
  /** Sequence number of the first octet (of the SYN when there is one), 0..2^32-1. */
  readonly sequence: number;
  /** Next sequence number expected, 0..2^32-1; meaningful with {@link TCP_ACK}. */
  readonly acknowledgement: number;
  /** Sum of `TCP_*` bits. */
  readonly flags: number;
  /** Octets the sender of this segment is ready to take, 0..65535, unscaled. */
  readonly window: number;
  /** Option of a SYN (RFC 9293 3.2): the most payload octets that its sender takes in one segment, 0..65535. */
  readonly segmentOctetsMax?: number;
}

/** A datagram or a segment on its way, as links, filters and captures see it. */
export interface Packet {
  readonly protocol: 'udp' | 'tcp';
  readonly from: Address;
  readonly to: Address;
  /** Payload of the datagram or segment. */
  readonly octets: Uint8Array;
  /** Present exactly when `protocol` is `tcp`. */
  readonly tcp?: TcpHeader;
}

/** What a tap saw. The octets are the tap's own copy. */
export interface CapturedPacket {
  /** When it entered the link. */
  readonly time: Micros;
  /** Name of the link. */
  readonly link: string;
  /** Host at the end of the link that it travels to. */
  readonly toward: string;
  /** The link lost it after the tap had seen it. */
  readonly lost: boolean;
  readonly packet: Packet;
}

/** Who is shown the packets of a whole fabric, as a capture file needs them. It must not change what it is shown. */
export interface PacketWitness {
  /**
   * `packet` sets out on `link` toward the host `toward`, sent while the trace event `cause` was handled (0: none). A packet that
   * is passed on from link to link is shown on each.
   */
  sent(packet: Packet, link: string, toward: string, cause: EventNumber): void;
  /** The packet, shown on that link before, is lost there: kept off, dropped on the way, or the far end was cut off. */
  lost(packet: Packet, link: string): void;
  /** A TLS session has its keys, and the first octets under them are not sent yet: its line of an NSS key log. */
  keyed(keyLogLine: string): void;
}
