import * as fc from 'fast-check';
import test from 'ava';
import { printable, shortened } from './printable.ts';

test('what moves a cursor, turns a line around or hides is shown as an escape', (t) => {
  t.is(
    printable('a\u{1b}[31m\n\r\t\u{0}\u{202e}\u{d800}z'),
    'a\\u{1b}[31m\\n\\r\\t\\u{0}\\u{202e}\\u{d800}z',
  );
});

test('other text is untouched', (t) => {
  t.is(printable('naïve – 電話 📞 +44'), 'naïve – 電話 📞 +44');
});

test('no control and no lone surrogate is left, whatever the text', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      t.notRegex(printable(text), /[\p{Cc}\p{Cs}\u{202a}-\u{202e}\u{2028}\u{2029}]/u);
    }),
  );
});

test('a text is shortened by characters, not in the middle of one', (t) => {
  t.is(shortened('abc', 3), 'abc');
  t.is(shortened('abcd', 3), 'ab…');
  t.is(shortened('📞📞📞📞', 3), '📞📞…');
  t.is(shortened('📞📞📞', 3), '📞📞📞');
});
