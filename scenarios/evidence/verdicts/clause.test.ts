import test from 'ava';
import type { CatalogueClause } from '../../catalogue/clauses.ts';
import type {
  CheckResult,
  ClauseResult,
  PartFinding,
  ScenarioResult,
  VariantResult,
  Verdict,
} from '../model.ts';
import { catalogueOf, judgeClauses } from './clause.ts';

/** A clause with checks `c1`, `c2`, ... of these parts. */
function clause(id: string, ...checks: readonly (readonly string[])[]): CatalogueClause {
  return {
    id,
    paraphrase: `what ${id} says`,
    modality: 'must',
    class: 'executable',
    checks: checks.map((parts, index) => ({
      id: `${id}.c${index + 1}`,
      stance: 'protects',
      parts: parts.map((part) => ({
        ...{ id: `${id}.c${index + 1}/${part}`, what: `what ${part} asks`, by: 'expectation', rows: [] },
      })),
    })),
  };
}

/** A check that came to `verdict` and says so of these parts. */
function check(id: string, verdict: Verdict, ...parts: readonly string[]): CheckResult {
  const found = parts.map((part): PartFinding => ({ part, verdict, why: `${id} is ${verdict}` }));
  return {
    ...{ id, kind: 'expectation', title: id, parts: found, verdict },
    ...{ why: `${id} is ${verdict}`, evidence: [], source: 'x:1' },
  };
}

function variant(name: string, checks: readonly CheckResult[]): VariantResult {
  return {
    ...{
      name,
      title: name,
      reference: true,
      begins: 0,
      ends: 0,
      seed: '1',
      parameters: {},
      setBy: {},
      checks,
    },
    ...{ exposure: [], ladder: [], calls: [], typed: [], moments: {}, measures: [], facts: [] },
    ...{ traceDigest: '', traceEvents: 0, replay: '' },
  };
}

function scenario(
  variants: readonly VariantResult[],
  more: Partial<Pick<ScenarioResult, 'missing' | 'across' | 'notTested'>> = {},
): ScenarioResult {
  return {
    ...{
      id: 's',
      title: 's',
      file: 's.yaml',
      sha256: '',
      performs: [],
      declares: [],
      across: [],
      variants,
      missing: [],
      notTested: [],
    },
    ...more,
  };
}

const TWO = clause('para-1', ['a', 'b'], ['c']);
const [A, B, C] = ['para-1.c1/a', 'para-1.c1/b', 'para-1.c2/c'];

function verdictOf(checks: readonly CheckResult[]): ClauseResult {
  const [result] = judgeClauses([TWO], [scenario([variant('v', checks)])]);
  if (result === undefined) throw new Error('there is one clause');
  return result;
}

test('a clause passes when every part of every check was shown', (t) => {
  const all = verdictOf([check('x', 'pass', A, B), check('y', 'pass', C)]);
  t.like(all, { verdict: 'pass', why: '2 of 2 checks, 3 of 3 parts tested' });
  t.deepEqual(
    all.checks.map(({ id, verdict }) => [id, verdict]),
    [
      ['para-1.c1', 'pass'],
      ['para-1.c2', 'pass'],
    ],
  );
  t.deepEqual(all.checks[0]?.parts[1]?.decidedBy, ['s/v/x']);
  t.is(all.checks[0]?.parts[1]?.why, 's/v/x: x is pass');
  t.is(all.checks[0]?.why, '2 of 2 parts tested');
});

test('a clause does not pass while a part of it was not shown, and says how much was', (t) => {
  t.like(verdictOf([check('x', 'pass', A), check('y', 'pass', C)]), {
    verdict: 'not-tested',
    why: '1 of 2 checks, 2 of 3 parts tested; not tested: para-1.c1/b',
  });
  t.like(verdictOf([]), {
    verdict: 'not-tested',
    why: '0 of 2 checks, 0 of 3 parts tested; not tested: para-1.c1/a, para-1.c1/b, para-1.c2/c',
  });
  t.is(verdictOf([]).checks[0]?.parts[0]?.why, 'nothing is bound to it');
});

test('one failure is enough, whatever else passed, is unclear or is missing', (t) => {
  const failing = verdictOf([check('x', 'pass', A), check('y', 'fail', A), check('z', 'inconclusive', C)]);
  t.like(failing, {
    verdict: 'fail',
    why: '0 of 2 checks, 1 of 3 parts tested; fail: para-1.c1/a: 1 of 2: s/v/y: y is fail',
  });
  t.is(verdictOf([check('x', 'inconclusive', A), check('y', 'pass', C)]).verdict, 'inconclusive');
});

test('a check without parts shows nothing, so its clause is not tested', (t) => {
  const [result] = judgeClauses([clause('para-9')], [scenario([variant('v', [check('a', 'pass')])])]);
  t.like(result, { verdict: 'not-tested', checks: [] });
  const [partly] = judgeClauses(
    [clause('para-8', [], ['d'])],
    [scenario([variant('v', [check('a', 'pass', 'para-8.c2/d')])])],
  );
  t.is(partly?.why, '1 of 2 checks, 1 of 1 parts tested');
});

test('a clause does not pass while a run that would have judged it is missing', (t) => {
  const missing = [
    {
      ...{ name: 'lost', title: 'lost', reference: true, seed: '1', replay: '' },
      checks: [{ id: 'x', kind: 'expectation' as const, title: 'x', parts: [A], source: 'x:1' }],
      ...{ code: 'RUN_ENDED', why: 'its thread ended' },
    },
  ];
  const whole = variant('v', [check('x', 'pass', A, B, C)]);
  t.like(judgeClauses([TWO], [scenario([whole], { missing })])[0], {
    verdict: 'inconclusive',
    why: '1 of 2 checks, 2 of 3 parts tested; inconclusive: para-1.c1/a: 1 of 2: s/lost/x: the run failed: RUN_ENDED: its thread ended',
  });
});

test('a check that does not apply to one variant says nothing while another applies', (t) => {
  t.is(verdictOf([check('x', 'not-applicable', A), check('y', 'pass', A, B, C)]).verdict, 'pass');
  const none = verdictOf([check('x', 'not-applicable', A), check('y', 'pass', B, C)]);
  t.is(none.verdict, 'not-tested');
  t.is(none.checks[0]?.parts[0]?.why, 'it does not apply: x is not-applicable');
});

test('what compares variants counts for its parts, beside what each of them shows', (t) => {
  const across = [
    {
      ...{ id: 'alike', title: 'alike', source: 's.yaml:1', variants: ['v', 'w'], verdicts: ['x'] },
      parts: [{ part: A, verdict: 'not-tested' as const, why: "the variant 'w' was not run" }],
      ...{ verdict: 'not-tested' as const, why: '' },
    },
  ];
  const [result] = judgeClauses([TWO], [scenario([variant('v', [check('x', 'pass', A, B, C)])], { across })]);
  t.is(result?.verdict, 'not-tested');
  t.like(result?.checks[0]?.parts[0], {
    why: "1 of 2: s/alike: the variant 'w' was not run",
    decidedBy: ['s/v/x', 's/alike'],
  });
});

test('a row that is not tested keeps its part from passing', (t) => {
  const notTested = [{ row: 'vbr', reason: 'needs a VBR codec', parts: [A] }];
  const [result] = judgeClauses(
    [TWO],
    [scenario([variant('v', [check('x', 'pass', A, B, C)])], { notTested })],
  );
  t.is(result?.verdict, 'not-tested');
  t.is(result?.checks[0]?.parts[0]?.why, '1 of 2: s/vbr: needs a VBR codec');
});

test('every clause is there once, and says again what it was judged by', (t) => {
  const catalogue = [TWO, clause('para-2', ['d'])];
  const results = judgeClauses(catalogue, [scenario([variant('v', [check('x', 'pass', A, 'para-9.c1/z')])])]);
  t.deepEqual(
    results.map(({ id, verdict }) => [id, verdict]),
    [
      ['para-1', 'not-tested'],
      ['para-2', 'not-tested'],
    ],
  );
  t.deepEqual(catalogueOf(results), catalogue);
});

test('of two checks of a part the worse counts, whichever was made first', (t) => {
  const worse = ['pass', 'not-tested', 'inconclusive', 'fail'] as const;
  for (const [at, bad] of worse.entries())
    for (const good of worse.slice(0, at)) {
      const both = [check('x', good, A, B, C), check('y', bad, A, B, C)];
      t.is(verdictOf(both).verdict, bad);
      t.is(verdictOf(both.toReversed()).verdict, bad);
    }
});

test('of many parts that nothing showed three are named', (t) => {
  const whyOf = (...parts: readonly string[]) => judgeClauses([clause('p', parts)], [])[0]?.why;
  t.is(whyOf('a', 'b', 'c'), '0 of 1 checks, 0 of 3 parts tested; not tested: p.c1/a, p.c1/b, p.c1/c');
  t.is(
    whyOf('a', 'b', 'c', 'd', 'e'),
    '0 of 1 checks, 0 of 5 parts tested; not tested: p.c1/a, p.c1/b, p.c1/c and 2 more',
  );
});

test('the catalogue of a result keeps what a probe has to come to, and why', (t) => {
  const asked = { ...{ id: 'p.c1/a', what: 'what a asks', by: 'probe' as const, rows: ['dec-in'] } };
  const catalogue = [
    {
      ...clause('p'),
      checks: [
        {
          ...{ id: 'p.c1', stance: 'protects' as const },
          parts: [
            { ...asked, outcome: 'refused' as const, reason: 'no-rsk' },
            { ...asked, id: 'p.c1/b', outcome: 'opened' as const },
          ],
        },
      ],
    },
  ];
  t.deepEqual(catalogueOf(judgeClauses(catalogue, [])), catalogue);
});
