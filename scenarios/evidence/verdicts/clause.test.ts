import test from 'ava';
import type { CheckResult, ClauseResult, ScenarioResult, VariantResult, Verdict } from '../model.ts';
import { judgeClauses, type CatalogueClause, type Waiver } from './clause.ts';

const clause = (id: string, kind: CatalogueClause['class'] = 'executable'): CatalogueClause => ({
  id,
  paraphrase: `what ${id} says`,
  modality: 'must',
  class: kind,
});

function check(id: string, verdict: Verdict, clauses: readonly string[] = ['para-1']): CheckResult {
  return {
    id,
    kind: 'expectation',
    title: id,
    clauses,
    verdict,
    why: `${id} is ${verdict}`,
    evidence: [],
    source: 'x:1',
  };
}

function variant(name: string, checks: readonly CheckResult[], reference = true): VariantResult {
  return {
    name,
    title: name,
    reference,
    begins: 0,
    ends: 0,
    seed: '1',
    parameters: {},
    checks,
    exposure: [],
    ladder: [],
    calls: [],
    typed: [],
    moments: {},
    measures: [],
    facts: [],
    traceDigest: '',
    traceEvents: 0,
    replay: '',
  };
}

function scenario(
  variants: readonly VariantResult[],
  notTested: ScenarioResult['notTested'] = [],
): ScenarioResult {
  return { id: 's', title: 's', file: 's.yaml', sha256: '', declares: [], variants, missing: [], notTested };
}

function verdictOf(
  checks: readonly CheckResult[],
  waivers: readonly Waiver[] = [],
  asOf = 0,
): ClauseResult | undefined {
  return judgeClauses([clause('para-1')], [scenario([variant('v', checks)])], waivers, asOf)[0];
}

test('a clause has the worst verdict of its checks', (t) => {
  t.like(verdictOf([check('a', 'pass'), check('b', 'pass')]), { verdict: 'pass', why: '2 of 2 checks pass' });
  t.like(verdictOf([check('a', 'pass'), check('b', 'fail'), check('c', 'inconclusive')]), {
    verdict: 'fail',
    why: '1 of 3 checks: s/v/b: b is fail',
  });
  t.like(verdictOf([check('a', 'inconclusive'), check('b', 'pass')]), { verdict: 'inconclusive' });
  t.deepEqual(verdictOf([check('a', 'pass'), check('b', 'pass')])?.checks, ['s/v/a', 's/v/b']);
});

test('a clause does not pass while a reference run that would have judged it is missing', (t) => {
  const lost = (reference: boolean) => ({
    name: 'lost',
    title: 'lost',
    reference,
    checks: [{ ...check('a', 'pass'), clauses: ['para-1'] }],
    code: 'RUN_ENDED',
    why: 'its thread ended',
    seed: '1',
    replay: '',
  });
  const judged = (reference: boolean) => {
    const whole = scenario([variant('v', [check('a', 'pass')])]);
    return judgeClauses([clause('para-1')], [{ ...whole, missing: [lost(reference)] }])[0];
  };
  t.like(judged(true), {
    verdict: 'inconclusive',
    why: '1 of 2 checks: s/lost/a: the run failed: RUN_ENDED: its thread ended',
  });
  t.like(judged(false), { verdict: 'pass' });
});

test('only reference variants count', (t) => {
  const suite = [
    scenario([variant('v', [check('a', 'pass')]), variant('error', [check('a', 'fail')], false)]),
  ];
  const [result] = judgeClauses([clause('para-1')], suite);
  t.like(result, { verdict: 'pass', why: '1 of 1 checks pass' });
  t.deepEqual(result?.checks, ['s/v/a']);
});

test('a check that does not apply to one variant says nothing while another applies', (t) => {
  t.is(verdictOf([check('a', 'not-applicable'), check('b', 'pass')])?.verdict, 'pass');
  t.is(verdictOf([check('a', 'not-applicable')])?.verdict, 'not-applicable');
});

test('every clause is there once, checked or not', (t) => {
  const results = judgeClauses(
    [clause('para-1'), clause('para-2'), clause('para-3', 'information'), clause('para-4', 'assumption')],
    [scenario([variant('v', [check('a', 'pass', ['para-1', 'para-9'])])])],
  );
  t.deepEqual(
    results.map(({ id, verdict }) => [id, verdict]),
    [
      ['para-1', 'pass'],
      ['para-2', 'not-tested'],
      ['para-3', 'not-applicable'],
      ['para-4', 'not-tested'],
    ],
  );
});

test('a row that is not tested keeps its clause from passing', (t) => {
  const rows = [{ row: 'vbr', reason: 'needs a VBR codec', clauses: ['para-1'] }];
  const [result] = judgeClauses([clause('para-1')], [scenario([variant('v', [check('a', 'pass')])], rows)]);
  t.like(result, { verdict: 'not-tested', why: '1 of 2 checks: s/vbr: needs a VBR codec' });
});

test('a waiver covers what is not met, until it expires, and hides nothing', (t) => {
  const waivers: readonly Waiver[] = [
    { clause: 'para-1', owner: 'SRO', reason: 'accepted', expires: 100, expiresText: '2015-12-01' },
  ];
  for (const verdict of ['fail', 'inconclusive', 'not-tested'] as const) {
    t.like(verdictOf([check('a', verdict)], waivers, 99), {
      verdict: 'waived',
      why: `waived by SRO until 2015-12-01: accepted (was ${verdict}: 1 of 1 checks: s/v/a: a is ${verdict})`,
    });
  }
  t.like(verdictOf([check('a', 'fail')], waivers, 100), {
    verdict: 'fail',
    why: '1 of 1 checks: s/v/a: a is fail (the waiver of SRO expired 2015-12-01)',
  });
  t.is(verdictOf([check('a', 'pass')], waivers, 0)?.verdict, 'pass');
  const other = waivers.map((waiver) => ({ ...waiver, clause: 'para-2' }));
  t.is(verdictOf([check('a', 'fail')], other, 0)?.verdict, 'fail');
});
