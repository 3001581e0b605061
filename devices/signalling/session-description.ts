/**
 * The session descriptions of a call (RFC 3264): one stream of G.711 over SRTP, the I_MESSAGE in the offer, nothing of it in
 * the answer (RFC 4567).
 */
import { FRAME_MS } from '../../network/rtp/index.ts';
import * as sip from '../../network/sip/index.ts';
import type { Address } from '../../network/fabric.ts';
import type { RandomSource } from '../../sim/random.ts';
import { toHex } from '../../sim/octets.ts';

export interface MediaEnd {
  /** Where this end receives. */
  readonly local: Address;
  readonly ssrc: number;
  readonly random: RandomSource;
}

const CNAME_OCTETS = 8;

function partsOf({ local, ssrc, random }: MediaEnd): sip.MediaParts {
  return {
    ...local,
    ssrc,
    sessionId: String(random.uint32()),
    cname: toHex(random.octets(CNAME_OCTETS)),
    ptimeMs: FRAME_MS,
  };
}

/** `leak`, if given, is written into the offer for everybody to read: a planted violation. */
export function offer(end: MediaEnd, iMessage: Uint8Array, leak?: Uint8Array): sip.SipBody {
  const description = sip.offerOf(partsOf(end), iMessage);
  const attributes = leak === undefined ? [] : [{ name: 'x-leak', value: toHex(leak) }];
  const mediaAttributes = [...description.mediaAttributes, ...attributes];
  return { type: sip.SDP_TYPE, octets: sip.formatSdp({ ...description, mediaAttributes }) };
}

export interface ReceivedOffer {
  readonly description: sip.SessionDescription;
  readonly iMessage: Uint8Array;
  /** Where the other end receives. */
  readonly remote: Address;
}

/** Errors: SIP_MEDIA_TYPE, SDP_*; SDP_KEY_MGMT_MISSING for an offer without security. */
export function readOffer(invite: sip.SipRequest): ReceivedOffer {
  const { description, mikey } = sip.parseOffer(sip.sdpBodyOf(invite) ?? new Uint8Array(0));
  return { description, iMessage: mikey, remote: { host: description.host, port: description.port } };
}

export function answer(end: MediaEnd, received: ReceivedOffer): sip.SipBody {
  return { type: sip.SDP_TYPE, octets: sip.formatSdp(sip.answerOf(partsOf(end), received.description)) };
}

/** Where the answering end receives. Errors: SIP_MEDIA_TYPE, SDP_*. */
export function readAnswer(response: sip.SipResponse, offered: Uint8Array): Address {
  const { host, port } = sip.parseAnswer(sip.sdpBodyOf(response) ?? new Uint8Array(0), sip.parseSdp(offered));
  return { host, port };
}
