import test from 'ava';
import fc from 'fast-check';
import {
  anything,
  choice,
  flag,
  integer,
  listOf,
  number,
  objectOf,
  optional,
  orNull,
  readJson,
  record,
  tableOf,
  taggedBy,
  text,
  whole,
  type JsonForm,
  type JsonValueOf,
} from './json-fields.ts';

class Refused extends Error {
  readonly place: string;

  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

function read<Value>(content: unknown, form: JsonForm<Value>): Value {
  return readJson(content, form, {
    root: 'the file',
    refuse: ({ place, message }) => new Refused(place, message),
  });
}

const FILE = objectOf({
  version: choice(1),
  lines: listOf(objectOf({ time: whole(), by: text({ pattern: /^[a-z]+$/, max: 8, what: 'a name' }) }), {
    max: 3,
  }),
  limits: tableOf(orNull(number({ min: 0, max: 1 })), { max: 2 }),
  done: optional(flag),
  note: optional(record),
});

const SAMPLE: JsonValueOf<typeof FILE> = {
  version: 1,
  lines: [
    { time: 5, by: 'alice' },
    { time: 7, by: 'bob' },
  ],
  limits: new Map([
    ['loss', 0.5],
    ['rate', null],
  ]),
  done: true,
};

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (each instanceof Map ? Object.fromEntries(each) : each)),
  );
}

test('what a table of forms reads is typed, and is what was written', (t) => {
  t.deepEqual(read(plain(SAMPLE), FILE), SAMPLE);
  const { done: _, ...without } = SAMPLE;
  t.deepEqual(read(plain(without), FILE), without, 'an optional field that is missing stays missing');
});

for (const [what, change, message] of [
  ['a constant that is another', { version: 2 }, 'version is not 1'],
  ['a list that is an object', { lines: {} }, 'lines is not a list of at most 3'],
  ['too many items', { lines: [1, 2, 3, 4] }, 'lines is not a list of at most 3'],
  ['an item', { lines: [SAMPLE.lines[0], 1] }, 'lines[1] is not an object'],
  [
    'a field of an item',
    { lines: [{ time: -1, by: 'x' }] },
    'lines[0].time is not a whole number of at least 0',
  ],
  ['a fraction', { lines: [{ time: 0.5, by: 'x' }] }, 'lines[0].time is not a whole number of at least 0'],
  [
    'a number beyond 2^53',
    { lines: [{ time: 2 ** 53, by: 'x' }] },
    'lines[0].time is not a whole number of at least 0',
  ],
  [
    'a text of another form',
    { lines: [{ time: 0, by: 'X' }] },
    'lines[0].by is not a name of at most 8 characters',
  ],
  [
    'a text that is long',
    { lines: [{ time: 0, by: 'x'.repeat(9) }] },
    'lines[0].by is not a name of at most 8 characters',
  ],
  ['a missing field', { lines: [{ time: 0 }] }, 'lines[0] has no "by"'],
  ['an unknown field', { more: 1 }, 'the file has a field "more" that is not known'],
  [
    'a field of every object',
    { lines: [{ time: 0, by: 'x', constructor: 1 }] },
    'lines[0] has a field "constructor" that is not known',
  ],
  ['a number out of range', { limits: { loss: 2 } }, 'limits.loss is not a number of 0 to 1'],
  ['a key with blanks', { limits: { 'a b': 2 } }, 'limits["a b"] is not a number of 0 to 1'],
  ['too many entries', { limits: { a: 1, b: 1, c: 1 } }, 'limits has more than 2 entries'],
  ['an optional field that is null', { done: null }, 'done is not true or false'],
  ['a record that is a list', { note: [] }, 'note is not an object'],
] as const) {
  test(`refused at its place: ${what}`, (t) => {
    const content = { ...read(plain(SAMPLE), record), ...change };
    const error = t.throws(() => read(content, FILE), { instanceOf: Refused });
    t.is(error.message, message);
    t.true(message.startsWith(`${error.place} `));
  });
}

test('what is no object at all is refused under the name of the whole', (t) => {
  for (const content of [[], null, undefined, 1, 'x'])
    t.throws(() => read(content, FILE), { message: 'the file is not an object' });
});

test('a field that every object inherits is still missing', (t) => {
  t.throws(() => read({}, objectOf({ toString: anything })), { message: 'the file has no "toString"' });
  t.throws(() => read({}, taggedBy('constructor', { Object: {} })), {
    message: 'the file has no "constructor"',
  });
});

test('a key called __proto__ is data like any other', (t) => {
  const content: unknown = JSON.parse('{"__proto__": 1}');
  t.deepEqual(read(content, tableOf(integer())), new Map([['__proto__', 1]]));
  t.throws(() => read(content, objectOf({})), { message: /"__proto__" that is not known/ });
});

test('a tag says which table the other fields are of', (t) => {
  const shape = taggedBy('kind', {
    circle: { radius: number() },
    square: { side: number(), turned: optional(flag) },
  });
  t.deepEqual(read({ kind: 'circle', radius: 1.5 }, shape), { kind: 'circle', radius: 1.5 });
  t.deepEqual(read({ side: 2, kind: 'square' }, shape), { kind: 'square', side: 2 });
  for (const [content, message] of [
    [{ kind: 'circle', side: 2 }, 'the file has no "radius"'],
    [{ kind: 'toString' }, 'kind is not one of circle, square'],
    [{ radius: 1 }, 'the file has no "kind"'],
    [{ kind: 'square', side: 2, radius: 1 }, 'the file has a field "radius" that is not known'],
    [{ kind: 'square', side: '2' }, 'side is not a number'],
    ['square', 'the file is not an object'],
  ] as const)
    t.throws(() => read(content, shape), { message });
});

test('a message does not repeat all of a key that somebody else chose', (t) => {
  const long = 'x'.repeat(10_000);
  for (const form of [objectOf({}), tableOf(flag)]) {
    const error = t.throws(() => read({ [long]: 1 }, form), { instanceOf: Refused });
    t.true(error.message.length < 200);
  }
});

test('property: any JSON is read as it was, or refused at a place', (t) => {
  const forms: readonly JsonForm<unknown>[] = [
    FILE,
    listOf(tableOf(listOf(anything))),
    tableOf(orNull(text({ min: 1 }))),
    objectOf({ a: optional(integer({ max: 10 })), b: optional(listOf(flag)) }),
  ];
  let [were, refused] = [0, 0];
  const keys = fc.constantFrom('version', 'lines', 'limits', 'done', 'a', 'b', '__proto__', 'x y');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', 'alice'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, fc.constantFrom(...forms), (content, form) => {
      const json: unknown = JSON.parse(JSON.stringify(content));
      try {
        t.deepEqual(plain(read(json, form)), json);
        were++;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused++;
      }
    }),
    { numRuns: 1_000 },
  );
  t.true(were > 20 && refused > 20, `${were} read, ${refused} refused`);
});
