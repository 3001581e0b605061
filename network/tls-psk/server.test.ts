/** What the server answers to what a client offers. */
import test from 'ava';
import { serverOptions, EngineWitness } from './engine.fuzz.ts';
import { vector } from './cursor.ts';
import { encodeHandshake, HANDSHAKE, HandshakeReader } from './handshake.ts';
import { encodeClientHello, parseServerHello, type HelloExtension } from './hello.ts';
import { CONTENT, encodeRecord, RecordReader } from './record.ts';
import { TlsPskServer, type TlsPskServerOptions } from './server.ts';

const NOTHING = new Uint8Array(0);
const PSK_SUITE = 0x8c;
/** RFC 5746 section 3.3: a cipher suite that asks for renegotiation_info without being an extension. */
const SCSV = 0xff;
const RENEGOTIATION_INFO: HelloExtension = { type: 0xff01, content: Uint8Array.of(0) };
const ENCRYPT_THEN_MAC: HelloExtension = { type: 22, content: NOTHING };
const EXTENDED_MASTER_SECRET: HelloExtension = { type: 23, content: NOTHING };

/** What becomes of a client that sends this identity, and then a Finished that no key made. */
function refusalOf(
  identity: Uint8Array,
  unknownIdentity: 'alert' | 'as-wrong-key',
): {
  readonly stream: Uint8Array;
  readonly identity: string | undefined;
  readonly alert: number | undefined;
} {
  const witness = new EngineWitness();
  let refused: { identity: string | undefined; alert: number } | undefined;
  const options = serverOptions('strangers');
  const server = new TlsPskServer(
    { ...options, unknownIdentity, onRefused: (told) => (refused = told) },
    witness,
  );
  const hello = encodeClientHello({
    version: 0x0303,
    random: new Uint8Array(32),
    sessionId: NOTHING,
    cipherSuites: [PSK_SUITE],
    compressionMethods: Uint8Array.of(0),
    extensions: [],
  });
  const handshake = (type: number, body: Uint8Array): Uint8Array =>
    encodeRecord(CONTENT.handshake, encodeHandshake(type, body));
  server.receive(handshake(HANDSHAKE.clientHello, hello));
  server.receive(handshake(HANDSHAKE.clientKeyExchange, vector(2, identity)));
  server.receive(encodeRecord(CONTENT.changeCipherSpec, Uint8Array.of(1)));
  server.receive(encodeRecord(CONTENT.handshake, new Uint8Array(64)));
  return { stream: witness.stream, identity: refused?.identity, alert: refused?.alert };
}

for (const [what, identity, shown] of [
  ['empty', NOTHING, ''],
  ['too long', new Uint8Array(129).fill(0x78), undefined],
  ['no text', Uint8Array.of(0xff, 0xfe), undefined],
] as const) {
  test(`an identity that is ${what} is answered as one that is not known, in either way`, (t) => {
    t.like(refusalOf(identity, 'alert'), { identity: shown, alert: 115 });
    const masked = refusalOf(identity, 'as-wrong-key');
    t.like(masked, { identity: shown, alert: 20 });
    const known = refusalOf(new TextEncoder().encode('alice'), 'as-wrong-key');
    t.like(known, { identity: 'alice', alert: 20 });
    t.deepEqual(masked.stream, known.stream, 'nobody can tell it from a wrong key');
  });
}

/** Extensions of the ServerHello that answers a ClientHello. */
function answerTo(
  offer: { readonly suites?: readonly number[]; readonly extensions?: readonly HelloExtension[] },
  options: Partial<TlsPskServerOptions> = {},
): readonly HelloExtension[] {
  const witness = new EngineWitness();
  const hello = encodeClientHello({
    version: 0x0303,
    random: new Uint8Array(32),
    sessionId: NOTHING,
    cipherSuites: offer.suites ?? [PSK_SUITE],
    compressionMethods: Uint8Array.of(0),
    extensions: offer.extensions ?? [],
  });
  const server = new TlsPskServer({ ...serverOptions('answers'), ...options }, witness);
  server.receive(encodeRecord(CONTENT.handshake, encodeHandshake(HANDSHAKE.clientHello, hello)));
  const records = new RecordReader();
  records.push(witness.stream);
  const messages = new HandshakeReader();
  messages.push(records.next(false)?.fragment ?? NOTHING);
  return parseServerHello(messages.next()?.body ?? NOTHING).extensions;
}

test('renegotiation_info is answered to who asks for it in either way of RFC 5746, and to nobody else', (t) => {
  t.deepEqual(answerTo({}), []);
  t.deepEqual(answerTo({ suites: [PSK_SUITE, SCSV] }), [RENEGOTIATION_INFO]);
  t.deepEqual(answerTo({ extensions: [RENEGOTIATION_INFO] }), [RENEGOTIATION_INFO]);
});

test('encrypt-then-MAC and the extended master secret are answered where both ends have them', (t) => {
  const extensions = [ENCRYPT_THEN_MAC, EXTENDED_MASTER_SECRET];
  t.deepEqual(answerTo({ extensions }), extensions);
  for (const only of extensions) t.deepEqual(answerTo({ extensions: [only] }), [only]);
  t.deepEqual(answerTo({ extensions }, { encryptThenMac: false }), [EXTENDED_MASTER_SECRET]);
  t.deepEqual(answerTo({ extensions }, { extendedMasterSecret: false }), [ENCRYPT_THEN_MAC]);
});
