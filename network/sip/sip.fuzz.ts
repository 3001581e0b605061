/**
 * What the fuzzer mutates: the messages of a call from registration to hang-up, as the builders make them, two that use every
 * freedom the grammar gives, and their session descriptions. A message that was read must be written and read again as the
 * same; a framer must give the same whatever the pieces are.
 */
import { isDeepStrictEqual } from 'node:util';
import { assert } from '../../sim/errors.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { concat } from '../../sim/octets.ts';
import { addressOf, withTag } from './address.ts';
import { ackTo, cancelOf, requestOf, responseTo, type RequestParts } from './build.ts';
import { describeSip } from './describe.ts';
import { cseqOf, fromOf, SDP_TYPE, topViaOf, toOf } from './field.ts';
import { SipFramer, type Framed } from './framing.ts';
import { SipHeaders } from './headers.ts';
import { parseMessage, type SipMessage } from './message.ts';
import { formatSdp } from './sdp-format.ts';
import { answerOf, offerOf, type MediaParts } from './sdp-offer.ts';
import { parseSdp } from './sdp-parse.ts';
import { rewriteTransport } from './sdp-relay.ts';
import { serialise } from './serialise.ts';
import { parseUri, telUri } from './uri.ts';

/** Octets of a text, lines ended by CR LF. */
export function wire(...lines: readonly string[]): Uint8Array {
  return new Uint8Array(Buffer.from(lines.join('\r\n'), 'utf8'));
}

const ALICE = addressOf(telUri('+447700900001'), 'Alice', new Map([['tag', 'a1ice0001']]));
const BOB = addressOf(telUri('+447700900002'));
const MIKEY = Uint8Array.from({ length: 593 }, (_, index) => (index * 7) & 0xff);

const aliceMedia: MediaParts = {
  host: 'alice-phone',
  port: 40_000,
  sessionId: '20151014',
  ssrc: 0x1234_5678,
  cname: 'alice-phone',
  ptimeMs: 20,
};
const bobMedia: MediaParts = { ...aliceMedia, host: 'bob-phone', ssrc: 0x9abc_def0, cname: 'bob-phone' };

/** The description in the INVITE: alice's media and a key message. */
export const OFFER = offerOf(aliceMedia, MIKEY);
/** The description in the 200: bob's media. */
export const ANSWER = answerOf(bobMedia, OFFER);

/** What the INVITE below is made of, for tests that change a part of it. */
export const INVITE_PARTS: RequestParts = {
  method: 'INVITE',
  uri: BOB.uri,
  from: ALICE,
  to: BOB,
  callId: '6b1f0c52@alice-phone',
  sequence: 1,
  sentBy: { host: 'alice-phone', port: 5061 },
  branch: 'z9hG4bKf00d0001',
  contact: addressOf(parseUri('sip:alice@alice-phone:5061;transport=tls')),
  headers: [
    ['Allow', 'INVITE, ACK, BYE, CANCEL'],
    ['Supported', ''],
  ],
  body: { type: SDP_TYPE, octets: formatSdp(OFFER) },
};

/** Alice calls bob. */
export const INVITE = requestOf(INVITE_PARTS);
/** The 180: bob's phone rings, with the tag of its dialog. */
export const RINGING = responseTo(INVITE, 180, { toTag: 'b0b0001' });
/** The 200: bob takes the call, with his answer in the body. */
export const OK = responseTo(INVITE, 200, {
  toTag: 'b0b0001',
  contact: addressOf(parseUri('sip:bob@bob-phone:5061')),
  body: { type: SDP_TYPE, octets: formatSdp(ANSWER) },
});
/** The 486: bob is in another call. */
export const BUSY = responseTo(INVITE, 486, { toTag: 'b0b0001' });
/** Alice confirms the 200. */
export const ACK = ackTo(INVITE, OK, 'z9hG4bKf00d0002');
/** Alice hangs up. */
export const BYE = requestOf({
  method: 'BYE',
  uri: parseUri('sip:bob@bob-phone:5061'),
  from: ALICE,
  to: withTag(BOB, 'b0b0001'),
  callId: '6b1f0c52@alice-phone',
  sequence: 2,
  sentBy: { host: 'alice-phone' },
  branch: 'z9hG4bKf00d0003',
});
/** Alice's phone tells the CRS where it is. */
export const REGISTER = requestOf({
  method: 'REGISTER',
  uri: parseUri('sip:crs'),
  from: ALICE,
  to: addressOf(ALICE.uri),
  callId: '11e0@alice-phone',
  sequence: 7,
  sentBy: { host: 'alice-phone', port: 5061 },
  branch: 'z9hG4bKf00d0004',
  contact: addressOf(parseUri('sip:alice@alice-phone'), undefined, new Map([['expires', '600']])),
  headers: [['Expires', '3600']],
});

/** Compact names, folds, comma lists, space wherever it may be. */
export const LOOSE = wire(
  'OPTIONS sip:+447700900002@CRS.example;user=phone sip/2.0',
  'v :  SIP /  2.0',
  ' / TLS   alice-phone : 5061 ;  branch = z9hG4bK1 ;rport, SIP/2.0/TCP 192.0.2.7;branch="other"',
  't:',
  '\t"Bob \\"B\\" O\'Neill"   <tel:+44-7700-900002;ext=7> ',
  'F: Alice\tA  <sips:alice:pw@alice-phone?subject=x%20y>',
  ' ;  tag = t1',
  'i: loose@alice-phone',
  'CSEQ:  0009  ',
  '  OPTIONS',
  'max-forwards: 0068',
  'k: 100rel,  timer , ',
  ' path',
  'Route: <sip:crs;lr>, "R, S" <sip:other;lr>;x="a,b"',
  'm: <sip:a@b>;q=0.5;expires=60 , sip:c@d;expires=0',
  's:',
  'X-Unknown: ;;,, Zoë',
  'Date: Wed, 14 Oct 2015 09:20:00 GMT',
  'c: text/plain ; charset = utf-8',
  'l:   05',
  '',
  'hello',
);

/** A description with every kind of line that RFC 8866 has, some ended by a bare LF. */
const EVERY_LINE = wire(
  'v=0\no=Zoë 1 1 IN IP6 2001:db8::1',
  's= \ni=a\nu=b',
  'e=c',
  'p=+44\nc=IN IP6 2001:db8::1\nb=AS:64',
  't=0 0\nr=7d 1h 0 25h\nz=2882844526 -1h',
  'k=prompt\na=sendrecv',
  'm=audio 5004 RTP/SAVP 0 101\ni=d\nc=IN IP4 192.0.2.7',
  'b=TIAS:64000\nk=clear:A\na=ptime:2.5\na=recvonly\na=rtpmap:101 telephone-event/8000',
  '',
);

const messages = [INVITE, RINGING, OK, BUSY, ACK, BYE, REGISTER, cancelOf(INVITE)].map(serialise);

function readAndWrite(input: Uint8Array): void {
  const message = parseMessage(input);
  let again: unknown;
  try {
    again = parseMessage(serialise(message));
  } catch (error) {
    throw new Error('a message that was read cannot be written', { cause: error });
  }
  assert(isDeepStrictEqual(again, message), 'a message reads back as it was written');
  // Read from the octets, and read from the text of the headers.
  const headers = SipHeaders.of(message.headers.entries.map(({ name, value }) => [name, value] as const));
  assert(isDeepStrictEqual(fieldsOf(message), fieldsOf({ ...message, headers })), 'fields are as their text');
  describeSip(input);
}

function fieldsOf(message: SipMessage): readonly unknown[] {
  return [topViaOf, fromOf, toOf, cseqOf].map((fieldOf) => fieldOf(message));
}

function readDescription(input: Uint8Array): void {
  const description = parseSdp(input);
  assert(isDeepStrictEqual(parseSdp(formatSdp(description)), description), 'a description reads back');
  rewriteTransport(input, { host: 'crs', port: 50_000 });
}

/** What a framer makes of a stream that comes in pieces of that many octets. */
export function frame(stream: Uint8Array, pieceOctets: number): readonly Framed[] {
  const framer = new SipFramer();
  const framed: Framed[] = [];
  for (let at = 0; at < stream.length; at += pieceOctets) {
    framed.push(...framer.push(stream.subarray(at, at + pieceOctets)));
  }
  return framed;
}

function readStream(input: Uint8Array): void {
  const whole = frame(input, input.length + 1);
  assert(isDeepStrictEqual(frame(input, 61), whole), 'pieces do not matter');
  for (const framed of whole) if (framed.kind === 'unreadable') throw framed.error;
}

/** Messages, descriptions, and streams of messages in pieces. */
export const fuzzTargets: readonly FuzzTarget[] = [
  { name: 'SIP message', samples: [...messages, LOOSE], parse: readAndWrite },
  { name: 'SDP', samples: [formatSdp(OFFER), formatSdp(ANSWER), EVERY_LINE], parse: readDescription },
  {
    name: 'SIP stream',
    samples: [concat(...messages.slice(1, 5)), concat(LOOSE, wire('', '', ''), ...messages.slice(5))],
    parse: readStream,
  },
];
