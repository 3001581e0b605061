import test from 'ava';
import * as fc from 'fast-check';
import { concat, fromAscii } from '../../sim/octets.ts';
import { encodeAlert, parseAlert } from './alert.ts';
import { vector } from './cursor.ts';
import { alertOf, tlsError } from './errors.ts';
import {
  encodeClientKeyExchange,
  encodeHandshake,
  HandshakeReader,
  parseClientKeyExchange,
  parseEmpty,
  parseFinished,
  parseServerKeyExchange,
  type HandshakeMessage,
} from './handshake.ts';
import {
  encodeClientHello,
  encodeServerHello,
  hasFlag,
  hasRenegotiationInfo,
  parseClientHello,
  parseServerHello,
  supportedVersions,
  type ClientHello,
  type HelloExtension,
} from './hello.ts';

const octets = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max });
const uint16 = fc.integer({ min: 0, max: 0xffff });
const extensions = fc.uniqueArray(fc.record({ type: uint16, content: octets(0, 40) }), {
  selector: ({ type }) => type,
  maxLength: 8,
});
const common = { version: uint16, random: octets(32, 32), sessionId: octets(0, 32), extensions };
const clientHello = fc.record({
  ...common,
  cipherSuites: fc.array(uint16, { minLength: 1, maxLength: 30 }),
  compressionMethods: octets(1, 5),
});
const serverHello = fc.record({
  ...common,
  cipherSuite: uint16,
  compressionMethod: fc.integer({ min: 0, max: 255 }),
});
/** 1 to 128 octets of UTF-8. */
const identity = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 128 })
  .filter((text) => Buffer.byteLength(text, 'utf8') <= 128);

test('a ClientHello reads as it was written', (t) => {
  fc.assert(
    fc.property(clientHello, (hello) => void t.deepEqual(parseClientHello(encodeClientHello(hello)), hello)),
  );
});

test('a ServerHello reads as it was written', (t) => {
  fc.assert(
    fc.property(serverHello, (hello) => void t.deepEqual(parseServerHello(encodeServerHello(hello)), hello)),
  );
});

test('an identity reads as it was written, up to 128 octets of any UTF-8', (t) => {
  fc.assert(
    fc.property(identity, (text) => t.is(parseClientKeyExchange(encodeClientKeyExchange(text)), text)),
  );
  t.is(parseClientKeyExchange(encodeClientKeyExchange('\u{feff}bom')), '\u{feff}bom');
  t.is(encodeClientKeyExchange('é'.repeat(64)).length, 130);
});

test('identities that are too long or no UTF-8 are refused in both directions; an empty one is read and not written', (t) => {
  const refused = { code: 'TLS_IDENTITY_INVALID' };
  for (const text of ['', 'x'.repeat(129), 'é'.repeat(65), '\ud800'])
    t.throws(() => encodeClientKeyExchange(text), refused);
  t.is(parseClientKeyExchange(vector(2, new Uint8Array(0))), '');
  for (const wire of [new Uint8Array(129).fill(0x78), Uint8Array.of(0xff)])
    t.throws(() => parseClientKeyExchange(vector(2, wire)), refused);
});

test('an alert reads as it was written', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom('warning', 'fatal'),
      fc.integer({ min: 0, max: 255 }),
      (level, description) =>
        void t.deepEqual(parseAlert(encodeAlert({ level, description })), { level, description }),
    ),
  );
});

test('an alert has two octets and one of two levels', (t) => {
  for (const wire of [[], [2], [2, 20, 0]])
    t.throws(() => parseAlert(Uint8Array.from(wire)), { code: 'TLS_MALFORMED' });
  for (const level of [0, 3])
    t.throws(() => parseAlert(Uint8Array.of(level, 20)), { code: 'TLS_ILLEGAL_PARAMETER' });
});

test('handshake messages come out whole, however the records cut them', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ type: fc.integer({ min: 0, max: 255 }), body: octets(0, 100) })),
      fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
      (messages, cuts) => {
        const stream = concat(...messages.map(({ type, body }) => encodeHandshake(type, body)));
        const reader = new HandshakeReader();
        const read: HandshakeMessage[] = [];
        for (let at = 0; at < stream.length;) {
          const cut = cuts.next().value;
          reader.push(stream.subarray(at, at + cut));
          for (let next = reader.next(); next !== undefined; next = reader.next()) read.push(next);
          at += cut;
        }
        t.true(reader.isEmpty);
        t.deepEqual(
          read,
          messages.map(({ type, body }) => ({ type, body, octets: encodeHandshake(type, body) })),
        );
      },
    ),
  );
});

test('a handshake message of more than 2^14 octets is refused at its header', (t) => {
  const reader = new HandshakeReader();
  reader.push(Uint8Array.of(1, 0, 0x40, 1));
  t.throws(() => reader.next(), { code: 'TLS_ILLEGAL_PARAMETER' });
  const longest = new HandshakeReader();
  longest.push(encodeHandshake(1, new Uint8Array(2 ** 14)));
  t.is(longest.next()?.body.length, 2 ** 14);
});

test('octets that are missing or left over are refused with their offset', (t) => {
  t.throws(() => parseEmpty(Uint8Array.of(1), 'ServerHelloDone'), { code: 'TLS_MALFORMED' });
  t.throws(() => parseFinished(new Uint8Array(13)), { code: 'TLS_MALFORMED' });
  t.throws(() => parseFinished(new Uint8Array(11)), { code: 'TLS_MALFORMED' });
  const exchange = concat(vector(2, fromAscii('alice')), Uint8Array.of(0));
  t.like(
    t.throws(() => parseClientKeyExchange(exchange), { code: 'TLS_MALFORMED' }),
    { where: { offset: 7 } },
  );
  t.deepEqual(parseServerKeyExchange(vector(2, fromAscii('hint'))), fromAscii('hint'));
  t.throws(() => parseServerKeyExchange(vector(2, new Uint8Array(129))), { code: 'TLS_MALFORMED' });
});

const hello: ClientHello = {
  version: 0x0303,
  random: new Uint8Array(32),
  sessionId: new Uint8Array(0),
  cipherSuites: [0x8c],
  compressionMethods: Uint8Array.of(0),
  extensions: [],
};
const withExtensions = (...list: HelloExtension[]): ClientHello => ({ ...hello, extensions: list });

test('an extension that comes twice is refused', (t) => {
  const twice = { type: 22, content: new Uint8Array(0) };
  const wire = encodeClientHello(withExtensions(twice, twice));
  t.throws(() => parseClientHello(wire), { code: 'TLS_ILLEGAL_PARAMETER' });
});

test('flags have no content, and a first renegotiation_info is empty', (t) => {
  t.false(hasFlag(hello, 22));
  t.true(hasFlag(withExtensions({ type: 22, content: new Uint8Array(0) }), 22));
  t.throws(() => hasFlag(withExtensions({ type: 22, content: Uint8Array.of(0) }), 22), {
    code: 'TLS_MALFORMED',
  });
  t.false(hasRenegotiationInfo(hello));
  t.true(hasRenegotiationInfo(withExtensions({ type: 0xff01, content: Uint8Array.of(0) })));
  for (const content of [Uint8Array.of(1, 9), Uint8Array.of(1), new Uint8Array(0)])
    t.throws(() => hasRenegotiationInfo(withExtensions({ type: 0xff01, content })), {
      code: 'TLS_RENEGOTIATION_INFO',
    });
});

test('supported_versions is read', (t) => {
  t.is(supportedVersions(hello), undefined);
  const content = Uint8Array.of(4, 3, 4, 3, 3);
  t.deepEqual(supportedVersions(withExtensions({ type: 43, content })), [0x0304, 0x0303]);
  t.throws(() => supportedVersions(withExtensions({ type: 43, content: Uint8Array.of(3, 3, 4, 3) })), {
    code: 'TLS_MALFORMED',
  });
});

test('only errors of the TLS table have an alert', (t) => {
  t.is(alertOf(tlsError('TLS_BAD_RECORD_MAC', 'x')), 20);
  t.is(alertOf(tlsError('TLS_PSK_WRONG', 'x')), undefined);
  t.is(alertOf(new Error('x')), undefined);
});
