/** What RFC 8866 allows: it is read, and what is not used is skipped; what cannot be served is told from what is malformed. */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { describeSip } from './describe.ts';
import { statusOf } from './errors.ts';
import { SDP_TYPE } from './field.ts';
import { requestOf } from './build.ts';
import { directionOf } from './sdp-attribute.ts';
import { formatSdp } from './sdp-format.ts';
import { parseSdp } from './sdp-parse.ts';
import { rewriteTransport } from './sdp-relay.ts';
import { serialise } from './serialise.ts';
import { INVITE_PARTS, OFFER, wire } from './sip.fuzz.ts';

/** An offer of a stack that knows nothing of calldrill. */
const FOREIGN = [
  'v=0',
  'o=- 1 1 IN IP4 192.0.2.1',
  's=-',
  'c=IN IP4 192.0.2.1',
  't=0 0',
  'a=key-mgmt:mikey AAAA',
  'm=audio 5004 RTP/SAVP 0',
  '',
].join('\r\n');

/** Every kind of line that there is, at each of its places. */
const EVERYTHING = [
  'v=0',
  'o=Zo\u00eb 18446744073709551616 1 IN IP6 2001:db8::1',
  's= ',
  'i=A call',
  'u=https://example.org/',
  'e=a@example.org (A)',
  'e=b@example.org',
  'p=+44 7700 900001',
  'p=+44 7700 900002',
  'c=IN IP6 2001:db8::1',
  'b=AS:64',
  'b=X-other:1',
  't=0 0',
  'r=7d 1h 0 25h',
  'r=604800 3600 0 90000',
  'z=2882844526 -1h 2898848070 0',
  't=0 0',
  'k=clear:AAAA',
  'a=sendrecv',
  'a=tool:other 1.0',
  'a=group:BUNDLE 0',
  'm=audio 5004 RTP/SAVP 0 8 101',
  'i=The voice',
  'c=IN IP4 192.0.2.7',
  'b=AS:64',
  'b=TIAS:64000',
  'k=prompt',
  'a=rtpmap:0 PCMU/8000/1',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=rtpmap:110 opus/48000/2',
  'a=fmtp:101 0-15',
  'a=ptime:2.5',
  'a=maxptime:150',
  'a=recvonly',
  'a=rtcp:5005 IN IP6 2001:db8::1',
  'a=candidate:1 1 UDP 2130706431 192.0.2.7 5004 typ host',
  'a=x-nobody-knows',
  '',
].join('\r\n');

function refusalOf(text: string): { code: string; status: number } | undefined {
  try {
    parseSdp(wire(text));
    return undefined;
  } catch (error) {
    if (error instanceof CalldrillError) return { code: error.code, status: statusOf(error) };
    throw error;
  }
}

test('every kind of line is read at its place, and what is not used is skipped', (t) => {
  const sdp = parseSdp(wire(EVERYTHING));
  t.is(sdp.host, '192.0.2.7', 'the c= of the stream counts');
  t.is(sdp.port, 5004);
  t.deepEqual(sdp.payloadTypes, [0, 8, 101]);
  t.is(directionOf(sdp), 'recvonly', 'the direction of the stream counts');
  t.is(sdp.origin.username, 'Zo\u00eb');
  t.is(sdp.origin.host, '2001:db8::1');
  t.is(sdp.mediaAttributes.length, 11);
  t.deepEqual(parseSdp(formatSdp(sdp)), sdp);
});

for (const [what, lines] of [
  ['b=', 'b=AS:64'],
  ['k=', 'k=clear:AAAA'],
  ['r=', 'r=7d 1h 0 25h'],
  ['an attribute that nobody knows', 'a=x-nobody-knows:1'],
] as const) {
  test(`${what} of the session is skipped`, (t) => {
    const before = what === 'b=' ? 't=' : what === 'r=' || what === 'k=' ? 'a=' : 'm=';
    const sdp = parseSdp(wire(FOREIGN.replace(`\r\n${before}`, `\r\n${lines}\r\n${before}`)));
    t.is(sdp.host, '192.0.2.1');
    t.is(sdp.port, 5004);
  });
}

test('c= may stand at the stream alone; where there is none at all the description is malformed', (t) => {
  const bare = FOREIGN.replace('c=IN IP4 192.0.2.1\r\n', '');
  t.is(parseSdp(wire(`${bare}c=IN IP4 192.0.2.9\r\n`)).host, '192.0.2.9');
  t.deepEqual(refusalOf(bare), { code: 'SDP_LINE', status: 400 });
});

test('lines may be ended by a bare LF, all or some of them', (t) => {
  for (const text of [FOREIGN.replaceAll('\r\n', '\n'), FOREIGN.replace('\r\n', '\n')]) {
    t.deepEqual(parseSdp(wire(text)), parseSdp(wire(FOREIGN)));
  }
});

for (const [what, from, to] of [
  ['IPv6', 'c=IN IP4 192.0.2.1', 'c=IN IP6 2001:db8::1'],
  ['a network that is not the Internet', 'c=IN IP4 192.0.2.1', 'c=ATM NSAP 47.0091.8100'],
  ['a multicast group', 'c=IN IP4 192.0.2.1', 'c=IN IP4 224.2.1.1/127'],
  ['a multicast group without a time to live', 'c=IN IP4 192.0.2.1', 'c=IN IP4 239.1.2.3'],
  ['several addresses in a line', 'c=IN IP4 192.0.2.1', 'c=IN IP4 224.2.1.1/127/3'],
  ['several addresses', /$/, 'c=IN IP4 192.0.2.2\r\nc=IN IP4 192.0.2.3\r\n'],
  ['no address yet', 'c=IN IP4 192.0.2.1', 'c=IN IP4 0.0.0.0'],
  ['bounds in time', 't=0 0', 't=2873397496 2873404696'],
  ['an end alone', 't=0 0', 't=0 0\r\nt=0 2873404696'],
  ['two SSRCs', /$/, 'a=ssrc:1 cname:a\r\na=ssrc:2 cname:a\r\n'],
] as const) {
  test(`${what}: in order, but cannot be served, and answered with 488`, (t) => {
    t.deepEqual(refusalOf(FOREIGN.replace(from, to)), { code: 'SDP_NOT_SERVED', status: 488 });
  });
}

test('no stream, a second one, video, and formats without numbers are answered with 488', (t) => {
  const noStream = FOREIGN.slice(0, FOREIGN.indexOf('m='));
  const video = FOREIGN.replace('m=audio', 'm=video');
  for (const text of [
    noStream,
    `${FOREIGN}m=video 0 RTP/SAVP 31\r\n`,
    video,
    FOREIGN.replace('SAVP 0', 'SAVP x'),
  ])
    t.deepEqual(refusalOf(text), { code: 'SDP_MEDIA', status: 488 });
});

test('text in another charset is told from octets that are no text', (t) => {
  const octets = (text: string): string | undefined => {
    try {
      parseSdp(Buffer.from(text, 'latin1'));
      return undefined;
    } catch (error) {
      return error instanceof CalldrillError ? error.code : undefined;
    }
  };
  const named = FOREIGN.replace('s=-', 's=Zo\u00eb');
  t.is(octets(named), 'SDP_VALUE');
  t.is(octets(named.replace('a=key', 'a=charset:ISO-8859-1\r\na=key')), 'SDP_NOT_SERVED');
});

test('a relay puts itself into every c=, and leaves all other octets as they are', (t) => {
  const relayed = Buffer.from(rewriteTransport(wire(EVERYTHING), { host: 'crs', port: 50_000 })).toString();
  const expected = EVERYTHING.replace('c=IN IP6 2001:db8::1', 'c=IN IP4 crs')
    .replace('c=IN IP4 192.0.2.7', 'c=IN IP4 crs')
    .replace('audio 5004', 'audio 50000');
  t.is(relayed, expected);
  t.is(parseSdp(wire(relayed)).host, 'crs');
});

test('an inspected description has no gap where lines end with a bare LF', (t) => {
  const text = Buffer.from(formatSdp(OFFER)).toString().replaceAll('\r\n', '\n');
  const octets = serialise(requestOf({ ...INVITE_PARTS, body: { type: SDP_TYPE, octets: wire(text) } }));
  let next = 0;
  for (const { offset, length } of describeSip(octets)) {
    t.is(offset, next);
    next = offset + length;
  }
  t.is(next, octets.length);
});
