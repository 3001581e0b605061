import test from 'ava';
import * as fc from 'fast-check';
import { canonicalNumber } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import { sampleQr } from './media.fuzz.ts';
import { encodeQrPayload, parseQrPayload } from './qr-payload.ts';

const QR = sampleQr();

test('property: a payload reads back as it was', (t) => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9.:_-]{1,96}$/),
      fc.integer({ min: 0, max: 65_535 }),
      fc.stringMatching(/^[\x21-\x7e]{1,128}$/),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (host, port, identity, psk) => {
        const payload = { ...QR, crs: { host, port }, psk: { identity, psk } };
        const octets = encodeQrPayload(payload);
        t.true(octets.length <= 1000);
        t.deepEqual(parseQrPayload(octets), payload);
      },
    ),
    { numRuns: 100 },
  );
});

test('the longest payload has 997 octets', (t) => {
  const longest = encodeQrPayload({
    ...QR,
    keys: { ...QR.keys, number: canonicalNumber('+447700900000012') },
    crs: { host: 'h'.repeat(96), port: 65_535 },
    psk: { ...QR.psk, identity: 'i'.repeat(128) },
  });
  t.is(longest.length, 997);
});

test('the layout of what a QR code carries is the one that the figure shows', (t) => {
  const octets = encodeQrPayload(QR);
  t.deepEqual(octets.subarray(0, 6), fromAscii('CDQR\x01\x0d'));
  t.deepEqual(octets.subarray(19, 19 + 1 + 11 + 2), fromAscii('\x0bcrs.example\x13\xc5'));
  t.deepEqual(octets.subarray(-257), QR.keys.rsk);
});

test('bad payloads are refused with the octet', (t) => {
  const octets = encodeQrPayload(QR);
  const kpakAt = 33 + 1 + QR.psk.identity.length + 64;
  const changed = (at: number, value: number): Uint8Array =>
    octets.map((octet, i) => (i === at ? value : octet));
  const cases: [Uint8Array, string, number][] = [
    [fromAscii('CDWP'), 'MEDIA_MAGIC', 0],
    [changed(4, 0), 'MEDIA_VERSION', 4],
    [changed(20, 0x2f), 'MEDIA_VALUE', 19],
    [changed(kpakAt, 3), 'MEDIA_VALUE', kpakAt],
    [changed(kpakAt + 65, 3), 'MEDIA_VALUE', kpakAt + 65],
    [octets.slice(0, 500), 'MEDIA_TRUNCATED', 500],
    [concat(octets, octets), 'MEDIA_TRAILING', octets.length],
  ];
  for (const [input, code, offset] of cases) {
    const error = t.throws(() => parseQrPayload(input), { instanceOf: CalldrillError });
    t.deepEqual([error.code, error.where.offset], [code, offset]);
  }
});

test('every truncation is refused', (t) => {
  const octets = encodeQrPayload(QR);
  for (let length = 0; length < octets.length; length++) {
    t.throws(() => parseQrPayload(octets.subarray(0, length)), { code: 'MEDIA_TRUNCATED' });
  }
});

test('a host or port that cannot be is refused by the writer', (t) => {
  for (const crs of [
    { host: '', port: 1 },
    { host: 'a b', port: 1 },
    { host: 'h'.repeat(97), port: 1 },
    { host: 'crs', port: 65_536 },
    { host: 'crs', port: -1 },
    { host: 'crs', port: 1.5 },
  ]) {
    t.throws(() => encodeQrPayload({ ...QR, crs }), { code: 'MEDIA_VALUE' });
  }
});
