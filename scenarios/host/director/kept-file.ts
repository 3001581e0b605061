/**
 * A file that holds what a device must not lose: written whole and atomically (a temporary file, fsync, rename, fsync of the folder),
 * so that after a power cut there is the old content or the new one. The folder is its owner's alone (0700), and so is the file
 * (0600); one that others may read is refused, because it holds keys.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { controlError } from './errors.ts';

const OTHERS = 0o077;

export class KeptFile {
  readonly path: string;
  readonly #folder: string;
  readonly #onDefect: (thrown: unknown) => void;
  /** How often it was asked to save: what was asked for later wins. */
  #asked = 0;

  /** Makes the folder when there is none. `onDefect` is told when a later saving fails. Errors: CONTROL_STATE_FOLDER. */
  constructor(folder: string, name: string, onDefect: (thrown: unknown) => void = () => undefined) {
    this.#folder = folder;
    this.#onDefect = onDefect;
    this.path = join(folder, name);
    this.#guarded(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
    this.#requirePrivate(folder);
  }

  /** Undefined when there is no file. Errors: CONTROL_STATE_FOLDER. */
  load(): Uint8Array | undefined {
    return this.#guarded(() => {
      if (statSync(this.path, { throwIfNoEntry: false }) === undefined) return undefined;
      this.#requirePrivate(this.path);
      return new Uint8Array(readFileSync(this.path));
    });
  }

  /** Returns when the octets are on the disk. Errors: CONTROL_STATE_FOLDER. */
  save(octets: Uint8Array): void {
    this.#guarded(() => {
      this.#asked++;
      const temporary = `${this.path}.new`;
      const file = openSync(temporary, 'w', 0o600);
      try {
        for (let at = 0; at < octets.length;) at += writeSync(file, octets, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      this.#replace(temporary);
    });
  }

  /** The same without waiting for the disk, which may take a while in which calls go on. */
  saveSoon(octets: Uint8Array): void {
    const asked = ++this.#asked;
    this.#written(octets, asked).catch((thrown: unknown) => this.#onDefect(thrown));
  }

  async #written(octets: Uint8Array, asked: number): Promise<void> {
    const temporary = `${this.path}.${asked}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(octets);
      await file.sync();
    } finally {
      await file.close();
    }
    if (asked === this.#asked) renameSync(temporary, this.path);
    else rmSync(temporary, { force: true });
  }

  #replace(temporary: string): void {
    renameSync(temporary, this.path);
    const folder = openSync(this.#folder, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }

  #requirePrivate(path: string): void {
    const mode = this.#guarded(() => statSync(path)).mode & 0o777;
    if ((mode & OTHERS) !== 0)
      throw controlError('CONTROL_STATE_FOLDER', `${path} is open to others (${mode.toString(8)})`, {
        where: { file: path },
      });
  }

  #guarded<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (cause) {
      if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
      throw controlError('CONTROL_STATE_FOLDER', `${this.path}: ${cause.message}`, {
        where: { file: this.path },
        cause,
      });
    }
  }
}
