/** The procedures that a scenario may perform: each is read when it is first asked for, and is asked for by name. */
import type { CalldrillError } from '../../../sim/errors.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Procedure } from './procedure.ts';
import type { ProcedureSource, ProcedureSources } from './source.ts';
import { readProcedure } from './read.ts';

/** Reads procedures once. What is wrong with one is told to whoever asks for it first. */
export class ProcedureLibrary {
  readonly #sources: ProcedureSources;
  readonly #vocabulary: Vocabulary;
  readonly #read = new Map<string, Procedure | undefined>();
  /** Problems of files that were read. */
  readonly problems: CalldrillError[] = [];

  constructor(sources: ProcedureSources, vocabulary: Vocabulary) {
    this.#sources = sources;
    this.#vocabulary = vocabulary;
  }

  get names(): readonly string[] {
    return [...this.#sources.keys()];
  }

  has(name: string): boolean {
    return this.#sources.has(name);
  }

  /** Undefined when there is none, or when its file has problems. */
  get(name: string): Procedure | undefined {
    if (this.#read.has(name)) return this.#read.get(name);
    const source = this.#sources.get(name);
    if (source === undefined) return undefined;
    const { procedure, reading } = readProcedure(source, this.#vocabulary);
    this.problems.push(...reading.problems);
    this.#read.set(name, procedure);
    return procedure;
  }

  /** The texts of those that were asked for, in the order of their names. */
  get used(): readonly ProcedureSource[] {
    return [...this.#read.keys()].sort().flatMap((name) => {
      const source = this.#sources.get(name);
      return source === undefined ? [] : [{ name, file: source.file, text: source.text }];
    });
  }
}
