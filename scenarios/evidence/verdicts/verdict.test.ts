/** A live run that came too late shows nothing, whatever its checks came to. */
import test from 'ava';
import { probed, screenplayOf, traceOf } from './story.fixture.ts';
import { judge } from './verdict.ts';

const play = screenplayOf(`steps:
  - { id: s, at: "08:01", by: thief, type: try }
expect:
  - { id: seen, see: a }
  - { id: never-seen, see: c }
  - { id: undecided, see: b, before: "08:10" }
`);

const lag = (valid: boolean) => ({
  events: 9,
  p50: 1,
  p99: 31_240,
  max: 48_000,
  bound: 20_000,
  valid,
  skipped: 0,
});
const verdicts = (valid: boolean) =>
  judge(
    play,
    traceOf(
      [1, 'a'],
      [1, 'step.typed', { step: 's', refused: null }],
      [2, 'live.lag', lag(valid)],
      [2, 'trace.ended'],
    ),
  ).checks;

test('a run that kept to its schedule is judged', (t) => {
  t.deepEqual(
    verdicts(true).map(({ verdict, code }) => [verdict, code]),
    [
      ['pass', undefined],
      ['fail', undefined],
      ['inconclusive', 'SCENARIO_WINDOW_OPEN'],
      ['pass', undefined],
    ],
  );
});

test('one that did not is inconclusive in all, and says what it had come to', (t) => {
  const checks = verdicts(false);
  t.deepEqual(
    checks.map(({ verdict, code, decided }) => [verdict, code, decided]),
    checks.map(() => ['inconclusive', 'SCENARIO_RUN_LATE', true]),
  );
  t.is(
    checks[0]?.why,
    'the run is not valid (lag p99 31.2 ms, bound 20 ms); pass otherwise: a was seen at +1ms (event 1)',
  );
  t.regex(checks[1]?.why ?? '', /; fail otherwise: /);
  t.deepEqual(checks[0]?.evidence, [1, 3]);
});

const both = screenplayOf(`probes:
  - { id: dec-in-1, row: dec-in, at: "08:01", by: thief, type: x, predict: opened, check: para-2.c1/open }
  - { id: dec-in-2, row: dec-in, at: "08:02", by: thief, type: x, predict: opened, check: para-2.c1/open }
expect:
  - { id: seen, see: a }
`);

test('probes are judged first, and a late run takes their parts with it', (t) => {
  const [probe, , seen] = judge(both, traceOf([1, 'a'], probed(1), [2, 'live.lag', lag(true)])).checks;
  t.like(probe, { id: 'dec-in-1', kind: 'probe', verdict: 'pass' });
  t.like(seen, { id: 'seen', kind: 'expectation', verdict: 'pass' });
  const [late] = judge(both, traceOf(probed(1), [2, 'live.lag', lag(false)])).checks;
  t.like(late, { verdict: 'inconclusive', code: 'SCENARIO_RUN_LATE' });
  t.deepEqual(late?.parts, [{ part: 'para-2.c1/open', verdict: 'inconclusive', why: late?.why ?? '' }]);
  t.regex(late?.why ?? '', /^the run is not valid .*; pass otherwise: opened, as predicted/);
});

test('what was not tested, or does not apply, is so in a late run too', (t) => {
  const unmade = { id: 'dec-in-1', row: 'dec-in', reason: 'it cannot be made here' };
  const expect = both.expect.map((each) => ({ ...each, notApplicable: 'nobody does a' }));
  const checks = judge(
    { ...both, expect },
    traceOf([1, 'probe.not-made', unmade, 'thief'], [2, 'live.lag', lag(false)]),
  ).checks;
  t.deepEqual(
    checks.map(({ id, verdict }) => [id, verdict]),
    [
      ['dec-in-1', 'not-tested'],
      ['dec-in-2', 'inconclusive'],
      ['seen', 'not-applicable'],
      ['steps-typed', 'not-applicable'],
    ],
  );
});
