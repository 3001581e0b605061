/**
 * How long a file, a function and a constructor may be: a file is read in one sitting and holds one noun, a function does one
 * thing at one level, and a constructor wires up what others have made. Lengths are source lines, comments and blanks included.
 */
import type { SourceFile } from '../source-tree.ts';
import { isTest, type Check } from './check.ts';
import { measuringCheck, type Exceptions, type Measured } from './exceptions.ts';
import { syntaxOf } from './syntax.ts';

const SOURCE_LINES_MAX = 300;
const TEST_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 60;
const CONSTRUCTOR_LINES_MAX = 40;

const LONG_FILES: Exceptions = {};

const LONG_FUNCTIONS: Exceptions = {
  'sim/chacha.ts: chachaBlock': {
    most: 133,
    why: 'an unrolled kernel: the eight quarter rounds of ChaCha20 on variables, twice as fast as on an array',
  },
  'network/rtp/sha1.ts: sha1Compress': {
    most: 261,
    why: 'an unrolled kernel: the 80 steps of SHA-1, each with its own variables',
  },
};

const LONG_CONSTRUCTORS: Exceptions = {};

const HEADER = '/** A canary that is long enough to be a header. */\n';

/** One check for each of the three lengths. */
export const SIZE_CHECKS: readonly Check[] = [
  measuringCheck({
    name: `no source file has more than ${SOURCE_LINES_MAX} lines, no test more than ${TEST_LINES_MAX}`,
    exceptions: LONG_FILES,
    measure: (files) =>
      files.map(({ path, text }) => ({
        path,
        line: 0,
        row: path,
        amount: linesOf(text),
        limit: isTest(path) ? TEST_LINES_MAX : SOURCE_LINES_MAX,
        what: 'lines (which two nouns does it hold?)',
      })),
    canaries: [
      { path: 'sim/canary.ts', text: HEADER + 'x();\n'.repeat(SOURCE_LINES_MAX) },
      { path: 'sim/canary.test.ts', text: HEADER + 'x();\n'.repeat(TEST_LINES_MAX) },
    ],
  }),
  measuringCheck({
    name: `no function has more than ${FUNCTION_LINES_MAX} lines`,
    exceptions: LONG_FUNCTIONS,
    measure: (files) => lengthsOf(files, FUNCTION_LINES_MAX, false),
    canaries: [
      `function x() {\n${'y();\n'.repeat(FUNCTION_LINES_MAX - 1)}}\n`,
      `const x = () => {\n${'y();\n'.repeat(FUNCTION_LINES_MAX - 1)}};\n`,
      `class X {\nx() {\n${'y();\n'.repeat(FUNCTION_LINES_MAX - 1)}}\n}\n`,
      `function x() {\nreturn [\n${"'y',\n".repeat(FUNCTION_LINES_MAX)}];\n}\n`,
    ].map((text) => ({ path: 'sim/canary.ts', text: HEADER + text })),
  }),
  measuringCheck({
    name: `no constructor has more than ${CONSTRUCTOR_LINES_MAX} lines`,
    exceptions: LONG_CONSTRUCTORS,
    measure: (files) => lengthsOf(files, CONSTRUCTOR_LINES_MAX, true),
    canaries: [
      {
        path: 'sim/canary.ts',
        text: `${HEADER}class X {\nconstructor() {\n${'y();\n'.repeat(CONSTRUCTOR_LINES_MAX - 1)}}\n}\n`,
      },
    ],
  }),
];

/** Tests are sentences of any length: only their files are held. */
function lengthsOf(files: readonly SourceFile[], limit: number, constructs: boolean): readonly Measured[] {
  return files
    .filter(({ path }) => !isTest(path))
    .flatMap((file) =>
      syntaxOf(file)
        .functions.filter((each) => each.constructs === constructs)
        .map(({ name, line, lines }) => ({
          path: file.path,
          line,
          row: `${file.path}: ${name}`,
          amount: lines,
          limit,
          what: `lines in ${name}`,
        })),
    );
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
