import test from 'ava';
import fc from 'fast-check';
import { BODY } from './ink.ts';
import { LineBreaker } from './line-breaker.ts';

/** Every letter is a point wide. */
const breaker = new LineBreaker((text) => text.length);

test('no letter is lost, and no line is wider than it may be', (t) => {
  const word = fc.string({
    minLength: 1,
    maxLength: 30,
    unit: fc.constantFrom('a', 'b', '-', '/', '_', '.'),
  });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 40 }),
      (words, width) => {
        const lines = breaker.lines(words.join(' '), BODY, width);
        return lines.every((line) => line.trimEnd().length <= width) && lines.join('') === words.join(' ');
      },
    ),
  );
  t.pass();
});

test('lines break between words, and a word that is too long after a hyphen or a slash', (t) => {
  t.deepEqual(breaker.lines('one two three', BODY, 7), ['one two ', 'three']);
  t.deepEqual(breaker.lines('client-compromise/late', BODY, 12), ['client-', 'compromise/', 'late']);
  t.deepEqual(breaker.lines('abcdefgh', BODY, 3), ['abc', 'def', 'gh']);
  t.deepEqual(breaker.lines('a\n\nb', BODY, 9), ['a', '', 'b']);
  t.deepEqual(breaker.lines('', BODY, 9), ['']);
});

test('the widths of more words than are remembered are right, too', (t) => {
  const many = Array.from({ length: 25_000 }, (_, at) => String(at));
  t.deepEqual(breaker.lines(many.join(' '), BODY, 1e9), [many.join(' ')]);
});
