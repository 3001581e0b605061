import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError, errorsOf, type CodeTable } from '../../sim/errors.ts';
import { addressOf, formatAddress, parseAddress, parseRoute } from './address.ts';
import { requestOf, responseTo } from './build.ts';
import { SDP_CODES, SIP_CODES, statusOf } from './errors.ts';
import { callIdOf, sdpBodyOf, topBranchOf } from './field.ts';
import { SipHeaders } from './headers.ts';
import { SIP_LIMITS } from './limits.ts';
import { parseMessage, type SipMessage } from './message.ts';
import { SIP_METHODS } from './method.ts';
import { parseSdp } from './sdp-parse.ts';
import { parseAnswer, parseOffer } from './sdp-offer.ts';
import { serialise } from './serialise.ts';
import { ANSWER, INVITE, INVITE_PARTS, OFFER, OK, wire } from './sip.fuzz.ts';
import { formatSdp } from './sdp-format.ts';
import { formatUri, parseUri, telUri } from './uri.ts';
import { formatVia, parseVia } from './via.ts';

function errorOf(action: () => unknown): CalldrillError {
  try {
    action();
  } catch (error) {
    if (error instanceof CalldrillError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const MANDATORY = [
  'Via: SIP/2.0/TLS a;branch=z9hG4bK1',
  'From: <sip:a>;tag=1',
  'To: <sip:b>',
  'Call-ID: c',
  'CSeq: 1 OPTIONS',
];

function withLines(...lines: readonly string[]): Uint8Array {
  return wire('OPTIONS sip:b SIP/2.0', ...MANDATORY, ...lines, 'l: 0', '', '');
}

/** The answer with another profile and payload types. */
const sdp = (text: string) => wire(Buffer.from(formatSdp(ANSWER)).toString().replace('RTP/SAVP 0', text));

/** For each code, something that has it. */
const planted: Readonly<Record<keyof typeof SIP_CODES | keyof typeof SDP_CODES, () => unknown>> = {
  SIP_START_LINE: () => parseMessage(wire('hello', '', '')),
  SIP_VERSION: () => parseMessage(wire('SIP/3.0 200 OK', '', '')),
  SIP_METHOD: () => parseMessage(wire('PRACK sip:b SIP/2.0', '', '')),
  SIP_URI: () => parseUri('sip:'),
  SIP_URI_SCHEME: () => parseUri('http://crs/'),
  SIP_URI_TOO_LONG: () => parseUri(`sip:${'x'.repeat(SIP_LIMITS.uriOctets)}`),
  SIP_ENCODING: () =>
    parseMessage(Uint8Array.from([...withLines('X: y')].map((octet) => (octet === 0x79 ? 0xff : octet)))),
  SIP_HEADER_LINE: () => parseMessage(withLines('no colon')),
  SIP_HEADER_VALUE: () => parseMessage(withLines('Max-Forwards: many')),
  SIP_HEADER_MISSING: () => parseMessage(wire('OPTIONS sip:b SIP/2.0', 'l: 0', '', '')),
  SIP_HEADER_REPEATED: () => parseMessage(withLines('i: d')),
  SIP_CSEQ_METHOD: () => parseMessage(wire('BYE sip:b SIP/2.0', ...MANDATORY, 'l: 0', '', '')),
  SIP_CONTENT_LENGTH: () => parseMessage(wire('OPTIONS sip:b SIP/2.0', ...MANDATORY, '', '')),
  SIP_TRUNCATED: () => parseMessage(wire('OPTIONS sip:b SIP/2.0', '')),
  SIP_LINE_TOO_LONG: () => parseMessage(withLines(`X: ${'x'.repeat(SIP_LIMITS.lineOctets)}`)),
  SIP_HEADERS_TOO_MANY: () => parseMessage(withLines(`k: ${'x,'.repeat(SIP_LIMITS.headers)}x`)),
  SIP_BODY_TOO_LONG: () => serialise({ ...INVITE, body: new Uint8Array(SIP_LIMITS.bodyOctets + 1) }),
  SIP_MESSAGE_TOO_LONG: () => serialise({ ...INVITE, body: new Uint8Array(SIP_LIMITS.messageOctets) }),
  SIP_MEDIA_TYPE: () =>
    sdpBodyOf({ ...INVITE, headers: INVITE.headers.without('c').with('c', 'text/plain') }),
  SDP_LINE: () => parseSdp(wire('v')),
  SDP_VALUE: () => parseSdp(wire('v=1', '')),
  SDP_TOO_LONG: () => parseSdp(new Uint8Array(100_000)),
  SDP_NOT_SERVED: () =>
    parseSdp(wire(Buffer.from(formatSdp(ANSWER)).toString().replace('c=IN IP4 bob-phone', 'c=IN IP6 ::1'))),
  SDP_MEDIA: () => parseSdp(sdp('RTP/SAVP 8')),
  SDP_NOT_SECURE: () => parseSdp(sdp('RTP/AVP 0')),
  SDP_ATTRIBUTE: () => parseSdp(sdp('RTP/SAVP 0\r\na=ptime:x')),
  SDP_KEY_MGMT: () => parseSdp(wire(`${Buffer.from(formatSdp(ANSWER)).toString()}a=key-mgmt:x y\r\n`)),
  SDP_KEY_MGMT_MISSING: () => parseOffer(formatSdp(ANSWER)),
  SDP_KEY_MGMT_UNEXPECTED: () => parseAnswer(formatSdp(OFFER), OFFER),
  SDP_ANSWER_MISMATCH: () => parseAnswer(formatSdp({ ...ANSWER, payloadTypes: [0, 9] }), OFFER),
};

for (const [code, action] of Object.entries(planted)) {
  test(`${code} is met, with a status to answer`, (t) => {
    const error = errorOf(action);
    t.is(error.code, code);
    const table: Readonly<Record<string, { status: number }>> = { ...SIP_CODES, ...SDP_CODES };
    t.is(table[code]?.status, statusOf(error));
    t.true(statusOf(error) >= 400 && statusOf(error) <= 699);
    t.not(error.fix, '');
  });
}

test('an error of another room is answered with 500', (t) => {
  const table: CodeTable = { OTHER: { summary: 's', fix: 'f' } };
  t.is(statusOf(errorsOf(table)('OTHER', 'x')), 500);
});

const broken: readonly (readonly [what: string, lines: readonly string[], code: string])[] = [
  ['Contact: * beside another', ['Contact: *, <sip:a>'], 'SIP_HEADER_VALUE'],
  ['an element of nothing', ['Supported: a,, b'], 'SIP_HEADER_VALUE'],
  ['a comma at the end', ['Allow: INVITE,'], 'SIP_HEADER_VALUE'],
  ['a bracket that is not closed', ['Route: <sip:a'], 'SIP_HEADER_VALUE'],
  ['a route without brackets', ['Route: sip:a;lr'], 'SIP_HEADER_VALUE'],
  ['a parameter twice', ['Contact: <sip:a>;q=1;Q=0'], 'SIP_HEADER_VALUE'],
  ['a parameter without a value behind =', ['Contact: <sip:a>;q='], 'SIP_HEADER_VALUE'],
  ['a type without subtype', ['Content-Type: text'], 'SIP_HEADER_VALUE'],
  ['something behind a type', ['Content-Type: text/plain x'], 'SIP_HEADER_VALUE'],
  ['a date of no day', ['Date: Foo, 14 Oct 2015 09:20:00 GMT'], 'SIP_HEADER_VALUE'],
  ['a second Subject', ['Subject: a', 's: b'], 'SIP_HEADER_REPEATED'],
  ['a name with a space', ['X Y: z'], 'SIP_HEADER_LINE'],
  ['a control character', ['X: a\u0007'], 'SIP_HEADER_LINE'],
  ['a bare carriage return', ['X: a\rb'], 'SIP_HEADER_LINE'],
  ['a bare line feed', ['X: a\nb'], 'SIP_HEADER_LINE'],
  [
    'a line too long by its continuations',
    Array.from({ length: 9 }, () => ` ${'x'.repeat(1_000)}`),
    'SIP_LINE_TOO_LONG',
  ],
  ['a URI too long', [`Contact: <sip:${'x'.repeat(SIP_LIMITS.uriOctets)}>`], 'SIP_URI_TOO_LONG'],
  ['a URI of another scheme', ['Contact: <mailto:a@b>'], 'SIP_URI_SCHEME'],
];

for (const [what, lines, code] of broken) {
  test(`${what} is refused where it stands`, (t) => {
    const octets = withLines(...lines);
    const error = errorOf(() => parseMessage(octets));
    t.is(error.code, code, error.message);
    const { offset = -1 } = error.where;
    t.true(offset > 0 && offset <= octets.length);
  });
}

const vias: readonly string[] = [
  'SAP/2.0/TLS a;branch=z9hG4bK1',
  'SIP 2.0/TLS a;branch=z9hG4bK1',
  'SIP/3.0/TLS a;branch=z9hG4bK1',
  'SIP/2.0 TLS a;branch=z9hG4bK1',
  'SIP/2.0/TLS',
  'SIP/2.0/TLSa;branch=z9hG4bK1',
  'SIP/2.0/TLS a_b;branch=z9hG4bK1',
  'SIP/2.0/TLS -a;branch=z9hG4bK1',
  'SIP/2.0/TLS 1.2.3;branch=z9hG4bK1',
  'SIP/2.0/TLS a:0;branch=z9hG4bK1',
  'SIP/2.0/TLS a:65536;branch=z9hG4bK1',
  'SIP/2.0/TLS a;branch=z9hG4bK1 x',
];

for (const via of vias) {
  test(`Via: ${via} is refused`, (t) => {
    t.is(errorOf(() => parseVia(via)).code, 'SIP_HEADER_VALUE');
  });
}

const uris: readonly string[] = [
  '',
  'sip',
  'tel:',
  'tel:447700900001',
  'tel:+',
  'tel:+-',
  'tel:+1234567890123456',
  'tel:7042;phone-context=example.com',
  'tel:+44;phone-context=+44',
  'tel:+44;ext=1;ext=2',
  'tel:+44;',
  'tel:+44 7700',
  'tel:+44x',
  'sip:@b',
  'sip:a@',
  'sip:a@b@c',
  'sip:a%4@b',
  'sip:a:b:c@d',
  'sip:b:',
  'sip:b:0',
  'sip:b:70000',
  'sip:b;=x',
  'sip:b;x=',
  'sip:b;x;X',
  'sip:b?',
  'sip:b c',
  'sip:[::1]',
  'sip:a..b',
  `sip:${'a'.repeat(64)}`,
  `sip:${'a.'.repeat(127)}a`,
  'sip:1.2.3.400',
];

for (const uri of uris) {
  test(`the URI ${uri.slice(0, 40) || '(nothing)'} is refused`, (t) => {
    t.is(errorOf(() => parseUri(uri)).code, 'SIP_URI');
  });
}

test('an error points into the value it is in', (t) => {
  const octets = wire('OPTIONS sip:b SIP/2.0', ...MANDATORY, 'Contact: "A" <sip:a@>', 'l: 0', '', '');
  const { offset = -1 } = errorOf(() => parseMessage(octets)).where;
  t.is(Buffer.from(octets.subarray(offset)).toString('latin1').split('\r\n')[0], '>');
});

test('an error points behind characters of several octets', (t) => {
  const octets = wire('OPTIONS sip:b SIP/2.0', ...MANDATORY, 'Contact: "Zoë", <sip:a', 'l: 0', '', '');
  const { offset = -1 } = errorOf(() => parseMessage(octets)).where;
  t.is(Buffer.from(octets.subarray(offset)).toString('latin1').split('\r\n')[0], '<sip:a');
});

test('tags and branches are tokens, as dialogs and transactions are named by them', (t) => {
  const text = Buffer.from(withLines()).toString();
  for (const [from, to] of [
    ['tag=1', 'tag="a b"'],
    ['tag=1', 'tag=""'],
    ['tag=1', 'tag'],
    ['<sip:b>', '<sip:b>;tag'],
    ['z9hG4bK1', '"z9hG4bK 1"'],
  ] as const) {
    const changed = text.replace(from, to);
    t.not(changed, text);
    t.is(errorOf(() => parseMessage(wire(changed))).code, 'SIP_HEADER_VALUE');
  }
});

test('a first line has no continuation', (t) => {
  const octets = wire('SIP/2.0 200 OK', ' and more', ...MANDATORY, 'l: 0', '', '');
  t.is(errorOf(() => parseMessage(octets)).code, 'SIP_HEADER_LINE');
  t.is(errorOf(() => parseMessage(wire('', 'X: y', '', ''))).code, 'SIP_START_LINE');
});

test('a body needs a type', (t) => {
  const octets = wire('OPTIONS sip:b SIP/2.0', ...MANDATORY, 'l: 2', '', 'hi');
  t.regex(errorOf(() => parseMessage(octets)).message, /Content-Type/);
});

test('the session description is the body of that type, or none', (t) => {
  t.deepEqual(sdpBodyOf(INVITE), formatSdp(OFFER));
  t.is(sdpBodyOf({ ...INVITE, body: new Uint8Array(0) }), undefined);
});

test('a message that was put together badly says what it lacks', (t) => {
  const bare = { ...INVITE, headers: SipHeaders.of([['Via', 'SIP/2.0/TLS a;branch=1']]) };
  t.is(errorOf(() => callIdOf(bare)).code, 'SIP_HEADER_MISSING');
  t.is(errorOf(() => topBranchOf(bare)).code, 'SIP_HEADER_VALUE');
  t.is(errorOf(() => serialise(bare)).code, 'SIP_HEADER_MISSING');
});

test('limits are exact', (t) => {
  const line = (octets: number) => withLines(`X: ${'x'.repeat(octets - 3)}`);
  t.notThrows(() => parseMessage(line(SIP_LIMITS.lineOctets)));
  t.is(errorOf(() => parseMessage(line(SIP_LIMITS.lineOctets + 1))).code, 'SIP_LINE_TOO_LONG');
  const headers = (count: number) =>
    withLines(...Array.from({ length: count - MANDATORY.length }, () => 'X: y'));
  t.is(parseMessage(headers(SIP_LIMITS.headers)).headers.entries.length, SIP_LIMITS.headers);
  t.is(errorOf(() => parseMessage(headers(SIP_LIMITS.headers + 1))).code, 'SIP_HEADERS_TOO_MANY');
  const body = (octets: number) => serialise({ ...INVITE, body: new Uint8Array(octets) });
  t.notThrows(() => body(SIP_LIMITS.bodyOctets));
  t.is(errorOf(() => body(SIP_LIMITS.bodyOctets + 1)).code, 'SIP_BODY_TOO_LONG');
  const uri = (octets: number) => parseUri(`sip:${'u'.repeat(octets - 6)}@b`);
  t.notThrows(() => uri(SIP_LIMITS.uriOctets));
  t.is(errorOf(() => uri(SIP_LIMITS.uriOctets + 1)).code, 'SIP_URI_TOO_LONG');
});

test('nothing that is written begins another line', (t) => {
  const evil = 'x\r\nP-Injected: y';
  t.is(errorOf(() => SipHeaders.of([['Subject', evil]])).code, 'SIP_HEADER_LINE');
  t.is(errorOf(() => SipHeaders.of([[evil, 'x']])).code, 'SIP_HEADER_LINE');
  t.is(errorOf(() => SipHeaders.of([['X', '\udc00']])).code, 'SIP_HEADER_LINE');
  t.is(errorOf(() => serialise({ ...OK, reason: evil })).code, 'SIP_START_LINE');
  t.is(errorOf(() => requestOf({ ...INVITE_PARTS, callId: evil })).code, 'SIP_HEADER_LINE');
  t.is(
    errorOf(() => requestOf({ ...INVITE_PARTS, from: addressOf(telUri('+1'), evil) })).code,
    'SIP_HEADER_LINE',
  );
  t.is(
    errorOf(() => serialise(requestOf({ ...INVITE_PARTS, branch: 'no cookie' }))).code,
    'SIP_HEADER_VALUE',
  );
});

test('Content-Length follows from the body and is no header of a message', (t) => {
  t.throws(() => SipHeaders.of([['l', '0']]), { message: /assertion/ });
  t.is(parseMessage(serialise(INVITE)).headers.get('Content-Length'), undefined);
});

test('headers are found in any case, changed without touching the others', (t) => {
  const headers = SipHeaders.of([
    ['X-A', '1'],
    ['Via', 'SIP/2.0/TLS a'],
    ['x-a', '2'],
  ]);
  t.deepEqual(headers.all('X-a'), ['1', '2']);
  t.is(headers.get('v'), 'SIP/2.0/TLS a');
  t.is(headers.get('To'), undefined);
  t.deepEqual(headers.without('x-A').entries, [{ name: 'Via', value: 'SIP/2.0/TLS a' }]);
  t.deepEqual(headers.with('k', 'a, b').all('Supported'), ['a', 'b']);
  t.is(headers.entries.length, 3, 'the first ones stay as they were');
});

test('long runs of spaces and separators take no time', (t) => {
  const spaces = ' '.repeat(SIP_LIMITS.lineOctets - 10);
  const lines = Array.from({ length: 6 }, () => `X: a${spaces}b`);
  t.notThrows(() => parseMessage(withLines(...lines)));
  for (const value of [
    `a${spaces}`,
    'a '.repeat(4_000),
    ';'.repeat(8_000),
    '<'.repeat(8_000),
    '"'.repeat(7_999),
  ]) {
    t.throws(() => parseAddress(value), { instanceOf: CalldrillError });
  }
});

/** Text that a header can carry, with no space at its ends. */
const value = fc
  .string({ unit: 'binary', maxLength: 60 })
  .filter((text) => /^[\t\x20-\x7e\u0080-\ud7ff\ue000-\u{10ffff}]*$/u.test(text))
  .map((text) => text.replace(/^[ \t]+/, '').replace(/[ \t]+$/, ''));
const token = fc.stringMatching(/^[A-Za-z0-9.!%*_+`'~-]{1,16}$/);
const host = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const uri = fc
  .oneof(
    fc.stringMatching(/^tel:\+[0-9]{1,15}(;[a-z]{1,5}=[a-z0-9%]{0}[a-z0-9]{1,5})?$/),
    fc.stringMatching(
      /^sips?:([a-zA-Z0-9&=+$,;?/%.~-]{0}[a-zA-Z0-9&=+$,;?/.~-]{1,10}@)?[a-z]{1,10}(:[1-9][0-9]{0,3})?(;lr)?$/,
    ),
  )
  .map((text) => parseUri(text));
const parameters = fc
  .uniqueArray(
    fc.tuple(
      token.map((name) => `x${name.toLowerCase()}`),
      fc.option(value, { nil: undefined }),
    ),
    {
      selector: ([name]) => name,
      maxLength: 4,
    },
  )
  .map((pairs) => new Map(pairs));
const address = fc.record({ display: fc.option(value, { nil: undefined }), uri, parameters });

test('any URI reads back as it was written', (t) => {
  fc.assert(
    fc.property(uri, (read) => {
      t.deepEqual(parseUri(formatUri(read)), read);
    }),
  );
  t.pass();
});

test('any address reads back as it was written', (t) => {
  fc.assert(
    fc.property(address, (built) => {
      t.deepEqual(parseAddress(formatAddress(built)), built);
      t.deepEqual(parseRoute(formatAddress(built)), built);
    }),
  );
  t.pass();
});

test('any Via reads back as it was written', (t) => {
  const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
  const transport = token.map((text) => text.toUpperCase());
  fc.assert(
    fc.property(fc.record({ transport, host, port, parameters }), (built) => {
      t.deepEqual(parseVia(formatVia(built)), built);
    }),
  );
  t.pass();
});

test('any message of any headers and body reads back as it was written', (t) => {
  const headers = fc.array(
    fc.tuple(
      token.map((name) => `X-${name}`),
      value,
    ),
    { maxLength: 8 },
  );
  const octets = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(
      fc.constantFrom(...SIP_METHODS),
      address,
      headers,
      octets,
      fc.integer({ min: 100, max: 699 }),
      value,
      (method, to, extra, body, status, reason) => {
        const parts = { ...INVITE_PARTS, method, uri: telUri('+44'), to, headers: extra };
        const request = requestOf({ ...parts, body: { type: 'application/x', octets: body } });
        const messages: SipMessage[] = [request];
        if (method !== 'ACK')
          messages.push(responseTo(request, status, { toTag: 'b', reason, headers: extra }));
        for (const message of messages) t.deepEqual(parseMessage(serialise(message)), message);
      },
    ),
    { numRuns: 300 },
  );
  t.pass();
});
