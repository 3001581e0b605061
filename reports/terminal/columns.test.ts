import test from 'ava';
import fc from 'fast-check';
import { columnFor, cut, fitted, padded, widthOf, wrapped } from './columns.ts';

const FAMILY = '👩‍👩‍👧';
const RED = '\u{1b}[31m';
const PLAIN = '\u{1b}[0m';

test('a width is that of what is shown', (t) => {
  for (const [text, width] of [
    ['', 0],
    ['abc', 3],
    ['e\u{301}電a', 4],
    ['ＡＢ', 4],
    ['한국어', 6],
    ['กำ', 1],
    [FAMILY, 2],
    ['🇬🇧', 2],
    ['1️⃣', 2],
    ['a\u{200b}b', 2],
    [`${RED}red${PLAIN}`, 3],
    ['─█░▶…', 5],
  ] as const)
    t.is(widthOf(text), width, text);
});

test('text is padded to columns, on either side', (t) => {
  t.is(padded('電', 4), '電  ');
  t.is(padded('電', 4, 'right'), '  電');
  t.is(padded('abc', 2), 'abc');
  t.is(padded(`${RED}a${PLAIN}`, 3), `${RED}a${PLAIN}  `);
  t.is(columnFor(['a', '電話'], 9), 4);
  t.is(columnFor(['a', '電話'], 3), 3);
});

test('text is fitted, and the ellipsis has room', (t) => {
  t.is(fitted('電話です', 5, '…'), '電話…');
  t.is(fitted('電話です', 6, '…'), '電話…');
  t.is(fitted('電話です', 8, '…'), '電話です');
  t.is(fitted('abc', 0, '…'), '');
  t.is(fitted('電話', 2, '…'), '…');
  t.is(fitted(`a${FAMILY}${FAMILY}`, 4, '~'), `a${FAMILY}~`);
  t.is(fitted(`${RED}abcdef${PLAIN}`, 4, '~'), `${RED}abc${PLAIN}~`);
});

test('text is wrapped at spaces, and a long word is cut or kept', (t) => {
  t.deepEqual(wrapped('aa bb ccccccc', 5), ['aa bb', 'ccccc', 'cc']);
  t.deepEqual(wrapped('aa bb ccccccc', 5, { keepsWords: true }), ['aa bb', 'ccccccc']);
  t.deepEqual(wrapped('電話 です', 5), ['電話', 'です']);
  t.deepEqual(wrapped('', 5), ['']);
});

test('colour ends with its line and goes on in the next', (t) => {
  t.deepEqual(wrapped(`a ${RED}bb cc${PLAIN} d`, 4), [`a ${RED}bb${PLAIN}`, `${RED}cc${PLAIN} d`]);
  t.deepEqual(cut(`${RED}abcd${PLAIN}e`, 2), [`${RED}ab${PLAIN}`, `${RED}cd${PLAIN}`, 'e']);
});

test('nothing is cut inside what is shown as one', (t) => {
  t.deepEqual(cut(`${FAMILY}e\u{301}🇬🇧`, 1), [FAMILY, 'e\u{301}', '🇬🇧']);
  t.deepEqual(cut('👍🏽1️⃣\u{1112}\u{1161}\u{11ab}', 1), ['👍🏽', '1️⃣', '\u{1112}\u{1161}\u{11ab}']);
  t.deepEqual(cut('', 3), ['']);
});

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '電', 'e\u{301}', FAMILY, '🇬🇧', '\u{200b}', RED, '\u{1b}[1;4m', PLAIN),
  maxLength: 60,
});
const ESCAPE = '\u{1b}';
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]*m`, 'gu');
const uncoloured = (line: string): string => line.replaceAll(COLOUR, '');

test('property: pieces and lines are within their width, and nothing that is shown is lost', (t) => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 30 }), (whole, width) => {
      const pieces = cut(whole, width);
      for (const piece of pieces) t.true(widthOf(piece) <= width, JSON.stringify(piece));
      t.is(uncoloured(pieces.join('')), uncoloured(whole));
      const lines = wrapped(whole, width);
      for (const line of lines) t.true(widthOf(line) <= width, JSON.stringify(line));
      t.is(uncoloured(lines.join('')).replaceAll(' ', ''), uncoloured(whole).replaceAll(' ', ''));
      t.true(widthOf(fitted(whole, width, '…')) <= width);
    }),
  );
});

test('property: a line that has colour ends without it, but the last', (t) => {
  fc.assert(
    fc.property(text, (whole) => {
      for (const line of cut(whole, 5)) {
        const last = [...line.matchAll(COLOUR)].at(-1)?.[0];
        t.true(last === undefined || last === PLAIN || line === whole, JSON.stringify(line));
      }
    }),
  );
});
