/** Commands of calldrill as tests type them side by side, and results folders as they compare them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));
/** Milliseconds between looks. */
const LOOK_MS = 50;

/** A command under way, what it has said, and its exit code. */
export interface TypedCommand {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** Null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Types a command in a folder, with more in its environment. */
export function typedIn(
  folder: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TypedCommand {
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, said: () => said, ended };
}

/** The SHA-256 of all files of results by their paths, but for how long things took. */
export function octetsOf(results: string): ReadonlyMap<string, string> {
  const paths = readdirSync(results, { recursive: true, withFileTypes: true });
  const files = paths.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const named = files.map(
    (file) =>
      [file.slice(results.length), createHash('sha256').update(readFileSync(file)).digest('hex')] as const,
  );
  return new Map(named.filter(([name]) => name !== '/timing.json').toSorted(byName));
}

/** In the order of the alphabet, which no language of a machine changes. */
function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : Number(one > other);
}

/** Waits until it is so; what is told by `why` should it never be. */
export async function until(what: () => boolean, why: () => string, patienceMs = 150_000): Promise<void> {
  for (let looks = 0; !what(); looks++) {
    if (looks * LOOK_MS > patienceMs) throw new Error(`it never came: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
