/** An instance of a kernel, as the field uses it. */
import { exportsOf, type WasmExports } from '../../web-assembly.ts';
import type { PairOperations } from './pair-field.ts';

/** The operations on pairs by their names, and the memory that their addresses are octet offsets in. */
export type KernelExports = PairOperations & WasmExports;

/** An instance of a module that imports nothing; undefined when this engine cannot run it. */
export function instanceOf(octets: Uint8Array<ArrayBuffer>): KernelExports | undefined {
  return exportsOf(octets) as KernelExports | undefined;
}
