/** What each file must be: with a header, named after what it holds, and free of the machine it was written on. */
import { isTest, type Check } from './check.ts';

const HEADER = /^(?:#!.*\n)?(?:\/\*\*?[\s\S]{15,}?\*\/|\/\/ .{15,})/;
const VAGUE = /(?:^|[/.-])(?:utils?|helpers?|common|managers?|misc)(?=[/.-])/;

/** Folders of one machine. */
const MACHINE_PATH = /(?<![\w.~-])\/(?:home|root|tmp|work|Users|mnt|private)\/\w/;
const REGISTRY = /\bregistry\.\w+\.\w+|\bnpmjs\.\w+|_auth[T]oken/;

const SHORT = '/** A canary that is long enough to be a header. */\n';

/** Checks of single files: headers, names, and traces of machines. */
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
