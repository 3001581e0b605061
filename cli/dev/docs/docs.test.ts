/** The generated pages are current, and nothing that belongs on them is missing. */
import { readFileSync } from 'node:fs';
import test from 'ava';
import { codeOf, withoutComments } from '../architecture/code-text.ts';
import { isBeside } from '../architecture/check.ts';
import { sourceFiles, type SourceFile } from '../source-tree.ts';
import { boundsIn } from './bounds.ts';
import { ERROR_TABLES } from './error-tables.ts';
import { errorsPage } from './errors-page.ts';
import { diagramOf } from './machine-diagram.ts';
import { SHIPPED_KINDS } from '../../../scenarios/world/index.ts';
import { pagesOf } from './pages.ts';

const sources = sourceFiles();

for (const [path, make] of Object.entries(pagesOf(SHIPPED_KINDS))) {
  test(`${path} is current (npm run docs)`, (t) => {
    t.is(readFileSync(path, 'utf8'), make());
  });
}

/** How the register names a file in an import. */
function imported(path: string): string {
  return path.startsWith('cli/') ? `../../${path.slice('cli/'.length)}` : `../../../${path}`;
}

/** Files that make errors and whose table is not in the register. */
function undocumented(files: readonly SourceFile[]): readonly string[] {
  const register = files.find(({ path }) => path === 'cli/dev/docs/error-tables.ts')?.text ?? '';
  return files.flatMap(({ path, text }) => {
    if (isBeside(path) || path === 'sim/errors.ts') return [];
    return [...codeOf(text).matchAll(/\berrorsOf\((\w*)/g)]
      .filter(
        ([, table = '']) =>
          !register.includes(`'${imported(path)}'`) || !new RegExp(`\\b${table}\\b`).test(register),
      )
      .map(([, table]) => `${path}: ${table}`);
  });
}

test('every table of error codes is documented', (t) => {
  t.deepEqual(undocumented(sources), []);
  const canary = { path: 'devices/canary/errors.ts', text: 'export const e = errorsOf(CANARY_CODES);' };
  t.deepEqual(undocumented([...sources, canary]), ['devices/canary/errors.ts: CANARY_CODES']);
});

const codes = ERROR_TABLES.flatMap(({ table }) => Object.keys(table));

test('no two tables have a code in common', (t) => {
  t.deepEqual(duplicates(codes), []);
  t.deepEqual(duplicates(['A', 'B', 'A']), ['A']);
});

function duplicates(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => words.indexOf(word) !== index);
}

test('every documented code can be met', (t) => {
  const code = sources.filter(({ path }) => !isBeside(path)).map(({ text }) => withoutComments(text));
  const unused = (words: readonly string[]) =>
    words.filter((word) => !code.some((text) => text.includes(`'${word}'`)));
  t.deepEqual(unused(codes), []);
  t.deepEqual(unused(['NEVER_THROWN']), ['NEVER_THROWN']);
});

test('a row says in sentences what it means and what to do', (t) => {
  const text = errorsPage([{ title: 'One & two', table: { A_B: { summary: 'a | b', fix: 'Do c.' } } }]);
  t.true(text.includes('- [One & two](#one--two)'));
  t.true(text.includes('| `A_B` | A \\| b. | Do c. |'));
});

test('a diagram has every state, and tells below it what cannot be drawn', (t) => {
  const text = diagramOf({
    initial: 'off',
    on: { BREAK: '.broken' },
    states: {
      off: { on: { START: { target: 'on', guard: 'hasFuel', actions: 'honk' }, LOOK: { actions: 'look' } } },
      on: {
        type: 'parallel',
        entry: ['light', { type: 'go', params: { gear: 1 } }],
        on: { AGAIN: { target: 'on', reenter: true } },
        states: {
          engine: {
            initial: 'idle',
            states: { idle: { after: { warm: 'fast' } }, fast: { always: 'idle' } },
          },
          radio: {},
        },
      },
      broken: { type: 'final' },
    },
  });
  t.is(
    text,
    [
      '```mermaid',
      'stateDiagram-v2',
      '  state "off" as off',
      '  state "on" as on {',
      '    state "engine" as on_engine {',
      '      state "idle" as on_engine_idle',
      '      state "fast" as on_engine_fast',
      '      [*] --> on_engine_idle',
      '      on_engine_idle --> on_engine_fast: after warm',
      '      on_engine_fast --> on_engine_idle: otherwise',
      '    }',
      '    --',
      '    state "radio" as on_radio',
      '  }',
      '  state "broken" as broken',
      '  [*] --> off',
      '  off --> on: START [hasFuel] / honk',
      '  broken --> [*]',
      '```',
      '',
      '- anywhere in the machine: BREAK → `broken`',
      '- in `off`: LOOK / look',
      '- anywhere in `on`: AGAIN → `on`',
      '',
      '| State | On entry | On exit |',
      '| --- | --- | --- |',
      '| `on` | `light`, `go (gear 1)` |  |',
    ].join('\n'),
  );
});

test('a machine of regions is drawn as one state', (t) => {
  const text = diagramOf({ id: 'two', type: 'parallel', states: { a: {}, b: {} } });
  t.is(
    text,
    [
      '```mermaid',
      'stateDiagram-v2',
      '  state "two" as machine {',
      '    state "a" as a',
      '    --',
      '    state "b" as b',
      '  }',
      '```',
    ].join('\n'),
  );
});

test('a bound is found with its value and comment, wherever it is declared', (t) => {
  const text = [
    '/** Octets of',
    ' * a key. */',
    'export const KEY_OCTETS_MAX = 2 ** 6;',
    'const PORT_MAX: number = 65_535;',
    'export const A_LIMITS = {',
    '  /** Values. */',
    '  headers: 128,',
    '  lineOctets: 8,',
    '} as const;',
  ].join('\n');
  t.deepEqual(
    boundsIn([{ path: 'a.ts', text }]).map(({ name, value, about }) => [name, value, about]),
    [
      ['KEY_OCTETS_MAX', '2 ** 6', 'Octets of a key.'],
      ['PORT_MAX', '65_535', 'port, at most'],
      ['A_LIMITS.headers', '128', 'Values.'],
      ['A_LIMITS.lineOctets', '8', 'line octets'],
    ],
  );
  t.deepEqual(boundsIn([{ path: 'a.test.ts', text }]), []);
});
