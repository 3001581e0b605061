/**
 * RTCP packets (RFC 3550 section 6): what the ends of a stream tell each other about it. This file says what they are;
 * `rtcp-read.ts` reads a compound of them and `rtcp-write.ts` writes one.
 */

/** Packet types (RFC 3550 section 12.1). */
export const RTCP_TYPES = { SR: 200, RR: 201, SDES: 202, BYE: 203, APP: 204 } as const;

/** Octets of the header, and of an SSRC, that every report begins with; SRTCP leaves them in clear. */
export const RTCP_HEADER_OCTETS = 8;

/** The longest compound that is read, in octets: what fits into one unfragmented datagram is ample for two parties. */
export const RTCP_OCTETS_MAX = 1_500;

/** What a receiver says of one source (RFC 3550 section 6.4.1). */
export interface ReportBlock {
  /** The source it is about. */
  readonly ssrc: number;
  /** Since the last report, in 256ths: 0..255. */
  readonly fractionLost: number;
  /** Since the beginning; 24 bits with a sign, since duplicates count as received. */
  readonly cumulativeLost: number;
  /** Sequence number received last, and how often it passed 65535 in the upper 16 bits. */
  readonly highestSequence: number;
  /** In units of the RTP timestamp. */
  readonly jitter: number;
  /** The middle 32 bits of the NTP timestamp of the last sender report from that source; 0 when none came. */
  readonly lastReport: number;
  /** From the arrival of that report to this one, in 65,536ths of a second. */
  readonly delaySinceLastReport: number;
}

/** What a sender says of itself, besides. */
export interface SenderInfo {
  /** Seconds since 1900, and 2^32ths of a second. */
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  /** The same moment on the RTP timestamp. */
  readonly rtpTimestamp: number;
  /** 32 bits each; octets are those of payload. */
  readonly packets: number;
  readonly octets: number;
}

/** One thing that a source says of itself: its name, a phone number, a note (RFC 3550 section 6.5). */
export interface SourceItem {
  /** 1 is CNAME; 0 does not occur (it ends the list). */
  readonly type: number;
  /** At most 255 octets. */
  readonly text: Uint8Array;
}

/** All that one source says of itself in an SDES packet. */
export interface SourceDescription {
  readonly ssrc: number;
  readonly items: readonly SourceItem[];
}

/** A packet of a compound: a report, a description, a farewell, or one that is carried unread. */
export type RtcpPacket =
  | {
      readonly kind: 'SR';
      readonly ssrc: number;
      readonly sender: SenderInfo;
      /** At most 31. */
      readonly blocks: readonly ReportBlock[];
      /** What the profile adds; whole words. */
      readonly extension: Uint8Array;
    }
  | {
      readonly kind: 'RR';
      readonly ssrc: number;
      readonly blocks: readonly ReportBlock[];
      readonly extension: Uint8Array;
    }
  | { readonly kind: 'SDES'; readonly sources: readonly SourceDescription[] }
  | { readonly kind: 'BYE'; readonly ssrcs: readonly number[]; readonly reason: Uint8Array | undefined }
  /** APP, and types that are not known here: skipped by their length, as section 6.1 asks. */
  | { readonly kind: 'other'; readonly type: number; readonly count: number; readonly body: Uint8Array };

/** The item that names a source for good; every compound has one (RFC 3550 section 6.5.1). */
export const SDES_CNAME = 1;

/**
 * Whether a datagram is RTCP where RTP and RTCP share a port (RFC 5761 section 4): the second octet is a packet type of 192 to 223,
 * which in RTP would be the payload types 64 to 95 with the marker set. They are not used.
 */
export function isRtcp(octets: Uint8Array): boolean {
  const second = octets[1];
  return second !== undefined && (second & 0xe0) === 0xc0;
}
