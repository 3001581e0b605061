/** The rows of a check that measures, and what the checks measure with, held against planted files. */
import test from 'ava';
import type { SourceFile } from '../source-tree.ts';
import { circlesOf, graphOf } from './circles.ts';
import { explains } from './docstrings.ts';
import { measuringCheck } from './exceptions.ts';
import { SHIPPED_CHECKS } from './shipped.ts';
import { syntaxOf } from './syntax.ts';

const file = (path: string, text: string): SourceFile => ({ path, text });

const LETTERS = measuringCheck({
  name: 'letters',
  exceptions: { long: { most: 5, why: 'was there before' } },
  measure: (files) =>
    files.map(({ path, text }) => ({
      path,
      line: 0,
      row: path,
      amount: text.length,
      limit: 3,
      what: 'letters',
    })),
  canaries: [],
});

const whatOf = (...files: readonly SourceFile[]): readonly string[] =>
  LETTERS.violations(files, files).map(({ what }) => what);

test('the limit holds where there is no row, and a row where there is one', (t) => {
  t.deepEqual(whatOf(file('short', 'abc'), file('long', 'abcde')), []);
  t.deepEqual(whatOf(file('short', 'abcd')), ['4 letters, more than 3']);
  t.deepEqual(whatOf(file('long', 'abcdef')), ['6 letters, more than 5']);
});

test('a row that nothing needs, or that allows more than is needed, is idle', (t) => {
  t.deepEqual(LETTERS.idle?.([file('long', 'abcde')]), []);
  t.deepEqual(LETTERS.idle?.([file('long', 'abcd')]), ['long: 4 is enough']);
  t.deepEqual(LETTERS.idle?.([file('long', 'abc')]), ['long']);
  t.deepEqual(LETTERS.idle?.([]), ['long']);
});

test('a circle is found by every file on it, types and re-exports counted, and by no other', (t) => {
  const circles = circlesOf(
    graphOf([
      file('sim/a.ts', "import type { B } from './b.ts';\n"),
      file('sim/b.ts', "export { c } from './c.ts';\n"),
      file('sim/c.ts', "let a: import('./a.ts').A;\n"),
      file('sim/outside.ts', "import { a } from './a.ts';\n"),
      file('sim/below.ts', "// import { a } from './a.ts';\n"),
    ]),
  );
  t.deepEqual(
    [...circles].map(([path]) => path),
    ['sim/a.ts', 'sim/b.ts', 'sim/c.ts'],
  );
  t.deepEqual(circles.get('sim/b.ts'), ['sim/b.ts', 'sim/c.ts', 'sim/a.ts']);
});

test('two circles with a way between them are two', (t) => {
  const circles = circlesOf(
    graphOf([
      file('sim/a.ts', "import './b.ts';\n"),
      file('sim/b.ts', "import './a.ts';\nimport './c.ts';\n"),
      file('sim/c.ts', "import './d.ts';\n"),
      file('sim/d.ts', "import './c.ts';\n"),
    ]),
  );
  t.deepEqual(circles.get('sim/b.ts'), ['sim/b.ts', 'sim/a.ts']);
  t.deepEqual(circles.get('sim/d.ts'), ['sim/d.ts', 'sim/c.ts']);
});

test('functions are named by what holds them, and measured from signature to brace', (t) => {
  const { functions } = syntaxOf(
    file(
      'sim/x.ts',
      [
        'export class Box {',
        '  constructor() {',
        '  }',
        '  open(',
        '    far: boolean,',
        '  ): void {',
        '  }',
        '}',
        'const shut = () => 1;',
        'const table = { of: function () {',
        '} };',
        'declare function without(): void;',
      ].join('\n'),
    ),
  );
  t.deepEqual(functions, [
    { name: 'Box.constructor', line: 2, lines: 2, constructs: true },
    { name: 'Box.open', line: 4, lines: 4, constructs: false },
    { name: 'shut', line: 9, lines: 1, constructs: false },
    { name: 'of', line: 10, lines: 2, constructs: false },
  ]);
});

test('a docstring is what stands right above, and says more than the name', (t) => {
  const { exports } = syntaxOf(
    file(
      'sim/x.ts',
      '/** Of the file. */\n\n/** Of a. */\nexport const a = 1,\n  b = 2;\n\nexport type C = 1;\n',
    ),
  );
  t.deepEqual(
    exports.map(({ name, docstring }) => [name, docstring]),
    [
      ['a', 'Of a.'],
      ['b', 'Of a.'],
      ['C', undefined],
    ],
  );
  t.true(explains('Longest packet a link carries, in octets.', 'LINK_LIMITS'));
  t.false(explains('Limits of the links.', 'LINK_LIMITS'));
  t.false(explains('It is the queue.', 'RunQueue'));
});

test('what a thread or a user enters reaches is shipped, the rest is test data', (t) => {
  const [check] = SHIPPED_CHECKS;
  const files = [
    file('sim/index.ts', "export * from './clock.ts';\n"),
    file('sim/clock.ts', ''),
    file('sim/story.ts', ''),
    file('sim/story.fixture.ts', ''),
    file('sim/clock.test.ts', "import './story.ts';\n"),
  ];
  t.deepEqual(
    check?.violations(files, files).map(({ path }) => path),
    ['sim/story.ts'],
  );
});
