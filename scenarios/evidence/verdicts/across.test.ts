/** The same verdicts in several variants: what is the same, what is not, and what cannot be said. */
import test from 'ava';
import type { CheckResult, MissingRun, ScenarioResult, VariantResult, Verdict } from '../model.ts';
import { judgeAcross } from './across.ts';

const PART = 'para-8.c1/same-verdicts';
const DECLARED = {
  id: 'alike',
  title: 'alike',
  source: 's.yaml:1',
  variants: ['wifi', 'cell'],
  verdicts: ['rings', 'tries'],
  parts: [{ part: PART }],
};

const check = (id: string, verdict: Verdict, probe?: Pick<Probe, 'outcome' | 'refusedAs'>): CheckResult => ({
  ...{ id, kind: 'expectation', title: id, parts: [], verdict, why: '', evidence: [], source: '' },
  ...(probe === undefined ? {} : { probe: probe as Probe }),
});
type Probe = NonNullable<CheckResult['probe']>;
const BLOCKED = { outcome: 'refused', refusedAs: 'blocked' } as const;
const [RINGS, TRIES] = [check('rings', 'pass'), check('tries', 'pass', BLOCKED)];
const GOOD = [RINGS, TRIES];

const run = (
  name: string,
  checks: readonly CheckResult[] = GOOD,
  setUp: number | null = 100,
): VariantResult =>
  ({
    name,
    checks,
    measures: [
      { name: 'loss', value: 0, unit: 'percent' },
      { name: 'set-up', value: setUp, unit: 'milliseconds' },
    ],
  }) as unknown as VariantResult;

const judged = (
  variants: readonly VariantResult[],
  more: { readonly apart?: { measure: string; by: number }; readonly missing?: readonly MissingRun[] } = {},
): string => {
  const { missing = [], ...declared } = more;
  const scenario: Pick<ScenarioResult, 'variants' | 'missing'> = { variants, missing };
  const { verdict, why, parts, ...rest } = judgeAcross({ ...DECLARED, ...declared }, scenario);
  if (JSON.stringify(parts) !== JSON.stringify([{ part: PART, verdict, why }])) return 'the part differs';
  if (JSON.stringify(rest) !== JSON.stringify({ ...DECLARED, parts: undefined, ...declared }))
    return 'it is another one';
  return `${verdict}: ${why}`;
};

test('the same verdicts, outcomes and reasons in each pass, with numbers', (t) => {
  t.is(judged([run('wifi'), run('other', []), run('cell')]), 'pass: 2 verdicts are the same in wifi, cell');
  t.is(
    judgeAcross({ ...DECLARED, verdicts: ['rings'] }, { variants: [run('wifi'), run('cell')], missing: [] })
      .why,
    '1 verdict is the same in wifi, cell',
  );
});

test('another verdict, outcome or reason in one of them fails', (t) => {
  const but = (...checks: readonly CheckResult[]): string => judged([run('wifi'), run('cell', checks)]);
  t.is(but(check('rings', 'fail'), TRIES), "fail: rings is pass in 'wifi' and fail in 'cell'");
  t.is(
    but(RINGS, check('tries', 'pass', { outcome: 'opened' })),
    "fail: tries is pass (refused as blocked) in 'wifi' and pass (opened) in 'cell'",
  );
  t.regex(
    but(RINGS, check('tries', 'pass', { ...BLOCKED, refusedAs: 'no-psk' })),
    /^fail: .* as no-psk\) in 'cell'$/,
  );
});

test('what is unclear in one of them is inconclusive, and what was not tested there is not tested', (t) => {
  const but = (verdict: Verdict): string =>
    judged([run('wifi'), run('cell', [check('rings', verdict), TRIES])]);
  t.is(but('inconclusive'), "inconclusive: rings is inconclusive in 'cell'");
  t.is(but('not-tested'), "not-tested: rings is not-tested in 'cell'");
  t.is(but('not-applicable'), "not-tested: rings is not-applicable in 'cell'");
  t.is(judged([run('wifi'), run('cell', [TRIES])]), "not-tested: rings is not there in 'cell'");
  const unclear = [check('rings', 'inconclusive'), TRIES];
  t.regex(
    judged([run('wifi', unclear), run('cell', unclear)]),
    /^inconclusive: rings is inconclusive in 'wifi'/,
  );
});

test('what fails in each of them the same shows nothing', (t) => {
  const broken = [check('rings', 'fail'), TRIES];
  t.is(
    judged([run('wifi', broken), run('cell', broken)]),
    "inconclusive: rings is fail in 'wifi', so nothing can be said of the others",
  );
});

test('a variant that was not run leaves it not tested, and one whose run failed inconclusive', (t) => {
  t.is(judged([run('wifi')]), "not-tested: the variant 'cell' was not run");
  t.is(judged([]), "not-tested: the variant 'wifi' was not run");
  const lost = { name: 'cell', code: 'RUN_LOST', why: 'gone' } as MissingRun;
  t.is(judged([run('wifi')], { missing: [lost] }), "inconclusive: the run of 'cell' failed: RUN_LOST: gone");
  t.is(
    judged([run('wifi')], { missing: [{ ...lost, name: 'x' }] }),
    "not-tested: the variant 'cell' was not run",
  );
});

test('a difference outweighs what is unclear, and that what was not run', (t) => {
  const three = { ...DECLARED, variants: ['wifi', 'cell', 'sat'] };
  const of = (...variants: readonly VariantResult[]): Verdict =>
    judgeAcross(three, { variants, missing: [] }).verdict;
  const fails = run('cell', [check('rings', 'fail'), TRIES]);
  const unclear = run('sat', [check('rings', 'inconclusive'), TRIES]);
  t.is(of(run('wifi'), fails, unclear), 'fail');
  t.is(of(run('wifi'), fails), 'fail');
  t.is(of(run('wifi'), unclear), 'inconclusive');
  t.is(of(run('wifi'), run('cell'), unclear), 'inconclusive');
  t.is(of(run('wifi'), run('cell')), 'not-tested');
});

test('where a measure has to differ, any two that are too near fail, and none measured is inconclusive', (t) => {
  const apart = { measure: 'set-up', by: 50 };
  t.is(
    judged([run('wifi'), run('cell', GOOD, 150)], { apart }),
    'pass: 2 verdicts are the same in wifi, cell, and set-up is 100, 150',
  );
  t.is(
    judged([run('wifi'), run('cell', GOOD, 51)], { apart }),
    "fail: set-up is 100 in 'wifi' and 51 in 'cell', not 50 apart",
  );
  t.is(
    judged([run('wifi'), run('other'), run('cell', GOOD, null)], { apart }),
    "inconclusive: 'cell' has no set-up",
  );
  t.is(
    judged([run('wifi', GOOD, null), run('cell'), run('other')], { apart }),
    "inconclusive: 'wifi' has no set-up",
  );
  t.is(
    judged([run('wifi', GOOD, 10), run('cell', GOOD, null)], { apart }),
    "inconclusive: 'cell' has no set-up",
  );
  t.is(
    judged([run('wifi'), run('cell')], { apart: { measure: 'unheard-of', by: 50 } }),
    "inconclusive: 'wifi' has no unheard-of",
  );
  t.regex(judged([run('wifi')], { apart }), /^not-tested: the variant 'cell'/);
});
