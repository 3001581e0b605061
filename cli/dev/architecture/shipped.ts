/**
 * What is shipped and what is not, told by the name of a file. The package leaves out what stands beside the sources, by their
 * endings; so what only tests import has to have one of them, and `package.json` has to leave out each.
 */
import type { SourceFile } from '../source-tree.ts';
import { BESIDE_ENDINGS, isBeside, type Check } from './check.ts';
import { measuringCheck, type Exceptions } from './exceptions.ts';
import { graphOf } from './circles.ts';

/** Where users and threads come in. */
const ENTRIES: readonly string[] = [
  ...['sim', 'network', 'devices', 'scenarios', 'reports'].map((room) => `${room}/index.ts`),
  'cli/main.ts',
  'scenarios/host/run-thread.ts',
  'cli/queue/worker-process.ts',
  'scenarios/live/director/control-thread.ts',
];

/** Test data that does not say so yet. */
const MISNAMED: Exceptions = {};

/** One pattern for each ending, and the folders that stay at home. */
const LEFT_OUT: readonly string[] = [
  ...BESIDE_ENDINGS.map((ending) => `!dist/**/*.${ending}.*`),
  '!dist/cli/dev',
  '!dist/interop',
];

/** Every file that an entry reaches by imports. */
function reachedFrom(entries: readonly string[], files: readonly SourceFile[]): ReadonlySet<string> {
  const graph = graphOf(files);
  const reached = new Set(entries);
  for (const path of reached) for (const to of graph.get(path) ?? []) reached.add(to);
  return reached;
}

/** Held against the names of the sources. */
export const SHIPPED_CHECKS: readonly Check[] = [
  measuringCheck({
    name: 'what only tests import says so by its name',
    exceptions: MISNAMED,
    measure: (files, all) => {
      const reached = reachedFrom(ENTRIES, all);
      return files
        .filter(({ path }) => path.endsWith('.ts') && !reached.has(path) && !isBeside(path))
        .map(({ path }) => ({
          path,
          line: 0,
          row: path,
          amount: 1,
          limit: 0,
          what: `file that nothing shipped imports (end its name with one of ${BESIDE_ENDINGS.join(', ')})`,
        }));
    },
    canaries: [{ path: 'devices/canary.ts', text: '/** Test data. */\n' }],
  }),
];

/** Held against package.json itself. */
export const PACKAGE_CHECK: Check = {
  name: 'package.json leaves out what is not shipped',
  violations: (files) =>
    files
      .filter(({ path }) => path === 'package.json')
      .flatMap(({ path, text }) =>
        LEFT_OUT.filter((pattern) => !text.includes(`"${pattern}"`)).map((pattern) => ({
          path,
          line: 0,
          what: `its files have no "${pattern}"`,
        })),
      ),
  canaries: [{ path: 'package.json', text: '{ "files": ["dist"] }\n' }],
};
