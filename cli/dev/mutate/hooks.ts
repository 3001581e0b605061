/**
 * Module hooks of a process that tries mutants (`module.register`). A test file is imported with the number of the mutant in its query; the
 * query passes on to every module that sees the mutant, and the mutated file is read with it in. `ava` becomes the stand-in
 * that gathers the tests.
 */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { mutated, type Mutant } from './mutants.ts';

/** What the thread of the hooks needs to know of the trial. */
export interface HookData {
  /** URL of the file that is mutated. */
  readonly target: string;
  readonly mutants: readonly Pick<Mutant, 'number' | 'start' | 'end' | 'text'>[];
  /** URLs of modules that are loaded again for each mutant. */
  readonly again: readonly string[];
  /** URL of the module that stands in for ava. */
  readonly standIn: string;
}

let data: HookData | undefined;
const again = new Set<string>();

/** Called once, in the thread of the hooks. */
export const initialize: InitializeHook<HookData> = (given) => {
  data = given;
  for (const url of given.again) again.add(url);
};

/** Passes the world of the importing module on, and puts the stand-in in the place of ava. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const world = worldOf(context.parentURL);
  if (data === undefined || world === undefined) return nextResolve(specifier, context);
  if (specifier === 'ava') return { url: `${data.standIn}${world}`, shortCircuit: true };
  const found = await nextResolve(specifier, context);
  return again.has(found.url) ? { ...found, url: `${found.url}${world}` } : found;
};

/** Reads the mutant into the file that is mutated. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (data === undefined || !url.startsWith(`${data.target}?`)) return loaded;
  const mutant = data.mutants.find(({ number }) => number === numberIn(url));
  if (mutant === undefined) return loaded;
  return { ...loaded, source: mutated(new TextDecoder().decode(octetsOf(loaded.source)), mutant) };
};

/** What tells the loads of one mutant, for one file of tests, from all others. */
export function worldFor(mutant: number, tests: number): string {
  return `?mutant=${mutant}&tests=${tests}`;
}

/** The query of a module that is loaded for a mutant. */
function worldOf(url: string | undefined): string | undefined {
  return /\?mutant=\d+&tests=\d+$/.exec(url ?? '')?.[0];
}

function numberIn(url: string): number {
  return Number(/\?mutant=(\d+)/.exec(url)?.[1]);
}

function octetsOf(source: string | ArrayBuffer | NodeJS.TypedArray | undefined): Uint8Array {
  if (typeof source === 'string') return new TextEncoder().encode(source);
  if (source === undefined) return new Uint8Array(0);
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}
