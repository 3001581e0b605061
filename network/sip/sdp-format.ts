/**
 * Writes a description, its lines in the order of `sdp.ts`. What was written is read once, so that no device sends what a peer
 * would refuse, and a value that would begin another line is an error.
 */
import { sdpError } from './errors.ts';
import { parseSdp } from './sdp-parse.ts';
import type { SdpAttribute, SessionDescription } from './sdp.ts';

/** An end of line, or half of a surrogate pair, which UTF-8 cannot carry. */
const BROKEN = /[\0\r\n]|\p{Surrogate}/u;

/** @throws the codes of {@link parseSdp} for a description that no peer could read */
export function formatSdp(sdp: SessionDescription): Uint8Array {
  const { username, sessionId, sessionVersion, network, host } = sdp.origin;
  const lines = [
    'v=0',
    `o=${username} ${sessionId} ${sessionVersion} ${network} ${host}`,
    `s=${sdp.sessionName}`,
    `c=IN IP4 ${sdp.host}`,
    't=0 0',
    ...sdp.sessionAttributes.map(formatAttribute),
    `m=audio ${sdp.port} RTP/SAVP ${sdp.payloadTypes.join(' ')}`,
    ...sdp.mediaAttributes.map(formatAttribute),
  ];
  if (lines.some((line) => BROKEN.test(line))) throw sdpError('SDP_LINE', 'a value would begin another line');
  const octets = new Uint8Array(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'utf8'));
  parseSdp(octets);
  return octets;
}

function formatAttribute({ name, value }: SdpAttribute): string {
  return value === undefined ? `a=${name}` : `a=${name}:${value}`;
}
