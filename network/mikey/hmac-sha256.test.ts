import { createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { fromAscii, toHex } from '../../sim/octets.ts';
import { HmacSha256 } from './hmac-sha256.ts';

const hmac = (key: Uint8Array, message: Uint8Array): string => toHex(new HmacSha256(key).digest(message));

test('RFC 4231 sections 4.2 to 4.4: cases 1 to 3', (t) => {
  t.is(
    hmac(new Uint8Array(20).fill(0x0b), fromAscii('Hi There')),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
  t.is(
    hmac(fromAscii('Jefe'), fromAscii('what do ya want for nothing?')),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
  t.is(
    hmac(new Uint8Array(20).fill(0xaa), new Uint8Array(50).fill(0xdd)),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  );
});

test('any key and message agree with node:crypto, one key for many messages', (t) => {
  const messages = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), messages, (key, each) => {
      const hash = new HmacSha256(key);
      const wanted = each.map((message) => createHmac('sha256', key).update(message).digest('hex'));
      t.deepEqual(
        each.map((message) => toHex(hash.digest(message))),
        wanted,
      );
    }),
  );
});

test('a key longer than a block cannot happen', (t) => {
  t.throws(() => new HmacSha256(new Uint8Array(65)), { message: /fits into one block/ });
});
