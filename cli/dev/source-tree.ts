/** The project's own files, for the checks that read them. Everything here is relative to the root of the checkout. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file as it was read, so that checks can be given made-up ones as well. */
export interface SourceFile {
  /** `sim/clock.ts`, with slashes everywhere. */
  readonly path: string;
  readonly text: string;
}

/** The rooms, in the order in which they build on each other; last the tests with independent peers. */
export const ROOMS = ['sim', 'network', 'devices', 'scenarios', 'reports', 'cli', 'interop'] as const;

/** Not the project's own words. */
const FOREIGN = new Set(['.git', 'node_modules', 'dist', 'coverage', 'results']);
const BINARY = /\.(?:tgz|png|gz|ulaw|mulaw|wav|pcapng|bin)$/;

/** All TypeScript sources of the rooms, sorted by path. */
export function sourceFiles(root = process.cwd()): readonly SourceFile[] {
  return projectFiles(root).filter(
    ({ path }) => path.endsWith('.ts') && ROOMS.some((room) => path.startsWith(`${room}/`)),
  );
}

/** All text files of the project, sorted by path. */
export function projectFiles(root = process.cwd()): readonly SourceFile[] {
  return filesBelow(root, '');
}

function filesBelow(root: string, folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (FOREIGN.has(entry.name)) return [];
      if (entry.isDirectory()) return filesBelow(root, path);
      return entry.isFile() && !BINARY.test(path)
        ? [{ path, text: readFileSync(join(root, path), 'utf8') }]
        : [];
    });
}
