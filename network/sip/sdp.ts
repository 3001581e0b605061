/**
 * The session description of a secure call (RFC 8866), as the offer/answer here uses it: one audio stream of RTP/SAVP.
 *
 *     v=0
 *     o=- <session> <version> IN IP4 <host>
 *     s=<name>
 *     c=IN IP4 <host>                   where media goes, here or at the stream; a relay changes it
 *     t=0 0
 *     a=<attribute> ...                 of the session
 *     m=audio <port> RTP/SAVP <payload types>      a relay changes the port
 *     a=<attribute> ...                 of the stream
 *
 * A host may be a name (RFC 8866 section 5.7); devices write the number that its network gives it. Attributes are kept in order, known or not. The other
 * lines of RFC 8866 (`i=`, `u=`, `e=`, `p=`, `b=`, `r=`, `z=`, and `k=`, which it wants discarded) are read and skipped.
 */

/** The `o=` line: who described the session, and which version of the description this is. */
export interface SdpOrigin {
  /** No spaces; `-` when there is nothing to say. */
  readonly username: string;
  /** Decimal digits, as it may exceed 2^53. */
  readonly sessionId: string;
  /** Decimal digits. */
  readonly sessionVersion: string;
  /** Network and kind of the address: `IN IP4`, or another that nothing is sent to. */
  readonly network: string;
  readonly host: string;
}

/** An `a=` line: a flag, or a name with a value. */
export interface SdpAttribute {
  readonly name: string;
  /** Undefined for a flag such as `rtcp-mux`. */
  readonly value: string | undefined;
}

/** A description of one audio stream (RFC 8866), as much of it as a call needs. */
export interface SessionDescription {
  readonly origin: SdpOrigin;
  readonly sessionName: string;
  /** Where media is to be sent. */
  readonly host: string;
  readonly sessionAttributes: readonly SdpAttribute[];
  /** 1..65535. */
  readonly port: number;
  /** 0..127, in order of preference. PCMU (0) is among them. */
  readonly payloadTypes: readonly number[];
  readonly mediaAttributes: readonly SdpAttribute[];
}

/** Which way media flow, by the names of their attributes (RFC 8866 section 6.7). */
export const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;

/** A name out of {@link DIRECTIONS}; without one it is `sendrecv`. */
export type SdpDirection = (typeof DIRECTIONS)[number];
