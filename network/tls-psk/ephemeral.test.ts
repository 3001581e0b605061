/** The groups, the numbers and the messages of the ephemeral exchange (RFC 4279 section 3, RFC 7919). */
import { checkPrimeSync, getDiffieHellman } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { concat, fromAscii, fromInteger, toHex, toInteger } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { vector } from './cursor.ts';
import {
  encodeDheClientKeyExchange,
  encodeDheServerKeyExchange,
  parseDheClientKeyExchange,
  parseDheServerKeyExchange,
} from './dhe-messages.ts';
import { drawExponent, EphemeralKey, FFDHE2048, groupOf, numbersOf, obviousSecret } from './ephemeral.ts';
import { decodeIdentity } from './handshake.ts';
import { premasterSecret } from './keys.ts';

const { prime: p, generator: g } = FFDHE2048;
const octetsOf = (value: bigint, length = 256): Uint8Array => fromInteger(value, length) ?? new Uint8Array(0);

/** Base to the exponent, bit by bit: another way to the same numbers. */
function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

test('ffdhe2048 is the number of RFC 7919 appendix A.1, made of e, and a safe prime', (t) => {
  // floor(2^1918 e), by the series of e with 64 bits to spare.
  let [sum, term] = [0n, 1n << 1982n];
  for (let n = 1n; term > 0n; n++) {
    sum += term;
    term /= n;
  }
  const e = sum >> 64n;
  t.is(p, (1n << 2048n) - (1n << 1984n) + ((e + 560_316n) << 64n) - 1n);
  t.true(checkPrimeSync(p, { checks: 8 }) && checkPrimeSync((p - 1n) / 2n, { checks: 8 }));
  t.is(power(g, (p - 1n) / 2n), 1n);
});

test('both ends come to the same secret, which is what the textbook says', (t) => {
  const random = new SeededRandom('ephemeral').stream('x');
  const [a, b] = [drawExponent(random), drawExponent(random)];
  const [mine, theirs] = [new EphemeralKey(FFDHE2048, a), new EphemeralKey(FFDHE2048, b)];
  t.is(toInteger(mine.publicValue), power(g, toInteger(a)));
  const z = mine.sharedSecret(theirs.publicValue);
  t.deepEqual(theirs.sharedSecret(mine.publicValue), z);
  t.is(toInteger(z), power(g, toInteger(a) * toInteger(b)));
  t.true(a.length * 8 >= 225);
  t.deepEqual(new EphemeralKey(FFDHE2048, a).publicValue, mine.publicValue);
});

test('Z has no zeros in front, a public value has as many as it takes (RFC 5246 section 8.1.2)', (t) => {
  // The first exponents by which 2 comes to a Z, and to a public value, that is shorter than p.
  const one = new EphemeralKey(FFDHE2048, Uint8Array.of(1));
  let exponent = 2n;
  while (power(g, exponent) >> 2040n !== 0n || exponent < 2048n) exponent++;
  const short = new EphemeralKey(FFDHE2048, octetsOf(exponent, 35));
  t.is(short.publicValue.length, 256);
  t.is(short.publicValue[0], 0);
  const z = one.sharedSecret(short.publicValue);
  t.true(z.length < 256 && z[0] !== 0);
  t.is(toInteger(z), power(g, exponent));
  t.deepEqual(short.sharedSecret(one.publicValue), z);
});

test('the premaster secret has Z in the place of the zeros (RFC 4279 section 3)', (t) => {
  t.is(toHex(premasterSecret(Uint8Array.of(0xa1, 0xb2), Uint8Array.of(7, 8, 9))), '00030708090002a1b2');
  t.is(premasterSecret(new Uint8Array(64), new Uint8Array(256)).length, 2 + 256 + 2 + 64);
});

test('a value that is not between 1 and p - 1 is refused, and the last ones that are taken', (t) => {
  const key = new EphemeralKey(FFDHE2048, Uint8Array.of(5));
  for (const value of [0n, 1n, p - 1n, p, p + 1n, (1n << 2048n) - 1n]) {
    const wire = octetsOf(value, 256);
    t.throws(() => key.sharedSecret(wire), { code: 'TLS_DH_VALUE' });
    t.throws(() => obviousSecret(FFDHE2048, wire, key.publicValue), { code: 'TLS_DH_VALUE' });
    t.throws(() => obviousSecret(FFDHE2048, key.publicValue, wire), { code: 'TLS_DH_VALUE' });
  }
  t.throws(() => key.sharedSecret(Uint8Array.of(1)), { code: 'TLS_DH_VALUE' });
  t.throws(() => key.sharedSecret(new Uint8Array(300).fill(0xff)), { code: 'TLS_DH_VALUE' });
  for (const value of [2n, p - 2n]) t.is(toInteger(key.sharedSecret(octetsOf(value))), power(value, 5n));
  t.is(toInteger(key.sharedSecret(Uint8Array.of(0, 0, 3))), 243n);
});

test('groups that are known are taken, whatever zeros they come with, and no others', (t) => {
  const generator = Uint8Array.of(2);
  t.is(groupOf(octetsOf(p), generator), FFDHE2048);
  t.is(groupOf(octetsOf(p, 257), Uint8Array.of(0, 2)), FFDHE2048);
  for (const name of ['modp14', 'modp15'])
    t.notThrows(() => groupOf(getDiffieHellman(name).getPrime(), generator));
  const unknown = [
    [octetsOf(p), Uint8Array.of(3)],
    [octetsOf(p - 2n), generator],
    [Uint8Array.of(23), Uint8Array.of(5)],
    // 1,536 and 1,024 bits.
    [getDiffieHellman('modp5').getPrime(), generator],
    [getDiffieHellman('modp2').getPrime(), generator],
  ] as const;
  for (const [prime, by] of unknown) t.throws(() => groupOf(prime, by), { code: 'TLS_GROUP_UNKNOWN' });
});

test('exponents that everybody tries first give Z away, at either end; others do not', (t) => {
  const random = new SeededRandom('obvious').stream('x');
  const [drawn, other] = [0, 1].map(() => new EphemeralKey(FFDHE2048, drawExponent(random)));
  if (drawn === undefined || other === undefined) return t.fail();
  for (const exponent of [1, 2, 3]) {
    const lazy = new EphemeralKey(FFDHE2048, Uint8Array.of(exponent));
    const z = lazy.sharedSecret(drawn.publicValue);
    t.deepEqual(obviousSecret(FFDHE2048, lazy.publicValue, drawn.publicValue), z);
    t.deepEqual(obviousSecret(FFDHE2048, drawn.publicValue, lazy.publicValue), z);
  }
  t.is(obviousSecret(FFDHE2048, drawn.publicValue, other.publicValue), undefined);
});

const number = fc.uint8Array({ minLength: 1, maxLength: 300 });

test('the messages read as they were written', (t) => {
  const exchange = fc.record({
    hint: fc.uint8Array({ maxLength: 128 }),
    prime: number,
    generator: number,
    publicValue: number,
  });
  fc.assert(
    fc.property(
      exchange,
      (each) => void t.deepEqual(parseDheServerKeyExchange(encodeDheServerKeyExchange(each)), each),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom('alice', '+447700900001 é'), number, (identity, publicValue) => {
      const read = parseDheClientKeyExchange(encodeDheClientKeyExchange(identity, publicValue));
      t.deepEqual([decodeIdentity(read.identity), read.publicValue], [identity, publicValue]);
    }),
  );
  const key = new EphemeralKey(FFDHE2048, Uint8Array.of(7));
  const wire = encodeDheServerKeyExchange({ hint: new Uint8Array(0), ...numbersOf(key) });
  t.is(toHex(wire.subarray(0, 4)), '00000100');
  t.is(toHex(wire.subarray(260, 265)), '0001020100');
});

test('messages with a length that does not fit, an empty number or more behind them are refused with their offset', (t) => {
  const [hint, one, none] = [
    vector(2, fromAscii('h')),
    vector(2, Uint8Array.of(5)),
    vector(2, new Uint8Array(0)),
  ];
  const big = vector(2, new Uint8Array(1025));
  const cases: readonly [Uint8Array, number][] = [
    [concat(hint, none, one, one), 3],
    [concat(hint, one, one, none), 9],
    [concat(hint, big, one, one), 3],
    [concat(hint, one, one), 9],
    [concat(hint, one, one, one, Uint8Array.of(0)), 12],
    [concat(vector(2, new Uint8Array(129)), one, one, one), 0],
  ];
  for (const [wire, offset] of cases)
    t.like(
      t.throws(() => parseDheServerKeyExchange(wire), { code: 'TLS_MALFORMED' }),
      { where: { offset } },
    );
  for (const wire of [hint, concat(hint, none), concat(hint, one, one), concat(hint, big)])
    t.throws(() => parseDheClientKeyExchange(wire), { code: 'TLS_MALFORMED' });
});
