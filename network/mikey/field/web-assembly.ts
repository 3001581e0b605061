/**
 * The part of the engine's WebAssembly interface that the field uses, declared here because neither the language's nor Node's
 * declarations have it. There is none when an engine may not make machine code (`node --jitless`).
 */
import type { PairOperations } from './pair-field.ts';

/** The operations on pairs by their names, and the memory that their addresses are octet offsets in. */
export interface KernelExports extends PairOperations {
  readonly memory: {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; views of the old `buffer` are dead afterwards. */
    grow(pages: number): number;
  };
}

interface EngineWebAssembly {
  readonly validate: (octets: Uint8Array<ArrayBuffer>) => boolean;
  readonly Module: new (octets: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: KernelExports };
}

declare const WebAssembly: EngineWebAssembly | undefined;

/** An instance of a module that imports nothing; undefined when this engine cannot run it. */
export function instanceOf(octets: Uint8Array<ArrayBuffer>): KernelExports | undefined {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(octets)) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(octets)).exports;
}
