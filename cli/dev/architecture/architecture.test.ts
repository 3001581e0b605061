/**
 * The house rules, held against every file. Each check also has canaries: planted violations, put among the real files, that
 * it must catch and that nothing else in the tree may trip.
 */
import test from 'ava';
import { projectFiles, sourceFiles, type SourceFile } from '../source-tree.ts';
import { BAN_CHECKS } from './bans.ts';
import { textOf } from './check.ts';
import { CIRCLE_CHECK } from './circles.ts';
import { codeOf, withoutComments } from './code-text.ts';
import { DOCSTRING_CHECK } from './docstrings.ts';
import { FILE_CHECKS } from './files.ts';
import { IMPORT_CHECKS } from './imports.ts';
import { NAME_CHECK } from './names.ts';
import { PACKAGE_CHECK, SHIPPED_CHECKS } from './shipped.ts';
import { SIZE_CHECKS } from './sizes.ts';

const everything = projectFiles();
const sources = sourceFiles();
const CHECKS = [
  ...[
    ...IMPORT_CHECKS,
    ...BAN_CHECKS,
    ...SIZE_CHECKS,
    ...SHIPPED_CHECKS,
    CIRCLE_CHECK,
    DOCSTRING_CHECK,
    NAME_CHECK,
  ].map((check) => ({ check, files: sources })),
  ...[...FILE_CHECKS, PACKAGE_CHECK].map((check) => ({ check, files: everything })),
];

test('the tree was read', (t) => {
  t.true(sources.length > 250);
  t.true(everything.some(({ path }) => path === 'package.json'));
});

for (const { check, files } of CHECKS) {
  test(check.name, (t) => {
    t.deepEqual(check.violations(files, files).map(textOf), []);
  });

  test(`${check.name}: every canary is caught`, (t) => {
    t.true(check.canaries.length > 0);
    for (const canary of check.canaries) {
      const caught = check.violations([canary], [...files, canary]);
      t.true(caught.length > 0, `${canary.path}: ${canary.text}`);
      t.true(caught.every(({ path }) => path === canary.path));
    }
  });

  test(`${check.name}: every exception is needed`, (t) => {
    t.deepEqual(check.idle?.(files) ?? [], []);
  });
}

test('comments and strings are not code, what is between ${ and } is', (t) => {
  const text = [
    '/* Math.random */ const a = 1; // Date.now',
    "const b = 'Math.random \\' still'; b / 2 / c;",
    'const d = `Math.random ${Date.now()} ${{ x: `${1}` }.x} Math.random`;',
    'const e = /[/`"\']/.test(d); const f = `}`;',
    'call(Math.random);',
  ].join('\n');
  const code = codeOf(text);
  t.is(code.split('\n').length, 5);
  t.deepEqual(code.match(/Math\.random|Date\.now/g), ['Date.now', 'Math.random']);
  t.is(code.split('\n')[4], 'call(Math.random);');
  t.regex(withoutComments(text), /'Math\.random \\' still'/);
  t.notRegex(withoutComments(text), /Date\.now\n/);
});

test('a whole file survives the scanner: what opens also closes', (t) => {
  const unbalanced = ({ text }: SourceFile): boolean => {
    const code = codeOf(text);
    return ['{}', '()', '[]'].some(([open = '', close = '']) => count(code, open) !== count(code, close));
  };
  t.deepEqual(
    sources.filter(unbalanced).map(({ path }) => path),
    [],
  );
});

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
