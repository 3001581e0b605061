/**
 * What a thief does with recorded SRTP once it holds the master key: open everything that opens, in whatever order it was
 * recorded.
 *
 * Nobody tells a thief the rollover counter. It tries those of the first hours of a stream until a tag agrees, and then stays
 * near the packet opened last. There is no replay window: an old packet is as welcome as a new one.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { estimateIndex } from './packet-index.ts';
import { parseRtp, rtpSequence, rtpSsrc } from './rtp.ts';
import type { SrtpMaster } from './session-keys.ts';
import { srtpHeaderOctets } from './srtp.ts';
import { SrtpStream } from './srtp-stream.ts';

/** Rollover counters that are tried: 0 to 15, the first 5.8 hours at 50 packets a second. */
export const ROLLOVERS_TRIED = 16;

/** A packet of a recorded call that the key opens. */
export interface OpenedPacket {
  /** 2^16 ROC + SEQ. */
  readonly index: number;
  readonly timestamp: number;
  /** Without padding. */
  readonly payload: Uint8Array;
}

/** What somebody reads from recorded media with a master key, and how much of it stayed shut. */
export interface DecryptedCapture {
  /** In order of index, each index once. */
  readonly opened: readonly OpenedPacket[];
  /** Packets that opened, but whose index had been opened before. */
  readonly repeated: number;
  /** Everything else: malformed, of another SSRC than the first that opened, or not under this key. */
  readonly refused: number;
}

/**
 * Opens the packets of one SSRC: that of the first packet that the master key opens. The three numbers add up to the packets given.
 *
 * Errors: SRTP_KEY.
 */
export function decryptCapture(packets: readonly Uint8Array[], master: SrtpMaster): DecryptedCapture {
  const stream = new SrtpStream(master);
  const opened = new Map<number, OpenedPacket>();
  let anchor: { readonly index: number; readonly ssrc: number } | undefined;
  let repeated = 0;
  let refused = 0;
  for (const packet of packets) {
    const found = open(stream, packet, anchor);
    if (found === undefined) {
      refused++;
      continue;
    }
    anchor = { index: found.index, ssrc: rtpSsrc(packet) };
    if (opened.has(found.index)) repeated++;
    else opened.set(found.index, found);
  }
  return { opened: [...opened.values()].sort((a, b) => a.index - b.index), repeated, refused };
}

function open(
  stream: SrtpStream,
  packet: Uint8Array,
  anchor: { readonly index: number; readonly ssrc: number } | undefined,
): OpenedPacket | undefined {
  try {
    const headerOctets = srtpHeaderOctets(packet, stream.tagOctets);
    if (anchor !== undefined && rtpSsrc(packet) !== anchor.ssrc) return undefined;
    const sequence = rtpSequence(packet);
    const likely = anchor === undefined ? -1 : estimateIndex(anchor.index, sequence);
    const found =
      stream.search(packet, headerOctets, likely, 1) ??
      stream.search(packet, headerOctets, sequence, ROLLOVERS_TRIED);
    if (found === undefined) return undefined;
    const { timestamp, payload } = parseRtp(found.clear);
    return { index: found.index, timestamp, payload };
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
