/** What each file must be: short, with a header, named after what it holds, and free of the machine it was written on. */
import type { SourceFile } from '../source-tree.ts';
import { isTest, type Check } from './check.ts';

const LINES_MAX = 400;

/** Files that are longer than they should be. Each may only shrink; a row that is not needed any more fails the test. */
const LONG_FILES: Readonly<Record<string, number>> = {
  'network/simulated/stream.test.ts': 470,
};

const HEADER = /^(?:#!.*\n)?(?:\/\*\*?[\s\S]{15,}?\*\/|\/\/ .{15,})/;
const VAGUE = /(?:^|[/.-])(?:utils?|helpers?|common|managers?|misc)(?=[/.-])/;

/** Folders of one machine. */
const MACHINE_PATH = /(?<![\w.~-])\/(?:home|root|tmp|work|Users|mnt|private)\/\w/;
const REGISTRY = /\bregistry\.\w+\.\w+|\bnpmjs\.\w+|_auth[T]oken/;

const SHORT = '/** A canary that is long enough to be a header. */\n';

export const FILE_CHECKS: readonly Check[] = [
  {
    name: 'every file opens with a header that says what it is',
    violations: (files) =>
      files
        .filter(({ path, text }) => path.endsWith('.ts') && !isTest(path) && !HEADER.test(text))
        .map(({ path }) => ({
          path,
          line: 1,
          what: 'open with a few lines that say what it is and why it is so',
        })),
    canaries: [
      { path: 'sim/canary.ts', text: 'export const x = 1;\n' },
      { path: 'sim/canary.ts', text: '/** x */\nexport const x = 1;\n' },
    ],
  },
  {
    name: `no file has more than ${LINES_MAX} lines`,
    violations: (files) =>
      files.flatMap(({ path, text }) => {
        const lines = linesOf(text);
        const most = LONG_FILES[path] ?? LINES_MAX;
        return path.endsWith('.ts') && lines > most
          ? [{ path, line: 0, what: `${lines} lines, more than ${most}: which two nouns does it hold?` }]
          : [];
      }),
    canaries: [{ path: 'sim/canary.ts', text: SHORT + 'x();\n'.repeat(LINES_MAX) }],
  },
  {
    name: 'no file is named after nothing',
    violations: (files) =>
      files.flatMap(({ path }) =>
        VAGUE.test(path) ? [{ path, line: 0, what: 'name it after the one noun that it holds' }] : [],
      ),
    canaries: ['sim/utils.ts', 'devices/helpers/x.ts', 'network/common.ts', 'devices/call-manager.ts'].map(
      (path) => ({ path, text: SHORT }),
    ),
  },
  {
    name: 'no file knows the machine or the package registry it was made with',
    violations: (files) =>
      files.flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => {
          const found = MACHINE_PATH.exec(line) ?? REGISTRY.exec(line);
          return found === null ? [] : [{ path, line: index + 1, what: `${found[0]} is of one machine` }];
        }),
      ),
    canaries: [
      { path: 'docs/canary.md', text: ['', 'home', 'someone', 'x'].join('/') },
      { path: 'package-lock.json', text: `https://${['registry', 'example', 'org'].join('.')}/x` },
    ],
  },
];

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** Rows of {@link LONG_FILES} that no file needs any more. */
export function idleLongFiles(files: readonly SourceFile[]): readonly string[] {
  return Object.keys(LONG_FILES).filter((path) => {
    const file = files.find((each) => each.path === path);
    return file === undefined || linesOf(file.text) <= LINES_MAX;
  });
}
