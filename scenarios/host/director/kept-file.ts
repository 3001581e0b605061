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
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { controlError } from './errors.ts';

const OTHERS = 0o077;

export class KeptFile {
  readonly path: string;
  readonly #folder: string;

  /** Makes the folder when there is none. Errors: CONTROL_STATE_FOLDER. */
  constructor(folder: string, name: string) {
    this.#folder = folder;
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
      const temporary = `${this.path}.new`;
      const file = openSync(temporary, 'w', 0o600);
      try {
        for (let at = 0; at < octets.length;) at += writeSync(file, octets, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, this.path);
      const folder = openSync(this.#folder, 'r');
      try {
        fsyncSync(folder);
      } finally {
        closeSync(folder);
      }
    });
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
