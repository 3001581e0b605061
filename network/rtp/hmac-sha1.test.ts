import { createHash, createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { fromAscii, toHex } from '../../sim/octets.ts';
import { HMAC_ROOM_OCTETS, HmacSha1 } from './hmac-sha1.ts';
import { sha1Compress, sha1State } from './sha1.ts';

const wordsToHex = (words: Int32Array): string =>
  [...words].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

function hmac(key: Uint8Array, message: Uint8Array, at = 0): string {
  const memory = new Uint8Array(at + message.length + HMAC_ROOM_OCTETS).fill(0xee);
  memory.set(message, at);
  return wordsToHex(new HmacSha1(key).digest(new DataView(memory.buffer), at, message.length));
}

test('FIPS 180-4: one block of "abc"', (t) => {
  const block = new Uint8Array(64);
  block.set(fromAscii('abc'));
  block[3] = 0x80;
  block[63] = 24;
  const state = sha1State();
  sha1Compress(state, new DataView(block.buffer), 0);
  t.is(wordsToHex(state), 'a9993e364706816aba3e25717850c26c9cd0d89d');
  t.is(wordsToHex(state), createHash('sha1').update('abc').digest('hex'));
});

test('RFC 2202 section 3: cases 1 to 3 and 5', (t) => {
  const cases = [
    [new Uint8Array(20).fill(0x0b), fromAscii('Hi There'), 'b617318655057264e28bc0b6fb378c8ef146be00'],
    [
      fromAscii('Jefe'),
      fromAscii('what do ya want for nothing?'),
      'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
    ],
    [
      new Uint8Array(20).fill(0xaa),
      new Uint8Array(50).fill(0xdd),
      '125d7342b9ac11cd91a39af48aa17b4f63f175d3',
    ],
    [
      new Uint8Array(20).fill(0x0c),
      fromAscii('Test With Truncation'),
      '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04',
    ],
  ] as const;
  for (const [key, message, expected] of cases) t.is(hmac(key, message), expected);
});

test('every length to four blocks agrees with node:crypto, wherever the message lies', (t) => {
  const key = fromAscii('twenty octets of key');
  for (let length = 0; length <= 256; length++) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 0xff);
    t.is(hmac(key, message, length % 5), createHmac('sha1', key).update(message).digest('hex'), `${length}`);
  }
});

test('any key and message agree with node:crypto, and nothing before or far behind is touched', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 2_000 }), (key, message) => {
      const memory = new Uint8Array(8 + message.length + HMAC_ROOM_OCTETS + 8).fill(0xee);
      memory.set(message, 8);
      const digest = new HmacSha1(key).digest(new DataView(memory.buffer), 8, message.length);
      t.is(wordsToHex(digest), createHmac('sha1', key).update(message).digest('hex'));
      t.is(toHex(memory.subarray(0, 8)), 'ee'.repeat(8));
      t.is(toHex(memory.subarray(8, 8 + message.length)), toHex(message));
      t.is(toHex(memory.subarray(-8)), 'ee'.repeat(8));
    }),
  );
});

test('of messages that begin alike the beginning is hashed once, and each has the digest that it has by itself', (t) => {
  const ends = fc.array(fc.uint8Array({ minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.uint8Array({ maxLength: 300 }),
      ends,
      (key, begins, tails) => {
        const hash = new HmacSha1(key);
        const memory = new Uint8Array(begins.length + 4 + HMAC_ROOM_OCTETS).fill(0xee);
        const view = new DataView(memory.buffer);
        memory.set(begins);
        const hashed = hash.beginning(view, 0, begins.length);
        for (const end of tails) {
          memory.set(end, begins.length);
          const digest = hash.digest(view, 0, begins.length + 4, hashed);
          t.is(wordsToHex(digest), createHmac('sha1', key).update(begins).update(end).digest('hex'));
        }
      },
    ),
  );
});

test('a key longer than a block cannot happen', (t) => {
  t.throws(() => new HmacSha1(new Uint8Array(65)), { message: /fits into one block/ });
});
