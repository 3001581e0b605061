/**
 * Writes a folder of results so that there is never half of one: everything goes into a new folder beside the old one, and takes
 * its place by being renamed. A folder is replaced only when calldrill wrote every file in it; a marker lists them.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { chmod, lstat, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { factsOf, TRACE_FILE, type FileFacts } from '../reports/index.ts';
import { logRun, makeFolder, readOwnTrace, RUN_LOG_FILE } from '../scenarios/host/index.ts';
import type { EventsOf, RunSummary } from '../scenarios/runs/index.ts';
import { cliError } from './errors.ts';

/** Names every file that was written, one a line. */
const MARKER = '.calldrill-results';

/** Contents by path within the folder; texts are written as UTF-8. */
export type ResultFiles = ReadonlyMap<string, Uint8Array | string>;

/** One attempt to write a folder: it is kept by `commit` or forgotten by `discard`, and until then nobody sees it. */
export class ResultsFolder {
  /** As the user named it. */
  readonly out: string;
  readonly #target: string;
  readonly #staging: string;
  /** What was written, by path, for each folder at the top by itself: of a thousand suites each is asked for only once. */
  readonly #files = new Map<string, Map<string, FileFacts>>();

  private constructor(out: string, target: string, staging: string) {
    this.out = out;
    this.#target = target;
    this.#staging = staging;
  }

  /** Prepares to write `out`, which is as it was until {@link commit}. Throws CLI_OUT_FOREIGN, CLI_OUT_WRITE. */
  static async open(out: string): Promise<ResultsFolder> {
    return writing(out, async () => {
      const target = await targetOf(out);
      await refuseForeign(out, target);
      makeFolder(dirname(target));
      const staging = await mkdtemp(join(dirname(target), `.${basename(target)}-new-`));
      // A temporary folder is private; results are as readable as any other folder of the user.
      await chmod(staging, 0o777 & ~process.umask());
      return new ResultsFolder(out, target, staging);
    });
  }

  /**
   * Writes files, whose paths are relative and stay inside, below the folder `below`. They are on disk when it returns, so that nobody
   * need keep their octets. Throws CLI_OUT_WRITE.
   */
  write(files: ResultFiles, below = ''): void {
    try {
      for (const [path, content] of files) {
        const within = below === '' ? path : `${below}/${path}`;
        const full = join(this.#staging, within);
        makeFolder(dirname(full));
        writeFileSync(full, content, { flag: 'wx' });
        this.#note(within, factsOf(Buffer.from(content)));
      }
    } catch (thrown) {
      throw refusalOf(this.out, thrown);
    }
  }

  /** Adds a finished run to the log, which is there at once and is no part of the results. Throws CLI_OUT_WRITE. */
  log(summary: RunSummary): void {
    try {
      logRun(this.#staging, summary);
    } catch (thrown) {
      throw refusalOf(this.out, thrown);
    }
  }

  /** Takes away what was written below a folder. */
  drop(below: string): void {
    rmSync(join(this.#staging, below), { recursive: true, force: true });
    for (const path of this.filesBelow(below).keys())
      this.#files.get(topOf(below))?.delete(`${below}/${path}`);
  }

  /** What was written below a folder, by its path there. */
  filesBelow(below = ''): ReadonlyMap<string, FileFacts> {
    const start = below === '' ? '' : `${below}/`;
    const within = below === '' ? [...this.#files.values()] : [this.#files.get(topOf(below)) ?? new Map()];
    return new Map(
      within.flatMap((files) =>
        [...files].flatMap(([path, facts]) =>
          path.startsWith(start) ? [[path.slice(start.length), facts] as const] : [],
        ),
      ),
    );
  }

  /** Reads the trace of one variant back, as it was written below a folder; no events for one that was not. */
  eventsBelow(below = ''): EventsOf {
    return (scenario, variant) => {
      const path = join(below, scenario, variant, TRACE_FILE);
      return this.#files.get(topOf(path))?.has(path) === true ? readOwnTrace(join(this.#staging, path)) : [];
    };
  }

  /** Puts what was written in the place of what was there. Throws CLI_OUT_FOREIGN, CLI_OUT_WRITE. */
  async commit(): Promise<void> {
    await writing(this.out, async () => {
      await writeFile(
        join(this.#staging, MARKER),
        `${[MARKER, ...this.filesBelow().keys()].sort().join('\n')}\n`,
      );
      await refuseForeign(this.out, this.#target);
      await rm(join(this.#staging, RUN_LOG_FILE), { force: true });
      const old = `${this.#staging}-old`;
      const replaces = await moveAside(this.#target, old);
      try {
        await rename(this.#staging, this.#target);
      } catch (thrown) {
        if (replaces) await rename(old, this.#target);
        throw thrown;
      }
      await rm(old, { recursive: true, force: true });
    });
  }

  #note(path: string, facts: FileFacts): void {
    const top = topOf(path);
    const files = this.#files.get(top) ?? new Map<string, FileFacts>();
    this.#files.set(top, files.set(path, facts));
  }

  /** Leaves everything as it was. */
  async discard(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true });
  }
}

/** The folder at the top that a path is in, or the file itself. */
function topOf(path: string): string {
  const [top = ''] = path.split('/', 1);
  return top;
}

/** The absolute path, behind symbolic links: it is the folder that is replaced, not a link to it. */
async function targetOf(out: string): Promise<string> {
  try {
    return await realpath(out);
  } catch {
    return resolve(out);
  }
}

async function refuseForeign(out: string, target: string): Promise<void> {
  const reason = await foreignIn(target);
  if (reason !== undefined) throw cliError('CLI_OUT_FOREIGN', `${out} is not replaced: ${reason}`);
}

/** Why the folder is not one that calldrill may replace; undefined when it is, when it is empty and when there is none. */
async function foreignIn(target: string): Promise<string | undefined> {
  const paths = await filesBelow(target);
  if (paths === undefined) return 'it is not a folder';
  if (paths.length === 0) return undefined;
  if (!paths.includes(MARKER)) return 'it holds no results of calldrill';
  const own = new Set((await readFile(join(target, MARKER), 'utf8')).split('\n'));
  const foreign = paths.find((path) => !own.has(path));
  return foreign === undefined ? undefined : `calldrill did not write ${foreign} in it`;
}

/** Relative paths of everything in the folder that is not itself a folder; undefined when it is no folder. */
async function filesBelow(folder: string): Promise<readonly string[] | undefined> {
  const kind = await lstat(folder).catch(() => undefined);
  if (kind === undefined) return [];
  if (!kind.isDirectory()) return undefined;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}

/** Renames `target` to `old`; false when there is none. */
async function moveAside(target: string, old: string): Promise<boolean> {
  try {
    await rename(target, old);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return false;
    throw thrown;
  }
}

/** What the disk refuses is CLI_OUT_WRITE. */
async function writing<Result>(out: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw refusalOf(out, thrown);
  }
}

function refusalOf(out: string, thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('syscall' in thrown)) return thrown;
  return cliError('CLI_OUT_WRITE', `${out} cannot be written: ${thrown.message}`, { cause: thrown });
}
