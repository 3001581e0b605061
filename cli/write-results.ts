/**
 * Writes a folder of results so that there is never half of one: everything goes into a new folder beside the old one, and takes
 * its place by being renamed. A folder is replaced only when calldrill wrote every file in it; a marker lists them.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { factsOf, TRACE_FILE, type FileFacts } from '../reports/index.ts';
import {
  disownFolder,
  isOwned,
  logRun,
  makeFolder,
  ownFolder,
  parseRunLog,
  readOwnTrace,
  RUN_LOG_FILE,
  type LoggedRun,
} from '../scenarios/host/index.ts';
import type { EventsOf, FinishedRun } from '../scenarios/runs/index.ts';
import { cliError } from './errors.ts';
import { MARKER, refuseForeign, targetOf } from './replaceable-folder.ts';
import {
  canGoOn,
  oldBeside,
  RESUME_FILE,
  stagingPrefix,
  sweep,
  targetOfStaging,
  WORK_FILES,
} from './staging.ts';

/** Contents by path within the folder; texts are written as UTF-8. */
export type ResultFiles = ReadonlyMap<string, Uint8Array | string>;

/** One attempt to write a folder: it is kept by `commit` or forgotten by `discard`, and until then nobody sees it. */
export class ResultsFolder {
  /** As the user named it. */
  readonly out: string;
  /** Hidden folders of earlier attempts on the same results that were cut off, and have finished runs. */
  readonly cutOff: readonly string[];
  readonly #target: string;
  readonly #staging: string;
  /** What was written, by path, for each folder at the top by itself: of a thousand suites each is asked for only once. */
  readonly #files = new Map<string, Map<string, FileFacts>>();
  /** Runs of an attempt that was cut off, by their keys. */
  readonly #taken: Map<string, LoggedRun>;
  #left = false;

  private constructor({ out, target, staging, cutOff, taken }: FolderParts) {
    this.out = out;
    this.cutOff = cutOff;
    this.#target = target;
    this.#staging = staging;
    this.#taken = new Map(taken.map((run) => [run.summary.runKey, run]));
    for (const { below, files } of taken)
      for (const [path, facts] of files) this.#note(`${below}/${path}`, facts);
  }

  /** Prepares to write `out`, which is as it was until {@link commit}. Throws CLI_OUT_FOREIGN, CLI_OUT_MOUNT, CLI_OUT_WRITE. */
  static async open(out: string): Promise<ResultsFolder> {
    return writing(out, async () => {
      const target = await targetOf(out);
      await refuseForeign(out, target);
      const cutOff = sweep(target).map((folder) => join(dirname(out), basename(folder)));
      makeFolder(dirname(target));
      const staging = await mkdtemp(stagingPrefix(target));
      ownFolder(staging);
      // A temporary folder is private; results are as readable as any other folder of the user.
      await chmod(staging, 0o777 & ~process.umask());
      return new ResultsFolder({ out, target, staging, cutOff, taken: [] });
    });
  }

  /**
   * Goes on with what an attempt left that was cut off: `staging` is its hidden folder. Of what it has, the files of finished runs are
   * kept where they are octet for octet what the log says. Throws CLI_RESUME, CLI_OUT_FOREIGN, CLI_OUT_MOUNT, CLI_OUT_WRITE, HOST_RUN_LOG.
   */
  static async resume(staging: string): Promise<ResultsFolder> {
    return writing(staging, async () => {
      const target = targetOfStaging(await targetOf(staging));
      if (target === undefined || !canGoOn(staging)) throw notCutOff(staging);
      if (isOwned(staging)) throw cliError('CLI_RESUME', `a process is still writing in ${staging}`);
      const out = join(dirname(staging), basename(target));
      await refuseForeign(out, target);
      ownFolder(staging);
      const taken = takeUp(staging);
      return new ResultsFolder({ out, target, staging, cutOff: [], taken });
    });
  }

  /** Says how to go on should this be cut off, so that it is kept then: `resume` is for whoever reads it again. */
  keepFor(resume: string): void {
    writeFileSync(join(this.#staging, RESUME_FILE), resume);
  }

  /** Where it is put together: for what is there while it is, and is no part of it. */
  get workFolder(): string {
    return this.#staging;
  }

  /** A run that was finished before this attempt was cut off; its files are here. */
  taken(runKey: string): LoggedRun | undefined {
    return this.#taken.get(runKey);
  }

  /** The hidden folder of this attempt when it can be gone on with. */
  get resumable(): string | undefined {
    return canGoOn(this.#staging) ? join(dirname(this.out), basename(this.#staging)) : undefined;
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

  /**
   * Adds a finished run, whose files are below the folder `below`, to the log, which is there at once and is no part of the results.
   * Throws CLI_OUT_WRITE.
   */
  log(run: FinishedRun, below: string): void {
    try {
      logRun(this.#staging, { ...run, below, files: this.filesBelow(below) });
    } catch (thrown) {
      throw refusalOf(this.out, thrown);
    }
  }

  /** Counts a run as finished before this attempt, whose files were written below the folder `below`. Throws CLI_OUT_WRITE. */
  adopt(run: FinishedRun, below: string): void {
    this.log(run, below);
    this.#taken.set(run.summary.runKey, { ...run, below, files: this.filesBelow(below) });
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
      const old = oldBeside(this.#staging);
      const replaces = await moveAside(this.#target, old);
      try {
        await rename(this.#staging, this.#target);
      } catch (thrown) {
        if (replaces) await rename(old, this.#target);
        throw thrown;
      }
      // Only now: until then, what is here could be gone on with.
      for (const name of WORK_FILES) await rm(join(this.#target, name), { force: true });
      await rm(old, { recursive: true, force: true });
    });
  }

  #note(path: string, facts: FileFacts): void {
    const top = topOf(path);
    const files = this.#files.get(top) ?? new Map<string, FileFacts>();
    this.#files.set(top, files.set(path, facts));
  }

  /** Leaves everything as it was, and what was finished in the hidden folder, for somebody to go on with. */
  leave(): void {
    disownFolder(this.#staging);
    this.#left = true;
  }

  /** Whether it was left for somebody to go on with. */
  get isLeft(): boolean {
    return this.#left;
  }

  /** Leaves everything as it was. */
  async discard(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true });
  }
}

/** What an attempt begins with. */
interface FolderParts {
  readonly out: string;
  readonly target: string;
  readonly staging: string;
  readonly cutOff: readonly string[];
  readonly taken: readonly LoggedRun[];
}

/**
 * The runs of the log whose files are as they were written, and whose result is of the trace among them; everything else in the folder goes, and what is kept is logged anew, so that
 * a torn line is no trouble to the next one.
 */
function takeUp(staging: string): readonly LoggedRun[] {
  const runs = loggedIn(join(staging, RUN_LOG_FILE));
  const taken = runs.filter(
    ({ result, below, files }) =>
      files.get(TRACE_FILE)?.sha256 === result.traceDigest &&
      [...files].every(([path, facts]) => isAsWritten(join(staging, below, path), facts)),
  );
  const kept = new Set(WORK_FILES);
  for (const { below, files } of taken)
    for (const path of files.keys())
      for (let at = `${below}/${path}`; at !== '.'; at = dirname(at)) kept.add(at);
  for (const path of readdirSync(staging, { recursive: true, encoding: 'utf8' }))
    if (!kept.has(path.replaceAll('\\', '/'))) rmSync(join(staging, path), { recursive: true, force: true });
  rmSync(join(staging, RUN_LOG_FILE), { force: true });
  for (const run of taken) logRun(staging, run);
  return taken;
}

function loggedIn(log: string): readonly LoggedRun[] {
  return existsSync(log) ? parseRunLog(readFileSync(log), RUN_LOG_FILE).runs : [];
}

function isAsWritten(path: string, { sha256, size }: FileFacts): boolean {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  return entry?.isFile() === true && entry.size === size && factsOf(readFileSync(path)).sha256 === sha256;
}

function notCutOff(staging: string): Error {
  return cliError('CLI_RESUME', `${staging} holds nothing of a run or exercise that was cut off`);
}

/** The folder at the top that a path is in, or the file itself. */
function topOf(path: string): string {
  const [top = ''] = path.split('/', 1);
  return top;
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
