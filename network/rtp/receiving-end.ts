/**
 * The receiving end of a stream of speech: what arrives is measured for the reports, put into the jitter buffer, and played.
 */
import { assert } from '../../sim/errors.ts';
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import { JitterBuffer, type Hear, type PlayoutReport } from './jitter-buffer.ts';
import { Reception } from './reception.ts';
import { rtpHeaderOctets, rtpPayloadEnd, rtpSequence, rtpSsrc, rtpTimestamp } from './rtp.ts';
import { FRAME_MS, FRAME_OCTETS } from './talk.ts';

/** What one end of a call makes of the media that reach it: statistics for RTCP, and frames for the ear. */
export class ReceivingEnd {
  readonly reception = new Reception();
  readonly #buffer: JitterBuffer;
  #ssrc: number | undefined;
  #firstTimestamp = 0;
  /** The timestamp of the packet that came last, counted on past 2^32. */
  #timestamp = 0;
  #lastAt: Micros = 0;
  /** Packets since then whose tag was wrong: perhaps the peer's, and spoiled on the way. */
  #spoiled = 0;

  /** With `hear` an ear is attached: every frame is handed out as it is played. */
  constructor(hear?: Hear) {
    this.#buffer = new JitterBuffer(hear);
  }

  /** The source that is listened to; undefined before its first packet. */
  get ssrc(): number | undefined {
    return this.#ssrc;
  }

  /** When the last packet came. */
  get lastAt(): Micros {
    return this.#lastAt;
  }

  /**
   * Takes a packet that SRTP has authenticated and decrypted: the first `length` of these octets, which may be reused. All are of
   * one SSRC. Errors: RTP_VERSION, RTP_TRUNCATED, RTP_PADDING.
   */
  add(packet: Uint8Array, length: number, now: Micros): void {
    const headerOctets = rtpHeaderOctets(packet, length);
    const end = rtpPayloadEnd(packet, headerOctets, length);
    const ssrc = rtpSsrc(packet);
    const timestamp = rtpTimestamp(packet);
    if (this.#ssrc === undefined) {
      this.#ssrc = ssrc;
      this.#firstTimestamp = timestamp;
      this.#timestamp = timestamp;
    }
    assert(ssrc === this.#ssrc, 'SRTP keeps to one SSRC');
    this.#lastAt = now;
    this.#spoiled = 0;
    this.reception.add(rtpSequence(packet), timestamp, now);
    this.#timestamp += (timestamp - this.#timestamp) | 0;
    const frame = Math.floor((this.#timestamp - this.#firstTimestamp) / FRAME_OCTETS);
    this.#buffer.add(frame, now, packet, headerOctets, end);
  }

  /** A packet came and was refused for its tag. */
  spoiled(): void {
    this.#spoiled++;
  }

  /**
   * The call is over. What came behind the last packet that was heard, and was refused, is missing: as many frames as that speaks of, and no
   * more than there was time for.
   */
  end(now: Micros): PlayoutReport {
    const turns = Math.floor((now - this.#lastAt) / (FRAME_MS * MILLISECOND));
    return this.#buffer.end(now, Math.min(turns, Math.max(this.reception.unheard, this.#spoiled)));
  }
}
