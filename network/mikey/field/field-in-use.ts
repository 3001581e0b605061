/**
 * Which field computes: the fastest one that this engine runs and that passes its self-test. It is chosen and compiled once in a
 * process (and in each of its threads), when first needed, and without waiting: the modules are small.
 */
import { P } from '../params1.ts';
import { BigIntPairs } from './bigint-pairs.ts';
import { integerKernel } from './integer-kernel.ts';
import type { Kernel } from './kernel.ts';
import type { FieldName, PairField } from './pair-field.ts';
import { relaxedKernel } from './relaxed-kernel.ts';
import { passesSelfTest } from './self-test.ts';
import { WasmPairs } from './wasm-pairs.ts';

/** The kernels, the fastest first. */
const KERNELS: Readonly<Record<Kernel['name'], (p: bigint) => Kernel>> = {
  'relaxed-simd': relaxedKernel,
  simd: integerKernel,
};

/** A field by its name; undefined when this engine does not run it or its self-test failed. */
export function fieldNamed(name: FieldName): PairField | undefined {
  if (name === 'bigint') return new BigIntPairs(P);
  const pairs = WasmPairs.of(P, KERNELS[name](P));
  return pairs !== undefined && passesSelfTest(pairs, P) ? pairs : undefined;
}

/** The fastest field that this engine runs and that passes its self-test; BigInt always does. */
export function bestField(): PairField {
  return fieldNamed('relaxed-simd') ?? fieldNamed('simd') ?? new BigIntPairs(P);
}
