/**
 * Whose a working folder is: the process that is at work in it writes so into it, and whoever comes later can tell whether that process is
 * still there. Without it nobody could tidy up after a process that was killed.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Its name; it says on which machine which process works, and when that began. */
export const OWNER_FILE = '.owner.json';

/** Says that this process writes in the folder. */
export function ownFolder(folder: string): void {
  const owner = { host: hostname(), pid: process.pid, began: beganAt(process.pid) };
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owner));
}

/** Says that nobody does any more. */
export function disownFolder(folder: string): void {
  rmSync(join(folder, OWNER_FILE), { force: true });
}

/** Whether a process writes in the folder, or may do so on another machine. */
export function isOwned(folder: string): boolean {
  const written = textOf(join(folder, OWNER_FILE));
  if (written === undefined) return false;
  const [, host, pid, began] = /^\{"host":"([^"]*)","pid":(\d+),"began":"(\d*)"\}$/.exec(written) ?? [];
  if (host !== undefined && host !== hostname()) return true;
  return isAlive(Number(pid)) && beganAt(Number(pid)) === began;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // A process of somebody else is one too.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** When a process began, so that another one with its number is told apart; empty where that is not known. */
function beganAt(pid: number): string {
  const written = textOf(`/proc/${pid}/stat`) ?? '';
  // The name of the program is in brackets, and may have blanks; 20 fields behind it is the time.
  return written.slice(written.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
