/**
 * The torture tests of RFC 4475 that concern what is in use here: what each of its messages does, done to messages of our
 * own. The number is the section's.
 */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { tagOf } from './address.ts';
import { statusOf } from './errors.ts';
import { fromOf, sdpBodyOf, toOf, topViaOf } from './field.ts';
import { parseMessage, type SipMessage } from './message.ts';
import { refusalTo } from './refusal.ts';
import { frame, wire } from './sip.fuzz.ts';

interface Parts {
  readonly start?: string;
  readonly via?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cseq?: string;
  readonly length?: string;
  readonly more?: readonly string[];
  readonly body?: string;
}

/** A whole OPTIONS request, but for what is given. */
function octetsOf(parts: Parts): Uint8Array {
  const body = parts.body ?? '';
  return wire(
    parts.start ?? 'OPTIONS sip:bob@crs SIP/2.0',
    `Via: ${parts.via ?? 'SIP/2.0/TLS alice-phone;branch=z9hG4bKt0rture'}`,
    'Max-Forwards: 70',
    `From: ${parts.from ?? '<sip:alice@crs>;tag=a1'}`,
    `To: ${parts.to ?? '<sip:bob@crs>'}`,
    'Call-ID: torture@alice-phone',
    `CSeq: ${parts.cseq ?? '8 OPTIONS'}`,
    ...(parts.more ?? []),
    `Content-Length: ${parts.length ?? body.length}`,
    '',
    body,
  );
}

const read = (parts: Parts): SipMessage => parseMessage(octetsOf(parts));

function errorOf(octets: Uint8Array): CalldrillError | undefined {
  try {
    parseMessage(octets);
    return undefined;
  } catch (error) {
    if (error instanceof CalldrillError) return error;
    throw error;
  }
}

test('the message without a twist is read', (t) => {
  t.is(read({}).kind, 'request');
});

test('3.1.1.1: odd case, folds everywhere, empty and unknown headers', (t) => {
  const message = parseMessage(
    wire(
      'INVITE sip:vera@crs;unknownparam SIP/2.0',
      'TO :',
      ' sip:vera@crs ;   tag    = 1918',
      'from   : "J \\\\\\""       <sip:jo@crs>',
      '  ;',
      '  tag = 98a',
      'MaX-fOrWaRdS: 0068',
      'Call-ID: short@192.0.2.1',
      'Content-Length   : 2',
      'cseq: 0009',
      '  INVITE',
      'Via  : SIP  /   2.0',
      ' /UDP',
      '    192.0.2.2;branch=z9hG4bK390',
      's :',
      'NewFangledHeader:   newfangled value',
      ' continued newfangled value',
      'UnknownHeaderWithUnusualValue: ;;,,;;,;',
      'Content-Type: text/plain',
      'Route:',
      ' <sip:services;lr;unknownwith=value;unknown-no-value>',
      'v:  SIP  / 2.0  / TCP     spindle   ;',
      '  branch  =   z9hG4bK9  ,',
      ' SIP  /    2.0   / UDP  192.168.255.111   ; branch=',
      ' z9hG4bK30',
      'm:"Quoted string \\"\\"" <sip:jo@crs> ; newparam =',
      '      newvalue ;',
      '  secondparam ; q = 0.33',
      '',
      'ok',
    ),
  );
  t.is(message.headers.all('Via').length, 3);
  t.is(fromOf(message).display, 'J \\"');
  t.is(tagOf(toOf(message)), '1918');
  t.is(message.headers.get('newfangledheader'), 'newfangled value continued newfangled value');
});

test('3.1.1.3 and 3.1.1.5: % escapes are kept apart from what they stand for', (t) => {
  const message = read({ start: 'OPTIONS sip:sips%3Auser%40crs@crs SIP/2.0', to: '<sip:%75se%72@crs>' });
  if (message.kind !== 'request' || message.uri.scheme === 'tel') return t.fail();
  t.is(message.uri.user, 'sips%3Auser%40crs');
  t.like(toOf(message).uri, { user: 'user' });
  t.is(message.headers.get('X'), undefined);
  t.is(read({ more: ['X-%41: %ZZ'] }).headers.get('x-%41'), '%ZZ', 'no escape in names or free text');
});

test('3.1.1.4: an escaped zero octet stays escaped', (t) => {
  t.like(toOf(read({ to: '<sip:null-%00-null@crs>' })).uri, { user: 'null-%00-null' });
});

test('3.1.1.6: no space between display name and <', (t) => {
  t.is(fromOf(read({ from: 'caller<sip:caller@crs>;tag=3' })).display, 'caller');
});

test('3.1.1.7: long values', (t) => {
  const long = 'x'.repeat(700);
  const message = read({ from: `"${long}" <sip:${long}@crs>;tag=${long}`, more: [`${long}: ${long}`] });
  t.is(tagOf(fromOf(message)), long);
});

test('3.1.1.8: on a stream, octets behind a message are the next message', (t) => {
  const stream = wire(Buffer.from(octetsOf({})).toString() + Buffer.from(octetsOf({})).toString());
  t.is(frame(stream, stream.length).length, 2);
});

test('3.1.1.9: semicolons before @ belong to the user', (t) => {
  const { uri } = toOf(read({ to: '<sip:user;par=u%40crs@crs>' }));
  t.like(uri, { user: 'user;par=u%40crs', parameters: new Map() });
});

test('3.1.1.10: transports of any name', (t) => {
  t.is(topViaOf(read({ via: 'SIP/2.0/UNKNOWN alice-phone;branch=z9hG4bK1' })).transport, 'UNKNOWN');
});

test('3.1.1.12 and 3.1.1.13: unusual and empty reasons', (t) => {
  const unusual = read({ start: 'SIP/2.0 200 = 2**3 * 5**2 но сто', cseq: '8 INVITE' });
  t.like(unusual, { status: 200, reason: '= 2**3 * 5**2 но сто' });
  t.like(read({ start: 'SIP/2.0 100 ', cseq: '8 INVITE' }), { status: 100, reason: '' });
});

const refused: readonly (readonly [
  section: string,
  what: string,
  parts: Parts,
  code: string,
  status: number,
])[] = [
  ['3.1.2.1', 'separators with nothing between', { via: 'SIP/2.0/TLS a;;,;,,' }, 'SIP_HEADER_VALUE', 400],
  ['3.1.2.1', 'separators at the end', { more: ['Contact: "J" <sip:j@crs>;;;;'] }, 'SIP_HEADER_VALUE', 400],
  ['3.1.2.2', 'a length beyond the end', { length: '9999' }, 'SIP_CONTENT_LENGTH', 400],
  ['3.1.2.3', 'a negative length', { length: '-999' }, 'SIP_CONTENT_LENGTH', 400],
  ['3.1.2.4', 'a huge CSeq', { cseq: '36893488147419103232 OPTIONS' }, 'SIP_HEADER_VALUE', 400],
  ['3.1.2.4', 'a huge Expires', { more: ['Expires: 10000000000000000000000'] }, 'SIP_HEADER_VALUE', 400],
  [
    '3.1.2.4',
    'a huge contact expiry',
    { more: ['Contact: <sip:a>;expires=280297596632815'] },
    'SIP_HEADER_VALUE',
    400,
  ],
  ['3.1.2.6', 'a quote that is not closed', { to: '"Mr. J. User <sip:j@crs>' }, 'SIP_HEADER_VALUE', 400],
  ['3.1.2.7', '<> around the request URI', { start: 'OPTIONS <sip:user@crs> SIP/2.0' }, 'SIP_URI', 400],
  [
    '3.1.2.8',
    'a space in the request URI',
    { start: 'OPTIONS sip:user@crs; lr SIP/2.0' },
    'SIP_START_LINE',
    400,
  ],
  [
    '3.1.2.9',
    'two spaces in the first line',
    { start: 'OPTIONS  sip:user@crs  SIP/2.0' },
    'SIP_START_LINE',
    400,
  ],
  [
    '3.1.2.10',
    'spaces behind the first line',
    { start: 'OPTIONS sip:user@crs SIP/2.0  ' },
    'SIP_START_LINE',
    400,
  ],
  [
    '3.1.2.11',
    'headers in the request URI',
    { start: 'OPTIONS sip:u@crs?Route=%3Csip:x%3E SIP/2.0' },
    'SIP_URI',
    400,
  ],
  [
    '3.1.2.12',
    'a date that is not GMT',
    { more: ['Date: Fri, 01 Jan 2010 16:00:00 EST'] },
    'SIP_HEADER_VALUE',
    400,
  ],
  [
    '3.1.2.13',
    'a URI that needs <>',
    { more: ['Contact: sip:user@crs?Route=%3Csip:x%3E'] },
    'SIP_HEADER_VALUE',
    400,
  ],
  ['3.1.2.14', 'spaces within <>', { to: '"W, T" < sip:t.w@crs >' }, 'SIP_HEADER_VALUE', 400],
  [
    '3.1.2.15',
    'a display name that needs quotes',
    { from: 'Bell, Alex <sip:a@crs>;tag=43' },
    'SIP_HEADER_VALUE',
    400,
  ],
  ['3.1.2.16', 'an unknown version', { start: 'OPTIONS sip:t@crs SIP/7.0' }, 'SIP_VERSION', 505],
  ['3.1.2.17', 'CSeq says another method', { cseq: '8 INVITE' }, 'SIP_CSEQ_METHOD', 400],
  [
    '3.1.2.18',
    'an unknown method',
    { start: 'NEWMETHOD sip:u@crs SIP/2.0', cseq: '8 INVITE' },
    'SIP_METHOD',
    501,
  ],
  [
    '3.2.1',
    'nothing behind the cookie of the branch',
    { via: 'SIP/2.0/TLS a;branch=z9hG4bK' },
    'SIP_HEADER_VALUE',
    400,
  ],
  [
    '3.3.2',
    'an unknown scheme',
    { start: 'OPTIONS nobodyKnows:totallyopaque SIP/2.0' },
    'SIP_URI_SCHEME',
    416,
  ],
  [
    '3.3.3',
    'a scheme of another protocol',
    { start: 'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0' },
    'SIP_URI_SCHEME',
    416,
  ],
  ['3.3.8', 'a second CSeq', { more: ['CSeq: 8 OPTIONS'] }, 'SIP_HEADER_REPEATED', 400],
  ['3.3.8', 'two senders in From', { from: '<sip:a@crs>;tag=1, <sip:b@crs>;tag=2' }, 'SIP_HEADER_VALUE', 400],
  ['3.3.9', 'a second Content-Length', { more: ['l: 0'] }, 'SIP_CONTENT_LENGTH', 400],
  ['3.4.1', 'RFC 2543: no branch', { via: 'SIP/2.0/UDP a' }, 'SIP_HEADER_VALUE', 400],
  ['3.4.1', 'RFC 2543: no tag in From', { from: 'sip:a@crs' }, 'SIP_HEADER_VALUE', 400],
];

for (const [section, what, parts, code, status] of refused) {
  test(`${section}: ${what} is refused with ${status}`, (t) => {
    const error = errorOf(octetsOf(parts));
    if (error === undefined) return t.fail('it was read');
    t.is(error.code, code, error.message);
    t.is(statusOf(error), status);
    t.not(error.where.offset, undefined, 'the octet is known');
  });
}

test('3.1.2.5 and 3.1.2.19: overlarge numbers in a response', (t) => {
  t.is(
    errorOf(octetsOf({ start: 'SIP/2.0 503 X', cseq: '9292394834772304023312 OPTIONS' }))?.code,
    'SIP_HEADER_VALUE',
  );
  t.is(errorOf(octetsOf({ start: 'SIP/2.0 4294967301 big' }))?.code, 'SIP_START_LINE');
  t.is(errorOf(octetsOf({ start: 'SIP/2.0 700 big' }))?.code, 'SIP_START_LINE');
});

test('3.3.1: mandatory headers that are missing', (t) => {
  for (const name of ['Via', 'From', 'To', 'Call-ID', 'CSeq']) {
    const text = Buffer.from(octetsOf({})).toString();
    const without = text.replace(new RegExp(`\r\n${name}: [^\r]*`), '');
    const error = errorOf(wire(without));
    t.is(error?.code, 'SIP_HEADER_MISSING');
    t.true(error?.message.endsWith(name));
  }
});

test('3.3.6: a body of an unknown type is read, and is no session description', (t) => {
  const message = read({ more: ['Content-Type: application/unknownformat'], body: '<audio/>' });
  t.throws(() => sdpBodyOf(message), { code: 'SIP_MEDIA_TYPE' });
});

test('3.3.11: Max-Forwards of 0 is read', (t) => {
  const text = Buffer.from(octetsOf({})).toString().replace('Max-Forwards: 70', 'Max-Forwards: 0');
  t.is(parseMessage(wire(text)).headers.get('Max-Forwards'), '0');
  t.is(errorOf(wire(text.replace('Max-Forwards: 0', 'Max-Forwards: 256')))?.code, 'SIP_HEADER_VALUE');
});

test('what can be answered is answered with the status of its error', (t) => {
  for (const [, what, parts, , status] of refused) {
    const octets = octetsOf(parts);
    const error = errorOf(octets);
    if (error === undefined) return t.fail();
    const response = refusalTo(octets, error, 'crs1');
    const broken =
      ['via', 'from', 'to', 'cseq'].some((name) => name in parts) && !/CSeq says|method/.test(what);
    t.is(response === undefined, broken || what === 'a second CSeq', what);
    if (response === undefined) continue;
    t.is(response.status, status);
    t.is(tagOf(toOf(response)), 'crs1');
    t.is(response.headers.get('Call-ID'), 'torture@alice-phone');
  }
});

test('a refusal keeps a tag that To has, and has no body', (t) => {
  const octets = octetsOf({
    to: '<sip:bob@crs>;tag=b9',
    start: 'PRACK sip:bob@crs SIP/2.0',
    cseq: '8 PRACK',
  });
  const error = errorOf(octets);
  if (error === undefined) return t.fail();
  const response = refusalTo(octets, error, 'crs1');
  t.like(response, { status: 501, reason: 'Not Implemented' });
  t.is(response?.headers.get('To'), '<sip:bob@crs>;tag=b9');
  t.is(response?.headers.get('CSeq'), '8 PRACK');
});

test('neither a response nor an ACK nor octets without lines are answered', (t) => {
  for (const start of ['SIP/2.0 200 OK', 'ACK sip:bob@crs SIP/2.0']) {
    const octets = octetsOf({ start, cseq: '8 ACK', length: '4' });
    const error = errorOf(octets);
    if (error === undefined) return t.fail();
    t.is(refusalTo(octets, error, 'crs1'), undefined);
  }
  const error = errorOf(wire('OPTIONS'));
  if (error === undefined) return t.fail();
  t.is(refusalTo(wire('OPTIONS'), error, 'crs1'), undefined);
});

test('a defect found while refusing is not hidden', (t) => {
  const error = errorOf(octetsOf({ length: '1' }));
  if (error === undefined) return t.fail();
  const planted = new Proxy(new Uint8Array(1), {
    get() {
      throw new TypeError('planted');
    },
  });
  t.throws(() => refusalTo(planted, error, 'crs1'), { instanceOf: TypeError });
});
