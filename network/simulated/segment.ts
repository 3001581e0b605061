/**
 * Segments: how positions in a stream become sequence numbers and come back (RFC 9293 3.4).
 *
 * Inside, a position is a plain integer that never wraps: 0 is the SYN, data begins at 1, the FIN follows the last octet. On the wire
 * it is the initial sequence number plus the position, modulo 2^32.
 */
import { TCP_ACK, TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN, type TcpHeader } from '../packet.ts';

/** The MTU of an interface whose link has none of its own: that of an Ethernet. */
const ETHERNET_MTU_OCTETS = 1500;
/** An IPv4 header and a TCP header; options do not count (RFC 6691 2). */
const HEADERS_OCTETS = 20 + 20;

/** No end sends shorter full segments, whatever its peer announces: the shortest MTU of IPv4 (RFC 791 3.2) less the headers. */
const SEGMENT_OCTETS_MIN = 68 - HEADERS_OCTETS;

/** What a peer takes that announces nothing (RFC 9293 3.7.1). */
export const SEGMENT_OCTETS_UNANNOUNCED = 536;

/** Payload octets of a full segment on an interface with this MTU; 1,460 on an Ethernet. */
export function segmentOctetsFor(mtuOctets: number | undefined): number {
  return (mtuOctets ?? ETHERNET_MTU_OCTETS) - HEADERS_OCTETS;
}

/** Payload octets of a full segment toward a peer that announced so much. */
export function segmentOctetsToward(own: number, announced: number): number {
  return Math.min(own, Math.max(announced, SEGMENT_OCTETS_MIN));
}

/** The longest IP packets of a host's interface, octets; undefined where its link sets no bound. */
export interface InterfaceMtu {
  readonly out: number | undefined;
  readonly in: number | undefined;
}

/** Of a host from which no link leads to its peer. */
export const UNBOUNDED: InterfaceMtu = { out: undefined, in: undefined };

/** Octets an end takes beyond the last one that it has handed on: the most a header without scaling can say. */
export const WINDOW = 65_535;

/** The 32-bit sequence number of a position in a half of a stream; positions count from the SYN and never wrap. */
export function sequenceOf(initial: number, position: number): number {
  return (initial + position) >>> 0;
}

/** The position nearest to `near` that has this sequence number. */
export function positionOf(initial: number, sequence: number, near: number): number {
  return near + ((sequence - sequenceOf(initial, near)) | 0);
}

/** Whether a header has the flag: TCP_SYN, TCP_ACK and so on. */
export function has(header: TcpHeader, flag: number): boolean {
  return (header.flags & flag) !== 0;
}

/** Sequence numbers a segment takes up: its payload, SYN and FIN. */
export function lengthOf(header: TcpHeader, payload: Uint8Array): number {
  return payload.length + (has(header, TCP_SYN) ? 1 : 0) + (has(header, TCP_FIN) ? 1 : 0);
}

/** The reset that answers a segment for which there is no stream (RFC 9293 3.10.7.1). */
export function resetFor(header: TcpHeader, payload: Uint8Array): TcpHeader {
  if (has(header, TCP_ACK)) {
    return { sequence: header.acknowledgement, acknowledgement: 0, flags: TCP_RST, window: 0 };
  }
  const acknowledgement = sequenceOf(header.sequence, lengthOf(header, payload));
  return { sequence: 0, acknowledgement, flags: TCP_RST | TCP_ACK, window: 0 };
}

/** A segment as its sender thinks of it. */
export interface OutgoingSegment {
  readonly position: number;
  readonly octets: Uint8Array;
  readonly syn: boolean;
  readonly fin: boolean;
}

/** Flags of a segment; a handshake's first SYN is the only one that acknowledges nothing. */
export function flagsOf({ octets, syn, fin }: OutgoingSegment, acknowledges: boolean): number {
  return (
    (syn ? TCP_SYN : 0) |
    (fin ? TCP_FIN : 0) |
    (octets.length > 0 ? TCP_PSH : 0) |
    (acknowledges ? TCP_ACK : 0)
  );
}
