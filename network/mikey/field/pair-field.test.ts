/** The three fields agree with each other and with the definitions, where that is hardest. */
import { execFileSync } from 'node:child_process';
import test from 'ava';
import * as fc from 'fast-check';
import { SeededRandom } from '../../../sim/random.ts';
import { invertModulo, modulo } from '../field.ts';
import { wasmFields } from '../fields.fixture.ts';
import { P } from '../params1.ts';
import { BigIntPairs } from './bigint-pairs.ts';
import { extremes, WEIGHTS } from './extreme-digits.ts';
import { bestField } from './field-in-use.ts';
import type { PairField } from './pair-field.ts';
import { slots } from './slots.ts';

const PRODUCTS = 10_000;
const NAMES = ['a', 'b', 'c', 'd', 'r'] as const;

const FIELDS: readonly PairField[] = [...wasmFields(), new BigIntPairs(P)];

for (const field of FIELDS) {
  const by = `by ${field.name}: `;
  const at = slots(field, NAMES);

  test(`${by}operations agree with their definitions`, (t) => {
    const special = fc.constantFrom(
      0n,
      1n,
      2n,
      P - 1n,
      P - 2n,
      (P - 1n) / 2n,
      1n << 1023n,
      (1n << 1000n) - 1n,
    );
    const element = fc.oneof(special, fc.bigInt({ min: 0n, max: P - 1n }));
    const pair = fc.tuple(element, element);
    fc.assert(
      fc.property(pair, pair, pair, pair, fc.integer({ min: 0, max: 3 }), (a, b, c, d, signs) => {
        field.set(at.a, ...a);
        field.set(at.b, ...b);
        field.set(at.c, ...c);
        field.set(at.d, ...d);
        const is = (operate: () => void, first: bigint, second: bigint): void => {
          operate();
          t.is(field.get(at.r, 0), modulo(first, P));
          t.is(field.get(at.r, 1), modulo(second, P));
        };
        const each = (operate: () => void, value: (lane: 0 | 1) => bigint): void =>
          is(operate, value(0), value(1));
        each(
          () => field.multiply(at.r, at.a, at.b),
          (i) => a[i] * b[i],
        );
        each(
          () => field.sumOfProducts(at.r, at.a, at.b, at.c, at.d),
          (i) => a[i] * b[i] + c[i] * d[i],
        );
        each(
          () => field.differenceOfProducts(at.r, at.a, at.b, at.c, at.d),
          (i) => a[i] * b[i] - c[i] * d[i],
        );
        each(
          () => field.add(at.r, at.a, at.b),
          (i) => a[i] + b[i],
        );
        each(
          () => field.subtract(at.r, at.a, at.b),
          (i) => a[i] - b[i],
        );
        each(
          () => field.subtractTwice(at.r, at.a, at.b, at.c),
          (i) => a[i] - b[i] - 2n * c[i],
        );
        each(
          () => field.normalise(at.r, at.a),
          (i) => a[i],
        );
        is(() => field.pick00(at.r, at.a, at.b), a[0], b[0]);
        is(() => field.pick01(at.r, at.a, at.b), a[0], b[1]);
        is(() => field.pick10(at.r, at.a, at.b), a[1], b[0]);
        is(() => field.pick11(at.r, at.a, at.b), a[1], b[1]);
        const sign = (bit: number): bigint => ((signs & bit) === 0 ? 1n : -1n);
        is(() => field.signedSeconds(at.r, at.a, at.b, signs), sign(1) * a[1], sign(2) * b[1]);
        is(() => field.turn(at.r, at.a), -a[1], a[0]);
        is(() => field.fold(at.r, at.a), a[0] + a[1], a[0] + a[1]);
        is(() => field.sumOperand(at.r, at.a), a[0] + a[1], 2n * a[0]);
        is(() => field.differenceOperand(at.r, at.a), a[0] - a[1], a[1]);
      }),
      { numRuns: 100 },
    );
  });

  test(`${by}a result may be written over an operand`, (t) => {
    const [a, b] = [P - 5n, P / 3n];
    const over = (operate: (r: number) => void, expected: bigint): void => {
      field.set(at.r, a, a);
      field.set(at.b, b, b);
      operate(at.r);
      t.is(field.get(at.r, 0), modulo(expected, P));
    };
    over((r) => field.multiply(r, r, at.b), a * b);
    over((r) => field.multiply(r, at.b, r), a * b);
    over((r) => field.multiply(r, r, r), a * a);
    over((r) => field.sumOfProducts(r, r, at.b, at.b, r), 2n * a * b);
    over((r) => field.subtract(r, at.b, r), b - a);
    over((r) => field.subtractTwice(r, at.b, at.b, r), -2n * a);
    over((r) => field.pick10(r, r, at.b), a);
    over((r) => field.turn(r, r), -a);
    over((r) => field.sumOperand(r, r), 2n * a);
  });

  test(`${by}what was saved comes back, in memory that has grown meanwhile`, (t) => {
    const two = field.reserve(2);
    field.set(two, 3n, P - 4n);
    field.set(two + field.stride, 5n, 6n);
    const saved = field.save(two, 2);
    field.set(two, 0n, 0n);
    const far = field.reserve(20_000);
    field.set(far + 19_999 * field.stride, 7n, 8n);
    saved.restore(far);
    t.deepEqual([field.get(far, 0), field.get(far, 1)], [3n, P - 4n]);
    t.deepEqual([field.get(far + field.stride, 0), field.get(far + field.stride, 1)], [5n, 6n]);
    t.is(field.get(far + 19_999 * field.stride, 1), 8n);
    t.is(field.get(two, 0), 0n);
  });
}

for (const field of wasmFields()) {
  const at = slots(field, NAMES);
  const { kernel } = field;
  const inverseR = invertModulo(1n << BigInt(kernel.digits * kernel.digitBits), P);
  const random = new SeededRandom('extreme digits').stream(kernel.name);

  /** Digits at the ends of their range, anywhere in it, and near zero. */
  const digitsOf = (weight: number): readonly number[] => {
    const mode = random.below(4);
    const patterns = extremes(kernel, P, weight);
    const pattern = patterns[random.below(patterns.length)] ?? [];
    return pattern.map((extreme) => {
      if (mode === 0) return extreme;
      if (mode === 1) return random.chance(0.5) ? extreme : -extreme;
      if (mode === 2) return random.chance(0.5) ? extreme : random.below(3) - 1;
      return Math.trunc(extreme * (random.below(2 ** 32) / 2 ** 31 - 1));
    });
  };
  const product = (left: 'a' | 'c', right: 'b' | 'd', lane: 0 | 1): bigint =>
    field.integerOf(at[left], lane) * field.integerOf(at[right], lane) * inverseR;

  test(`by ${field.name}: ${PRODUCTS} products of extreme digits are exact, in both lanes`, (t) => {
    const largest = 2 ** (kernel.digitBits - 1);
    let wrong = 0;
    for (let round = 0; round < PRODUCTS / 2; round++) {
      const isOne = round % 2 === 0;
      const choices = isOne ? WEIGHTS.one : WEIGHTS.two;
      const [left, right] = choices[random.below(choices.length)] ?? [1, 1];
      for (const lane of [0, 1] as const) {
        field.setDigits(at.a, lane, digitsOf(left));
        field.setDigits(at.b, lane, digitsOf(right));
        if (isOne) continue;
        field.setDigits(at.c, lane, digitsOf(1));
        field.setDigits(at.d, lane, digitsOf(1));
      }
      if (isOne) field.multiply(at.r, at.a, at.b);
      else field.differenceOfProducts(at.r, at.a, at.b, at.c, at.d);
      for (const lane of [0, 1] as const) {
        const expected = product('a', 'b', lane) - (isOne ? 0n : product('c', 'd', lane));
        const isNormal = field.digitsAt(at.r, lane).every((digit) => Math.abs(digit) <= largest);
        if (modulo(field.integerOf(at.r, lane) - expected, P) !== 0n || !isNormal) wrong++;
      }
    }
    t.is(wrong, 0);
  });
}

test('the fastest field is used, and without WebAssembly everything still runs', (t) => {
  t.is(bestField().name, 'relaxed-simd');
  const script = `
    import { encapsulate } from ${JSON.stringify(new URL('../sakke.js', import.meta.url).href)};
    import { fieldInUse } from ${JSON.stringify(new URL('../group-in-use.js', import.meta.url).href)};
    import { RFC6508 } from ${JSON.stringify(new URL('../rfc6508.vectors.js', import.meta.url).href)};
    const octets = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));
    const sealed = encapsulate(octets(RFC6508.ssv), octets(RFC6508.id), octets(RFC6508.zPoint));
    console.log(fieldInUse(), Buffer.from(sealed).toString('hex') === RFC6508.encapsulated);`;
  const run = (...flags: readonly string[]): string =>
    execFileSync(process.execPath, [...flags, '--input-type=module', '-e', script], {
      encoding: 'utf8',
    }).trim();
  t.is(run('--jitless'), 'bigint true');
  t.is(run('--experimental-wasm-relaxed-simd'), 'relaxed-simd true');
  const isOn = Number(process.versions.node.split('.')[0]) >= 21;
  t.is(run(), `${isOn ? 'relaxed-simd' : 'simd'} true`);
});
