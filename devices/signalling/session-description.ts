/**
 * The session descriptions of a call (RFC 3264): one stream of G.711 over SRTP, the I_MESSAGE in the offer, nothing of it in
 * the answer (RFC 4567).
 */
import { FRAME_MS } from '../../network/rtp/index.ts';
import * as sip from '../../network/sip/index.ts';
import type { Address, HostNumbers } from '../../network/fabric.ts';
import type { RandomSource } from '../../sim/random.ts';
import { toHex } from '../../sim/octets.ts';

/** Where one end of a call receives, and as which SSRC it sends. */
export interface MediaEnd {
  /** Where this end receives. */
  readonly local: Address;
  /** Gives the number of its host; it is named when this is left out. */
  readonly numbers?: Pick<HostNumbers, 'numberOf'>;
  readonly ssrc: number;
  readonly random: RandomSource;
}

const CNAME_OCTETS = 8;

/** A description, and the name that this end gives itself in it: its reports bear the same. */
export interface Described extends sip.SipBody {
  readonly cname: string;
}

function partsOf({ local, numbers, ssrc, random }: MediaEnd): sip.MediaParts {
  return {
    host: numbers?.numberOf(local.host) ?? local.host,
    port: local.port,
    ssrc,
    sessionId: String(random.uint32()),
    cname: toHex(random.octets(CNAME_OCTETS)),
    ptimeMs: FRAME_MS,
  };
}

/** `leak`, if given, is written into the offer for everybody to read: a planted violation. */
export function offer(end: MediaEnd, iMessage: Uint8Array, leak?: Uint8Array): Described {
  const parts = partsOf(end);
  const description = sip.offerOf(parts, iMessage);
  const attributes = leak === undefined ? [] : [{ name: 'x-leak', value: toHex(leak) }];
  const mediaAttributes = [...description.mediaAttributes, ...attributes];
  const octets = sip.formatSdp({ ...description, mediaAttributes });
  return { type: sip.SDP_TYPE, octets, cname: parts.cname };
}

/** What an INVITE offers: an I_MESSAGE, and where its sender takes media. */
export interface ReceivedOffer {
  readonly description: sip.SessionDescription;
  readonly iMessage: Uint8Array;
  /** Where the other end receives. */
  readonly remote: Address;
  /** Whether it takes reports there too (RFC 5761). */
  readonly rtcpMux: boolean;
}

/** Errors: SIP_MEDIA_TYPE, SDP_*; SDP_KEY_MGMT_MISSING for an offer without security. */
export function readOffer(invite: sip.SipRequest, numbers: HostNumbers): ReceivedOffer {
  const { description, mikey } = sip.parseOffer(sip.sdpBodyOf(invite) ?? new Uint8Array(0));
  return {
    description,
    iMessage: mikey,
    remote: placeOf(description, numbers),
    rtcpMux: sip.hasRtcpMux(description),
  };
}

/** The I_MESSAGE that an INVITE offers. Errors: as of {@link readOffer}. */
export function offeredMessage(invite: sip.SipRequest): Uint8Array {
  return sip.parseOffer(sip.sdpBodyOf(invite) ?? new Uint8Array(0)).mikey;
}

function placeOf({ host, port }: sip.SessionDescription, numbers: HostNumbers): Address {
  return { host: numbers.hostOf(host), port };
}

/** The description that accepts an offer; it carries no key, since all of them came with the I_MESSAGE. */
export function answer(end: MediaEnd, received: ReceivedOffer): Described {
  const parts = partsOf(end);
  const octets = sip.formatSdp(sip.answerOf(parts, received.description));
  return { type: sip.SDP_TYPE, octets, cname: parts.cname };
}

/** Where the callee takes media, and whether reports go there too (RFC 5761). */
export interface ReceivedAnswer {
  /** Where the answering end receives. */
  readonly remote: Address;
  /** Whether reports go there too (RFC 5761). */
  readonly rtcpMux: boolean;
}

/** Errors: SIP_MEDIA_TYPE, SDP_*. */
export function readAnswer(
  response: sip.SipResponse,
  offered: Uint8Array,
  numbers: HostNumbers,
): ReceivedAnswer {
  const description = sip.parseAnswer(sip.sdpBodyOf(response) ?? new Uint8Array(0), sip.parseSdp(offered));
  return { remote: placeOf(description, numbers), rtcpMux: sip.hasRtcpMux(description) };
}
