import test from 'ava';
import fc from 'fast-check';
import { concat, equal, fromAscii, fromHex, fromInteger, toAscii, toHex, toInteger } from './octets.ts';

test('hex, ASCII and integers round trip, leading zeros kept', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (octets) => {
      t.deepEqual(fromHex(toHex(octets)), octets);
      t.deepEqual(fromAscii(toAscii(octets)), octets);
      t.deepEqual(fromInteger(toInteger(octets), octets.length), octets);
    }),
  );
});

test('what is not hex, or does not fit, is undefined', (t) => {
  t.is(fromHex('abc'), undefined);
  t.is(fromHex('zz'), undefined);
  t.is(fromInteger(256n, 1), undefined);
  t.is(fromInteger(-1n, 4), undefined);
});

test('equality needs the same length and the same octets', (t) => {
  t.true(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2)));
  t.false(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3)));
  t.false(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0)));
  t.deepEqual(concat(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3));
});
