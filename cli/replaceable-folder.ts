/** Which folders results may take the place of: those in which calldrill wrote every file, and which can be renamed. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { cliError } from './errors.ts';
import { WORK_FILES } from './staging.ts';

/** The file that names every file that was written, one a line. */
export const MARKER = '.calldrill-results';

/** The absolute path, behind symbolic links: it is the folder that is replaced, not a link to it. */
export async function targetOf(out: string): Promise<string> {
  try {
    return await realpath(out);
  } catch {
    return resolve(out);
  }
}

/** Throws CLI_OUT_FOREIGN for what calldrill may not replace, CLI_OUT_MOUNT for what cannot be. */
export async function refuseForeign(out: string, target: string): Promise<void> {
  const reason = await foreignIn(target);
  if (reason !== undefined) throw cliError('CLI_OUT_FOREIGN', `${out} is not replaced: ${reason}`);
  if (isMountPoint(target))
    throw cliError('CLI_OUT_MOUNT', `${out} is a mount point, so it cannot be replaced`);
}

/** Why the folder is not one that calldrill may replace; undefined when it is, when it is empty and when there is none. */
async function foreignIn(target: string): Promise<string | undefined> {
  if (dirname(target) === target) return 'all other folders are in it';
  const kind = await lstat(target).catch(() => undefined);
  if (kind === undefined) return undefined;
  if (!kind.isDirectory()) return 'it is not a folder';
  const names = await readdir(target);
  if (names.length === 0) return undefined;
  // Before anything is walked through: it may be the whole disk.
  if (!names.includes(MARKER)) return 'it holds no results of calldrill';
  const own = new Set((await readFile(join(target, MARKER), 'utf8')).split('\n'));
  const foreign = pathsBelow(target).find((path) => !own.has(path) && !WORK_FILES.has(path));
  return foreign === undefined ? undefined : `calldrill did not write ${foreign} in it`;
}

/** Relative paths of everything in the folder that is not itself a folder. */
function pathsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'));
}

/** Whether the folder cannot be renamed because a file system begins at it. */
export function isMountPoint(folder: string): boolean {
  const here = statSync(folder, { throwIfNoEntry: false });
  if (here === undefined) return false;
  if (here.dev !== statSync(dirname(folder)).dev) return true;
  // A folder of the same file system may be mounted too; only Linux says so.
  return mountInfo()
    .split('\n')
    .some((line) => unescaped(line.split(' ')[4] ?? '') === folder);
}

/** The kernel writes blanks and the like of a path in octal. */
function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function mountInfo(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}
