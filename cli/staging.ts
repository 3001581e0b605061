/**
 * The hidden folders beside a results folder in which results are put together: what they are called, who is writing in them, and what
 * becomes of those whose process is no more. One that has finished runs, or in which somebody typed, is kept, so that `--resume` can go on; any
 * other goes.
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isOwned, JOURNAL_FILE, OWNER_FILE, RUN_LOG_FILE } from '../scenarios/host/index.ts';

/** How to go on with it. */
export const RESUME_FILE = '.resume.json';

/** Files that are there while results are put together, and are no part of them. */
export const WORK_FILES: ReadonlySet<string> = new Set([OWNER_FILE, RESUME_FILE, RUN_LOG_FILE, JOURNAL_FILE]);

const OLD = '-old';
/** Milliseconds in which a new folder may be without an owner. */
const NEW_MS = 60_000;

/** What names of new folders for the results in `target` begin with; six characters follow. */
export function stagingPrefix(target: string): string {
  return join(dirname(target), `.${basename(target)}-new-`);
}

/** Where the old results are while the new ones take their place. */
export function oldBeside(staging: string): string {
  return `${staging}${OLD}`;
}

/** The results folder that the work in `staging` is for; undefined when it is not a name of such a folder. */
export function targetOfStaging(staging: string): string | undefined {
  const [, name] = /^\.(.+)-new-\w{6}$/.exec(basename(staging)) ?? [];
  return name === undefined ? undefined : join(dirname(staging), name);
}

/**
 * Tidies up after processes that are no more: results that were moved aside are put back where nothing took their place, and what is
 * half written and of no use goes. Returns the folders that can be gone on with, in the order of their names. `nowMs` is Unix time in
 * milliseconds.
 */
export function sweep(target: string, nowMs = Date.now()): readonly string[] {
  const prefix = basename(stagingPrefix(target));
  const names = namesIn(dirname(target)).filter((name) => name.startsWith(prefix));
  const folders = names.filter((name) => /^\w{6}$/.test(name.slice(prefix.length)));
  for (const name of names.filter((each) => each.endsWith(OLD))) {
    const old = join(dirname(target), name);
    if (isOwned(old.slice(0, -OLD.length))) continue;
    if (exists(target)) remove(old);
    else renameSync(old, target);
  }
  return folders
    .sort()
    .map((name) => join(dirname(target), name))
    .filter((folder) => !isOwned(folder))
    .filter((folder) => {
      if (canGoOn(folder)) return true;
      if (!isNew(folder, nowMs)) remove(folder);
      return false;
    });
}

/** Somebody may have made it just now, and not yet said whose it is. */
function isNew(folder: string, nowMs: number): boolean {
  const made = statSync(folder, { throwIfNoEntry: false });
  return made !== undefined && !exists(join(folder, OWNER_FILE)) && nowMs - made.ctimeMs < NEW_MS;
}

/** What cannot be taken away, such as a folder of somebody else, is no reason not to run. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It stays.
  }
}

/** Whether something can be gone on with in the folder. */
export function canGoOn(staging: string): boolean {
  return exists(join(staging, RESUME_FILE)) && (linesIn(staging, RUN_LOG_FILE) > 0 || hasJournal(staging));
}

/** Whether an exercise can be gone on with there: the first line of its journal is no entry. */
export function hasJournal(staging: string): boolean {
  return linesIn(staging, JOURNAL_FILE) > 1;
}

/** Whole lines. */
function linesIn(folder: string, name: string): number {
  return (textIn(folder, name) ?? '').split('\n').length - 1;
}

function textIn(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
