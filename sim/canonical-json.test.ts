import * as fc from 'fast-check';
import test from 'ava';
import { canonicalJson } from './canonical-json.ts';

test('equal values give equal text, whatever the order of their keys', (t) => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, reversed(item)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      t.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      t.is(canonicalJson(reversed(value) as string), text);
    }),
  );
  t.is(
    canonicalJson({ b: 1, a: { d: [], c: {} }, e: undefined }),
    '{\n  "a": {\n    "c": {},\n    "d": []\n  },\n  "b": 1\n}\n',
  );
});
