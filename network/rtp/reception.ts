/**
 * What a receiver measures of one RTP stream (RFC 3550 sections 6.4.1 and A.1, A.3, A.8), in integers throughout.
 *
 * SRTP has authenticated each packet before it comes here, so the probation of A.1 is left out: there are no strangers to
 * sort out. The arrival time is counted in units of the RTP timestamp, 125 us each for G.711.
 */
import type { Micros } from '../../sim/clock.ts';
import { SEQUENCES } from './packet-index.ts';
import type { ReportBlock } from './rtcp.ts';

const UNIT_MICROS = 125;
const LOST_MAX = 0x7fffff;

/** The statistics of one source that a receiver report states (RFC 3550 section 6.4 and appendix A). */
export class Reception {
  /** Sequence numbers, counted on past 65535; -1 before the first packet. */
  #first = -1;
  #highest = -1;
  #received = 0;
  /** Packets that are known to have been sent behind the highest that was opened. */
  unheard = 0;
  /** As of the last report. */
  #expectedBefore = 0;
  #receivedBefore = 0;
  /** Sixteenths of a timestamp unit. */
  #jitter = 0;
  #transit = 0;

  /** Counts a packet that has been authenticated. */
  add(sequence: number, timestamp: number, arrival: Micros): void {
    const transit = (Math.floor(arrival / UNIT_MICROS) - timestamp) | 0;
    if (this.#highest < 0) {
      this.#first = sequence;
      this.#highest = sequence;
    } else {
      const ahead = (sequence - this.#highest) & (SEQUENCES - 1);
      if (ahead < SEQUENCES / 2) this.#highest += ahead;
      const difference = Math.abs((transit - this.#transit) | 0);
      this.#jitter += difference - ((this.#jitter + 8) >> 4);
    }
    this.#transit = transit;
    this.#received++;
  }

  get received(): number {
    return this.#received;
  }

  /** Packets from the first to the last that is known to have been sent; 0 before the first. */
  get expected(): number {
    return (this.#highest < 0 ? 0 : this.#highest - this.#first + 1) + this.unheard;
  }

  /** Of those that were expected, the ones that have not come, or could not be opened. Negative when duplicates came. */
  get lost(): number {
    return this.expected - this.#received;
  }

  /** Interarrival jitter in units of the RTP timestamp. */
  get jitter(): number {
    return this.#jitter >> 4;
  }

  /** The block of the next report, all but what is known of sender reports. Begins a new interval. */
  report(): Pick<ReportBlock, 'fractionLost' | 'cumulativeLost' | 'highestSequence' | 'jitter'> {
    const expected = this.expected - this.#expectedBefore;
    const lost = expected - (this.#received - this.#receivedBefore);
    this.#expectedBefore = this.expected;
    this.#receivedBefore = this.#received;
    return {
      fractionLost: expected === 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected)),
      cumulativeLost: Math.max(-LOST_MAX - 1, Math.min(LOST_MAX, this.lost)),
      highestSequence: (Math.max(0, this.#highest) + this.unheard) % 2 ** 32,
      jitter: this.jitter,
    };
  }
}
