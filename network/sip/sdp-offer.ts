/**
 * Offer and answer (RFC 3264) with key management (RFC 4567): the offer carries the MIKEY message, the answer none, as a
 * MIKEY-SAKKE message has no response. What breaks this is refused with 488, never set up without protection. Nothing in SDP is
 * covered by the MIKEY signature: addresses are protected hop by hop only.
 */
import { sdpError } from './errors.ts';
import { directionOf, hasRtcpMux, keyMgmtAttribute, keyMgmtOf } from './sdp-attribute.ts';
import { parseSdp } from './sdp-parse.ts';
import type { SdpAttribute, SdpDirection, SessionDescription } from './sdp.ts';

/** What an end says of its media in an offer or answer. */
export interface MediaParts {
  /** Where this end receives. */
  readonly host: string;
  readonly port: number;
  /** Decimal digits; unique for the host. */
  readonly sessionId: string;
  /** With which SSRC this end sends, 0 to 2^32 - 1. */
  readonly ssrc: number;
  /** Canonical name of the source (RFC 7022): letters, digits and `-`. */
  readonly cname: string;
  /** Milliseconds of audio in a packet. */
  readonly ptimeMs: number;
}

/** A description that offers a protected call, and the key message in it (RFC 4567). */
export interface Offer {
  readonly description: SessionDescription;
  /** The MIKEY message. */
  readonly mikey: Uint8Array;
}

/** What an answer may say to each direction of an offer, the one that takes most first (RFC 3264 section 6.1). */
const ANSWERS: Readonly<Record<SdpDirection, readonly [SdpDirection, ...SdpDirection[]]>> = {
  sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
  sendonly: ['recvonly', 'inactive'],
  recvonly: ['sendonly', 'inactive'],
  inactive: ['inactive'],
};

function describe(parts: MediaParts, sessionAttributes: readonly SdpAttribute[]): SessionDescription {
  return {
    origin: {
      username: '-',
      sessionId: parts.sessionId,
      sessionVersion: '1',
      network: 'IN IP4',
      host: parts.host,
    },
    sessionName: '-',
    host: parts.host,
    sessionAttributes,
    port: parts.port,
    payloadTypes: [0],
    mediaAttributes: [
      { name: 'rtpmap', value: '0 PCMU/8000' },
      { name: 'ptime', value: String(parts.ptimeMs) },
      { name: 'sendrecv', value: undefined },
      { name: 'rtcp-mux', value: undefined },
      { name: 'ssrc', value: `${parts.ssrc} cname:${parts.cname}` },
    ],
  };
}

/** The offer of a secure call, with its MIKEY message for the whole session. */
export function offerOf(parts: MediaParts, mikey: Uint8Array): SessionDescription {
  return describe(parts, [keyMgmtAttribute(mikey)]);
}

/** The answer that takes such an offer: in the direction that fits, RTCP multiplexed only when the offer has it so. */
export function answerOf(parts: MediaParts, offer: SessionDescription): SessionDescription {
  const answer = describe(parts, []);
  const [direction] = ANSWERS[directionOf(offer)];
  const mediaAttributes = answer.mediaAttributes
    .filter(({ name }) => name !== 'rtcp-mux' || hasRtcpMux(offer))
    .map((attribute) => (attribute.name === 'sendrecv' ? { ...attribute, name: direction } : attribute));
  return { ...answer, mediaAttributes };
}

/**
 * Reads an offer.
 * @throws SDP_KEY_MGMT_MISSING, and what {@link parseSdp} throws
 */
export function parseOffer(octets: Uint8Array): Offer {
  const description = parseSdp(octets);
  const mikey = keyMgmtOf(description);
  if (mikey === undefined) throw sdpError('SDP_KEY_MGMT_MISSING', 'the offer has no a=key-mgmt');
  return { description, mikey };
}

/**
 * Reads the answer to an offer.
 * @throws SDP_KEY_MGMT_UNEXPECTED, SDP_ANSWER_MISMATCH, and what {@link parseSdp} throws
 */
export function parseAnswer(octets: Uint8Array, offer: SessionDescription): SessionDescription {
  const answer = parseSdp(octets);
  if (keyMgmtOf(answer) !== undefined) throw sdpError('SDP_KEY_MGMT_UNEXPECTED', 'the answer has a=key-mgmt');
  const strange = answer.payloadTypes.find((type) => !offer.payloadTypes.includes(type));
  if (strange !== undefined) throw mismatch(`payload type ${strange} was not offered`);
  if (hasRtcpMux(answer) && !hasRtcpMux(offer)) throw mismatch('rtcp-mux was not offered');
  const [offered, answered] = [directionOf(offer), directionOf(answer)];
  if (!ANSWERS[offered].includes(answered)) throw mismatch(`${answered} does not answer ${offered}`);
  return answer;
}

function mismatch(problem: string): Error {
  return sdpError('SDP_ANSWER_MISMATCH', problem);
}
