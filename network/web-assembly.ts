/**
 * The part of the engine's WebAssembly interface that is used here, declared because neither the language's nor Node's declarations
 * have it. There is none when an engine may not make machine code (`node --jitless`).
 */

/** What each module exports beside its functions: the memory that their addresses are octet offsets in. */
export interface WasmExports {
  readonly memory: {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; views of the old `buffer` are dead afterwards. */
    grow(pages: number): number;
  };
}

interface EngineWebAssembly {
  readonly validate: (octets: Uint8Array<ArrayBuffer>) => boolean;
  readonly Module: new (octets: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

declare const WebAssembly: EngineWebAssembly | undefined;

/**
 * What an instance of a module that imports nothing exports: {@link WasmExports} and its functions, as whoever made the module knows;
 * undefined when this engine cannot run it.
 */
export function exportsOf(octets: Uint8Array<ArrayBuffer>): unknown {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(octets)) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(octets)).exports;
}
