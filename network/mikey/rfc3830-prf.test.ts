import { createHmac } from 'node:crypto';
import test from 'ava';
import { concat, fromHex, toHex } from '../../sim/octets.ts';
import { deriveKey, deriveSessions, mikeyPrf } from './prf.ts';
import { CSB_ID, prfVectors, publicVectors, RAND_HEX } from './rfc3830-prf.vectors.ts';

const octets = (hex: string) => fromHex(hex) ?? new Uint8Array(0);

for (const vector of prfVectors) {
  test(`${vector.prf} with a key of ${vector.tgk.length / 2} octets derives the known keys`, (t) => {
    const input = { prf: vector.prf, tgk: octets(vector.tgk), csbId: CSB_ID, rand: octets(RAND_HEX) };
    const [session] = deriveSessions(input, [1, 2]);
    t.is(toHex(session.tek), vector.tek);
    t.is(toHex(session.salt), vector.salt);
    t.is(toHex(deriveKey(input, 'authentication', 1, 20)), vector.authentication);
    t.is(toHex(deriveKey(input, 'encryption', 1, 64)), vector.encryption);
  });
}

for (const vector of publicVectors) {
  test(`the ${vector.purpose} key of crypto session ${vector.csId} is the one of a public library`, (t) => {
    const input = {
      prf: 'PRF-HMAC-SHA-256' as const,
      tgk: octets(vector.tgk),
      csbId: vector.csbId,
      rand: octets(vector.rand),
    };
    const key = deriveKey(input, vector.purpose, vector.csId, 16);
    const salt = deriveKey(input, 'salt', vector.csId, 12);
    t.is(toHex(concat(key, salt)), vector.out);
  });
}

test('a label on its own is expanded as section 4.1.2 says', (t) => {
  const key = octets('0b0b0b0b');
  const label = octets('4869');
  const hmac = (...parts: Uint8Array[]) =>
    createHmac('sha1', key)
      .update(concat(...parts))
      .digest();
  const a1 = hmac(label);
  const a2 = hmac(a1);
  t.is(toHex(mikeyPrf('MIKEY-1', key, label, 40)), toHex(concat(hmac(a1, label), hmac(a2, label))));
});

test('the two directions of a call, and the two functions, share no key', (t) => {
  const keys = (['MIKEY-1', 'PRF-HMAC-SHA-256'] as const).flatMap((prf) =>
    deriveSessions({ prf, tgk: octets('00'.repeat(16)), csbId: 1, rand: octets(RAND_HEX) }, [1, 2]).map(
      ({ tek }) => toHex(tek),
    ),
  );
  t.is(new Set(keys).size, 4);
});
