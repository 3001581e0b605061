/**
 * A checkpoint on disk: written whole or not at all (a staging file, fsync, rename), and its owner's alone (0600), because it holds keys, call
 * contents and all that happened. It is written to and read from a file of its own: never through a link, from a pipe or the like.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toHex } from '../../sim/octets.ts';
import type { Checkpoint } from '../world/index.ts';
import { checkpointError } from './checkpoint-errors.ts';
import { checkpointOctets, parseCheckpoint, type CheckpointOrigin } from './checkpoint-octets.ts';
import { hostError } from './errors.ts';
import { readAll, refusalOf } from './input-file.ts';

/** Octets of a checkpoint on disk */
const CHECKPOINT_OCTETS_MAX = 256 * 1024 * 1024;

/**
 * Writes a checkpoint, in place of the one that the file may hold. Rejects with HOST_CHECKPOINT_PLACE, HOST_CHECKPOINT_UNWRITABLE and
 * HOST_FILE_TOO_LARGE.
 */
export async function writeCheckpoint(
  file: string,
  checkpoint: Checkpoint,
  origin: CheckpointOrigin,
): Promise<void> {
  const octets = checkpointOctets(checkpoint, origin);
  const where = { file };
  if (octets.length > CHECKPOINT_OCTETS_MAX)
    throw hostError('HOST_FILE_TOO_LARGE', `the checkpoint has ${octets.length} octets`, { where });
  const staging = `${file}.${toHex(randomBytes(6))}.new`;
  try {
    const there = await lstat(file).catch(() => undefined);
    if (there?.isFile() === false) throw placeError(file);
    // `wx` takes no link and nothing that is there already.
    await syncing(await open(staging, 'wx', 0o600), octets);
    await rename(staging, file);
    await syncing(await open(dirname(file), 'r'));
  } catch (cause) {
    await rm(staging, { force: true }).catch(() => undefined);
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw checkpointError('HOST_CHECKPOINT_UNWRITABLE', `${file}: ${cause.message}`, { where, cause });
  }
}

/**
 * Reads the checkpoint of a world with these options, which this build has written; a world is taken up from it with `new World(options,
 * checkpoint)`. Rejects with HOST_CHECKPOINT_PLACE, the HOST_FILE_ codes, and all that {@link parseCheckpoint} throws.
 */
export async function readCheckpoint(file: string, origin: CheckpointOrigin): Promise<Checkpoint> {
  // A link is not followed, and nobody is waited for at the other end of a pipe.
  const handle = await opened(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw placeError(file);
    const octets = await readAll(handle.createReadStream({ autoClose: false }), file, CHECKPOINT_OCTETS_MAX);
    return parseCheckpoint(octets, file, origin);
  } finally {
    await handle.close();
  }
}

async function opened(file: string, flags: number): Promise<FileHandle> {
  try {
    return await open(file, flags);
  } catch (thrown) {
    const isLink = thrown instanceof Error && 'code' in thrown && thrown.code === 'ELOOP';
    throw isLink ? placeError(file, thrown) : refusalOf(thrown, file);
  }
}

/** Writes octets, if there are any, and closes the file or folder when they are on the disk. */
async function syncing(handle: FileHandle, octets?: Uint8Array): Promise<void> {
  try {
    if (octets !== undefined) await handle.writeFile(octets);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function placeError(file: string, cause?: Error): Error {
  return checkpointError('HOST_CHECKPOINT_PLACE', `${file} is no file of its own`, {
    where: { file },
    ...(cause === undefined ? {} : { cause }),
  });
}
