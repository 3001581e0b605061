/**
 * The exchange folder: where a director puts what people carry to a device of another process, and takes what they carry away. A
 * picture of a QR code, a disc and extracted storage are files here, each for as long as it is in somebody's hands. They hold
 * keys: the folder is its owner's alone.
 */
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../host/make-folder.ts';
import { controlError } from './errors.ts';
import { isFileName } from './message-fields.ts';
import { openToOthers, readPlainFile } from './private-file.ts';

/** Octets of a file in the exchange folder. */
const EXCHANGED_OCTETS_MAX = 192 * 1024 * 1024;

/** One folder (0700) that both ends read and write; each file has a new name and is removed when it has been handed over. */
export class ExchangeFolder {
  readonly path: string;
  #made = 0;
  /** Files that were named here and are not removed yet. */
  readonly #named = new Set<string>();

  /** Makes the folder when there is none. Errors: CONTROL_EXCHANGE, CONTROL_OPEN_TO_OTHERS. */
  constructor(path: string) {
    this.path = path;
    const open = this.#guarded(path, () => {
      makeFolder(path, 0o700);
      return openToOthers(path);
    });
    if (open !== undefined) throw controlError('CONTROL_OPEN_TO_OTHERS', open, { where: { file: path } });
  }

  /** The one that a director has made, seen from a device: a folder of another name would stay empty. Errors: CONTROL_EXCHANGE, CONTROL_OPEN_TO_OTHERS. */
  static existing(path: string): ExchangeFolder {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw controlError('CONTROL_EXCHANGE', `there is no folder ${path}`);
    return new ExchangeFolder(path);
  }

  /** A name that no file has had. */
  newName(of: string, ending: 'pgm' | 'img'): string {
    const name = `${of}-${++this.#made}.${ending}`;
    this.#named.add(name);
    return name;
  }

  /** Errors: CONTROL_EXCHANGE. */
  write(name: string, octets: Uint8Array): void {
    const path = this.#pathOf(name);
    // Made anew: what another run has left, or somebody else's link, is not written to.
    this.#guarded(name, () => {
      rmSync(path, { force: true });
      writeFileSync(path, octets, { flag: 'wx', mode: 0o600 });
    });
  }

  /** Errors: CONTROL_EXCHANGE. */
  read(name: string): Uint8Array {
    const path = this.#pathOf(name);
    const refuse = (detail: string): Error =>
      controlError('CONTROL_EXCHANGE', `${name} is not read: ${detail}`, { where: { file: path } });
    return this.#guarded(name, () => {
      const octets = readPlainFile(path, EXCHANGED_OCTETS_MAX, refuse);
      if (octets === undefined) throw refuse('there is no such file');
      return octets;
    });
  }

  remove(name: string): void {
    rmSync(this.#pathOf(name), { force: true });
    this.#named.delete(name);
  }

  /** Removes what is still in anybody's hands, of what was named here. */
  clear(): void {
    for (const name of this.#named) this.remove(name);
  }

  #pathOf(name: string): string {
    if (!isFileName(name))
      throw controlError('CONTROL_EXCHANGE', 'this is not the name of a file of the exchange folder');
    return join(this.path, name);
  }

  #guarded<Result>(name: string, action: () => Result): Result {
    try {
      return action();
    } catch (cause) {
      if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
      const where = { file: join(this.path, name) };
      throw controlError('CONTROL_EXCHANGE', `${name}: ${cause.message}`, { where, cause });
    }
  }
}
