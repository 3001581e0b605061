/** Writes a compound RTCP packet: the inverse of `parseRtcp`, without padding. */
import { assert } from '../../sim/errors.ts';
import {
  RTCP_OCTETS_MAX,
  RTCP_TYPES,
  type ReportBlock,
  type RtcpPacket,
  type SourceDescription,
} from './rtcp.ts';

/** The octets of a compound. Each packet is a whole number of words. */
export function serialiseRtcp(packets: readonly RtcpPacket[]): Uint8Array<ArrayBuffer> {
  const out = new RtcpWriter();
  for (const packet of packets) writePacket(out, packet);
  return out.finished();
}

class RtcpWriter {
  readonly #octets = new Uint8Array(RTCP_OCTETS_MAX);
  readonly #view = new DataView(this.#octets.buffer);
  at = 0;

  uint8(value: number): void {
    this.#room(1);
    this.#octets[this.at++] = value;
  }

  uint16At(at: number, value: number): void {
    this.#view.setUint16(at, value);
  }

  uint32(value: number): void {
    assert(Number.isInteger(value) && value >= 0 && value < 2 ** 32, 'a field of RTCP has 32 bits');
    this.#room(4);
    this.#view.setUint32(this.at, value);
    this.at += 4;
  }

  octets(octets: Uint8Array): void {
    this.#room(octets.length);
    this.#octets.set(octets, this.at);
    this.at += octets.length;
  }

  /** Zeros up to the next word. */
  fill(): void {
    while (this.at % 4 !== 0) this.uint8(0);
  }

  finished(): Uint8Array<ArrayBuffer> {
    return this.#octets.slice(0, this.at);
  }

  #room(octets: number): void {
    assert(this.at + octets <= RTCP_OCTETS_MAX, 'a compound fits into one datagram');
  }
}

function writePacket(out: RtcpWriter, packet: RtcpPacket): void {
  const at = out.at;
  const [type, count] = typeOf(packet);
  assert(count < 32, 'an RTCP packet counts up to 31');
  out.uint8(0x80 | count);
  out.uint8(type);
  out.uint8(0);
  out.uint8(0);
  writeBody(out, packet);
  assert(out.at % 4 === 0, 'an RTCP packet is whole words');
  out.uint16At(at + 2, (out.at - at) / 4 - 1);
}

function typeOf(packet: RtcpPacket): readonly [type: number, count: number] {
  switch (packet.kind) {
    case 'SR':
    case 'RR':
      return [RTCP_TYPES[packet.kind], packet.blocks.length];
    case 'SDES':
      return [RTCP_TYPES.SDES, packet.sources.length];
    case 'BYE':
      return [RTCP_TYPES.BYE, packet.ssrcs.length];
    case 'other':
      return [packet.type, packet.count];
  }
}

function writeBody(out: RtcpWriter, packet: RtcpPacket): void {
  switch (packet.kind) {
    case 'SR': {
      const { ntpSeconds, ntpFraction, rtpTimestamp, packets, octets } = packet.sender;
      for (const word of [packet.ssrc, ntpSeconds, ntpFraction, rtpTimestamp, packets, octets])
        out.uint32(word);
      for (const block of packet.blocks) writeBlock(out, block);
      return out.octets(packet.extension);
    }
    case 'RR':
      out.uint32(packet.ssrc);
      for (const block of packet.blocks) writeBlock(out, block);
      return out.octets(packet.extension);
    case 'SDES':
      for (const source of packet.sources) writeSource(out, source);
      return;
    case 'BYE':
      for (const ssrc of packet.ssrcs) out.uint32(ssrc);
      if (packet.reason === undefined) return;
      writeText(out, packet.reason);
      return out.fill();
    case 'other':
      return out.octets(packet.body);
  }
}

function writeBlock(out: RtcpWriter, block: ReportBlock): void {
  out.uint32(block.ssrc);
  out.uint32(((block.fractionLost << 24) | (block.cumulativeLost & 0xffffff)) >>> 0);
  out.uint32(block.highestSequence);
  out.uint32(block.jitter);
  out.uint32(block.lastReport);
  out.uint32(block.delaySinceLastReport);
}

function writeSource(out: RtcpWriter, { ssrc, items }: SourceDescription): void {
  out.uint32(ssrc);
  for (const { type, text } of items) {
    assert(type > 0, 'type 0 ends a list of items');
    out.uint8(type);
    writeText(out, text);
  }
  out.uint8(0);
  out.fill();
}

function writeText(out: RtcpWriter, text: Uint8Array): void {
  assert(text.length < 256, 'a text has at most 255 octets');
  out.uint8(text.length);
  out.octets(text);
}
