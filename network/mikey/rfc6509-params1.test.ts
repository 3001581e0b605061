/** RFC 6509 appendix A: the group, its pairing, and the fast arithmetic against definitions. */
import test from 'ava';
import * as fc from 'fast-check';
import { fromHex, toHex, toInteger } from '../../sim/octets.ts';
import type { AffinePoint, XyzzPoint } from './curve.ts';
import { BigIntField, invertAll, invertModulo, modulo } from './field.ts';
import { PointChain } from './point-chain.ts';
import { groupsOnAllFields, wasmFields } from './fields.fixture.ts';
import { curve, field, generator } from './group.ts';
import { nonAdjacentForm } from './non-adjacent-form.ts';
import { oddDigits, positionsOf } from './odd-digits.ts';
import { G, P, Q } from './params1.ts';
import type { ProjectiveElement } from './power-table.ts';
import { PAIRING_SAMPLE } from './rfc6509-params1.vectors.ts';
import { pairing, powerOfG } from './textbook.bench.ts';

function octets(hex: string): Uint8Array {
  const result = fromHex(hex);
  if (result === undefined) throw new Error('a vector is not hexadecimal');
  return result;
}

function affine(point: XyzzPoint): AffinePoint {
  const [result] = curve.toAffine([point]);
  if (result === undefined) throw new Error('no point');
  return result;
}

function ratioOf(value: ProjectiveElement | undefined): bigint {
  if (value === undefined) throw new Error('not of order q');
  return field.toInteger(field.multiply(value.b, field.invert(value.a)));
}

test('p + 1 = 4q, p is 3 modulo 4, P is on the curve and has order q', (t) => {
  t.is(P + 1n, 4n * Q);
  t.is(P % 4n, 3n);
  t.is(P.toString(2).length, 1024);
  t.is(Q.toString(2).length, 1022);
  t.true(curve.has(generator));
  t.true(curve.isInfinity(curve.multiply(Q, generator)));
  t.false(curve.isInfinity(curve.multiply(Q - 1n, generator)));
});

test('the textbook pairs P with itself to g', (t) => {
  t.is(pairing(curve.encode(generator), curve.encode(generator)), G);
});

for (const group of groupsOnAllFields()) {
  const by = `by ${group.fieldName}: `;
  const paired = (a: AffinePoint, b: AffinePoint): bigint => {
    const prepared = group.prepare(a);
    const value = ratioOf(group.pair(a, b));
    if (prepared === undefined || ratioOf(group.pairPrepared(prepared, b)) !== value) {
      throw new Error('a prepared point is paired with another result');
    }
    return value;
  };

  test(`${by}<P, P> = g, and g^0 = 1`, (t) => {
    t.is(paired(generator, generator), G);
    t.is(ratioOf(group.power(1n)), G);
    t.is(ratioOf(group.power(0n)), 0n);
  });

  test(`${by}powers of g are those of the textbook`, (t) => {
    const check = (exponent: bigint): void => {
      t.is(ratioOf(group.power(exponent)), powerOfG(exponent));
    };
    for (const exponent of [2n, 3n, 63n, 64n, 65n, Q - 2n, Q - 1n]) check(exponent);
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: Q - 1n }), check), { numRuns: 5 });
  });

  test(`${by}<[12345]P, [67891]P> = g^(12345 * 67891), either way round`, (t) => {
    const a = affine(group.multiplyGenerator(12345n));
    const b = affine(group.multiplyGenerator(67891n));
    t.is(toHex(curve.encode(a)), PAIRING_SAMPLE.a);
    t.is(toHex(curve.encode(b)), PAIRING_SAMPLE.b);
    const expected = toInteger(octets(PAIRING_SAMPLE.value));
    t.is(paired(a, b), expected);
    t.is(paired(b, a), expected);
    t.is(pairing(octets(PAIRING_SAMPLE.a), octets(PAIRING_SAMPLE.b)), expected);
    t.is(powerOfG(12345n * 67891n), expected);
  });

  test(`${by}random points are paired as the textbook pairs them`, (t) => {
    const scalar = fc.bigInt({ min: 1n, max: Q - 1n });
    const check = (one: bigint, two: bigint): void => {
      const [a, b] = [affine(group.multiplyGenerator(one)), affine(group.multiplyGenerator(two))];
      t.is(paired(a, b), pairing(curve.encode(a), curve.encode(b)));
    };
    fc.assert(fc.property(scalar, scalar, check), { numRuns: 3 });
  });

  test(`${by}multiples of P agree with doubling and adding, at the ends of the range too`, (t) => {
    const check = (scalar: bigint): void => {
      const sum = group.multiplyGenerator(scalar);
      const expected = curve.multiply(scalar, generator);
      if (curve.isInfinity(expected)) t.true(curve.isInfinity(sum));
      else t.true(curve.equals(sum, affine(expected)));
    };
    for (const scalar of [0n, 1n, 2n, 127n, 128n, 129n, 255n, 256n, Q - 2n, Q - 1n]) check(scalar);
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: Q - 1n }), check), { numRuns: 10 });
  });

  test(`${by}sums of multiples of two points are right when the points meet on the way, too`, (t) => {
    // Z = [k]P makes equal and opposite points of both tables, and infinity.
    for (const k of [1n, 2n, Q - 1n, 1n << 70n, (Q + 1n) / 2n]) {
      const z = group.fixedPoint(affine(curve.multiply(k, generator)));
      if (z === undefined) throw new Error('a multiple of P has order q');
      for (const [a, b] of [
        [1n, 1n],
        [k, Q - 1n],
        [Q - k, 1n],
        [0n, 0n],
        [7n, 0n],
        [0n, 7n],
      ] as const) {
        const expected = curve.multiply(modulo(a + b * k, Q), generator);
        const sum = group.sum(a, b, z);
        if (curve.isInfinity(expected)) t.true(curve.isInfinity(sum));
        else t.true(curve.equals(sum, affine(expected)));
      }
    }
  });

  test(`${by}tables that had to make room are put back`, (t) => {
    const points = [3n, 4n, 5n, 6n].map((scalar) => affine(curve.multiply(scalar, generator)));
    const fixed = points.map((point) => group.fixedPoint(point));
    const prepared = points.map((point) => group.prepare(point));
    for (const i of [0, 3, 1, 0, 2]) {
      const [one, two] = [fixed[i], prepared[i]];
      if (one === undefined || two === undefined) throw new Error('a multiple of P has order q');
      const expected = curve.multiply(5n + 7n * BigInt(i + 3), generator);
      t.true(curve.equals(group.sum(5n, 7n, one), affine(expected)));
      t.is(ratioOf(group.pairPrepared(two, generator)), powerOfG(BigInt(i + 3)));
    }
  });
}

for (const pairs of wasmFields()) {
  test(`by ${pairs.name}: a chain walks to the same multiple, or says that it does not`, (t) => {
    const chain = new PointChain(pairs);
    const check = (scalar: bigint): void => {
      const walked = chain.multiply(scalar, generator);
      if (walked === undefined) throw new Error('only infinity is not walked to');
      t.true(curve.equals(walked, affine(curve.multiply(scalar, generator))));
    };
    for (const scalar of [1n, 2n, 3n, 5n, 6n, Q - 1n, Q - 2n, (Q - 1n) / 2n]) check(scalar);
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: Q - 1n }), check), { numRuns: 5 });
    for (const scalar of [0n, Q, 2n * Q]) t.is(chain.multiply(scalar, generator), undefined);
  });
}

test('odd digits add up to the scalar, are odd and stay in their range', (t) => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }),
      fc.integer({ min: 2, max: 12 }),
      (half, width) => {
        const scalar = 2n * half + 1n;
        const digits = oddDigits(scalar, 64, width);
        t.is(digits.length, positionsOf(64, width));
        t.is(
          digits.reduce((sum, digit, i) => sum + (BigInt(digit) << BigInt(width * i)), 0n),
          scalar,
        );
        t.true(digits.every((digit) => Math.abs(digit) % 2 === 1 && Math.abs(digit) < 2 ** width));
      },
    ),
  );
  t.throws(() => oddDigits(2n, 64, 4), { message: /assertion/ });
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
  const spelled = curve.encode({ x: 0n, y: 0n });
  t.truthy(curve.decode(spelled));
  spelled.set(octets(P.toString(16)), 1);
  t.is(curve.decode(spelled), undefined);
});

test('sums in every combination of equal, opposite and infinite points', (t) => {
  const lifted = curve.lift(generator);
  const two = affine(curve.double(lifted));
  const opposite = curve.lift(curve.negate(generator));
  t.true(curve.equals(curve.add(lifted, lifted), two));
  t.true(curve.isInfinity(curve.add(lifted, opposite)));
  t.true(curve.equals(curve.add(curve.infinity, lifted), generator));
  t.true(curve.equals(curve.add(lifted, curve.infinity), generator));
  t.true(curve.equals(curve.add(curve.add(lifted, lifted), opposite), generator));
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
      t.is(small.toInteger(small.multiply(a, b)), value(a * b));
      t.is(small.toInteger(small.differenceOfProducts(a, b, c, d)), value(a * b - c * d));
      t.is(small.equals(a, b), value(a) === value(b));
      t.is(small.toInteger(a), value(a));
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

/** One Euclidean step at a time. */
function plainInverse(a: bigint, modulus: bigint): bigint {
  let [high, low, before, coefficient] = [modulus, modulo(a, modulus), 0n, 1n];
  while (low !== 0n) {
    const quotient = high / low;
    [high, low] = [low, high - quotient * low];
    [before, coefficient] = [coefficient, before - quotient * coefficient];
  }
  return modulo(before, modulus);
}

test('the inverse by leading bits is the inverse by single steps', (t) => {
  for (const modulus of [P, Q, (1n << 61n) - 1n, 1_000_003n, 2n ** 255n - 19n]) {
    const check = (a: bigint): void => {
      if (modulo(a, modulus) !== 0n) t.is(invertModulo(a, modulus), plainInverse(a, modulus));
    };
    for (const a of [1n, 2n, -1n, modulus - 1n, modulus + 1n, (modulus + 1n) / 2n, 1n << 50n, 3n << 40n])
      check(a);
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: modulus - 1n }), check), { numRuns: 200 });
    // Numbers that share their leading bits with the modulus, or have few.
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1n << 70n }), (a) => check(modulus - a)),
      { numRuns: 100 },
    );
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 1n << 70n }), check), { numRuns: 100 });
  }
  t.throws(() => invertModulo(6n, 9n), { message: /assertion/ });
});
