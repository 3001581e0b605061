import test from 'ava';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { digestOfKept, type KeptValue } from './kept.ts';

const { value } = fc.letrec<{ value: KeptValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.bigInt(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 6 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('two values have one digest when they are equal, and only then', (t) => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      t.is(digestOfKept(a) === digestOfKept(b), isDeepStrictEqual(a, b));
      t.is(digestOfKept(a), digestOfKept(structuredClone(a)));
    }),
  );
});

test('the order of keys and an undefined field make no difference', (t) => {
  t.is(digestOfKept({ a: 1, b: 2 }), digestOfKept({ b: 2, a: 1, c: undefined }));
});

test('values that print alike are told apart', (t) => {
  const alike: KeptValue[] = [
    1,
    '1',
    1n,
    [1],
    { 0: 1 },
    new Uint8Array([1]),
    [[1]],
    null,
    'null',
    undefined,
    0,
    -0,
    '',
    [],
    {},
  ];
  t.is(new Set(alike.map(digestOfKept)).size, alike.length);
});
