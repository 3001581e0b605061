/**
 * Frames: a packet of the fabric with the headers that it would have on an Ethernet. Payload, ports and the fields of TCP are the
 * simulated ones; the rest is what a plain host of today sends, and never varies.
 *
 * ```
 * Ethernet (14)                  IPv4 (20)                            UDP (8) or TCP (20, 24 with a SYN)
 * +--------+--------+--------+  +----------------------------------+  +--------------------+---------
 * | to (6) |from (6)| 0x0800 |  | 45 00 | length | 0000 | DF | 40  |  | ports, checksum .. | payload
 * +--------+--------+--------+  | protocol | checksum | from | to  |  +--------------------+---------
 *                               +----------------------------------+
 * ```
 */
import { assert } from '../../sim/errors.ts';
import type { Packet, TcpHeader } from '../packet.ts';
import type { HostAddress } from './host-address.ts';
import { addWords, checksumOf } from './checksum.ts';

const ETHERNET_OCTETS = 14;
const IPV4_OCTETS = 20;
const UDP_OCTETS = 8;
const TCP_OCTETS = 20;
/** The one option of a SYN: the maximum segment size (RFC 9293 3.2). */
const MSS_OCTETS = 4;
const DATAGRAM_OCTETS_MAX = 0xffff;

const TYPE_IPV4 = 0x0800;
const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
/** RFC 6864: a datagram that must not be fragmented needs no identification. */
const DO_NOT_FRAGMENT = 0x4000;
const TIME_TO_LIVE = 64;

/** Where a frame stands: on a link between two neighbours, on its way between two ends. */
export interface FrameAddresses {
  readonly from: HostAddress;
  readonly to: HostAddress;
  readonly sender: HostAddress;
  readonly receiver: HostAddress;
}

/** The frame (without frame check sequence). */
export function frameOf(packet: Packet, { from, to, sender, receiver }: FrameAddresses): Uint8Array {
  const { tcp, octets } = packet;
  const headerOctets = tcp === undefined ? UDP_OCTETS : tcpOctets(tcp);
  const transportOctets = headerOctets + octets.length;
  assert(IPV4_OCTETS + transportOctets <= DATAGRAM_OCTETS_MAX, 'a fabric refuses longer datagrams');
  const frame = new Uint8Array(ETHERNET_OCTETS + IPV4_OCTETS + transportOctets);
  const view = new DataView(frame.buffer);
  frame.set(receiver.ethernet, 0);
  frame.set(sender.ethernet, 6);
  view.setUint16(12, TYPE_IPV4);
  writeIpv4(view, frame, IPV4_OCTETS + transportOctets, tcp === undefined ? PROTOCOL_UDP : PROTOCOL_TCP, {
    from,
    to,
  });
  const transport = ETHERNET_OCTETS + IPV4_OCTETS;
  view.setUint16(transport, packet.from.port);
  view.setUint16(transport + 2, packet.to.port);
  frame.set(octets, transport + headerOctets);
  if (tcp === undefined) {
    view.setUint16(transport + 4, transportOctets);
    // RFC 768: a checksum of zero is sent as all ones, for zero says that there is none.
    view.setUint16(transport + 6, transportChecksum(frame, PROTOCOL_UDP) || 0xffff);
  } else {
    writeTcp(view, transport, tcp);
    view.setUint16(transport + 16, transportChecksum(frame, PROTOCOL_TCP));
  }
  return frame;
}

/** RFC 791 3.1. */
function writeIpv4(
  view: DataView,
  frame: Uint8Array,
  length: number,
  protocol: number,
  { from, to }: Pick<FrameAddresses, 'from' | 'to'>,
): void {
  const at = ETHERNET_OCTETS;
  view.setUint8(at, 0x45);
  view.setUint16(at + 2, length);
  view.setUint16(at + 6, DO_NOT_FRAGMENT);
  view.setUint8(at + 8, TIME_TO_LIVE);
  view.setUint8(at + 9, protocol);
  frame.set(from.ipv4, at + 12);
  frame.set(to.ipv4, at + 16);
  view.setUint16(at + 10, checksumOf(addWords(frame, at, at + IPV4_OCTETS)));
}

/** RFC 9293 3.1, ports and checksum left out. */
function writeTcp(view: DataView, at: number, tcp: TcpHeader): void {
  view.setUint32(at + 4, tcp.sequence);
  view.setUint32(at + 8, tcp.acknowledgement);
  view.setUint8(at + 12, (tcpOctets(tcp) / 4) << 4);
  view.setUint8(at + 13, tcp.flags);
  view.setUint16(at + 14, tcp.window);
  if (tcp.segmentOctetsMax === undefined) return;
  view.setUint16(at + TCP_OCTETS, 0x0204);
  view.setUint16(at + TCP_OCTETS + 2, tcp.segmentOctetsMax);
}

function tcpOctets({ segmentOctetsMax }: TcpHeader): number {
  return segmentOctetsMax === undefined ? TCP_OCTETS : TCP_OCTETS + MSS_OCTETS;
}

/** Over the pseudo header (both addresses, protocol, length), header and payload; the field itself is still zero. */
function transportChecksum(frame: Uint8Array, protocol: number): number {
  const start = ETHERNET_OCTETS + IPV4_OCTETS;
  const pseudo = addWords(frame, start - 8, start, protocol + frame.length - start);
  return checksumOf(addWords(frame, start, frame.length, pseudo));
}
