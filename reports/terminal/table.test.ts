import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import { widthOf } from './columns.ts';
import { alignedRows, columnsOf, linesOf, tableOf } from './table.ts';

test('a table aligns, folds its long cells and leaves no blanks at the ends of lines', (t) => {
  const columns = [
    { title: 'n', align: 'right' as const },
    { title: 'value', folds: true as const },
    { title: 'note' },
  ];
  const rows = [
    ['1', 'x'.repeat(30), 'long'],
    ['20', 'y', ''],
  ];
  const heading = (text: string) => text.toUpperCase();
  t.is(
    tableOf(columns, rows, { columns: 34, heading }),
    [
      ' N  VALUE                     NOTE',
      ` 1  ${'x'.repeat(24)}  long`,
      `    ${'x'.repeat(6)}`,
      '20  y',
      '',
    ].join('\n'),
  );
  t.regex(tableOf(columns, rows, { columns: undefined, heading }), /x{30} {2}long\n/);
});

test('two columns fold their second, and a long term has a line of its own', (t) => {
  t.is(
    columnsOf(
      [
        ['a', 'one two three'],
        ['a-term-that-is-long', 'four'],
        ['b', ''],
      ],
      20,
    ),
    [
      '  a          one two',
      '             three',
      '  a-term-that-is-long',
      '             four',
      '  b',
      '',
    ].join('\n'),
  );
});

test('a line is broken between words, and what follows is set in', (t) => {
  const text = '  what is yours is done only if you do it';
  t.deepEqual(linesOf(text, 30), ['  what is yours is done only', '    if you do it']);
  t.deepEqual(linesOf(text, 80), [text]);
  t.deepEqual(linesOf(text, undefined), [text], 'nobody looks');
});

test('cells of every script stand below each other', (t) => {
  const rows = [
    ['電話', '1', 'x'],
    ['e\u{301}te\u{301}', '20', 'x'],
    ['👩‍👩‍👧', '3', 'x'],
    ['\u{1b}[31mred\u{1b}[39m', '400', 'x'],
    ['plain', '', 'x'],
  ];
  t.deepEqual(alignedRows(rows, ['left', 'right']).map(stripVTControlCharacters), [
    '電話     1  x',
    'e\u{301}te\u{301}     20  x',
    '👩‍👩‍👧       3  x',
    'red    400  x',
    'plain       x',
  ]);
});

test('a cell of wide characters is folded within its column', (t) => {
  const columns = [
    { title: 'who', folds: true as const },
    { title: 'n', align: 'right' as const },
  ];
  const table = tableOf(columns, [['電'.repeat(20), '7']], { columns: 30, heading: (text) => text });
  t.is(table, `who${' '.repeat(26)}n\n${'電'.repeat(13)}   7\n${'電'.repeat(7)}\n`);
});

test('colour in a cell that is folded ends with its line and goes on in the next', (t) => {
  const columns = [{ title: 'value', folds: true as const }, { title: 'note' }];
  const rows = [[`\u{1b}[31m${'x'.repeat(30)}\u{1b}[0m`, 'plain']];
  t.is(
    tableOf(columns, rows, { columns: 31, heading: (text) => text }),
    [
      `value${' '.repeat(21)}note`,
      `\u{1b}[31m${'x'.repeat(24)}\u{1b}[0m  plain`,
      `\u{1b}[31m${'x'.repeat(6)}\u{1b}[0m`,
      '',
    ].join('\n'),
  );
});

test('property: no line of a table is wider than the terminal, and nothing of a cell is lost', (t) => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'bc', '電', 'e\u{301}', '👩‍👩‍👧', '🇬🇧', '\u{1b}[1m', '\u{1b}[0m', '-'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, fc.nat(99)), { minLength: 1 }),
      fc.integer({ min: 40, max: 90 }),
      (rows, columns) => {
        const cells = rows.map(([text, n]) => [text, String(n)]);
        const table = tableOf(
          [
            { title: 'text', folds: true },
            { title: 'n', align: 'right' },
          ],
          cells,
          {
            columns,
            heading: (text) => text,
          },
        );
        const lines = table.trimEnd().split('\n').slice(1);
        for (const line of lines) t.true(widthOf(line) <= columns, line);
        const shown = stripVTControlCharacters(lines.join('')).replaceAll(/[ \d]/g, '');
        t.is(shown, stripVTControlCharacters(cells.map(([text = '']) => text).join('')));
      },
    ),
  );
});
