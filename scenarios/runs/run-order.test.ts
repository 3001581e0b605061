import * as fc from 'fast-check';
import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { exampleOrder, EXAMPLE_SCREENPLAY } from './example-run.fixture.ts';
import { fuzzTargets, SAMPLE_ORDER } from './run-order.fuzz.ts';
import { orderOf, parseRunOrder, runKey, writeRunOrder, type RunOrder } from './run-order.ts';

const read = (text: string): RunOrder => parseRunOrder(text, 'order.json');

test('an order says what it was not asked for: probes are made, and nothing is recorded but the trace', (t) => {
  const order = exampleOrder('wipe-first');
  t.like(order, { probes: true, heard: false, variant: 'wipe-first' });
  t.false('capture' in order || 'plant' in order || 'typed' in order);
  t.is(order.scenario.text, EXAMPLE_SCREENPLAY.text);
});

test('what is written is read back', (t) => {
  for (const order of [SAMPLE_ORDER, exampleOrder('wipe-first')])
    t.deepEqual(read(writeRunOrder(order)), order);
});

test('property: written, read and written again it is the same text, and it has the same key', (t) => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?$/);
  const wishes = fc.record(
    {
      build: fc.stringMatching(/^[0-9a-f]{64}$/),
      variant: name,
      seed: fc.stringMatching(/^[A-Za-z0-9_][\w.-]{0,20}$/),
      keySeed: fc.stringMatching(/^[A-Za-z0-9_][\w.-]{0,20}$/),
      parameters: fc.record(
        { 'crs-months': fc.constantFrom(2, 3), 'keep-ssv': fc.boolean() },
        { requiredKeys: [] },
      ),
      probes: fc.boolean(),
      heard: fc.boolean(),
      capture: fc.record({ secrets: fc.boolean(), live: fc.boolean() }),
      typed: fc.record({
        roles: fc.constant(['ann']),
        lines: fc.array(
          fc.record({
            time: fc.constant(5),
            by: fc.constant('ann'),
            on: name,
            line: fc.string({ minLength: 1, maxLength: 40 }),
          }),
          { maxLength: 3 },
        ),
      }),
    },
    { requiredKeys: ['build', 'variant', 'seed', 'parameters'] },
  );
  fc.assert(
    fc.property(wishes, (given) => {
      const order = orderOf(EXAMPLE_SCREENPLAY, given);
      const text = writeRunOrder(order);
      t.is(writeRunOrder(read(text)), text);
      t.is(runKey(read(text)), runKey(order));
    }),
  );
});

test('everything in an order is in its key, and the order of its keys is not', (t) => {
  const keys = new Set([
    runKey(SAMPLE_ORDER),
    ...(
      [
        { build: 'f'.repeat(64) },
        { variant: 'wipe-first' },
        { seed: '43' },
        { keySeed: '43' },
        { parameters: {} },
        { plant: 'crs.one-suite' },
        { typed: { roles: [], lines: [] } },
        { probes: false },
        { capture: { secrets: false, live: false } },
        { heard: true },
        { scenario: { ...SAMPLE_ORDER.scenario, file: 'other.yaml' } },
      ] as const
    ).map((change) => runKey({ ...SAMPLE_ORDER, ...change })),
  ]);
  t.is(keys.size, 12);
  const reversed = Object.fromEntries(Object.entries(SAMPLE_ORDER).reverse()) as unknown as RunOrder;
  t.is(runKey(reversed), runKey(SAMPLE_ORDER));
});

const broken = (change: object): string =>
  JSON.stringify({ ...JSON.parse(writeRunOrder(SAMPLE_ORDER)), ...change });

for (const [what, text, code, message] of [
  ['cut off', writeRunOrder(SAMPLE_ORDER).slice(0, 300), 'RUN_ORDER_JSON', /not JSON/],
  ['another format', broken({ format: 'x' }), 'RUN_ORDER_VERSION', /version 1/],
  ['another version', broken({ version: 2 }), 'RUN_ORDER_VERSION', /version 1/],
  ['a list', '[]', 'RUN_ORDER_VERSION', /version 1/],
  ['a key more', broken({ more: 1 }), 'RUN_ORDER_FIELD', /"more"/],
  ['no seed', broken({ seed: undefined }), 'RUN_ORDER_FIELD', /"seed"/],
  ['no key seed', broken({ keySeed: undefined }), 'RUN_ORDER_FIELD', /"keySeed"/],
  ['a key seed that is none', broken({ keySeed: '' }), 'RUN_ORDER_FIELD', /keySeed/],
  ['a seed that is none', broken({ seed: '../x' }), 'RUN_ORDER_FIELD', /seed/],
  ['a build that is none', broken({ build: 'latest' }), 'RUN_ORDER_FIELD', /build/],
  ['a parameter that is none', broken({ parameters: { speed: 1 } }), 'RUN_ORDER_FIELD', /'speed'/],
  [
    'a parameter out of bounds',
    broken({ parameters: { 'crs-months': 1e9 } }),
    'RUN_ORDER_FIELD',
    /crs-months/,
  ],
  [
    'another text than its digest',
    broken({ scenario: { ...SAMPLE_ORDER.scenario, text: 'no' } }),
    'RUN_ORDER_SOURCE',
    /another SHA-256/,
  ],
  [
    'a line of somebody who is not played',
    broken({ typed: { roles: [], lines: SAMPLE_ORDER.typed?.lines } }),
    'RUN_ORDER_FIELD',
    /typed\.lines\[0\] is by 'crs-admin'/,
  ],
  [
    'lines out of order',
    broken({ typed: { roles: ['crs-admin'], lines: SAMPLE_ORDER.typed?.lines.toReversed() } }),
    'RUN_ORDER_FIELD',
    /typed\.lines\[1\] is earlier/,
  ],
  [
    'an end before the last line',
    broken({ typed: { ...SAMPLE_ORDER.typed, left: 1 } }),
    'RUN_ORDER_FIELD',
    /typed\.left/,
  ],
] as const)
  test(`refused: ${what}`, (t) => {
    t.throws(() => read(text), { code, message });
  });

test('JSON that breaks is refused with its octet', (t) => {
  const error = t.throws(() => read('{"format": ü'));
  t.like(error, { code: 'RUN_ORDER_JSON', where: { file: 'order.json', offset: 11 } });
});

for (const target of fuzzTargets)
  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
    const outcome = fuzz(target, 5_000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 2_000);
    t.true(outcome.codes.size >= 3, [...outcome.codes.keys()].join(' '));
  });
