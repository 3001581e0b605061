import * as fc from 'fast-check';
import test from 'ava';
import type { CatalogueClause } from '../../catalogue/clauses.ts';
import type { CheckResult, ScenarioResult, VariantResult, Verdict, WaiverTerms } from '../model.ts';
import { VERDICTS } from '../model.ts';
import { judgeClauses } from './clause.ts';
import { Waivers } from './waiver.ts';

const [A, B] = ['para-1.c1/a', 'para-1.c1/b'];
const part = (id: string) => ({ ...{ id, what: id, by: 'expectation' as const, rows: [] } });
const CLAUSE: CatalogueClause = {
  ...{ id: 'para-1', paraphrase: 'p', modality: 'must', class: 'executable' },
  checks: [{ id: 'para-1.c1', stance: 'protects', parts: [part(A), part(B)] }],
};

const terms = (covers: string, more: Partial<WaiverTerms> = {}): WaiverTerms => ({
  ...{ kind: covers.includes('/') ? 'part' : 'clause', covers, owner: 'SRO', reason: 'accepted' },
  ...{ adviser: 'accreditor', date: '2015-09-01', expires: '2015-12-01', source: 'ours.yaml:3', ...more },
});

const check = (id: string, verdict: Verdict, parts: Readonly<Record<string, Verdict>>): CheckResult => ({
  ...{
    id,
    kind: 'expectation',
    title: id,
    verdict,
    why: `${id} is ${verdict}`,
    evidence: [1],
    source: 'x:1',
  },
  parts: Object.entries(parts).map(([each, found]) => ({ part: each, verdict: found, why: 'found' })),
});

function scenario(checks: readonly CheckResult[]): ScenarioResult {
  const exposure: VariantResult['exposure'] = [
    {
      ...{ asset: 'identity alice', capability: 'place calls', attacker: 'thief', attack: 'call-as' },
      ...{ route: 'own', needs: [], fromEarliest: 0, from: 1, lastSuccess: 2, means: [], sources: [] },
      ...{ audioSeconds: 0, tries: ['x'], controlled: true },
    },
  ];
  const variant: VariantResult = {
    ...{ name: 'v', title: 'v', reference: true, begins: 0, ends: 0, seed: '1', parameters: {}, setBy: {} },
    ...{ checks, exposure, ladder: [], calls: [], typed: [], moments: {}, measures: [], facts: [] },
    ...{ traceDigest: '', traceEvents: 0, replay: '' },
  };
  return {
    ...{ id: 's', title: 's', file: 's.yaml', sha256: '', declares: ['v'], variants: [variant] },
    ...{ performs: [], missing: [], across: [], notTested: [] },
  };
}

/** What comes of checks, with these waivers on this day. */
function judged(checks: readonly CheckResult[], all: readonly WaiverTerms[], asOf = '2015-11-30') {
  const waivers = new Waivers(all, asOf);
  const [run] = waivers.appliedToScenarios([scenario(checks)]);
  const clauses = judgeClauses([CLAUSE], run === undefined ? [] : [run], { declares: [], waivers });
  const [variant] = run?.variants ?? [];
  const [clause] = clauses;
  if (variant === undefined || clause === undefined) throw new Error('one of each');
  return { variant, clause, parts: clause.checks[0]?.parts ?? [], waivers: waivers.results(clauses) };
}

test('what failed or was not tested is waived, says so with what it was, and nothing else changes', (t) => {
  for (const verdict of ['fail', 'not-tested'] as const) {
    const checks = [check('x', verdict, { [A]: verdict }), check('y', 'pass', { [B]: 'pass' })];
    const { variant, clause, parts, waivers } = judged(checks, [terms(A)]);
    const why = `waived by SRO until 2015-12-01: accepted (was ${verdict}: x is ${verdict})`;
    t.like(variant.checks[0], { verdict: 'waived', was: verdict, why, evidence: [1] });
    t.deepEqual(variant.checks[0]?.parts, checks[0]?.parts);
    t.deepEqual(variant.checks[1], checks[1]);
    t.like(parts, { 0: { verdict: 'waived', decidedBy: ['s/v/x'] }, 1: { verdict: 'pass' } });
    t.regex(parts[0]?.why ?? '', new RegExp(`^waived by SRO until 2015-12-01: accepted \\(was ${verdict}: `));
    t.is(clause.verdict, 'waived');
    t.like(waivers, { length: 1, 0: { verdict: 'waived', id: `waiver of ${A}`, source: 'ours.yaml:3' } });
  }
});

test('a waiver of a clause covers each of its parts', (t) => {
  const { clause, variant } = judged(
    [check('x', 'fail', { [A]: 'fail' }), check('y', 'not-tested', { [B]: 'not-tested' })],
    [terms('para-1')],
  );
  t.is(clause.verdict, 'waived');
  t.deepEqual(
    variant.checks.map(({ verdict }) => verdict),
    ['waived', 'waived'],
  );
});

test('what is unclear is not waived, and keeps its clause unclear', (t) => {
  const { clause, variant, waivers } = judged(
    [check('x', 'inconclusive', { [A]: 'inconclusive' }), check('y', 'pass', { [B]: 'pass' })],
    [terms('para-1')],
  );
  t.is(clause.verdict, 'inconclusive');
  t.is(variant.checks[0]?.verdict, 'inconclusive');
  t.is(waivers[0]?.verdict, 'not-applicable');
});

test('an expired waiver changes nothing and fails by itself, from the day of expiry on', (t) => {
  const checks = [check('x', 'fail', { [A]: 'fail' })];
  const before = judged(checks, [terms(A)], '2015-11-30');
  t.is(before.variant.checks[0]?.verdict, 'waived');
  for (const asOf of ['2015-12-01', '2016-01-01']) {
    const { variant, parts, waivers } = judged(checks, [terms(A)], asOf);
    t.deepEqual(variant.checks, checks);
    t.is(parts[0]?.verdict, 'fail');
    t.like(waivers[0], { verdict: 'fail' });
    t.regex(waivers[0]?.why ?? '', /^it expired 2015-12-01, and this is /);
  }
  const needless = judged([check('x', 'pass', { [A]: 'pass', [B]: 'pass' })], [terms(A)], '2016-01-01');
  t.is(needless.waivers[0]?.verdict, 'fail');
});

test('a waiver that was not given yet changes nothing', (t) => {
  const checks = [check('x', 'fail', { [A]: 'fail' })];
  const { variant, waivers } = judged(checks, [terms(A)], '2015-08-31');
  t.deepEqual(variant.checks, checks);
  t.like(waivers[0], {
    verdict: 'not-applicable',
    why: 'it is in force from 2015-09-01, and this is 2015-08-31',
  });
  t.is(judged(checks, [terms(A)], '2015-09-01').variant.checks[0]?.verdict, 'waived');
});

test('a waiver of what passed is told as unused', (t) => {
  const { waivers, clause } = judged(
    [check('x', 'pass', { [A]: 'pass', [B]: 'pass' })],
    [terms(A), terms('para-1')],
  );
  t.is(clause.verdict, 'pass');
  t.deepEqual(
    waivers.map(({ verdict, why }) => [verdict, why.slice(0, 6)]),
    [
      ['not-applicable', 'unused'],
      ['not-applicable', 'unused'],
    ],
  );
});

test('a check that failed for something else than what is waived still fails', (t) => {
  const both = check('x', 'fail', { [A]: 'fail', [B]: 'fail' });
  t.is(judged([both], [terms(A)]).variant.checks[0]?.verdict, 'fail');
  t.is(judged([both], [terms(A), terms(B)]).variant.checks[0]?.verdict, 'waived');
  t.is(judged([check('x', 'fail', { [A]: 'pass' })], [terms(A)]).variant.checks[0]?.verdict, 'fail');
  t.is(judged([check('x', 'fail', {})], [terms('para-1')]).variant.checks[0]?.verdict, 'fail');
  t.is(judged([both], [terms(A)]).clause.verdict, 'fail');
  t.is(judged([both], [terms('para-2')]).clause.verdict, 'fail');
});

test('property: a waiver hides no exposure and improves nothing but what failed or was not tested', (t) => {
  const verdict = fc.constantFrom(...VERDICTS.filter((each) => each !== 'waived'));
  const days = fc.constantFrom('2015-08-31', '2015-09-01', '2015-11-30', '2015-12-01');
  const covered = fc.subarray([A, B, 'para-1', 'para-2']);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(verdict, verdict), { maxLength: 3 }),
      covered,
      days,
      (found, covers, asOf) => {
        const checks = found.map(([a, b], at) => check(`x${at}`, a, { [A]: a, [B]: b }));
        const plain = judged(checks, [], asOf);
        const { variant, parts } = judged(
          checks,
          covers.map((each) => terms(each)),
          asOf,
        );
        t.deepEqual(variant.exposure, plain.variant.exposure);
        const pairs = [
          ...variant.checks.map((each, at) => [plain.variant.checks[at]?.verdict, each.verdict] as const),
          ...parts.map((each, at) => [plain.parts[at]?.verdict, each.verdict] as const),
        ];
        for (const [was, is] of pairs)
          t.true(was === is || (is === 'waived' && (was === 'fail' || was === 'not-tested')));
      },
    ),
  );
});
