/** A live run that came too late shows nothing, whatever its checks came to. */
import test from 'ava';
import { screenplayOf, traceOf } from './story.fixture.ts';
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
