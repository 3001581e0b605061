/**
 * RTP packets (RFC 3550 section 5.1), read strictly: what a header announces must be there, and nothing is guessed.
 *
 * Reading comes in two steps, because SRTP encrypts the payload with its padding but not the header: `rtpHeaderOctets`
 * looks at what is always in clear, `parseRtp` reads the whole packet once the payload is.
 */
import { assert } from '../../sim/errors.ts';
import type { RandomSource } from '../../sim/random.ts';
import { rtpError } from './errors.ts';

/** Octets of the fixed header, and so of the shortest packet. */
export const RTP_HEADER_OCTETS = 12;

/** The longest UDP datagram over IPv4, in octets. */
export const RTP_PACKET_OCTETS_MAX = 65_507;

/** The static payload type of G.711 mu-law (RFC 3551 table 4). */
export const PAYLOAD_TYPE_PCMU = 0;

const VERSION_BITS = 0x80;
const PADDING_BIT = 0x20;
const EXTENSION_BIT = 0x10;
const CSRC_COUNT_MASK = 0x0f;
const MARKER_BIT = 0x80;

/** A header extension (RFC 3550 section 5.3.1). */
export interface RtpExtension {
  /** 16 bits whose meaning the profile defines. */
  readonly profile: number;
  /** A multiple of 4 octets, at most 262,140. */
  readonly data: Uint8Array;
}

/** The fields of an RTP packet (RFC 3550 section 5.1). */
export interface RtpPacket {
  readonly marker: boolean;
  /** 0..127. */
  readonly payloadType: number;
  /** 0..65535. */
  readonly sequence: number;
  /** 32 bits; for G.711 it counts samples of 125 us. */
  readonly timestamp: number;
  /** 32 bits. */
  readonly ssrc: number;
  /** At most 15 contributing sources. */
  readonly csrcs: readonly number[];
  readonly extension?: RtpExtension;
  /** Without padding. */
  readonly payload: Uint8Array;
  /** Octets of padding, its count octet included: 0 (none) to 255. */
  readonly paddingOctets: number;
}

/** A sequence number to begin with: below 2^15, so that losing the first packets cannot hide a rollover (RFC 3711 3.3.1). */
export function initialSequence(random: RandomSource): number {
  return random.below(0x8000);
}

/**
 * Length in octets of the header with CSRC list and extension; the rest is payload and padding.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                           timestamp                           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |           synchronization source (SSRC) identifier            |
 *     +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *     |            contributing source (CSRC) identifiers             |
 *     |                             ....                              |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |      defined by profile       |           length              |  (if X)
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                        header extension                       |
 *     |                             ....                              |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * `end` is where the packet ends when something (an SRTP tag) follows it.
 *
 * Errors: RTP_VERSION, RTP_TRUNCATED.
 */
export function rtpHeaderOctets(packet: Uint8Array, end: number = packet.length): number {
  if (end < RTP_HEADER_OCTETS) {
    throw truncated(end, `an RTP header has 12 octets, the packet ends at ${end}`);
  }
  const first = packet[0] as number;
  if ((first & 0xc0) !== VERSION_BITS) {
    throw rtpError('RTP_VERSION', `RTP version ${first >> 6}, not 2`, { where: { offset: 0 } });
  }
  let length = RTP_HEADER_OCTETS + 4 * (first & CSRC_COUNT_MASK);
  if ((first & EXTENSION_BIT) !== 0) {
    if (end < length + 4) throw truncated(length, 'the header extension is cut off');
    length += 4 + 4 * uint16(packet, length + 2);
  }
  if (end < length) throw truncated(end, `the header has ${length} octets, the packet ends at ${end}`);
  return length;
}

/** The sequence number, 0 to 65535. Precondition: the packet has a whole header. */
export function rtpSequence(packet: Uint8Array): number {
  return uint16(packet, 2);
}

/** The timestamp, 32 bits. Precondition: the packet has a whole header. */
export function rtpTimestamp(packet: Uint8Array): number {
  return uint32(packet, 4);
}

/** The source, 32 bits. Precondition: the packet has a whole header. */
export function rtpSsrc(packet: Uint8Array): number {
  return uint32(packet, 8);
}

/**
 * Reads a packet in clear. Payload and extension are views into `packet`.
 *
 * Errors: RTP_TOO_LONG, RTP_VERSION, RTP_TRUNCATED, RTP_PADDING.
 */
export function parseRtp(packet: Uint8Array): RtpPacket {
  if (packet.length > RTP_PACKET_OCTETS_MAX) {
    throw rtpError('RTP_TOO_LONG', `${packet.length} octets, more than ${RTP_PACKET_OCTETS_MAX}`, {
      where: { offset: RTP_PACKET_OCTETS_MAX },
    });
  }
  const headerOctets = rtpHeaderOctets(packet);
  const first = packet[0] as number;
  const second = packet[1] as number;
  const extensionAt = RTP_HEADER_OCTETS + 4 * (first & CSRC_COUNT_MASK);
  const csrcs: number[] = [];
  for (let at = RTP_HEADER_OCTETS; at < extensionAt; at += 4) csrcs.push(uint32(packet, at));
  const paddingOctets = paddingOctetsOf(packet, headerOctets, packet.length);
  return {
    marker: (second & MARKER_BIT) !== 0,
    payloadType: second & 0x7f,
    sequence: rtpSequence(packet),
    timestamp: rtpTimestamp(packet),
    ssrc: rtpSsrc(packet),
    csrcs,
    ...((first & EXTENSION_BIT) !== 0 && {
      extension: {
        profile: uint16(packet, extensionAt),
        data: packet.subarray(extensionAt + 4, headerOctets),
      },
    }),
    payload: packet.subarray(headerOctets, packet.length - paddingOctets),
    paddingOctets,
  };
}

/**
 * Where the payload ends in a packet in clear that begins where `packet` does and has `length` octets: before the padding.
 *
 * Errors: RTP_PADDING.
 */
export function rtpPayloadEnd(packet: Uint8Array, headerOctets: number, length: number): number {
  return length - paddingOctetsOf(packet, headerOctets, length);
}

/** The octets of a packet. Padding is zeros and its count, as RFC 3550 section 5.1 has it. */
export function serialiseRtp(packet: RtpPacket): Uint8Array<ArrayBuffer> {
  const { csrcs, extension, payload, paddingOctets } = packet;
  assert(csrcs.length <= 15, 'at most 15 CSRCs');
  assert(fits(packet.payloadType, 7) && fits(packet.sequence, 16), 'payload type and sequence number fit');
  assert(fits(packet.timestamp, 32) && fits(packet.ssrc, 32), 'timestamp and SSRC have 32 bits');
  assert(fits(paddingOctets, 8), 'at most 255 octets of padding');
  const extensionAt = RTP_HEADER_OCTETS + 4 * csrcs.length;
  const payloadAt = extensionAt + (extension === undefined ? 0 : 4 + extension.data.length);
  const out = new Uint8Array(payloadAt + payload.length + paddingOctets);
  assert(out.length <= RTP_PACKET_OCTETS_MAX, 'an RTP packet fits into a datagram');
  const view = new DataView(out.buffer);
  out[0] =
    VERSION_BITS |
    (paddingOctets === 0 ? 0 : PADDING_BIT) |
    (extension === undefined ? 0 : EXTENSION_BIT) |
    csrcs.length;
  out[1] = (packet.marker ? MARKER_BIT : 0) | packet.payloadType;
  view.setUint16(2, packet.sequence);
  view.setUint32(4, packet.timestamp);
  view.setUint32(8, packet.ssrc);
  for (const [i, csrc] of csrcs.entries()) view.setUint32(RTP_HEADER_OCTETS + 4 * i, csrc);
  if (extension !== undefined) {
    assert(extension.data.length % 4 === 0 && fits(extension.profile, 16), 'an extension is whole words');
    view.setUint16(extensionAt, extension.profile);
    view.setUint16(extensionAt + 2, extension.data.length / 4);
    out.set(extension.data, extensionAt + 4);
  }
  out.set(payload, payloadAt);
  if (paddingOctets > 0) out[out.length - 1] = paddingOctets;
  return out;
}

/** The last octet counts the padding, itself included, if there is any. */
function paddingOctetsOf(packet: Uint8Array, headerOctets: number, length: number): number {
  if (((packet[0] as number) & PADDING_BIT) === 0) return 0;
  const last = length - 1;
  const count = last < headerOctets ? 0 : (packet[last] as number);
  if (count === 0 || count > length - headerOctets) {
    throw rtpError('RTP_PADDING', `${count} octets of padding after ${headerOctets} of header`, {
      where: { offset: last },
    });
  }
  return count;
}

function truncated(offset: number, detail: string) {
  return rtpError('RTP_TRUNCATED', detail, { where: { offset } });
}

function fits(value: number, bits: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** bits;
}

function uint16(octets: Uint8Array, at: number): number {
  return ((octets[at] as number) << 8) | (octets[at + 1] as number);
}

function uint32(octets: Uint8Array, at: number): number {
  return (
    (((octets[at] as number) << 24) |
      ((octets[at + 1] as number) << 16) |
      ((octets[at + 2] as number) << 8) |
      (octets[at + 3] as number)) >>>
    0
  );
}
