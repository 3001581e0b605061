import test from 'ava';
import fc from 'fast-check';
import { parseJson } from './json-text.ts';

/** The octet where the text breaks, or undefined when it does not. */
function breakIn(text: string): number | undefined {
  let found: number | undefined;
  try {
    parseJson(text, (offset, cause) => {
      found = offset;
      return new Error('no JSON', { cause });
    });
  } catch {
    return found;
  }
  return undefined;
}

for (const [text, offset] of [
  ['', 0],
  ['{', 1],
  ['{"a"', 4],
  ['{"a":1', 6],
  ['[1,', 3],
  ['"abc', 4],
  ['"a\\', 3],
  ['1.', 2],
  ['tru', 3],
  ['{ "é": nothing }', 9],
  ['{a:1}', 1],
  ['{"a":1,}', 7],
  ['[1 2]', 3],
  ['[1,]', 3],
  ['1 2', 2],
  ['trux', 3],
  ['"a\\q"', 3],
  ['"a\nb"', 2],
  [`[${'1,'.repeat(100)}x${',1'.repeat(100)}]`, 201],
] as const) {
  test(`the octet where it breaks: ${text.slice(0, 20).replaceAll('\n', '␊')}`, (t) => {
    t.is(breakIn(text), offset);
  });
}

test('what is JSON is read, and the engine says why something is not', (t) => {
  const refuse = (_offset: number, cause: unknown) => new Error('no JSON', { cause });
  t.deepEqual(parseJson(' {"a": [1, null]} ', refuse), { a: [1, null] });
  t.true(t.throws(() => parseJson('{', refuse))?.cause instanceof SyntaxError);
});

test('property: of JSON that is cut off, all that is there is sound', (t) => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, at) => {
      const text = `[${json}]`;
      const beginning = text.slice(0, at % text.length);
      t.is(breakIn(beginning), Buffer.byteLength(beginning));
    }),
  );
});

test('property: a control character breaks JSON wherever it is put', (t) => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, at) => {
      const index = at % (json.length + 1);
      t.is(
        breakIn(`${json.slice(0, index)}\u0001${json.slice(index)}`),
        Buffer.byteLength(json.slice(0, index)),
      );
    }),
  );
});
