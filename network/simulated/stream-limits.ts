/** How patient a stream's transport is. Defaults follow RFC 6298 and the customs of Linux where the RFC leaves room. */
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';

/** How patient a stream is: with a peer that does not answer, with one that does not close, with itself. */
export interface StreamLimits {
  /** How often a handshake segment is sent again before the attempt is given up. 6 make 127 s, as in Linux. */
  readonly handshakeRetries: number;
  /**
   * How often other segments are sent again, linear ones of thin streams not counted. 12 make 9 minutes or more, by the round trip;
   * RFC 9293 section 3.8.3 asks for 100 s at least.
   */
  readonly retries: number;
  /** Retransmission time-out before a round trip has been measured (RFC 6298 2.1). */
  readonly initialTimeout: Micros;
  /** The same when the handshake had to be sent again, until a round trip has been measured (RFC 6298 5.7). */
  readonly timeoutAfterLostHandshake: Micros;
  /** Smallest retransmission time-out. RFC 6298 says 1 s, every common stack less. */
  readonly timeoutMin: Micros;
  /** Largest retransmission time-out: 120 s, as in Linux (RFC 6298 2.5 asks for at least 60 s). */
  readonly timeoutMax: Micros;
  /** How long an end that has closed goes on hearing nothing before it gives up waiting for the peer to close too. */
  readonly peerCloseTimeout: Micros;
  /** How long an end that closed first still answers (RFC 9293's TIME-WAIT). */
  readonly linger: Micros;
}

/** The patience of Linux, where it has a number for it. */
export const STREAM_LIMITS: StreamLimits = {
  handshakeRetries: 6,
  retries: 12,
  initialTimeout: SECOND,
  timeoutAfterLostHandshake: 3 * SECOND,
  timeoutMin: 200 * MILLISECOND,
  timeoutMax: 120 * SECOND,
  peerCloseTimeout: 600 * SECOND,
  linger: 60 * SECOND,
};
