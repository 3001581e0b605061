/**
 * Reads a description strictly: the lines of RFC 8866 section 5, in its order (see `sdp.ts`). Lines that the call does not use are
 * skipped. What is in order and cannot be served is told from what is malformed: it is answered with 488.
 */
import { checkAttributes, type PlacedAttribute } from './sdp-check.ts';
import { sdpError, type SdpCode } from './errors.ts';
import { isHost, isPort } from './host.ts';
import { lineText, readLines, type SdpLine } from './sdp-line.ts';
import type { SdpAttribute, SdpOrigin, SessionDescription } from './sdp.ts';

/** `non-ws-string` where nothing narrower is said. */
const ORIGIN = /^([!-~\x80-\u{10ffff}]+) (\d+) (\d+) ([!-~]+ [!-~]+) ([!-~\x80-\u{10ffff}]+)$/u;
const CONNECTION = /^([!-~]+ [!-~]+) ([!-~\x80-\xff]+)$/;
const TIME = /^(?:0|[1-9]\d{9,}) (?:0|[1-9]\d{9,})$/;
const MEDIA = /^audio (\d{1,5}) (\S+)((?: \d{1,3})+)$/;
/** token of RFC 8866 section 9, then byte-string. */
const ATTRIBUTE = /^([\x21\x23-\x27*+\-.0-9A-Z^-~]+)(?::(.+))?$/s;
/** Addresses of nobody in particular: none (0.0.0.0), a group, or several. */
const NOT_UNICAST = /^(?:0\.0\.0\.0|(?:22[4-9]|23\d)\.[\d.]+)$|\//;
const IPV4 = 'IN IP4';
const PROFILE = 'RTP/SAVP';
const PCMU = 0;

/** Octets [from, to) of a description that say where media goes: the value of a `c=`, or the port in `m=`. */
export interface TransportPlace {
  readonly what: 'connection' | 'port';
  readonly at: readonly [from: number, to: number];
}

/** A description and where the parts stand that a relay changes, in order. */
export interface LocatedDescription {
  readonly description: SessionDescription;
  readonly transport: readonly TransportPlace[];
}

/**
 * Reads a description.
 * @throws SDP_LINE, SDP_VALUE, SDP_TOO_LONG, SDP_NOT_SERVED, SDP_MEDIA, SDP_NOT_SECURE, SDP_ATTRIBUTE, SDP_KEY_MGMT
 */
export function parseSdp(octets: Uint8Array): SessionDescription {
  return locateSdp(octets).description;
}

/** {@link parseSdp}, and where the values of `c=` and the port of `m=` stand. */
export function locateSdp(octets: Uint8Array): LocatedDescription {
  const lines = new Lines(octets);
  const version = lines.need('v');
  if (version.value !== '0') fail('SDP_VALUE', 'v=0 expected', version.offset);
  const origin = readOrigin(lines.need('o'), octets);
  const sessionName = lineText(octets, lines.need('s'));
  for (const type of ['i', 'u']) lines.take(type);
  for (const type of ['e', 'p']) lines.takeAll(type);
  const ofSession = lines.take('c');
  lines.takeAll('b');
  checkTimes(lines);
  lines.take('k');
  const sessionAttributes = lines.takeAll('a').map((line) => readAttribute(line, octets));
  const media = lines.take('m') ?? lines.none('SDP_MEDIA', 'no stream: m= expected');
  const { port, payloadTypes, portAt } = readMedia(media);
  lines.take('i');
  const ofMedia = lines.takeAll('c');
  lines.takeAll('b');
  lines.take('k');
  const mediaAttributes = lines.takeAll('a').map((line) => readAttribute(line, octets));
  lines.end();

  const host = readConnections(ofSession, ofMedia, media.offset);
  checkAttributes(sessionAttributes, mediaAttributes, payloadTypes);
  return {
    description: {
      origin,
      sessionName,
      host,
      sessionAttributes: sessionAttributes.map(bare),
      port,
      payloadTypes,
      mediaAttributes: mediaAttributes.map(bare),
    },
    transport: [
      ...(ofSession === undefined ? [] : [placeOf(ofSession)]),
      { what: 'port', at: portAt },
      ...ofMedia.map(placeOf),
    ],
  };
}

/** The lines of a description, taken from the front. */
class Lines {
  readonly #lines: readonly SdpLine[];
  readonly #octets: number;
  #next = 0;

  constructor(octets: Uint8Array) {
    this.#lines = readLines(octets);
    this.#octets = octets.length;
  }

  /** The next line if it is of this type. */
  take(type: string): SdpLine | undefined {
    const line = this.#lines[this.#next];
    if (line?.type !== type) return undefined;
    this.#next++;
    return line;
  }

  /** All lines of this type that come next. */
  takeAll(type: string): readonly SdpLine[] {
    const taken: SdpLine[] = [];
    for (let line = this.take(type); line !== undefined; line = this.take(type)) taken.push(line);
    return taken;
  }

  need(type: string): SdpLine {
    return this.take(type) ?? this.#fail('SDP_LINE', `${type}= expected`);
  }

  /** What is wrong when nothing more is there; another line is out of its place. */
  none(code: SdpCode, problem: string): never {
    this.end();
    return this.#fail(code, problem);
  }

  /** No line more. */
  end(): void {
    const line = this.#lines[this.#next];
    if (line === undefined) return;
    if (line.type === 'm') fail('SDP_MEDIA', 'a second stream', line.offset);
    this.#fail('SDP_LINE', `${line.type}= is not expected here`);
  }

  #fail(code: SdpCode, problem: string): never {
    const line = this.#lines[this.#next];
    return fail(code, problem, line === undefined ? this.#octets : line.offset - 2);
  }
}

function readOrigin(line: SdpLine, octets: Uint8Array): SdpOrigin {
  const { offset } = line;
  const [, username, sessionId, sessionVersion, network, host] = ORIGIN.exec(lineText(octets, line)) ?? [];
  if (
    username === undefined ||
    sessionId === undefined ||
    sessionVersion === undefined ||
    network === undefined ||
    host === undefined
  ) {
    return fail('SDP_VALUE', 'o=<username> <session> <version> IN IP4 <host> expected', offset);
  }
  if (network === IPV4 && !isHost(host)) {
    fail('SDP_VALUE', `${host} is neither a name nor an IPv4 address`, offset);
  }
  return { username, sessionId, sessionVersion, network, host };
}

/** Calls have no bounds in time. Repetitions and changes of time zones (`r=`, `z=`) say nothing of what has none. */
function checkTimes(lines: Lines): void {
  let time: SdpLine | undefined = lines.need('t');
  for (; time !== undefined; time = lines.take('t')) {
    if (!TIME.test(time.value)) fail('SDP_VALUE', 't=<start> <stop> expected', time.offset);
    if (time.value !== '0 0') fail('SDP_NOT_SERVED', 'a call has no bounds in time', time.offset);
    lines.takeAll('r');
    lines.take('z');
  }
}

/** The host of the `c=` that counts: of the stream, or else of the session (RFC 8866 section 5.7). */
function readConnections(
  ofSession: SdpLine | undefined,
  ofMedia: readonly SdpLine[],
  mediaOffset: number,
): string {
  const all = ofSession === undefined ? ofMedia : [ofSession, ...ofMedia];
  for (const { value, offset } of all) {
    if (!CONNECTION.test(value)) fail('SDP_VALUE', 'c=IN IP4 and a host expected', offset);
  }
  const line = ofMedia[0] ?? ofSession;
  if (line === undefined) return fail('SDP_LINE', 'neither the session nor the stream has c=', mediaOffset);
  const { value, offset } = line;
  const [, network, host = ''] = CONNECTION.exec(value) ?? [];
  if (ofMedia.length > 1) fail('SDP_NOT_SERVED', 'a stream to several addresses', offset);
  if (network !== IPV4) fail('SDP_NOT_SERVED', `media to ${value}, which is not ${IPV4}`, offset);
  if (NOT_UNICAST.test(host)) fail('SDP_NOT_SERVED', `${host} is not the address of one host`, offset);
  if (!isHost(host)) fail('SDP_VALUE', 'c=IN IP4 and a host expected', offset);
  return host;
}

function placeOf({ offset, value }: SdpLine): TransportPlace {
  return { what: 'connection', at: [offset, offset + value.length] };
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
