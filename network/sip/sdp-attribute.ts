/**
 * The attributes that mean something here: rtpmap, ptime and the directions (RFC 8866 section 6), rtcp-mux (RFC 5761), ssrc
 * (RFC 5576) and key-mgmt (RFC 4567). Others are carried and not looked at.
 *
 *     a=key-mgmt:mikey <base64>
 *     a=ssrc:<SSRC> <attribute>[:<value>]
 *     a=rtpmap:<payload type> <encoding>/<clock rate>[/<channels>]
 */
import { DIRECTIONS, type SdpAttribute, type SdpDirection, type SessionDescription } from './sdp.ts';

const SSRC = /^(\d{1,10}) [\w-]+(?::.+)?$/s;
const SSRC_LIMIT = 2 ** 32;
const KEY_MGMT = /^ ?mikey ([A-Za-z0-9+/]+={0,2})$/;

/** The octets of `mikey <base64>`; undefined when it is not that, or base64 with stray bits. */
export function keyMgmtIn({ value = '' }: SdpAttribute): Uint8Array | undefined {
  const base64 = KEY_MGMT.exec(value)?.[1];
  if (base64 === undefined) return undefined;
  const octets = Buffer.from(base64, 'base64');
  return octets.toString('base64') === base64 ? new Uint8Array(octets) : undefined;
}

/** The SSRC of `<SSRC> <attribute>`; undefined when it is not that. */
export function sourceIn({ value = '' }: SdpAttribute): number | undefined {
  const digits = SSRC.exec(value)?.[1];
  const source = Number(digits);
  return source < SSRC_LIMIT ? source : undefined;
}

function isDirection(name: string): name is SdpDirection {
  return DIRECTIONS.some((direction) => direction === name);
}

function find(sdp: SessionDescription, name: string): SdpAttribute | undefined {
  return [...sdp.mediaAttributes, ...sdp.sessionAttributes].find((attribute) => attribute.name === name);
}

/** The MIKEY message, of the stream or the session; undefined when there is none. */
export function keyMgmtOf(sdp: SessionDescription): Uint8Array | undefined {
  const attribute = find(sdp, 'key-mgmt');
  return attribute === undefined ? undefined : keyMgmtIn(attribute);
}

/** The SSRC that this end sends with, 0 to 2^32 - 1; undefined when it does not say. */
export function ssrcOf(sdp: SessionDescription): number | undefined {
  const attribute = find(sdp, 'ssrc');
  return attribute === undefined ? undefined : sourceIn(attribute);
}

/** Milliseconds of audio in a packet; undefined when it does not say. */
export function ptimeOf(sdp: SessionDescription): number | undefined {
  const value = find(sdp, 'ptime')?.value;
  return value === undefined ? undefined : Number(value);
}

/** Which way media flows, seen from the sender of the description; both ways unless it says otherwise. */
export function directionOf(sdp: SessionDescription): SdpDirection {
  const names = [...sdp.mediaAttributes, ...sdp.sessionAttributes].map(({ name }) => name);
  return names.find(isDirection) ?? 'sendrecv';
}

/** True when RTCP comes to the port of RTP. */
export function hasRtcpMux(sdp: SessionDescription): boolean {
  return find(sdp, 'rtcp-mux') !== undefined;
}

/** The attribute that carries a MIKEY message. */
export function keyMgmtAttribute(mikey: Uint8Array): SdpAttribute {
  const base64 = Buffer.from(mikey.buffer, mikey.byteOffset, mikey.byteLength).toString('base64');
  return { name: 'key-mgmt', value: `mikey ${base64}` };
}
