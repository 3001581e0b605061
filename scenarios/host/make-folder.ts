/**
 * Makes a folder and those above it. `mkdir` of Node has this built in, but never comes back where a file system refuses a name
 * as if the folder above were missing, and it is there (/proc on Linux).
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Throws what the file system refuses. */
export function makeFolder(path: string, mode = 0o777): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (thrown) {
    // Somebody else may have made it meanwhile.
    if (!isFolder(path)) throw thrown;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
