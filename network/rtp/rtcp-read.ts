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

const BLOCK_OCTETS = 24;
const SENDER_OCTETS = 20;

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
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const packets: RtcpPacket[] = [];
  for (let at = 0; at < octets.length || at === 0;) {
    const end = at + packetOctets(view, at);
    packets.push(readPacket(octets, view, at, end - paddingOf(view, at, end)));
    at = end;
  }
  requireCompound(packets);
  return packets;
}

/** Octets of the packet at `at`, once it is all there. */
function packetOctets(view: DataView, at: number): number {
  if (view.byteLength < at + 4) throw truncated(view.byteLength, 'the header of an RTCP packet is cut off');
  const version = view.getUint8(at) >> 6;
  if (version !== 2)
    throw rtpError('RTCP_VERSION', `RTCP version ${version}, not 2`, { where: { offset: at } });
  const octets = 4 + 4 * view.getUint16(at + 2);
  if (at + octets > view.byteLength)
    throw truncated(view.byteLength, `an RTCP packet of ${octets} octets begins at ${at}`);
  return octets;
}

/** Only the last packet of a compound may be padded (RFC 3550 section 6.4.1). */
function paddingOf(view: DataView, at: number, end: number): number {
  if ((view.getUint8(at) & 0x20) === 0) return 0;
  const count = view.getUint8(end - 1);
  if (end !== view.byteLength || count === 0 || count % 4 !== 0 || count > end - at - 4)
    throw rtpError('RTCP_PADDING', `${count} octets of padding in a packet of ${end - at}`, {
      where: { offset: end - 1 },
    });
  return count;
}

function readPacket(octets: Uint8Array, view: DataView, at: number, end: number): RtcpPacket {
  const count = view.getUint8(at) & 0x1f;
  const type = view.getUint8(at + 1);
  switch (type) {
    case RTCP_TYPES.SR: {
      need(at + 8 + SENDER_OCTETS, end);
      const blocksAt = at + 8 + SENDER_OCTETS;
      const reports = readBlocks(octets, view, blocksAt, end, count);
      return { kind: 'SR', ssrc: view.getUint32(at + 4), sender: readSender(view, at + 8), ...reports };
    }
    case RTCP_TYPES.RR:
      need(at + 8, end);
      return { kind: 'RR', ssrc: view.getUint32(at + 4), ...readBlocks(octets, view, at + 8, end, count) };
    case RTCP_TYPES.SDES:
      return { kind: 'SDES', sources: readSources(octets, view, at + 4, end, count) };
    case RTCP_TYPES.BYE:
      return readBye(octets, view, at + 4, end, count);
    default:
      return { kind: 'other', type, count, body: octets.subarray(at + 4, end) };
  }
}

function readSender(view: DataView, at: number): SenderInfo {
  return {
    ntpSeconds: view.getUint32(at),
    ntpFraction: view.getUint32(at + 4),
    rtpTimestamp: view.getUint32(at + 8),
    packets: view.getUint32(at + 12),
    octets: view.getUint32(at + 16),
  };
}

function readBlocks(octets: Uint8Array, view: DataView, from: number, end: number, count: number) {
  const extensionAt = from + count * BLOCK_OCTETS;
  need(extensionAt, end);
  const blocks: ReportBlock[] = [];
  for (let at = from; at < extensionAt; at += BLOCK_OCTETS) {
    blocks.push({
      ssrc: view.getUint32(at),
      fractionLost: view.getUint8(at + 4),
      cumulativeLost: (view.getInt32(at + 4) << 8) >> 8,
      highestSequence: view.getUint32(at + 8),
      jitter: view.getUint32(at + 12),
      lastReport: view.getUint32(at + 16),
      delaySinceLastReport: view.getUint32(at + 20),
    });
  }
  return { blocks, extension: octets.subarray(extensionAt, end) };
}

/** Chunks: SSRC, items (type, length, text), an octet of zero, and zeros up to the next word (RFC 3550 section 6.5). */
function readSources(
  octets: Uint8Array,
  view: DataView,
  from: number,
  end: number,
  count: number,
): readonly SourceDescription[] {
  const sources: SourceDescription[] = [];
  let at = from;
  for (let chunk = 0; chunk < count; chunk++) {
    need(at + 8, end);
    const ssrc = view.getUint32(at);
    const items: SourceItem[] = [];
    let item = at + 4;
    while (item < end && octets[item] !== 0) {
      need(item + 2, end);
      const textAt = item + 2;
      const textEnd = textAt + view.getUint8(item + 1);
      need(textEnd, end);
      items.push({ type: view.getUint8(item), text: octets.subarray(textAt, textEnd) });
      item = textEnd;
    }
    const next = from + ((item - from + 4) & ~3);
    need(next, end);
    for (; item < next; item++) if (octets[item] !== 0) throw badSource(item, 'a list does not end in zeros');
    sources.push({ ssrc, items });
    at = next;
  }
  if (at !== end) throw badSource(at, `${end - at} octets after the last of ${count} sources`);
  return sources;
}

function readBye(octets: Uint8Array, view: DataView, from: number, end: number, count: number): RtcpPacket {
  const reasonAt = from + 4 * count;
  need(reasonAt, end);
  const ssrcs = Array.from({ length: count }, (_, i) => view.getUint32(from + 4 * i));
  if (reasonAt === end) return { kind: 'BYE', ssrcs, reason: undefined };
  const reasonEnd = reasonAt + 1 + view.getUint8(reasonAt);
  need(reasonEnd, end);
  return { kind: 'BYE', ssrcs, reason: octets.subarray(reasonAt + 1, reasonEnd) };
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

function need(offset: number, end: number): void {
  if (offset > end)
    throw truncated(end, `an RTCP packet announces octets up to ${offset}, it ends at ${end}`);
}

function truncated(offset: number, detail: string) {
  return rtpError('RTCP_TRUNCATED', detail, { where: { offset } });
}

function badSource(offset: number, detail: string) {
  return rtpError('RTCP_SDES', detail, { where: { offset } });
}
