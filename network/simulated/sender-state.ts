/** What goes into a sender and comes out of it, and what is kept of one. */
import type { RoundTripState } from './round-trip.ts';
import type { OutgoingSegment } from './segment.ts';

/** Where a sender's segments go, and who hears that it gave up. */
export interface SenderSink {
  transmit(segment: OutgoingSegment): void;
  /** The peer stayed silent through all retries. */
  onGivenUp(): void;
}

/** What a segment of the peer says about our half. */
export interface Acknowledgement {
  /** Next position that the peer expects. */
  readonly position: number;
  /** Octets it takes from there on. */
  readonly window: number;
  /** Position of the segment in the peer's half: an older one does not speak about the window (RFC 9293 3.10.7.4, SND.WL1). */
  readonly at: number;
  /** True when the segment took up no sequence numbers (RFC 5681 2). */
  readonly bare: boolean;
}

/** A sender at rest as a plain value: all that was written has been acknowledged. Positions and octets. */
export type SenderState = {
  readonly segmentOctets: number;
  /** Position after the last octet written, which the peer expects next. */
  readonly end: number;
  readonly peerWindow: number;
  readonly windowAt: number;
  readonly windowPosition: number;
  readonly repairedAt: number;
  readonly roundTrip: RoundTripState;
};
