/**
 * Reads a file that holds keys: a plain one, that nobody but its owner may read. A link, a FIFO or a device in its place is somebody
 * else's doing, and is not opened: it would lead elsewhere, or never end.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';

/** Rights of others than the owner. */
const OTHERS = 0o077;

/** Why a file or folder is not its owner's alone; undefined when it is. Throws what the file system refuses. */
export function openToOthers(path: string): string | undefined {
  const mode = statSync(path).mode & 0o777;
  return (mode & OTHERS) === 0 ? undefined : `${path} is open to others (${mode.toString(8)})`;
}

/**
 * The octets of a plain file; undefined when there is none. `refuse` makes the error for anything that is no plain file, and for one of
 * more than `octetsMax` octets. Throws what the file system refuses otherwise.
 */
export function readPlainFile(
  path: string,
  octetsMax: number,
  refuse: (detail: string) => Error,
): Uint8Array | undefined {
  let file: number;
  try {
    // Without waiting for the other end of a FIFO.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
    if (thrown.code === 'ENOENT') return undefined;
    if (thrown.code === 'ELOOP' || thrown.code === 'ENXIO') throw refuse('it is no plain file');
    throw thrown;
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw refuse('it is no plain file');
    if (found.size > octetsMax) throw refuse(`it has ${found.size} octets`);
    return new Uint8Array(readFileSync(file));
  } finally {
    closeSync(file);
  }
}
