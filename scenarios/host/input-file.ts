/** Reads a file that a user named: bounded, and every way it can fail is a typed error that names the file. */
import { createReadStream } from 'node:fs';
import type { CalldrillError } from '../../sim/errors.ts';
import { hostError } from './errors.ts';

/**
 * The octets of a file of at most `octetsMax`. The bound holds while reading, so a pipe or a growing file cannot fill memory.
 * Throws HOST_FILE_MISSING, HOST_FILE_UNREADABLE, HOST_FILE_TOO_LARGE.
 */
export async function readInput(file: string, octetsMax: number): Promise<Uint8Array> {
  try {
    return await readAll(createReadStream(file), file, octetsMax);
  } catch (thrown) {
    throw refusalOf(thrown, file);
  }
}

/** The octets of a stream, named `file` in errors. Throws HOST_FILE_TOO_LARGE. */
export async function readAll(
  stream: AsyncIterable<Uint8Array>,
  file: string,
  octetsMax: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > octetsMax)
      throw hostError('HOST_FILE_TOO_LARGE', `${file} has more than ${octetsMax} octets`, {
        where: { file },
      });
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** The text of a file. Throws as {@link readInput} does, and HOST_FILE_NOT_TEXT with the octet offset. */
export async function readText(file: string, octetsMax: number): Promise<string> {
  return textOf(await readInput(file, octetsMax), file);
}

/** Octets as UTF-8, a byte order mark left out. Throws HOST_FILE_NOT_TEXT. */
export function textOf(octets: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch (cause) {
    throw hostError('HOST_FILE_NOT_TEXT', `${file} is not UTF-8 text`, { where: { file }, cause });
  }
}

/** The HOST_FILE_ error for what the file system refuses; anything else as it is. */
export function refusalOf(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown)) return thrown;
  const options = { where: { file }, cause: thrown };
  switch (thrown.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return hostError('HOST_FILE_MISSING', `there is no file ${file}`, options);
    case 'EISDIR':
      return unreadable(`${file} is a folder`, options);
    case 'EACCES':
    case 'EPERM':
      return unreadable(`${file} may not be read`, options);
    default:
      return typeof thrown.code === 'string' && 'syscall' in thrown
        ? unreadable(`${file} cannot be read: ${thrown.message}`, options)
        : thrown;
  }
}

function unreadable(detail: string, options: { where: { file: string }; cause: Error }): CalldrillError {
  return hostError('HOST_FILE_UNREADABLE', detail, options);
}
