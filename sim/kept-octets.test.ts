import test from 'ava';
import fc from 'fast-check';
import { digestOfKept, type KeptValue } from './kept.ts';
import { KeptReader, keptOctets, type KeptContent } from './kept-octets.ts';
import { concat, fromAscii } from './octets.ts';
import { Secret } from './secret.ts';

const name = fc.string({ unit: 'binary', maxLength: 6 }).filter((key) => key !== '__proto__');
const { content } = fc.letrec<{ content: KeptContent }>((tie) => ({
  content: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.bigInt(),
    fc.constant(null),
    fc.constant(undefined),
    fc.uint8Array({ maxLength: 6 }),
    fc.uint8Array({ maxLength: 6 }).map((octets) => new Secret('SSV', 'alice', octets)),
    fc.array(tie('content'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('content')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

class Refused extends Error {
  readonly offset: number;
  constructor(detail: string, offset: number) {
    super(detail);
    this.offset = offset;
  }
}

function readerOf(octets: Uint8Array): KeptReader {
  return new KeptReader(octets, (detail, offset) => new Refused(detail, offset));
}

function valueOf(octets: Uint8Array): KeptValue {
  return readerOf(octets).value();
}

test('what is read is what was written, in the same order', (t) => {
  fc.assert(
    fc.property(content, (written) => {
      const octets = keptOctets(written);
      const reader = readerOf(octets);
      const read = reader.content();
      t.is(reader.remaining, 0);
      t.deepEqual(revealed(read), revealed(written));
      t.deepEqual(keptOctets(read), octets);
    }),
  );
});

/** With secrets as what is in them, and fields as pairs, so that their order counts. */
function revealed(value: KeptContent): unknown {
  if (value instanceof Secret) return { secret: [value.kind, value.owner, value.reveal()] };
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(revealed);
  return { fields: Object.entries(value).map(([key, item]) => [key, revealed(item)]) };
}

test('numbers, texts and fields that JSON would change are kept', (t) => {
  const odd: KeptValue = {
    numbers: [-0, NaN, Infinity, -Infinity, Number.MIN_VALUE, 2 ** 53],
    bigints: [0n, -1n, 1n << 521n],
    texts: ['\ud800', 'a\udc00b', '\ufeffbegins with a mark', '😀', ''],
    none: undefined,
    octets: new Uint8Array([0, 255]),
  };
  const read = valueOf(keptOctets(odd));
  t.deepEqual(read, odd);
  t.is(digestOfKept(read), digestOfKept(odd));
});

test('octets that are read are nobody else’s', (t) => {
  const octets = keptOctets(new Uint8Array([1, 2, 3]));
  const read = valueOf(octets);
  octets.fill(0);
  t.deepEqual(read, new Uint8Array([1, 2, 3]));
});

test('a beginning of what was written is refused, wherever it ends', (t) => {
  const octets = keptOctets({ a: [1, 'two', 3n], b: new Uint8Array(9), c: { d: '\ud800', e: null } });
  for (let length = 0; length < octets.length; length++) {
    const error = t.throws(() => valueOf(octets.subarray(0, length)), { instanceOf: Refused });
    t.true((error?.offset ?? Infinity) <= length);
  }
});

const REFUSED: readonly (readonly [what: string, octets: Uint8Array, offset: number])[] = [
  ['no such kind', fromAscii('l\0\0\0\x01?'), 5],
  ['more values than octets', fromAscii('l\xff\xff\xff\xff'), 0],
  ['more fields than octets', fromAscii('r\0\0\0\x02s\0\0'), 0],
  ['a prototype as a field', fromAscii('r\0\0\0\x01s\0\0\0\x09__proto__n'), 5],
  ['a field that is there twice', fromAscii('r\0\0\0\x02s\0\0\0\x01ans\0\0\0\x01an'), 12],
  ['a name of a field that is no text', fromAscii('r\0\0\0\x01nn'), 5],
  ['a text that is not UTF-8', fromAscii('s\0\0\0\x01\xff'), 0],
  ['UTF-16 that UTF-8 could say', fromAscii('w\0\0\0\x02a\0'), 0],
  ['UTF-16 that ends within a unit', fromAscii('w\0\0\0\x03\0\xd8a'), 0],
  ['a bigint with a sign alone', fromAscii('b\0\0\0\x01-'), 0],
  ['a bigint with a zero before it', fromAscii('b\0\0\0\x0201'), 0],
  ['a secret', keptOctets(new Secret('PSK', 'alice', new Uint8Array(2))), 0],
  ['depth', concat(...Array.from({ length: 65 }, () => fromAscii('l\0\0\0\x01')), fromAscii('n')), 320],
];
for (const [what, octets, offset] of REFUSED) {
  test(`refused: ${what}`, (t) => {
    t.is(t.throws(() => valueOf(octets), { instanceOf: Refused })?.offset, offset);
  });
}

test('a secret is what it was, and no other is made up', (t) => {
  const octets = keptOctets([new Secret('PSK', 'alice', new Uint8Array([7]))]);
  t.throws(() => valueOf(octets), { instanceOf: Refused });
  t.deepEqual(revealed(readerOf(octets).content()), [{ secret: ['PSK', 'alice', new Uint8Array([7])] }]);
  for (const forged of ['xs\0\0\0\x03KEYs\0\0\0\0o\0\0\0\0', 'xs\0\0\0\x03PSKs\0\0\0\0s\0\0\0\0', 'xn'])
    t.throws(() => readerOf(fromAscii(forged)).content(), { instanceOf: Refused });
});

test('64 lists inside each other are read', (t) => {
  t.notThrows(() =>
    valueOf(concat(...Array.from({ length: 64 }, () => fromAscii('l\0\0\0\x01')), fromAscii('n'))),
  );
});

test('what is not plain is not written, and has no digest', (t) => {
  const other: unknown[] = [
    new Map(),
    new Date(0),
    new Refused('', 0),
    Buffer.alloc(1),
    { a: [new Set()] },
    Object.create({}),
  ];
  for (const value of other) {
    t.throws(() => keptOctets(value as KeptValue), { message: /^assertion failed/ });
    t.throws(() => digestOfKept(value as KeptValue), { message: /^assertion failed/ });
  }
});
