import test from 'ava';
import fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { isTypedLines, parseTypedLines, playedLines, writeTypedLines } from './typed-lines.ts';
import { SAMPLE } from './typed-lines.fuzz.ts';

const encoder = new TextEncoder();

function refusal(octets: Uint8Array): CalldrillError | undefined {
  try {
    parseTypedLines(octets, 'typed.json');
    return undefined;
  } catch (error) {
    if (error instanceof CalldrillError) return error;
    throw error;
  }
}

/** The code of the refusal of the sample with some fields changed. */
function codeOf(changes: Readonly<Record<string, unknown>>): string | undefined {
  const content: unknown = { ...JSON.parse(writeTypedLines(SAMPLE)), ...changes };
  return refusal(encoder.encode(JSON.stringify(content)))?.code;
}

test('property: what is written is read back', (t) => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,3}$/);
  const line = fc.record({
    time: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    by: fc.constant('crs-admin'),
    on: name,
    line: fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
  });
  const file = fc.record(
    {
      scenario: name,
      source: fc.string({ minLength: 1, maxLength: 40 }),
      variant: name,
      seed: fc.stringMatching(/^\w[\w.-]{0,63}$/),
      keySeed: fc.stringMatching(/^\w[\w.-]{0,63}$/),
      parameters: fc.record(
        { 'keep-ssv': fc.boolean(), 'crs-months': fc.integer({ min: 1, max: 12 }) },
        { requiredKeys: [], noNullPrototype: true },
      ),
      roles: fc.constant(['crs-admin']),
      lines: fc.array(line).map((lines) => lines.sort((a, b) => a.time - b.time)),
      left: fc.constant(Number.MAX_SAFE_INTEGER),
      traceDigest: fc.stringMatching(/^[0-9a-f]{64}$/),
    },
    {
      requiredKeys: [
        'scenario',
        'source',
        'variant',
        'seed',
        'keySeed',
        'parameters',
        'roles',
        'lines',
        'traceDigest',
      ],
      noNullPrototype: true,
    },
  );
  fc.assert(
    fc.property(file, (typed) => {
      t.deepEqual(parseTypedLines(encoder.encode(writeTypedLines(typed)), 'x'), typed);
    }),
  );
});

test('each typed line is a line of the file, so that two exercises can be compared', (t) => {
  const lines = writeTypedLines(SAMPLE).split('\n');
  t.true(
    lines.includes('    {"time":12000000,"by":"crs-admin","on":"crs","line":"blok-user +447700900001"},'),
  );
  t.is(lines.at(-1), '');
});

for (const [what, code, changes] of [
  ['a format of something else', 'HOST_TYPED_FORMAT', { format: 'something-else' }],
  ['the version before', 'HOST_TYPED_FORMAT', { version: 1 }],
  ['a later version', 'HOST_TYPED_FORMAT', { version: 3 }],
  ['no variant', 'HOST_TYPED_FIELD', { variant: undefined }],
  ['a field nobody knows', 'HOST_TYPED_FIELD', { extra: 1 }],
  ['a scenario that is not a name', 'HOST_TYPED_FIELD', { scenario: '../x' }],
  ['a name that is too long', 'HOST_TYPED_FIELD', { scenario: 'x'.repeat(65) }],
  ['an empty source', 'HOST_TYPED_FIELD', { source: '' }],
  ['a seed with blanks', 'HOST_TYPED_FIELD', { seed: 'a b' }],
  ['roles that are no list', 'HOST_TYPED_FIELD', { roles: 'crs-admin' }],
  ['too many roles', 'HOST_TYPED_FIELD', { roles: Array.from({ length: 65 }, () => 'crs-admin') }],
  ['a role that is no name', 'HOST_TYPED_FIELD', { roles: [1] }],
  ['a role that is not played', 'HOST_TYPED_ROLE', { roles: ['alice'] }],
  ['a line that is no object', 'HOST_TYPED_FIELD', { lines: ['x'] }],
  ['a line with a field too many', 'HOST_TYPED_FIELD', { lines: [{ ...SAMPLE.lines[0], x: 1 }] }],
  ['a line without a console', 'HOST_TYPED_FIELD', { lines: [{ time: 1, by: 'crs-admin', line: 'x' }] }],
  ['an empty line', 'HOST_TYPED_FIELD', { lines: [{ ...SAMPLE.lines[0], line: '' }] }],
  [
    'a line that is too long',
    'HOST_TYPED_FIELD',
    { lines: [{ ...SAMPLE.lines[0], line: 'x'.repeat(4_097) }] },
  ],
  ['a time with a fraction', 'HOST_TYPED_FIELD', { lines: [{ ...SAMPLE.lines[0], time: 1.5 }] }],
  ['a time before the beginning', 'HOST_TYPED_FIELD', { left: -1 }],
  ['lines that go back in time', 'HOST_TYPED_ORDER', { lines: SAMPLE.lines.toReversed() }],
  ['an end before the last line', 'HOST_TYPED_ORDER', { left: 1 }],
  ['parameters that are a list', 'HOST_TYPED_FIELD', { parameters: [] }],
  ['a parameter that does not exist', 'HOST_TYPED_PARAMETER', { parameters: { nothing: 1 } }],
  ['a parameter of every object', 'HOST_TYPED_PARAMETER', { parameters: { constructor: 1 } }],
  ['a duration out of range', 'HOST_TYPED_PARAMETER', { parameters: { 'skew-limit': 1 } }],
  ['a duration in words', 'HOST_TYPED_PARAMETER', { parameters: { 'skew-limit': '10m' } }],
  ['a choice that is none', 'HOST_TYPED_PARAMETER', { parameters: { 'psk-rotation': 'never' } }],
  ['a boolean that is a number', 'HOST_TYPED_PARAMETER', { parameters: { 'keep-ssv': 1 } }],
  ['a digest that is too short', 'HOST_TYPED_FIELD', { traceDigest: 'ab' }],
] as const) {
  test(`refused: ${what}`, (t) => {
    t.is(codeOf({}), undefined, 'as it was, it is read');
    t.is(codeOf(changes), code);
  });
}

test('too many lines, too many octets, no text and no JSON are refused, with the octet where JSON breaks', (t) => {
  const many = Array.from({ length: 10_001 }, () => SAMPLE.lines[0]);
  t.is(codeOf({ lines: many, left: undefined }), 'HOST_TYPED_FIELD');
  t.is(refusal(new Uint8Array(16 * 1024 * 1024 + 1))?.code, 'HOST_TYPED_SIZE');
  t.is(refusal(Uint8Array.of(0xff))?.code, 'HOST_TYPED_JSON');
  const broken = refusal(encoder.encode('{ "é": nothing }'));
  t.is(broken?.code, 'HOST_TYPED_JSON');
  t.is(typeof broken?.where.offset, 'number');
  t.is(refusal(encoder.encode('null'))?.code, 'HOST_TYPED_FORMAT');
});

test('a file says what it is, and what a run needs of it', (t) => {
  t.true(isTypedLines(JSON.parse(writeTypedLines(SAMPLE))));
  t.false(isTypedLines({ version: 1 }));
  t.false(isTypedLines(null));
  const { roles, lines, left } = SAMPLE;
  t.deepEqual(playedLines(SAMPLE), { roles, lines, ...(left === undefined ? {} : { left }) });
  const { left: _, ...whole } = SAMPLE;
  t.deepEqual(playedLines(whole), { roles, lines });
});
