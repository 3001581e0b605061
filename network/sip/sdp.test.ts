import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { equal } from '../../sim/octets.ts';
import { SDP_LIMITS } from './limits.ts';
import { keyMgmtAttribute, keyMgmtOf } from './sdp-attribute.ts';
import { formatSdp } from './sdp-format.ts';
import { locateSdp, parseSdp } from './sdp-parse.ts';
import { rewriteTransport } from './sdp-relay.ts';
import type { SdpAttribute, SessionDescription } from './sdp.ts';
import { ANSWER, OFFER, wire } from './sip.fuzz.ts';

const TEXT = Buffer.from(formatSdp(ANSWER)).toString();

function errorOf(action: () => unknown): CalldrillError {
  try {
    action();
  } catch (error) {
    if (error instanceof CalldrillError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const refused: readonly (readonly [what: string, from: string | RegExp, to: string, code: string])[] = [
  ['another version', 'v=0', 'v=1', 'SDP_VALUE'],
  ['no origin', /o=[^\r]*\r\n/, '', 'SDP_LINE'],
  ['an origin of five parts', / 1 IN IP4/, ' IN IP4', 'SDP_VALUE'],
  ['an origin with a host that is none', /(o=.*) bob-phone/, '$1 bob_phone', 'SDP_VALUE'],
  ['a session number that is none', 'o=- 20151014', 'o=- 2015-10-14', 'SDP_VALUE'],
  ['an empty session name', 's=-', 's=', 'SDP_LINE'],
  ['lines out of order', /s=-\r\n(c=[^\r]*\r\n)/, '$1s=-\r\n', 'SDP_LINE'],
  ['no connection', /c=[^\r]*\r\n/, '', 'SDP_LINE'],
  ['a connection of two parts', 'c=IN IP4 bob-phone', 'c=IP4 bob-phone', 'SDP_VALUE'],
  ['an address beyond 255', 'c=IN IP4 bob-phone', 'c=IN IP4 192.0.2.256', 'SDP_VALUE'],
  ['a time that is none', 't=0 0', 't=0', 'SDP_VALUE'],
  ['a zone without a time', 't=0 0', 'z=0 0\r\nt=0 0', 'SDP_LINE'],
  ['no stream', /m=[\s\S]*$/, '', 'SDP_MEDIA'],
  ['a second stream', /$/, 'm=audio 40002 RTP/SAVP 0\r\n', 'SDP_MEDIA'],
  ['video', 'm=audio', 'm=video', 'SDP_MEDIA'],
  ['a refused stream', 'm=audio 40000', 'm=audio 0', 'SDP_MEDIA'],
  ['a port beyond 65535', 'm=audio 40000', 'm=audio 65536', 'SDP_MEDIA'],
  ['several ports', 'm=audio 40000', 'm=audio 40000/2', 'SDP_MEDIA'],
  ['no payload type', 'RTP/SAVP 0', 'RTP/SAVP', 'SDP_MEDIA'],
  ['a payload type beyond 127', 'RTP/SAVP 0', 'RTP/SAVP 0 128', 'SDP_MEDIA'],
  ['a payload type twice', 'RTP/SAVP 0', 'RTP/SAVP 0 0', 'SDP_MEDIA'],
  ['payload types without PCMU', 'RTP/SAVP 0', 'RTP/SAVP 8', 'SDP_MEDIA'],
  ['a payload type that looks like RTCP', 'RTP/SAVP 0', 'RTP/SAVP 0 72', 'SDP_MEDIA'],
  ['an unprotected profile', 'RTP/SAVP', 'RTP/AVP', 'SDP_NOT_SECURE'],
  ['feedback, which is not in use', 'RTP/SAVP', 'RTP/SAVPF', 'SDP_NOT_SECURE'],
  ['a connection out of its place', 'a=ptime', 'c=IN IP4 crs\r\na=ptime', 'SDP_LINE'],
  ['two connections of the session', 't=0 0', 'c=IN IP4 crs\r\nt=0 0', 'SDP_LINE'],
  ['a bandwidth before the connection', 'c=', 'b=AS:64\r\nc=', 'SDP_LINE'],
  ['a phone before an e-mail', 'c=', 'p=+44\r\ne=a@b\r\nc=', 'SDP_LINE'],
  ['a letter that is none of RFC 8866', 'c=', 'q=1\r\nc=', 'SDP_LINE'],
  ['an attribute without a name', 'a=ptime:20', 'a=:20', 'SDP_ATTRIBUTE'],
  ['an attribute with an empty value', 'a=ptime:20', 'a=x:', 'SDP_ATTRIBUTE'],
  ['a packet time of 0', 'a=ptime:20', 'a=ptime:0', 'SDP_ATTRIBUTE'],
  ['a packet time that is none', 'a=ptime:20', 'a=ptime', 'SDP_ATTRIBUTE'],
  ['a packet time twice', 'a=ptime:20', 'a=ptime:20\r\na=ptime:30', 'SDP_ATTRIBUTE'],
  ['rtcp-mux with a value', 'a=rtcp-mux', 'a=rtcp-mux:yes', 'SDP_ATTRIBUTE'],
  ['rtcp-mux twice', 'a=rtcp-mux', 'a=rtcp-mux\r\na=rtcp-mux', 'SDP_ATTRIBUTE'],
  ['two directions', 'a=sendrecv', 'a=sendrecv\r\na=recvonly', 'SDP_ATTRIBUTE'],
  ['a direction with a value', 'a=sendrecv', 'a=sendrecv:1', 'SDP_ATTRIBUTE'],
  ['an SSRC beyond 32 bits', /a=ssrc:\d+/, 'a=ssrc:4294967296', 'SDP_ATTRIBUTE'],
  ['an SSRC that says nothing', /a=ssrc:[^\r]*/, 'a=ssrc:7', 'SDP_ATTRIBUTE'],
  ['ssrc without a value', /a=ssrc:[^\r]*/, 'a=ssrc', 'SDP_ATTRIBUTE'],
  ['two SSRCs', /$/, 'a=ssrc:7 cname:x\r\n', 'SDP_NOT_SERVED'],
  ['a map that is none', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap', 'SDP_ATTRIBUTE'],
  ['a map twice', /$/, 'a=rtpmap:0 PCMU/8000\r\n', 'SDP_ATTRIBUTE'],
  ['a map that makes 0 another codec', 'PCMU/8000', 'PCMA/8000', 'SDP_MEDIA'],
  ['key management twice', /$/, 'a=key-mgmt:mikey AAAA\r\na=key-mgmt:mikey AAAA\r\n', 'SDP_KEY_MGMT'],
  ['no line end at the end', /\r\n$/, '', 'SDP_LINE'],
  ['an empty line', 's=-\r\n', 's=-\r\n\r\n', 'SDP_LINE'],
  ['a bare carriage return', 's=-\r\n', 's=-\r', 'SDP_LINE'],
  ['a zero octet', 's=-', 's=\0', 'SDP_LINE'],
  ['nothing', /^[\s\S]*$/, '', 'SDP_LINE'],
  ['a line beyond the limit', 's=-', `s=${'x'.repeat(SDP_LIMITS.lineOctets - 1)}`, 'SDP_TOO_LONG'],
  ['more lines than the limit', /$/, 'a=x\r\n'.repeat(SDP_LIMITS.lines), 'SDP_TOO_LONG'],
  ['more octets than the limit', /$/, 'a=x\r\n'.repeat(SDP_LIMITS.octets / 5), 'SDP_TOO_LONG'],
];

for (const [what, from, to, code] of refused) {
  test(`${what} is refused`, (t) => {
    const changed = TEXT.replace(from, to);
    t.not(changed, TEXT);
    const error = errorOf(() => parseSdp(wire(changed)));
    t.is(error.code, code, error.message);
    const { offset } = error.where;
    t.true(offset !== undefined && offset <= changed.length);
  });
}

test('an error names the octet', (t) => {
  t.is(errorOf(() => parseSdp(wire('v=1\r\n'))).where.offset, 2);
  t.is(errorOf(() => parseSdp(wire('v=0\r\ns=-\r\n'))).where.offset, 5);
  t.is(errorOf(() => parseSdp(wire(TEXT.replace('v=0', 'x')))).where.offset, 0);
  const twice = TEXT.replace('a=rtcp-mux', 'a=ptime:20\r\na=rtcp-mux');
  t.is(errorOf(() => parseSdp(wire(twice))).where.offset, twice.lastIndexOf('ptime'));
});

test('text that is not UTF-8 is refused', (t) => {
  const octets = formatSdp(ANSWER);
  const at = TEXT.indexOf('s=-') + 2;
  octets[at] = 0xff;
  const error = errorOf(() => parseSdp(octets));
  t.is(error.code, 'SDP_VALUE');
  t.is(error.where.offset, at - 2);
});

test('a line of exactly the limit is read, one octet more is not', (t) => {
  const sized = (octets: number) => wire(TEXT.replace('s=-', `s=${'x'.repeat(octets - 2)}`));
  t.is(parseSdp(sized(SDP_LIMITS.lineOctets)).sessionName.length, SDP_LIMITS.lineOctets - 2);
  t.is(errorOf(() => parseSdp(sized(SDP_LIMITS.lineOctets + 1))).code, 'SDP_TOO_LONG');
});

test('a session name and unknown attributes are kept, whatever the language', (t) => {
  const sdp = {
    ...ANSWER,
    sessionName: 'Zoë ☎',
    sessionAttributes: [{ name: 'x-note', value: 'a:b \u2028 c' }],
  };
  t.deepEqual(parseSdp(formatSdp(sdp)), sdp);
});

test('a description that no peer could read is not written', (t) => {
  const injected = { ...ANSWER, sessionName: 'x\r\nk=clear:AAAA' };
  t.is(errorOf(() => formatSdp(injected)).code, 'SDP_LINE');
  t.is(errorOf(() => formatSdp({ ...ANSWER, port: 0 })).code, 'SDP_MEDIA');
  t.is(errorOf(() => formatSdp({ ...ANSWER, sessionName: '\ud800' })).code, 'SDP_LINE');
});

test('several attributes of one source are one source', (t) => {
  const octets = wire(`${TEXT}a=ssrc:2596069104 mslabel\r\n`);
  t.is(parseSdp(octets).mediaAttributes.length, ANSWER.mediaAttributes.length + 1);
});

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const host = fc.oneof(
  fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
  fc.ipV4().filter((address) => address !== '0.0.0.0' && !/^2(?:2[4-9]|3\d)\./.test(address)),
);
const port = fc.integer({ min: 1, max: 65_535 });
const digits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((value) => !/[\0\r\n]/.test(value));
const unknown: fc.Arbitrary<SdpAttribute> = fc.record({
  name: fc.stringMatching(/^x-[A-Za-z0-9!#$%&'*+.^_`{|}~-]{1,10}$/),
  value: fc.option(text, { nil: undefined }),
});
const attributes = fc.array(unknown, { maxLength: 4 });
const descriptions: fc.Arbitrary<SessionDescription> = fc
  .record({
    origin: fc.record({
      username: fc.stringMatching(/^[!-~]{1,10}$/),
      sessionId: digits,
      sessionVersion: digits,
      network: fc.constantFrom('IN IP4', 'IN IP6'),
      host,
    }),
    sessionName: text,
    host,
    before: attributes,
    mikey: fc.uint8Array({ minLength: 1, maxLength: 700 }),
    port,
    others: fc.uniqueArray(fc.integer({ min: 96, max: 127 }), { maxLength: 3 }),
    mediaAttributes: attributes,
  })
  .map(({ before, mikey, others, ...rest }) => ({
    ...rest,
    sessionAttributes: [...before, keyMgmtAttribute(mikey)],
    payloadTypes: [0, ...others],
  }));

test('any description reads back as it was written', (t) => {
  fc.assert(
    fc.property(descriptions, (sdp) => {
      t.deepEqual(parseSdp(formatSdp(sdp)), sdp);
    }),
    { numRuns: 300 },
  );
  t.pass();
});

test('a relay changes c= and the port of m=, and not one other octet', (t) => {
  fc.assert(
    fc.property(descriptions, host, port, (sdp, relayHost, relayPort) => {
      const octets = formatSdp(sdp);
      const relayed = rewriteTransport(octets, { host: relayHost, port: relayPort });
      const expected = formatSdp({ ...sdp, host: relayHost, port: relayPort });
      const back = rewriteTransport(relayed, { host: sdp.host, port: sdp.port });
      return equal(relayed, expected) && equal(back, octets);
    }),
    { numRuns: 300 },
  );
  t.pass();
});

test('a relay leaves the key management as it is, and the origin', (t) => {
  const relayed = parseSdp(rewriteTransport(formatSdp(OFFER), { host: 'crs', port: 50_000 }));
  t.deepEqual(keyMgmtOf(relayed), keyMgmtOf(OFFER));
  t.deepEqual(relayed, { ...OFFER, host: 'crs', port: 50_000 });
  t.is(relayed.origin.host, 'alice-phone');
});

test('what a relay changes is where it is said to be', (t) => {
  const octets = formatSdp(OFFER);
  const places = locateSdp(octets).transport.map(({ what, at }) => [
    what,
    Buffer.from(octets.slice(...at)).toString(),
  ]);
  t.deepEqual(places, [
    ['connection', 'IN IP4 alice-phone'],
    ['port', '40000'],
  ]);
});

test('a relay rewrites nothing it cannot read, and has an address itself', (t) => {
  t.is(errorOf(() => rewriteTransport(wire('v=0\r\n'), { host: 'crs', port: 1 })).code, 'SDP_LINE');
  const octets = formatSdp(OFFER);
  t.throws(() => rewriteTransport(octets, { host: 'c r s', port: 1 }), { message: /assertion/ });
  t.throws(() => rewriteTransport(octets, { host: 'crs', port: 0 }), { message: /assertion/ });
});
