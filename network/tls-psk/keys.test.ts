import test from 'ava';
import { concat, fromAscii, toHex } from '../../sim/octets.ts';
import { deriveKeys, keyLogLine, premasterSecret, securityOf, Transcript, verifyData } from './keys.ts';
import { prf } from './prf.ts';

const clientRandom = new Uint8Array(32).fill(1);
const serverRandom = new Uint8Array(32).fill(2);
const psk = fromAscii('key');
const hello = { keyExchange: 'psk', clientRandom, serverRandom, encryptThenMac: true } as const;

test('the premaster secret is length, zeros, length, PSK (RFC 4279 section 2)', (t) => {
  t.is(toHex(premasterSecret(Uint8Array.of(0xa1, 0xb2, 0xc3))), '00030000000003a1b2c3');
  t.is(premasterSecret(new Uint8Array(64)).length, 132);
});

test('a PSK has 1 to 64 octets', (t) => {
  for (const length of [1, 64]) t.notThrows(() => premasterSecret(new Uint8Array(length)));
  for (const length of [0, 65])
    t.throws(() => premasterSecret(new Uint8Array(length)), { code: 'TLS_PSK_INVALID' });
});

test('the master secret of RFC 5246 covers both randoms, that of RFC 7627 the session hash', (t) => {
  const premaster = premasterSecret(psk);
  const hash = fromAscii('hash');
  const plain = deriveKeys(psk, { ...hello, extendedMasterSecret: false }, hash);
  t.deepEqual(plain.master, prf(premaster, 'master secret', concat(clientRandom, serverRandom), 48));
  const extended = deriveKeys(psk, { ...hello, extendedMasterSecret: true }, hash);
  t.deepEqual(extended.master, prf(premaster, 'extended master secret', hash, 48));
});

test('the key block is cut in the order of RFC 5246 section 6.3', (t) => {
  const keys = deriveKeys(psk, { ...hello, extendedMasterSecret: false }, new Uint8Array(0));
  const block = prf(keys.master, 'key expansion', concat(serverRandom, clientRandom), 72);
  const { client, server } = keys;
  t.deepEqual(concat(client.mac, server.mac, client.cipher, server.cipher), new Uint8Array(block));
  t.deepEqual([client.mac.length, client.cipher.length], [20, 16]);
});

test('the two Finished messages differ, and follow the transcript', (t) => {
  const keys = deriveKeys(psk, { ...hello, extendedMasterSecret: false }, new Uint8Array(0));
  const transcript = new Transcript();
  const before = transcript.digest();
  transcript.add(fromAscii('message'));
  const values = [
    verifyData(keys, 'client', before),
    verifyData(keys, 'server', before),
    verifyData(keys, 'client', transcript.digest()),
  ];
  t.is(new Set(values.map(toHex)).size, 3);
  t.true(values.every((value) => value.length === 12));
});

test('the key log line is that of NSS', (t) => {
  const keys = deriveKeys(psk, { ...hello, extendedMasterSecret: false }, new Uint8Array(0));
  t.is(keyLogLine(keys), `CLIENT_RANDOM ${'01'.repeat(32)} ${toHex(keys.master)}`);
});

test('what was negotiated is told in words', (t) => {
  t.deepEqual(securityOf('alice', { ...hello, extendedMasterSecret: false }), {
    version: 'TLS 1.2',
    cipherSuite: 'TLS_PSK_WITH_AES_128_CBC_SHA',
    pskIdentity: 'alice',
    encryptThenMac: true,
    extendedMasterSecret: false,
  });
});
