/**
 * A WebAssembly module put together from functions (the binary format, WebAssembly core specification chapter 5): one memory, and
 * functions of 32-bit parameters without a result, all of it exported. Nothing is imported, so a module can only compute.
 */
import { assert } from '../sim/errors.ts';
import { fromAscii } from '../sim/octets.ts';
import { append, constant, unsignedLeb, type Code } from './wasm-code.ts';

const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const I32 = 0x7f;
const V128 = 0x7b;
/** The exported memory's name. */
const MEMORY = 'memory';

/** One function in the making: parameters and a counter are 32-bit integers, all other locals vectors, declared by their first use. */
export class WasmFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly #integers: readonly string[];
  readonly #vectors: string[] = [];
  readonly #code: number[] = [];

  /** @param counters names of 32-bit locals beside the parameters */
  constructor(name: string, parameters: readonly string[], counters: readonly string[] = []) {
    this.name = name;
    this.parameters = parameters;
    this.#integers = [...parameters, ...counters];
  }

  /** The value of a local. */
  get(local: string): Code {
    return [0x20, unsignedLeb(this.#indexOf(local))];
  }

  /** The statement that gives a local a value. */
  assign(local: string, value: Code): Code {
    return [value, 0x21, unsignedLeb(this.#indexOf(local))];
  }

  /** Appends statements. */
  emit(...statements: readonly Code[]): void {
    for (const statement of statements) append(this.#code, statement);
  }

  /** Appends the statement that gives a local a value. */
  set(local: string, value: Code): void {
    this.emit(this.assign(local, value));
  }

  /** Appends a call of the function at this place in the module. */
  call(place: number, ...operands: readonly Code[]): void {
    this.emit([operands, 0x10, unsignedLeb(place)]);
  }

  /** Appends statements that `write` emits, as a loop over `counter` from 0 in steps until `end`. */
  repeat(counter: string, step: number, end: number, write: () => void): void {
    const before = this.#code.length;
    write();
    const body = this.#code.splice(before);
    this.set(counter, constant(0));
    const next = [this.get(counter), constant(step), 0x6a];
    const tee = [next, 0x22, unsignedLeb(this.#indexOf(counter))];
    this.emit([0x03, 0x40], body, tee, constant(end), [0x49, 0x0d, 0, 0x0b]);
  }

  /** The function's entry in the code section. */
  entry(): Code {
    const integers = this.#integers.length - this.parameters.length;
    const groups = [unsignedLeb(integers), I32, unsignedLeb(this.#vectors.length), V128];
    return sized([2, groups, this.#code, 0x0b]);
  }

  #indexOf(local: string): number {
    const integer = this.#integers.indexOf(local);
    if (integer >= 0) return integer;
    if (!this.#vectors.includes(local)) this.#vectors.push(local);
    return this.#integers.length + this.#vectors.indexOf(local);
  }
}

/** The octets of a module with these functions, which call each other by their place, and a memory of `pages` (64 KiB) that may grow. */
export function moduleOf(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const counts = [...new Set(functions.map(({ parameters }) => parameters.length))];
  const types = counts.map((count) => [0x60, unsignedLeb(count), Array<number>(count).fill(I32), 0]);
  const exports = functions.map(({ name }, i) => [named(name), 0x00, unsignedLeb(i)]);
  const typeOf = ({ parameters }: WasmFunction): Code => unsignedLeb(counts.indexOf(parameters.length));
  const octets: number[] = [];
  append(octets, [
    MAGIC_AND_VERSION,
    section(1, types),
    section(3, functions.map(typeOf)),
    section(5, [[0x00, unsignedLeb(pages)]]),
    section(7, [[named(MEMORY), 0x02, 0], ...exports]),
    section(
      10,
      functions.map((each) => each.entry()),
    ),
  ]);
  return Uint8Array.from(octets);
}

function section(id: number, entries: readonly Code[]): Code {
  return [id, sized([unsignedLeb(entries.length), entries])];
}

function sized(code: Code): Code {
  const octets: number[] = [];
  append(octets, code);
  return [unsignedLeb(octets.length), octets];
}

function named(name: string): Code {
  assert(/^[\w]+$/.test(name), 'names are ASCII');
  return sized([...fromAscii(name)]);
}
