/** The mutator itself, on a small module: what weak tests let live, strong tests must kill. */
import { pathToFileURL } from 'node:url';
import test from 'ava';
import type { Equivalent } from './equivalent.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { linesOf, reportOf } from './report.ts';
import { builtPathOf } from './subjects.ts';
import { FailsUnmutated, selectionsFor, tryMutants, type TriedMutant } from './trial.ts';

const FILE = 'cli/dev/mutate/toll.fixture.ts';
const mutants = mutantsOf(builtPathOf(FILE));
const urlOf = (source: string): string => pathToFileURL(builtPathOf(source)).href;

function tried(tests: string, limits: { limitMs?: number } = {}): Promise<readonly TriedMutant[]> {
  return tryMutants({
    subject: { target: urlOf(FILE), tests: [urlOf(`cli/dev/mutate/toll-${tests}.fixture.ts`)], mutants },
    mutants,
    equivalents: [],
    jobs: 1,
    limitMs: 120_000,
    mutantLimitMs: 3_000,
    now: () => performance.now(),
    ...limits,
  });
}

/** `axle < axles -> axle <= axles: survived`. */
function fatesOf(outcome: readonly TriedMutant[]): ReadonlyMap<string, string> {
  return new Map(
    outcome.map(({ mutant: { original, replacement }, fate }) => [`${original} -> ${replacement}`, fate.is]),
  );
}

test('the canary lives with weak tests, and strong tests kill it', async (t) => {
  const [weak, strong] = await Promise.all([tried('weak'), tried('strong')]);
  const canary = 'axle < axles -> axle <= axles';
  t.is(fatesOf(weak).get(canary), 'survived');
  t.is(fatesOf(strong).get(canary), 'killed');

  const hangs = 'axle++ -> axle--';
  t.deepEqual([fatesOf(weak).get(hangs), fatesOf(strong).get(hangs)], ['timed out', 'timed out']);

  const unreached = '`${toll} paid` -> ``';
  t.is(fatesOf(weak).get(unreached), 'not reached');
  t.is(fatesOf(strong).get(unreached), 'killed');

  const madeAtLoading = 'sum + years -> sum - years';
  t.is(fatesOf(weak).get(madeAtLoading), 'survived');
  t.is(fatesOf(strong).get(madeAtLoading), 'killed');

  t.deepEqual(
    strong.filter(({ fate }) => fate.is !== 'killed' && fate.is !== 'timed out'),
    [],
  );
  t.is(reportOf(FILE, strong, [], 1).score, 100);
  t.true(reportOf(FILE, strong, [], 1).holds);
  t.true(reportOf(FILE, weak, [], 1).score < 60);
  t.false(reportOf(FILE, weak, [], 1).holds);
  const killer = strong.find(({ mutant }) => `${mutant.original} -> ${mutant.replacement}` === canary);
  t.deepEqual(killer?.fate, { is: 'killed', by: 'toll-strong.fixture.js: old vehicles pay by the axle' });
});

test('tests that fail without any mutant say nothing about mutants', async (t) => {
  const error = await t.throwsAsync(tried('failing'), { instanceOf: FailsUnmutated });
  t.is(error?.message, 'it fails without any mutant: toll-failing.fixture.js: everybody goes free');
});

test('when the time is over, what was not tried is not taken for noticed', async (t) => {
  let calls = 0;
  const outcome = await tryMutants({
    subject: { target: urlOf(FILE), tests: [urlOf('cli/dev/mutate/toll-strong.fixture.ts')], mutants },
    mutants,
    equivalents: [],
    jobs: 1,
    limitMs: 60_000,
    // The first look is at the beginning, each further one is an hour later.
    now: () => 3_600_000 * calls++,
  });
  t.true(outcome.every(({ fate }) => fate.is === 'not tried'));
  t.is(reportOf(FILE, outcome, [], 1).score, 0);
});

test('a mutant is found in the TypeScript by its place', (t) => {
  const { at, operator } = mutants.find(({ original }) => original === 'axle++') ?? {};
  t.is(operator, 'UpdateOperator');
  t.deepEqual(at, { line: 10, column: 36, text: 'for (let axle = 0; axle < axles; axle++) toll += 3;' });
});

test('a mutant is tried with the tests that reach it, quickest first; all of them when it is there before they begin', (t) => {
  const tests = [
    { file: 0, title: undefined, durationMs: 0, mutants: [1] },
    { file: 0, title: 'slow', durationMs: 50, mutants: [2] },
    { file: 0, title: 'quick', durationMs: 5, mutants: [2] },
    { file: 1, title: undefined, durationMs: 0, mutants: [] },
    { file: 1, title: 'other', durationMs: 5, mutants: [3] },
  ];
  const selected = (number: number) => selectionsFor({ number }, tests);
  t.deepEqual(selected(1), [{ file: 0, titles: ['quick', 'slow'] }]);
  t.deepEqual(selected(2), [{ file: 0, titles: ['quick', 'slow'] }]);
  t.deepEqual(selected(3), [{ file: 1, titles: ['other'] }]);
  t.deepEqual(selected(4), []);
});

const fatedAs =
  (is: 'killed' | 'survived') =>
  (mutant: Mutant): TriedMutant => ({
    mutant,
    fate: is === 'killed' ? { is, by: 'a test' } : { is },
  });
const entry = (mutant: Mutant): Equivalent => ({
  file: FILE,
  line: mutant.at.text,
  original: mutant.original,
  replacement: mutant.replacement,
  reason: 'for the test',
});

test('an entry of the list of equivalents is stale when its line is gone, and when a test kills it', (t) => {
  const [first, second] = mutants;
  if (first === undefined || second === undefined) return t.fail('there are mutants');
  const outcome = [fatedAs('killed')(first), fatedAs('survived')(second)];
  const gone = { ...entry(second), line: 'it was here' };
  t.deepEqual(reportOf(FILE, outcome, [entry(second)], 1).stale, []);
  t.deepEqual(reportOf(FILE, outcome, [entry(first), entry(second), gone], 1).stale, [entry(first), gone]);
  t.true(reportOf(FILE, [fatedAs('killed')(first)], [], 1).holds);
  const { holds, score } = reportOf(FILE, [fatedAs('killed')(first)], [gone], 1);
  t.deepEqual([holds, score], [false, 100], 'whatever the score');
  t.true(linesOf(reportOf(FILE, outcome, [gone], 1)).some((line) => line.includes('STALE')));
});

test('a score is rounded down, and 90 % is enough', (t) => {
  const of = (killed: number, survived: number) => {
    const [mutant] = mutants;
    if (mutant === undefined) throw new Error('there are mutants');
    return reportOf(
      FILE,
      [
        ...Array.from({ length: killed }, () => fatedAs('killed')(mutant)),
        ...Array.from({ length: survived }, () => fatedAs('survived')(mutant)),
      ],
      [],
      1,
    );
  };
  t.deepEqual([of(9, 1).score, of(9, 1).holds], [90, true]);
  t.deepEqual([of(8999, 1001).score, of(8999, 1001).holds], [89.9, false]);
  t.deepEqual(
    linesOf(of(1, 1)).map((line) => line.split(':')[0]),
    ['FAILS cli/dev/mutate/toll.fixture.ts', '  survived cli/dev/mutate/toll.fixture.ts'],
  );
});
