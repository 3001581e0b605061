/**
 * Reads a description strictly: these lines, in this order, and no other (see `sdp.ts`). A line type that RFC 8866 has and the
 * call does not use is refused, above all `k=`, which would carry a key in clear.
 */
import { checkAttributes, type PlacedAttribute } from './sdp-check.ts';
import { sdpError, type SdpCode } from './errors.ts';
import { isHost, isPort } from './host.ts';
import { lineText, readLines, type SdpLine } from './sdp-line.ts';
import type { SdpAttribute, SdpOrigin, SessionDescription } from './sdp.ts';

const ORIGIN = /^([\x21-\x7e]+) (\d{1,20}) (\d{1,20}) IN IP4 (\S+)$/;
const CONNECTION = /^IN IP4 (\S+)$/;
const MEDIA = /^audio (\d{1,5}) (\S+)((?: \d{1,3})+)$/;
/** token of RFC 8866 section 9, then byte-string. */
const ATTRIBUTE = /^([\x21\x23-\x27*+\-.0-9A-Z^-~]+)(?::(.+))?$/s;
const PROFILE = 'RTP/SAVP';
const PCMU = 0;

/** A description and where the parts stand that a relay changes. */
export interface LocatedDescription {
  readonly description: SessionDescription;
  /** Octet ranges [from, to). */
  readonly hostAt: readonly [from: number, to: number];
  readonly portAt: readonly [from: number, to: number];
}

/**
 * Reads a description.
 * @throws SDP_LINE, SDP_VALUE, SDP_TOO_LONG, SDP_MEDIA, SDP_NOT_SECURE, SDP_ATTRIBUTE, SDP_KEY_MGMT
 */
export function parseSdp(octets: Uint8Array): SessionDescription {
  return locateSdp(octets).description;
}

/** {@link parseSdp}, and where the host of `c=` and the port of `m=` stand. */
export function locateSdp(octets: Uint8Array): LocatedDescription {
  const lines = [...readLines(octets)];
  const take = (type: string): SdpLine => {
    const line = lines.shift();
    if (line?.type === type) return line;
    return fail('SDP_LINE', `${type}= expected`, line === undefined ? octets.length : line.offset - 2);
  };
  const takeAttributes = (): readonly PlacedAttribute[] => {
    const attributes: PlacedAttribute[] = [];
    while (lines[0]?.type === 'a') attributes.push(readAttribute(take('a'), octets));
    return attributes;
  };

  const version = take('v');
  if (version.value !== '0') fail('SDP_VALUE', 'v=0 expected', version.offset);
  const origin = readOrigin(take('o'));
  const sessionName = lineText(octets, take('s'));
  const connection = take('c');
  const host = CONNECTION.exec(connection.value)?.[1];
  if (host === undefined || !isHost(host))
    fail('SDP_VALUE', 'c=IN IP4 and a host expected', connection.offset);
  const time = take('t');
  if (time.value !== '0 0') fail('SDP_VALUE', 't=0 0 expected', time.offset);
  const ofSession = takeAttributes();
  const { port, payloadTypes, portAt } = readMedia(take('m'));
  const ofMedia = takeAttributes();
  const [extra] = lines;
  if (extra?.type === 'm') fail('SDP_MEDIA', 'a second stream', extra.offset);
  if (extra !== undefined) fail('SDP_LINE', `${extra.type}= is not expected here`, extra.offset - 2);

  checkAttributes([...ofSession, ...ofMedia], payloadTypes);
  const end = connection.offset + connection.value.length;
  return {
    description: {
      origin,
      sessionName,
      host,
      sessionAttributes: ofSession.map(bare),
      port,
      payloadTypes,
      mediaAttributes: ofMedia.map(bare),
    },
    hostAt: [end - host.length, end],
    portAt,
  };
}

function readOrigin({ value, offset }: SdpLine): SdpOrigin {
  const [, username, sessionId, sessionVersion, host] = ORIGIN.exec(value) ?? [];
  if (
    username === undefined ||
    sessionId === undefined ||
    sessionVersion === undefined ||
    host === undefined
  ) {
    return fail('SDP_VALUE', 'o=<username> <session> <version> IN IP4 <host> expected', offset);
  }
  if (!isHost(host)) fail('SDP_VALUE', `${host} is neither a name nor an IPv4 address`, offset);
  return { username, sessionId, sessionVersion, host };
}

function readMedia({ value, offset }: SdpLine) {
  const [, digits = '', profile, formats = ''] = MEDIA.exec(value) ?? [];
  if (profile === undefined) fail('SDP_MEDIA', 'm=audio <port> RTP/SAVP <payload types> expected', offset);
  if (profile !== PROFILE) fail('SDP_NOT_SECURE', `the profile is ${profile}, not ${PROFILE}`, offset);
  const port = Number(digits);
  if (!isPort(port)) fail('SDP_MEDIA', `${port} is not a port to send to`, offset);
  const payloadTypes = formats.trim().split(' ').map(Number);
  if (payloadTypes.some((type) => type > 127) || new Set(payloadTypes).size !== payloadTypes.length) {
    fail('SDP_MEDIA', 'payload types are different numbers below 128', offset);
  }
  if (!payloadTypes.includes(PCMU)) fail('SDP_MEDIA', 'PCMU (0) is not among the payload types', offset);
  const from = offset + 'audio '.length;
  return { port, payloadTypes, portAt: [from, from + digits.length] } as const;
}

function readAttribute(line: SdpLine, octets: Uint8Array): PlacedAttribute {
  const text = lineText(octets, line);
  const [, name, value] = ATTRIBUTE.exec(text) ?? [];
  if (name === undefined) fail('SDP_ATTRIBUTE', 'a=<name> or a=<name>:<value> expected', line.offset);
  return { name, value, offset: line.offset };
}

function bare({ name, value }: PlacedAttribute): SdpAttribute {
  return { name, value };
}

function fail(code: SdpCode, problem: string, offset: number): never {
  throw sdpError(code, problem, { where: { offset } });
}
