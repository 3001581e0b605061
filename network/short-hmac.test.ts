import { createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { concat, fromAscii, toHex } from '../sim/octets.ts';
import { ShortHmac } from './short-hmac.ts';

const hmac = (key: Uint8Array, message: Uint8Array): string =>
  toHex(new ShortHmac('sha256', key).digest(message));

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

test('RFC 2202 section 3: cases 1 and 2', (t) => {
  const sha1 = (key: Uint8Array, ...parts: readonly Uint8Array[]): string =>
    toHex(new ShortHmac('sha1', key).digest(...parts));
  t.is(
    sha1(new Uint8Array(20).fill(0x0b), fromAscii('Hi '), fromAscii('There')),
    'b617318655057264e28bc0b6fb378c8ef146be00',
  );
  t.is(
    sha1(fromAscii('Jefe'), fromAscii('what do ya want for nothing?')),
    'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  );
});

for (const name of ['sha1', 'sha256'] as const) {
  test(`any key and message agree with node:crypto, one key for many messages: ${name}`, (t) => {
    const messages = fc.array(fc.array(fc.uint8Array({ maxLength: 1500 }), { maxLength: 3 }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), messages, (key, each) => {
        const mac = new ShortHmac(name, key);
        const wanted = each.map((parts) =>
          createHmac(name, key)
            .update(concat(...parts))
            .digest('hex'),
        );
        t.deepEqual(
          each.map((parts) => toHex(mac.digest(...parts))),
          wanted,
        );
      }),
    );
  });
}
