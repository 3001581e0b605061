/** The self-test lets no kernel through that computes anything else: it is tried on kernels with one thing wrong. */
import test from 'ava';
import '../fields.fixture.ts';
import { P } from '../params1.ts';
import { integerKernel } from './integer-kernel.ts';
import type { Kernel } from './kernel.ts';
import { relaxedKernel } from './relaxed-kernel.ts';
import { passesSelfTest } from './self-test.ts';
import { f64x2 } from '../../wasm-code.ts';
import { WasmPairs } from './wasm-pairs.ts';

/** One instruction becomes another of the same form; `or` and `xor` of patterns without a common bit are the same, and left out. */
const CHANGES: Readonly<Record<string, readonly [readonly number[], readonly number[]]>> = {
  'i64x2.add to sub': [
    [0xfd, 0xce, 0x01],
    [0xfd, 0xd1, 0x01],
  ],
  'i64x2.sub to add': [
    [0xfd, 0xd1, 0x01],
    [0xfd, 0xce, 0x01],
  ],
  'f64x2.add to sub': [
    [0xfd, 0xf0, 0x01],
    [0xfd, 0xf1, 0x01],
  ],
  'f64x2.sub to add': [
    [0xfd, 0xf1, 0x01],
    [0xfd, 0xf0, 0x01],
  ],
  'i32x4.add to sub': [
    [0xfd, 0xae, 0x01],
    [0xfd, 0xb1, 0x01],
  ],
  'i32x4.sub to add': [
    [0xfd, 0xb1, 0x01],
    [0xfd, 0xae, 0x01],
  ],
  'relaxed_madd to relaxed_nmadd': [
    [0xfd, 0x87, 0x02],
    [0xfd, 0x88, 0x02],
  ],
  'extmul_low to extmul_high': [
    [0xfd, 0xdc, 0x01],
    [0xfd, 0xdd, 0x01],
  ],
  'signed shift to unsigned': [
    [0xfd, 0xcc, 0x01],
    [0xfd, 0xcd, 0x01],
  ],
  'and to or': [
    [0xfd, 0x4e],
    [0xfd, 0x50],
  ],
  'xor to or': [
    [0xfd, 0x51],
    [0xfd, 0x50],
  ],
};
/**
 * Of the places of a change, every so many is tried, from the last but one on: the last addition of the integer kernel adds half of
 * what the mask after it takes away, which may as well be subtracted.
 */
const EVERY = 17;

function passes(kernel: Kernel): boolean {
  const field = WasmPairs.of(P, kernel);
  return field !== undefined && passesSelfTest(field, P);
}

function placesOf(octets: Uint8Array, pattern: readonly number[]): number[] {
  return [...octets.keys()].filter((at) => pattern.every((octet, i) => octets[at + i] === octet));
}

for (const make of [relaxedKernel, integerKernel]) {
  const kernel = make(P);

  test(`${kernel.name}: the kernel itself passes`, (t) => {
    t.true(passes(kernel));
  });

  test(`${kernel.name}: one changed instruction does not pass, wherever it is`, (t) => {
    let tried = 0;
    for (const [change, [from, to]] of Object.entries(CHANGES)) {
      const places = placesOf(kernel.module, from);
      for (let i = places.length - 2; i >= 0; i -= EVERY) {
        const module = kernel.module.slice();
        module.set(to, places[i]);
        t.false(passes({ ...kernel, module }), `${change}, place ${i} of ${places.length}`);
        tried++;
      }
    }
    t.true(tried > 20, `${tried} changes`);
  });

  test(`${kernel.name}: one changed bit of a constant does not pass`, (t) => {
    for (const [at, words] of kernel.constants) {
      const changed = words.map((word, i) => (i === 0 ? word ^ 1n : word));
      t.false(passes({ ...kernel, constants: new Map([...kernel.constants, [at, changed]]) }), `at ${at}`);
    }
  });
}

test('a multiply-add that rounds twice does not pass', (t) => {
  t.false(passes(relaxedKernel(P, (a, b, c) => f64x2.add(f64x2.multiply(a, b), c))));
});

test('what the engine does not run is no field', (t) => {
  const module = relaxedKernel(P).module.slice();
  module[8] = 0x7f;
  t.is(WasmPairs.of(P, { ...relaxedKernel(P), module }), undefined);
});
