/**
 * One end of the reports of a call: what it sends of its stream and of the other, and what it learns from the other end.
 * Octets in, octets out; when to send is for `rtcp-interval.ts` to say, and how to protect it for `srtcp.ts`.
 *
 * The round trip is that of RFC 3550 figure 2: the other end repeats when my report was sent and says how long it held
 * it. Both are on my clock, so it does not matter that the two clocks differ. NTP timestamps come from a clock that nobody
 * sets, counted from the beginning of the run.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { Reception } from './reception.ts';
import { parseRtcp } from './rtcp-read.ts';
import { SDES_CNAME, type ReportBlock, type RtcpPacket, type SenderInfo } from './rtcp.ts';
import { serialiseRtcp } from './rtcp-write.ts';

/** Seconds from 1900 to 1970. */
const NTP_EPOCH = 2_208_988_800;
const TWO_POW_32 = 2 ** 32;

/** Who reports: source, name, and the chance that spreads the reports. */
export interface RtcpSessionOptions {
  readonly ssrc: number;
  /** ASCII, at most 255 octets. */
  readonly cname: string;
  /** Unix milliseconds at time 0 of the clock. */
  readonly beginsUnixMs: number;
  /** What this end has received. */
  readonly reception: Reception;
}

/** The counts of a sender report: what this end has sent up to now. */
export interface SentSoFar {
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
}

/** One end's reports during a call: it makes them when due, and learns the round trip from those of the peer. */
export class RtcpSession {
  readonly #options: RtcpSessionOptions;
  #peerSsrc: number | undefined;
  #lastReport = 0;
  #lastReportAt: Micros = 0;
  #roundTrip: Micros | undefined;
  #peerBlock: ReportBlock | undefined;
  #left = false;

  constructor(options: RtcpSessionOptions) {
    this.#options = options;
  }

  /** The round trip measured last; undefined until the other end has answered a report. */
  get roundTrip(): Micros | undefined {
    return this.#roundTrip;
  }

  /** What the other end said last of this end's stream. */
  get peerBlock(): ReportBlock | undefined {
    return this.#peerBlock;
  }

  /** Whether the other end has said goodbye. */
  get left(): boolean {
    return this.#left;
  }

  /** A sender report with the name of the source. `peerSsrc`: whom the block is about, once it is known. */
  report(now: Micros, sent: SentSoFar, peerSsrc: number | undefined): Uint8Array {
    return serialiseRtcp(this.#compound(now, sent, peerSsrc));
  }

  /** The last report of this end (RFC 3550 section 6.6). */
  goodbye(now: Micros, sent: SentSoFar, peerSsrc: number | undefined): Uint8Array {
    const bye: RtcpPacket = { kind: 'BYE', ssrcs: [this.#options.ssrc], reason: undefined };
    return serialiseRtcp([...this.#compound(now, sent, peerSsrc), bye]);
  }

  /** Takes a compound of the other end, in clear. Errors: those of {@link parseRtcp}. */
  receive(octets: Uint8Array, now: Micros): void {
    for (const packet of parseRtcp(octets)) {
      if (packet.kind === 'SR') this.#takeSender(packet.ssrc, packet.sender, now);
      if (packet.kind === 'SR' || packet.kind === 'RR') this.#takeBlocks(packet.blocks, now);
      if (packet.kind === 'BYE') this.#left = true;
    }
  }

  #compound(now: Micros, sent: SentSoFar, peerSsrc: number | undefined): readonly RtcpPacket[] {
    const { ssrc, cname, reception } = this.#options;
    const known = this.#lastReport !== 0 && this.#peerSsrc === peerSsrc;
    const block = (about: number): ReportBlock => ({
      ssrc: about,
      ...reception.report(),
      lastReport: known ? this.#lastReport : 0,
      delaySinceLastReport: known ? unitsOf(now - this.#lastReportAt) : 0,
    });
    return [
      {
        kind: 'SR',
        ssrc,
        sender: { ...ntpOf(this.#options.beginsUnixMs, now), ...wrapped(sent) },
        blocks: peerSsrc === undefined ? [] : [block(peerSsrc)],
        extension: new Uint8Array(0),
      },
      { kind: 'SDES', sources: [{ ssrc, items: [{ type: SDES_CNAME, text: fromAscii(cname) }] }] },
    ];
  }

  #takeSender(ssrc: number, sender: SenderInfo, now: Micros): void {
    this.#peerSsrc = ssrc;
    this.#lastReport = middleOf(sender);
    this.#lastReportAt = now;
  }

  #takeBlocks(blocks: readonly ReportBlock[], now: Micros): void {
    const { ssrc, beginsUnixMs } = this.#options;
    const block = blocks.find((candidate) => candidate.ssrc === ssrc);
    if (block === undefined) return;
    this.#peerBlock = block;
    if (block.lastReport === 0) return;
    const arrival = middleOf(ntpOf(beginsUnixMs, now));
    // Rounding of the two ends may make a very short one negative.
    const units = (arrival - block.lastReport - block.delaySinceLastReport) | 0;
    this.#roundTrip = Math.max(0, Math.round((units * SECOND) / 65_536));
  }
}

/** Seconds since 1900 modulo 2^32, and the fraction in 2^32ths. */
export function ntpOf(beginsUnixMs: number, now: Micros): Pick<SenderInfo, 'ntpSeconds' | 'ntpFraction'> {
  const micros = (beginsUnixMs % 1000) * 1000 + now;
  const seconds = Math.floor(beginsUnixMs / 1000) + Math.floor(micros / SECOND) + NTP_EPOCH;
  return {
    ntpSeconds: seconds % TWO_POW_32,
    ntpFraction: Math.floor(((micros % SECOND) * TWO_POW_32) / SECOND),
  };
}

/** The middle 32 bits: 65,536ths of a second. */
function middleOf({ ntpSeconds, ntpFraction }: Pick<SenderInfo, 'ntpSeconds' | 'ntpFraction'>): number {
  return ((ntpSeconds << 16) | (ntpFraction >>> 16)) >>> 0;
}

function unitsOf(micros: Micros): number {
  return Math.min(TWO_POW_32 - 1, Math.round((micros * 65_536) / SECOND));
}

function wrapped({ rtpTimestamp, packets, octets }: SentSoFar): SentSoFar {
  return { rtpTimestamp: rtpTimestamp >>> 0, packets: packets >>> 0, octets: octets % TWO_POW_32 };
}
