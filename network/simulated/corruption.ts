/**
 * One flipped bit (netem `corrupt`). netem has the checksums computed first and then flips a bit anywhere in the packet, so
 * whoever receives it finds a checksum wrong: the one of IP, of TCP or of UDP, each of which notices every single bit. The packet is
 * dropped there, and no device sees it: corruption is loss that took the way to its end. It differs for datagrams without a
 * checksum (RFC 768): a bit of their payload that flips is delivered, and it is for SRTP or the application to notice.
 */
import type { RandomSource } from '../../sim/random.ts';
import type { FlowPacket } from './flow.ts';
import { headerOctetsOf } from './rate.ts';

/** The packet with one bit flipped: marked, when a checksum will find it. The packet itself is not touched. */
export function corrupted(packet: FlowPacket, udpChecksum: boolean, random: RandomSource): FlowPacket {
  const headerOctets = headerOctetsOf(packet);
  const bit = random.below((headerOctets + packet.octets.length) * 8);
  const at = Math.floor(bit / 8) - headerOctets;
  if (at < 0) return { ...packet, isCorrupt: true };
  const octets = packet.octets.slice();
  octets[at] = (octets[at] ?? 0) ^ (1 << (bit % 8));
  const isUnnoticed = packet.protocol === 'udp' && !udpChecksum;
  return isUnnoticed ? { ...packet, octets } : { ...packet, octets, isCorrupt: true };
}
