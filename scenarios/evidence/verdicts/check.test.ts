/** What is found about a check, as a report has it. */
import test from 'ava';
import { failed, inconclusive, notTested, passed, sourceOf, verdictOn } from './check.ts';
import { traceOf } from './story.fixture.ts';

const events = traceOf([1, 'a'], [2, 'b']).slice(1);
const check = {
  ...{ id: 'it', title: 'see a', where: { file: 'story.yaml', line: 11, column: 5 } },
  parts: ['x', 'y'].map((id) => ({ id, by: 'expectation' as const, rows: [] })),
};

test('what is found is final, but for what the trace does not decide yet, and names its events', (t) => {
  t.deepEqual(passed('so', events), { verdict: 'pass', decided: true, why: 'so', evidence: [1, 2] });
  t.deepEqual(failed('so', events), { verdict: 'fail', decided: true, why: 'so', evidence: [1, 2] });
  t.deepEqual(notTested('so', events), {
    ...{ verdict: 'not-tested', decided: true, why: 'so', evidence: [1, 2] },
  });
  t.deepEqual(inconclusive('SCENARIO_NOT_YET', 'so', false), {
    ...{ verdict: 'inconclusive', code: 'SCENARIO_NOT_YET', decided: false, why: 'so', evidence: [] },
  });
  t.deepEqual(inconclusive('SCENARIO_WINDOW_OPEN', 'so', true, events).evidence, [1, 2]);
});

test('a check comes to what is found, and so do its parts unless somebody judges them', (t) => {
  const found = passed('it was seen', events);
  const says = { verdict: 'pass', why: 'it was seen' } as const;
  t.deepEqual(
    verdictOn('expectation', check, () => found),
    {
      ...{ id: 'it', kind: 'expectation', title: 'see a', source: 'story.yaml:11', ...found },
      parts: [
        { part: 'x', ...says },
        { part: 'y', ...says },
      ],
    },
  );
  const judged = verdictOn(
    'probe',
    check,
    () => found,
    ({ id }, { why }) => ({
      ...{ verdict: 'fail', why: `${id}, though ${why}` },
    }),
  );
  t.is(judged.verdict, 'pass');
  t.deepEqual(judged.parts[1], { part: 'y', verdict: 'fail', why: 'y, though it was seen' });
});

test('what does not apply is not looked for, and nobody judges its parts', (t) => {
  const never = (): never => t.fail();
  const why = 'nobody blocks';
  t.deepEqual(verdictOn('probe', { ...check, notApplicable: why }, never, never), {
    ...{ id: 'it', kind: 'probe', title: 'see a', source: 'story.yaml:11' },
    ...{ verdict: 'not-applicable', decided: true, why, evidence: [] },
    parts: [
      { part: 'x', verdict: 'not-applicable', why },
      { part: 'y', verdict: 'not-applicable', why },
    ],
  });
});

test('a source is a file and a line, as far as they are known', (t) => {
  t.is(sourceOf({ file: 'a.yaml', line: 3, column: 9 }), 'a.yaml:3');
  t.is(sourceOf({ file: 'a.yaml' }), 'a.yaml');
  t.is(sourceOf({}), '');
});
