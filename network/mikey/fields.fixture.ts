/** The group on each of the three fields, and what must be there for a test of all of them. Opens a flag of the engine, as the edge does. */
import { setFlagsFromString } from 'node:v8';
import { assert } from '../../sim/errors.ts';
import { fieldNamed } from './field/field-in-use.ts';
import type { FieldName, PairField } from './field/pair-field.ts';
import { WasmPairs } from './field/wasm-pairs.ts';
import { SakkeGroup } from './group.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');

const NAMES: readonly FieldName[] = ['relaxed-simd', 'simd', 'bigint'];

function field(name: FieldName): PairField {
  const made = fieldNamed(name);
  assert(made !== undefined, `the field ${name} is there and passes its self-test`);
  return made;
}

/** A group of its own on each field, the fastest first. */
export function groupsOnAllFields(): readonly SakkeGroup[] {
  return NAMES.map((name) => new SakkeGroup(field(name)));
}

/** The two fields that compute in WebAssembly. */
export function wasmFields(): readonly WasmPairs[] {
  return NAMES.map(field).filter((each) => each instanceof WasmPairs);
}
