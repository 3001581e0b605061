/**
 * A file that holds what a device must not lose: written whole and atomically (a temporary file, fsync, rename, fsync of the folder),
 * so that after a power cut there is the old content or the new one. The folder is its owner's alone (0700), and so is the file
 * (0600); one that others may read is refused, because it holds keys.
 *
 * A disk may take a third of a second for one fsync, in which sixteen packets of a call come in. So nothing waits for it but whoever
 * asks when the octets are there: writings follow each other, one at a time, and what is asked for during one is written by the next,
 * the newest of it.
 */
import { rmSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../host/make-folder.ts';
import { controlError } from './errors.ts';
import { openToOthers, readPlainFile } from './private-file.ts';

/** Octets of a file that a device keeps. */
const KEPT_OCTETS_MAX = 192 * 1024 * 1024;

/** What a test sets to decide when, or whether, the disk has what was written. */
export interface KeptFileOptions {
  /** Makes sure that what was written is on the disk; fsync when left out. */
  readonly sync?: (file: FileHandle) => Promise<void>;
}

/** One atomically replaced file and its queue of at most one writing under way and one to come. */
export class KeptFile {
  readonly path: string;
  readonly #folder: string;
  readonly #sync: (file: FileHandle) => Promise<void>;
  /** What the next writing writes. */
  #newest: Uint8Array = new Uint8Array(0);
  /** The writing that has not begun. */
  #next: Promise<void> | undefined;
  /** The last one that was asked for. */
  #last: Promise<void> = Promise.resolve();

  /** Makes the folder when there is none. Errors: CONTROL_STATE_FOLDER. */
  constructor(folder: string, name: string, { sync }: KeptFileOptions = {}) {
    this.#folder = folder;
    this.#sync = sync ?? ((file) => file.sync());
    this.path = join(folder, name);
    this.#guarded(() => makeFolder(folder, 0o700));
    this.#requirePrivate(folder);
  }

  /** Undefined when there is no file. Errors: CONTROL_STATE_FOLDER. */
  load(): Uint8Array | undefined {
    return this.#guarded(() => {
      const octets = readPlainFile(this.path, KEPT_OCTETS_MAX, () => this.#foreign());
      if (octets !== undefined) this.#requirePrivate(this.path);
      return octets;
    });
  }

  /** Makes the file, which is not there. Rejects with CONTROL_FOLDER_USED when it is, CONTROL_STATE_FOLDER. */
  async create(octets: Uint8Array): Promise<void> {
    try {
      await this.#syncing(await open(this.path, 'wx', 0o600), (file) => file.writeFile(octets));
    } catch (cause) {
      if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EEXIST')
        throw this.#refusalOf(cause);
      throw controlError('CONTROL_FOLDER_USED', `${this.path} is there`, {
        where: { file: this.path },
        cause,
      });
    }
  }

  /** Removes it. Errors: CONTROL_STATE_FOLDER. */
  forget(): void {
    this.#guarded(() => rmSync(this.path, { force: true }));
  }

  /** Removes what an earlier run has left: it begins with these octets. Errors: CONTROL_STATE_FOLDER, also for what does not. */
  forgetOwn(magic: Uint8Array): void {
    const octets = this.load();
    if (octets === undefined) return;
    if (magic.some((octet, at) => octets[at] !== octet)) throw this.#foreign();
    this.forget();
  }

  /** Resolves when these octets, or newer ones, are on the disk. Rejects with CONTROL_STATE_FOLDER. */
  save(octets: Uint8Array): Promise<void> {
    this.#newest = octets;
    if (this.#next === undefined) {
      const before = this.#last.catch(() => undefined);
      this.#next = before.then(() => this.#write());
      this.#last = this.#next;
    }
    return this.#next;
  }

  /** Resolves when everything that was to be saved is on the disk. Rejects when the last of it could not be. */
  get settled(): Promise<void> {
    return this.#last;
  }

  async #write(): Promise<void> {
    const octets = this.#newest;
    this.#next = undefined;
    const temporary = `${this.path}.new`;
    try {
      await rm(temporary, { force: true });
      await this.#syncing(await open(temporary, 'wx', 0o600), (file) => file.writeFile(octets));
      await rename(temporary, this.path);
      await this.#syncing(await open(this.#folder, 'r'), async () => undefined);
    } catch (cause) {
      throw this.#refusalOf(cause);
    }
  }

  async #syncing(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
    try {
      await work(file);
      await this.#sync(file);
    } finally {
      await file.close();
    }
  }

  #foreign() {
    return controlError('CONTROL_STATE_FOLDER', `${this.path} is not a state of ours`, {
      where: { file: this.path },
    });
  }

  #requirePrivate(path: string): void {
    const open = this.#guarded(() => openToOthers(path));
    if (open !== undefined) throw controlError('CONTROL_STATE_FOLDER', open, { where: { file: path } });
  }

  #guarded<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (cause) {
      throw this.#refusalOf(cause);
    }
  }

  /** What the disk refuses is a refusal of ours; anything else stays what it is. */
  #refusalOf(cause: unknown): unknown {
    if (!(cause instanceof Error) || !('syscall' in cause)) return cause;
    return controlError('CONTROL_STATE_FOLDER', `${this.path}: ${cause.message}`, {
      where: { file: this.path },
      cause,
    });
  }
}
