/**
 * The sending end of an SRTP stream (RFC 3711). It never lets a sequence number serve twice, because that is one keystream for two
 * packets.
 *
 * The rollover counter outlives a master key: on re-keying, hand the old end's `rolloverCounter` to the new one.
 */
import { assert } from '../../sim/errors.ts';
import { rtpError } from './errors.ts';
import { INDEX_LIMIT, SEQUENCES, turnOf } from './packet-index.ts';
import { RTP_PACKET_OCTETS_MAX, rtpHeaderOctets, rtpSequence, rtpSsrc } from './rtp.ts';
import type { SrtpMaster } from './session-keys.ts';
import { LANES } from './sha1-lanes.ts';
import { otherSsrc, pastLimit, tooLong } from './srtp-refusal.ts';
import { SrtpStream } from './srtp-stream.ts';

/** Of the packets that are worked on side by side: their indices, and the octets of their headers. Used within one call, so one for all. */
const indicesOfFour: number[] = Array.from({ length: LANES }, () => 0);
const headersOfFour: number[] = Array.from({ length: LANES }, () => 0);

/** The master key of a stream, its source, and where its index begins. */
export interface SrtpSenderOptions extends SrtpMaster {
  readonly ssrc: number;
  /** ROC of the first packet, 0..2^32-1. Default 0. */
  readonly rolloverCounter?: number;
}

/** Encrypts and authenticates the packets of one source (RFC 3711), in the order of their sequence numbers. */
export class SrtpSender {
  readonly #stream: SrtpStream;
  readonly #ssrc: number;
  readonly #firstTurn: number;
  #index = -1;

  /** Errors: SRTP_KEY. */
  constructor(options: SrtpSenderOptions) {
    this.#stream = new SrtpStream(options);
    this.#ssrc = options.ssrc;
    this.#firstTurn = turnOf(options.rolloverCounter);
  }

  get rolloverCounter(): number {
    return Math.floor(Math.max(this.#index, this.#firstTurn) / SEQUENCES);
  }

  /**
   * The SRTP packet of an RTP packet: 10 or 4 octets longer. Written to the start of `into` when that is given and returned as a
   * view of it; otherwise the result is the caller's to keep. `packet` is not changed, unless it overlaps `into`.
   *
   * Errors: SRTP_TOO_LONG, SRTP_SSRC, SRTP_SEQUENCE, SRTP_LIMIT; RTP_VERSION, RTP_TRUNCATED.
   */
  protect(packet: Uint8Array, into?: Uint8Array): Uint8Array {
    const total = packet.length + this.#stream.tagOctets;
    if (total > RTP_PACKET_OCTETS_MAX) throw tooLong(total);
    assert(into === undefined || into.length >= total, 'there is room for the packet and its tag');
    const headerOctets = rtpHeaderOctets(packet);
    const ssrc = rtpSsrc(packet);
    if (ssrc !== this.#ssrc) throw otherSsrc(ssrc, this.#ssrc);
    const index = this.#next(rtpSequence(packet), this.#index);
    const sealed = this.#stream.seal(packet, headerOctets, index, into);
    this.#index = index;
    return sealed;
  }

  /**
   * The SRTP packets of RTP packets that follow each other: the same octets as one by one, for less. All are the caller's to keep.
   *
   * Errors: those of {@link protect}; of the four of which one is refused, none is protected.
   */
  protectAll(packets: readonly Uint8Array[]): Uint8Array[] {
    const sealed: Uint8Array[] = [];
    for (let from = 0; from < packets.length; from += LANES) this.#protectFour(packets, from, sealed);
    return sealed;
  }

  #protectFour(packets: readonly Uint8Array[], from: number, sealed: Uint8Array[]): void {
    let last = this.#index;
    const count = Math.min(LANES, packets.length - from);
    for (let at = 0; at < count; at++) {
      const packet = packets[from + at] as Uint8Array;
      headersOfFour[at] = rtpHeaderOctets(packet);
      const ssrc = rtpSsrc(packet);
      if (ssrc !== this.#ssrc) throw otherSsrc(ssrc, this.#ssrc);
      last = this.#next(rtpSequence(packet), last);
      indicesOfFour[at] = last;
    }
    if (this.#stream.sealFour(packets, from, headersOfFour, indicesOfFour, sealed)) this.#index = last;
    else for (let at = 0; at < count; at++) sealed.push(this.protect(packets[from + at] as Uint8Array));
  }

  #next(sequence: number, last: number): number {
    if (last < 0) return this.#firstTurn + sequence;
    const step = (sequence - last) & (SEQUENCES - 1);
    if (step === 0 || step >= SEQUENCES / 2) {
      throw rtpError('SRTP_SEQUENCE', `sequence number ${sequence} after ${last % SEQUENCES}`, {
        where: { offset: 2 },
      });
    }
    if (last + step >= INDEX_LIMIT) throw pastLimit();
    return last + step;
  }
}
