import { createCipheriv } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { aeskwp } from '@noble/ciphers/aes.js';
import { canonicalNumber, parsePeriod } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, fromAscii, fromHex, toHex } from '../../sim/octets.ts';
import {
  encodePackage,
  labelOfPackage,
  PACKAGE_OCTETS_MAX,
  parsePackage,
  unwrapPackage,
  wrapPackage,
} from './key-package.ts';
import { samplePackage, sampleUpdateKey } from './media.fuzz.ts';

const PACKAGE = samplePackage();
const UPDATE_KEY = sampleUpdateKey();

const point = (length: number): fc.Arbitrary<Uint8Array> =>
  fc
    .uint8Array({ minLength: length - 1, maxLength: length - 1 })
    .map((rest) => concat(Uint8Array.of(4), rest));
const octets = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const anyPackage = fc.record({
  keys: fc.record({
    number: fc.integer({ min: 1_000_000_000, max: 1_999_999_999 }).map((n) => canonicalNumber(`+${n}`)),
    period: fc
      .integer({ min: 1, max: 12 })
      .map((month) => parsePeriod(`2015-${String(month).padStart(2, '0')}`)),
    ssk: octets(32),
    pvt: point(65),
    rsk: point(257),
  }),
  psk: fc.record({ identity: fc.stringMatching(/^[\x21-\x7e]{1,128}$/), psk: octets(32) }),
});

test('RFC 5649 section 6: the wrapping is AES key wrap with padding', (t) => {
  // Both examples of the RFC have the same 24-octet key-encryption key.
  const kek = fromHex('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8') ?? new Uint8Array(0);
  const wrapped = (hex: string): string => toHex(aeskwp(kek).encrypt(fromHex(hex) ?? new Uint8Array(0)));
  t.is(
    wrapped('c37b7e6492584340bed12207808941155068f738'),
    '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
  );
  t.is(wrapped('466f7250617369'), 'afbeb0f07dfbf5419200f2ccb50bb24f');
});

test('a wrapped package is what OpenSSL makes of the clear one, for both key lengths', (t) => {
  for (const [length, cipher] of [
    [16, 'id-aes128-wrap-pad'],
    [32, 'id-aes256-wrap-pad'],
  ] as const) {
    const key = UPDATE_KEY.slice(0, length);
    const openssl = createCipheriv(cipher, key, Buffer.from('a65959a6', 'hex'));
    const expected = concat(openssl.update(encodePackage(PACKAGE)), openssl.final());
    t.deepEqual(wrapPackage(PACKAGE, key).slice(14), expected);
  }
});

test('property: clear and wrapped packages read back as they were', (t) => {
  fc.assert(
    fc.property(anyPackage, fc.constantFrom(16, 32), (keyPackage, keyOctets) => {
      const key = UPDATE_KEY.slice(0, keyOctets);
      t.deepEqual(parsePackage(encodePackage(keyPackage)), keyPackage);
      const wrapped = wrapPackage(keyPackage, key);
      t.true(wrapped.length <= PACKAGE_OCTETS_MAX);
      t.deepEqual(unwrapPackage(wrapped, key), keyPackage);
      t.deepEqual(wrapped, wrapPackage(keyPackage, key), 'the same octets each time');
      t.deepEqual(labelOfPackage(wrapped), { form: 'wrapped', period: keyPackage.keys.period });
      t.deepEqual(labelOfPackage(encodePackage(keyPackage)), {
        form: 'clear',
        period: keyPackage.keys.period,
      });
    }),
    { numRuns: 100 },
  );
});

test('the layout of a key package is the one that the figure shows', (t) => {
  const clear = encodePackage(PACKAGE);
  t.deepEqual(clear.subarray(0, 13), concat(fromAscii('CDKP\x012015-10'), Uint8Array.of(13)));
  t.deepEqual(clear.subarray(-257), PACKAGE.keys.rsk);
  const wrapped = wrapPackage(PACKAGE, UPDATE_KEY);
  t.deepEqual(wrapped.subarray(0, 12), fromAscii('CDWP\x012015-10'));
  t.is(new DataView(wrapped.buffer).getUint16(12), wrapped.length - 14);
});

test('the longest package has 566 octets', (t) => {
  const number = canonicalNumber('+447700900000012');
  const longest = wrapPackage(
    {
      keys: { ...PACKAGE.keys, number },
      psk: { ...PACKAGE.psk, identity: 'x'.repeat(128) },
    },
    UPDATE_KEY,
  );
  t.is(longest.length, PACKAGE_OCTETS_MAX);
});

test('nothing of the user is in clear in a wrapped package', (t) => {
  const hex = toHex(wrapPackage(PACKAGE, UPDATE_KEY));
  const { keys, psk } = PACKAGE;
  for (const secret of [
    keys.ssk,
    keys.pvt,
    keys.rsk,
    psk.psk,
    fromAscii(psk.identity),
    fromAscii(keys.number),
  ]) {
    t.false(hex.includes(toHex(secret)));
  }
  // Planted: the clear form has them all, so the search above would see them.
  const clear = toHex(encodePackage(PACKAGE));
  t.true(
    [keys.ssk, keys.rsk, psk.psk, fromAscii(keys.number)].every((secret) => clear.includes(toHex(secret))),
  );
});

test('another key, another length of key and every changed octet are refused', (t) => {
  const wrapped = wrapPackage(PACKAGE, UPDATE_KEY);
  const refused = { code: 'MEDIA_UNWRAP_REFUSED' };
  t.throws(() => unwrapPackage(wrapped, sampleUpdateKey('+447700900002')), refused);
  t.throws(() => unwrapPackage(wrapped, UPDATE_KEY.slice(0, 16)), refused);
  for (let at = 14; at < wrapped.length; at += 13) {
    const changed = wrapped.map((octet, i) => (i === at ? octet ^ 1 : octet));
    t.throws(() => unwrapPackage(changed, UPDATE_KEY), refused);
  }
});

test('a package labelled with another month is refused', (t) => {
  const wrapped = wrapPackage(PACKAGE, UPDATE_KEY);
  wrapped[11] = '1'.charCodeAt(0);
  t.is(labelOfPackage(wrapped).period, parsePeriod('2015-11'));
  t.throws(() => unwrapPackage(wrapped, UPDATE_KEY), { code: 'MEDIA_PACKAGE_PERIOD' });
});

test('bad packages are refused with the octet', (t) => {
  const clear = encodePackage(PACKAGE);
  const changed = (at: number, ...values: number[]): Uint8Array => {
    const copy = clear.slice();
    copy.set(values, at);
    return copy;
  };
  const numberAt = 12;
  const identityAt = numberAt + 14;
  const pvtAt = identityAt + 1 + PACKAGE.psk.identity.length + 64;
  const cases: [Uint8Array, string, number][] = [
    [new Uint8Array(0), 'MEDIA_TRUNCATED', 0],
    [changed(0, 0x58), 'MEDIA_MAGIC', 0],
    [changed(4, 9), 'MEDIA_VERSION', 4],
    [changed(10, 0x39, 0x39), 'MEDIA_VALUE', 5],
    [changed(numberAt + 1, 0x30), 'MEDIA_VALUE', numberAt],
    [changed(numberAt + 2, 0x30), 'MEDIA_VALUE', numberAt],
    [changed(identityAt + 3, 0x20), 'MEDIA_VALUE', identityAt],
    [changed(identityAt, 0), 'MEDIA_VALUE', identityAt],
    [changed(pvtAt, 2), 'MEDIA_VALUE', pvtAt],
    [clear.slice(0, -1), 'MEDIA_TRUNCATED', clear.length - 1],
    [concat(clear, Uint8Array.of(0)), 'MEDIA_TRAILING', clear.length],
  ];
  for (const [input, code, offset] of cases) {
    const error = t.throws(() => parsePackage(input), { instanceOf: CalldrillError });
    t.deepEqual([error.code, error.where.offset], [code, offset]);
  }
});

test('a wrapping that is too long is refused before anything is unwrapped', (t) => {
  const wrapped = concat(
    wrapPackage(PACKAGE, UPDATE_KEY).subarray(0, 12),
    Uint8Array.of(2, 0x29),
    new Uint8Array(553),
  );
  t.throws(() => unwrapPackage(wrapped, UPDATE_KEY), { code: 'MEDIA_VALUE', message: /553/ });
});

test('what cannot be written is refused by the writer', (t) => {
  for (const identity of ['', 'x'.repeat(129), 'a b', 'caf\u00e9']) {
    t.throws(() => encodePackage({ ...PACKAGE, psk: { ...PACKAGE.psk, identity } }), { code: 'MEDIA_VALUE' });
  }
  const compressed = { ...PACKAGE.keys, pvt: new Uint8Array(65).fill(2) };
  t.throws(() => encodePackage({ ...PACKAGE, keys: compressed }), { code: 'MEDIA_VALUE' });
  t.throws(() => wrapPackage(PACKAGE, new Uint8Array(24)), { message: /16 or 32 octets/ });
});
