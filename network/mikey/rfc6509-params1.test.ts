/** RFC 6509 appendix A: the group, its pairing, and the fast arithmetic against definitions. */
import test from 'ava';
import * as fc from 'fast-check';
import { fromHex, toHex, toInteger } from '../../sim/octets.ts';
import { Comb, signedDigits } from './comb.ts';
import type { XyzzPoint } from './curve.ts';
import { BigIntField, invertAll, invertModulo, modulo } from './field.ts';
import { curve, field, generator, generatorComb, pairingPowers, type Element, type Point } from './group.ts';
import { nonAdjacentForm, PreparedPairing } from './pairing.ts';
import { G, P, Q } from './params1.ts';
import { PAIRING_SAMPLE } from './rfc6509-params1.vectors.ts';
import { pairing, powerOfG } from './textbook.bench.ts';

/** Bits of a scalar in the tests of small combs. */
const SMALL_BITS = 20;

function octets(hex: string): Uint8Array {
  const result = fromHex(hex);
  if (result === undefined) throw new Error('a vector is not hexadecimal');
  return result;
}

/** Double-and-add, with the addition that handles every case. */
function multiple(scalar: bigint, point: Point): XyzzPoint<Element> {
  let sum = curve.infinity;
  for (const bit of scalar.toString(2)) {
    sum = curve.double(sum);
    if (bit === '1') sum = curve.add(sum, point);
  }
  return sum;
}

function affine(point: XyzzPoint<Element>): Point {
  const [result] = curve.toAffine([point]);
  if (result === undefined) throw new Error('no point');
  return result;
}

function paired(a: Point, b: Point): bigint {
  const value = PreparedPairing.of(curve, Q, a)?.with(b);
  if (value === undefined) throw new Error('not of order q');
  return field.toInteger(field.multiply(value.b, field.invert(value.a)));
}

test('p + 1 = 4q, p is 3 modulo 4, P is on the curve and has order q', (t) => {
  t.is(P + 1n, 4n * Q);
  t.is(P % 4n, 3n);
  t.is(P.toString(2).length, 1024);
  t.is(Q.toString(2).length, 1022);
  t.true(curve.has(generator));
  t.true(curve.isInfinity(multiple(Q, generator)));
  t.false(curve.isInfinity(multiple(Q - 1n, generator)));
});

test('<P, P> = g and g^q = 1', (t) => {
  t.is(paired(generator, generator), G);
  t.is(pairing(curve.encode(generator), curve.encode(generator)), G);
  const one = pairingPowers().power(Q);
  t.true(field.isZero(one.b) && !field.isZero(one.a));
});

test('the pairing sample: <[12345]P, [67891]P> = g^(12345 * 67891), either way round', (t) => {
  const a = affine(generatorComb().multiply(12345n));
  const b = affine(generatorComb().multiply(67891n));
  t.is(toHex(curve.encode(a)), PAIRING_SAMPLE.a);
  t.is(toHex(curve.encode(b)), PAIRING_SAMPLE.b);
  const expected = toInteger(octets(PAIRING_SAMPLE.value));
  t.is(paired(a, b), expected);
  t.is(paired(b, a), expected);
  t.is(pairing(octets(PAIRING_SAMPLE.a), octets(PAIRING_SAMPLE.b)), expected);
  t.is(powerOfG(12345n * 67891n), expected);
});

test('the comb agrees with double-and-add, at the ends of the range too', (t) => {
  const check = (scalar: bigint): void => {
    const sum = generatorComb().multiply(scalar);
    const expected = multiple(scalar, generator);
    if (curve.isInfinity(expected)) t.true(curve.isInfinity(sum));
    else t.true(curve.equals(sum, affine(expected)));
  };
  for (const scalar of [0n, 1n, 2n, 127n, 128n, 129n, 255n, 256n, Q - 2n, Q - 1n, Q, Q + 1n]) check(scalar);
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: Q - 1n }), check), { numRuns: 10 });
});

test('a comb of any width is met by its opposite and its equal on the way', (t) => {
  for (const width of [2, 3, 5]) {
    const comb = new Comb(curve, generator, SMALL_BITS, width);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** SMALL_BITS - 1 }), (small) => {
        const scalar = BigInt(small);
        const opposite = affine(multiple(Q - scalar, generator));
        t.true(curve.isInfinity(curve.sum([...comb.summands(scalar), opposite])), 'scalar - scalar = 0');
      }),
      { numRuns: 5 },
    );
    // The entry that is added equals what is there: a doubling.
    t.true(curve.equals(curve.sum([...comb.summands(1n), generator]), affine(multiple(2n, generator))));
  }
});

test('signed digits add up to the scalar and stay in their range', (t) => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
      fc.integer({ min: 2, max: 9 }),
      (scalar, width) => {
        const digits = signedDigits(scalar, 64, width);
        t.is(
          digits.reduce((sum, digit, i) => sum + (BigInt(digit) << BigInt(width * i)), 0n),
          scalar,
        );
        t.true(digits.every((digit) => Math.abs(digit) <= 2 ** (width - 1)));
      },
    ),
  );
  t.throws(() => signedDigits(1n << 64n, 64, 4), { message: /assertion/ });
});

test('the non-adjacent form adds up and has no two neighbours', (t) => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 1n << 80n }), (value) => {
      const digits = nonAdjacentForm(value);
      t.is(
        digits.reduce((sum, digit, i) => sum + (BigInt(digit) << BigInt(i)), 0n),
        value,
      );
      t.true(digits.every((digit, i) => digit === 0 || (digits[i + 1] ?? 0) === 0));
    }),
  );
  t.is(nonAdjacentForm(Q).filter((digit) => digit !== 0).length, 353);
});

test('a point survives its encoding; what is no point does not decode', (t) => {
  const encoded = curve.encode(generator);
  const decoded = curve.decode(encoded);
  t.is(decoded === undefined ? '' : toHex(curve.encode(decoded)), toHex(encoded));
  for (let at = 0; at < encoded.length; at += 16) {
    const altered = encoded.slice();
    altered[at] = (altered[at] ?? 0) ^ 1;
    t.is(curve.decode(altered), undefined);
  }
  // x + p is the same element in another spelling: p has 1024 bits, so a small x leaves room.
  const spelled = curve.encode({ x: field.zero, y: field.zero });
  t.truthy(curve.decode(spelled));
  spelled.set(octets(P.toString(16)), 1);
  t.is(curve.decode(spelled), undefined);
});

test('sums in every combination of equal, opposite and infinite points', (t) => {
  const lifted = curve.lift(generator);
  const two = affine(curve.double(lifted));
  t.true(curve.equals(curve.add(lifted, generator), two));
  t.true(curve.isInfinity(curve.add(lifted, curve.negate(generator))));
  t.true(curve.equals(curve.add(curve.infinity, generator), generator));
  t.true(curve.isInfinity(curve.double(curve.infinity)));
  t.false(curve.equals(curve.infinity, generator));
  t.false(curve.equals(lifted, two));
  t.false(curve.equals(lifted, curve.negate(generator)));
});

test('field operations agree with their definitions', (t) => {
  const small = new BigIntField(1_000_003n);
  const element = fc.bigInt({ min: -5_000_000n, max: 5_000_000n });
  fc.assert(
    fc.property(element, element, element, element, (a, b, c, d) => {
      const value = (x: bigint): bigint => modulo(x, 1_000_003n);
      t.is(small.toInteger(small.add(a, b)), value(a + b));
      t.is(small.toInteger(small.subtract(a, b)), value(a - b));
      t.is(small.toInteger(small.negate(a)), value(-a));
      t.is(small.toInteger(small.multiply(a, b)), value(a * b));
      t.is(small.toInteger(small.sumOfProducts(a, b, c, d)), value(a * b + c * d));
      t.is(small.toInteger(small.differenceOfProducts(a, b, c, d)), value(a * b - c * d));
      t.is(small.toInteger(small.dot([a, b], [c, d, a])), value(a * c + b * d));
      t.is(small.equals(a, b), value(a) === value(b));
      t.is(small.of(a), value(a));
      if (!small.isZero(a) && !small.isZero(b)) {
        t.is(value(small.invert(a) * a), 1n);
        t.deepEqual(
          invertAll(small, [a, b, a]).map((inverse) => small.toInteger(inverse)),
          [a, b, a].map((x) => invertModulo(x, 1_000_003n)),
        );
      }
    }),
  );
});
