/**
 * Reads a compound RTCP packet (RFC 3550 sections 6.1 to 6.6) strictly: every length must come out even.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|  count  |      PT       |   length in words, less one   |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                     SSRC of the sender (not SDES)             |
 *     +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *     |  SR only: NTP timestamp (8), RTP timestamp (4), packets sent  |
 *     |  (4), octets of payload sent (4)                              |
 *     +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *     |                 SSRC of the source it is about                |  each
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+  block
 *     | fraction lost |       cumulative number of packets lost       |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |           extended highest sequence number received           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                      interarrival jitter                      |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                    last SR, delay since last SR               |
 *     +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 */
import { OctetReader, type OctetShortage } from '../../sim/octet-reader.ts';
import { rtpError } from './errors.ts';
import {
  RTCP_OCTETS_MAX,
  RTCP_TYPES,
  SDES_CNAME,
  type ReportBlock,
  type RtcpPacket,
  type SenderInfo,
  type SourceDescription,
  type SourceItem,
} from './rtcp.ts';

const HEADER_OCTETS = 4;
const WORD_OCTETS = 4;

/**
 * The packets of a compound, at least two: a report first, and a CNAME. Texts and bodies are views into `octets`.
 *
 * Errors: RTCP_TOO_LONG, RTCP_VERSION, RTCP_TRUNCATED, RTCP_PADDING, RTCP_COMPOUND, RTCP_SDES.
 */
export function parseRtcp(octets: Uint8Array): readonly RtcpPacket[] {
  if (octets.length > RTCP_OCTETS_MAX)
    throw rtpError('RTCP_TOO_LONG', `${octets.length} octets, more than ${RTCP_OCTETS_MAX}`, {
      where: { offset: RTCP_OCTETS_MAX },
    });
  const reader = new OctetReader(octets, { refuse: truncated });
  const packets: RtcpPacket[] = [];
  do packets.push(readPacket(octets, reader));
  while (reader.remaining > 0);
  requireCompound(packets);
  return packets;
}

function readPacket(octets: Uint8Array, reader: OctetReader): RtcpPacket {
  const at = reader.offset;
  const header = reader.within(HEADER_OCTETS, 'the header of an RTCP packet');
  const first = header.u8();
  const type = header.u8();
  if (first >> 6 !== 2)
    throw rtpError('RTCP_VERSION', `RTCP version ${first >> 6}, not 2`, { where: { offset: at } });
  const packet = reader.within(WORD_OCTETS * header.u16(), 'an RTCP packet');
  const padding = (first & 0x20) === 0 ? 0 : paddingOf(octets, packet);
  return readBody(type, first & 0x1f, packet.within(packet.remaining - padding));
}

/** Only the last packet of a compound may be padded (RFC 3550 section 6.4.1). */
function paddingOf(octets: Uint8Array, packet: OctetReader): number {
  const end = packet.offset + packet.remaining;
  const count = octets[end - 1] ?? 0;
  if (end !== octets.length || count === 0 || count % WORD_OCTETS !== 0 || count > packet.remaining)
    throw rtpError('RTCP_PADDING', `${count} octets of padding in ${packet.remaining} of a packet`, {
      where: { offset: end - 1 },
    });
  return count;
}

function readBody(type: number, count: number, body: OctetReader): RtcpPacket {
  switch (type) {
    case RTCP_TYPES.SR:
      return { kind: 'SR', ssrc: body.u32(), sender: readSender(body), ...readBlocks(body, count) };
    case RTCP_TYPES.RR:
      return { kind: 'RR', ssrc: body.u32(), ...readBlocks(body, count) };
    case RTCP_TYPES.SDES:
      return { kind: 'SDES', sources: readSources(body, count) };
    case RTCP_TYPES.BYE:
      return readBye(body, count);
    default:
      return { kind: 'other', type, count, body: rest(body) };
  }
}

function readSender(body: OctetReader): SenderInfo {
  return {
    ntpSeconds: body.u32(),
    ntpFraction: body.u32(),
    rtpTimestamp: body.u32(),
    packets: body.u32(),
    octets: body.u32(),
  };
}

function readBlocks(body: OctetReader, count: number) {
  const blocks = Array.from({ length: count }, (): ReportBlock => ({
    ssrc: body.u32(),
    fractionLost: body.u8(),
    cumulativeLost: signed24(body.u24()),
    highestSequence: body.u32(),
    jitter: body.u32(),
    lastReport: body.u32(),
    delaySinceLastReport: body.u32(),
  }));
  return { blocks, extension: rest(body) };
}

/** Duplicates count as received, so more may come in than was lost (RFC 3550 section 6.4.1). */
function signed24(value: number): number {
  return (value << 8) >> 8;
}

/** Chunks: SSRC, items (type, length, text), an octet of zero, and zeros up to the next word (RFC 3550 section 6.5). */
function readSources(body: OctetReader, count: number): readonly SourceDescription[] {
  const sources: SourceDescription[] = [];
  for (let chunk = 0; chunk < count; chunk++) {
    const ssrc = body.u32();
    const items: SourceItem[] = [];
    while ((body.next ?? 0) !== 0) items.push({ type: body.u8(), text: body.view(body.u8()) });
    const at = body.offset;
    // Every packet begins at a whole word of the compound.
    const wrong = body.view(WORD_OCTETS - (at % WORD_OCTETS)).findIndex((octet) => octet !== 0);
    if (wrong >= 0) throw badSource(at + wrong, 'a list does not end in zeros');
    sources.push({ ssrc, items });
  }
  if (body.remaining > 0)
    throw badSource(body.offset, `${body.remaining} octets after the last of ${count} sources`);
  return sources;
}

function readBye(body: OctetReader, count: number): RtcpPacket {
  const ssrcs = Array.from({ length: count }, () => body.u32());
  return { kind: 'BYE', ssrcs, reason: body.remaining === 0 ? undefined : body.view(body.u8()) };
}

function rest(body: OctetReader): Uint8Array {
  return body.view(body.remaining);
}

/** RFC 3550 section 6.1 and appendix A.2: a report comes first, and each compound names its source. */
function requireCompound(packets: readonly RtcpPacket[]): void {
  const [first] = packets;
  if (first?.kind !== 'SR' && first?.kind !== 'RR')
    throw rtpError('RTCP_COMPOUND', 'a compound does not begin with a report', { where: { offset: 0 } });
  const named = packets.some(
    (packet) =>
      packet.kind === 'SDES' &&
      packet.sources.some(({ items }) => items.some(({ type }) => type === SDES_CNAME)),
  );
  if (!named) throw rtpError('RTCP_COMPOUND', 'a compound has no CNAME', { where: { offset: 0 } });
}

function truncated({ field, offset, needed, end }: OctetShortage) {
  return rtpError('RTCP_TRUNCATED', `${field} at ${offset} takes ${needed} octets, they end at ${end}`, {
    where: { offset: end },
  });
}

function badSource(offset: number, detail: string) {
  return rtpError('RTCP_SDES', detail, { where: { offset } });
}
