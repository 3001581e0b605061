/** Reports read back and joined: the model survives, parts make the whole in any order, and each renderer shows the whole. */
import * as fc from 'fast-check';
import test from 'ava';
import { fuzz } from '../sim/fuzz.ts';
import type { SuiteResult } from '../scenarios/evidence/model.ts';
import { mergeSuites } from '../scenarios/evidence/merge-suites.ts';
import { parseSuite } from '../scenarios/evidence/parse-suite.ts';
import { fuzzTargets } from '../scenarios/evidence/suite.fuzz.ts';
import { reportJson } from './json.ts';
import { RENDERERS } from './renderers.ts';
import { GREEN, SAMPLE, SAMPLE_PARTS, TIDY } from './sample.fixture.ts';

const read = (text: string): SuiteResult => parseSuite(text, 'report.json');

test('what is written is read back, and written again it is the same octets', (t) => {
  for (const suite of [
    SAMPLE,
    TIDY,
    GREEN,
    { ...GREEN, plant: 'crs.skips-block' },
    { ...GREEN, revealsKeys: true },
  ]) {
    const text = reportJson(suite);
    t.deepEqual(read(text), JSON.parse(text));
    t.is(reportJson(read(text)), text);
  }
});

const broken = (change: object): string => JSON.stringify({ ...JSON.parse(reportJson(GREEN)), ...change });
for (const [what, text, code, message] of [
  ['cut off', reportJson(GREEN).slice(0, 99), 'SUITE_JSON', /not JSON/],
  ['of an older version', broken({ version: 1 }), 'SUITE_VERSION', /version 4/],
  ['no object', '[]', 'SUITE_VERSION', /version 4/],
  ['with a key more', broken({ more: 1 }), 'SUITE_FIELD', /"more"/],
  ['without a seed', broken({ seed: undefined }), 'SUITE_FIELD', /"seed"/],
  ['with a verdict of its own', reportJson(GREEN).replace('"pass"', '"great"'), 'SUITE_FIELD', /verdict/],
  [
    'with a scenario twice',
    broken({ scenarios: [...GREEN.scenarios, ...GREEN.scenarios] }),
    'SUITE_VARIANT_TWICE',
    /twice/,
  ],
] as const)
  test(`a report ${what} is refused`, (t) => {
    t.throws(() => read(text), { code, message });
  });

/** The whole in the order that a merge gives. */
const WHOLE = mergeSuites([SAMPLE]);
/** A part for each run, finished or missing. */
const PARTS: readonly SuiteResult[] = SAMPLE.scenarios.flatMap((scenario) => [
  ...scenario.variants.map((variant) => ({
    ...SAMPLE,
    scenarios: [{ ...scenario, variants: [variant], missing: [] }],
  })),
  ...scenario.missing.map((run) => ({
    ...SAMPLE,
    scenarios: [{ ...scenario, variants: [], missing: [run] }],
  })),
]);

test('property: parts make the whole, joined in any order and in any groups', (t) => {
  const order = fc.shuffledSubarray([...PARTS], { minLength: PARTS.length });
  fc.assert(
    fc.property(order, fc.integer({ min: 1, max: PARTS.length - 1 }), ([first, ...rest], cut) => {
      if (first === undefined) return;
      t.deepEqual(mergeSuites([first, ...rest]), WHOLE);
      const [left, right] = [rest.slice(0, cut - 1), rest.slice(cut - 1)];
      const [begin, ...more] = right;
      if (begin === undefined) return;
      const [one, two] = [mergeSuites([first, ...left]), mergeSuites([begin, ...more])];
      t.deepEqual(mergeSuites([one, two]), WHOLE);
      t.deepEqual(mergeSuites([two, one]), WHOLE);
    }),
    { numRuns: 40 },
  );
});

test('clauses are judged again: what passed in one part does not pass while a check of another fails', (t) => {
  const verdictIn = (suite: SuiteResult): string | undefined =>
    mergeSuites([suite]).clauses.find(({ id }) => id === 'para-25')?.verdict;
  const [compromise] = PARTS;
  const lost = PARTS.find(({ scenarios: [scenario] }) => scenario?.missing.length === 1);
  if (compromise === undefined || lost === undefined) return t.fail();
  t.is(verdictIn(compromise), 'pass');
  t.is(verdictIn(mergeSuites([compromise, lost])), 'inconclusive', 'a run that is missing counts');
});

test('the lines that run the parts again are all kept, once', (t) => {
  const [one, two] = PARTS;
  if (one === undefined || two === undefined) return t.fail();
  const merged = mergeSuites([
    { ...one, replay: 'calldrill run b' },
    { ...two, replay: 'calldrill run a' },
  ]);
  t.is(merged.replay, 'calldrill run a\ncalldrill run b');
});

for (const [what, change] of [
  ['tool', { tool: 'calldrill 9' }],
  ['seed', { seed: '43' }],
  ['plant', { plant: 'crs.skips-block' }],
  ['revealsKeys', { revealsKeys: true }],
  ['parameters', { parameters: [] }],
  ['clauses', { clauses: [] }],
] as const)
  test(`parts with another ${what} are refused`, (t) => {
    const [one, two] = PARTS;
    if (one === undefined || two === undefined) return t.fail();
    t.throws(() => mergeSuites([one, { ...two, ...change }]), {
      code: 'SUITE_DIFFERS',
      message: new RegExp(what),
    });
  });

test('the same variant twice is refused, also where it is missing once, and so is another file of a scenario or procedure', (t) => {
  const [one, two] = PARTS;
  const [scenario] = one?.scenarios ?? [];
  if (one === undefined || two === undefined || scenario === undefined) return t.fail();
  t.throws(() => mergeSuites([one, one]), { code: 'SUITE_VARIANT_TWICE' });
  for (const [key, change] of [
    ['sha256', { sha256: 'ff'.repeat(32) }],
    ['performs', { performs: [{ name: 'client-recovery', sha256: 'ff'.repeat(32) }] }],
  ] as const) {
    const other = { ...two, scenarios: two.scenarios.map((each) => ({ ...each, ...change })) };
    t.throws(() => mergeSuites([one, other]), { code: 'SUITE_DIFFERS', message: new RegExp(key) });
  }
});

for (const { id, files } of RENDERERS)
  test(`${id} renders what was joined as it renders the whole`, (t) => {
    const [first, ...rest] = PARTS.map((part) => read(reportJson(part)));
    if (first === undefined) return t.fail();
    // Keys are sorted in a report: what is compared was read from one on both sides.
    const whole = read(reportJson(WHOLE));
    t.deepEqual(files(mergeSuites([first, ...rest]), SAMPLE_PARTS), files(whole, SAMPLE_PARTS));
    t.true([...files(WHOLE, SAMPLE_PARTS).values()].every(({ length }) => length > 0));
  });

for (const target of fuzzTargets)
  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
    const { defects, refused, codes } = fuzz(target, 2_000);
    t.deepEqual(defects, []);
    t.true(refused > 500);
    t.true(codes.size >= 2, [...codes.keys()].join(' '));
  });
