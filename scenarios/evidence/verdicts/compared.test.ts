/** A field of two moments: the same, or not; and events that a step led to. */
import test from 'ava';
import { judge } from './verdict.ts';
import { screenplayOf, traceOf, type Happening } from './story.fixture.ts';

const play = screenplayOf(`moments:
  before: { first: a }
  after: { first: b }
  again: { nth: { n: 1, of: a } }
steps:
  - { id: knock, at: "08:01", by: thief, type: knock }
expect:
  - { id: kept, same: { field: x, of: [before, after] } }
  - { id: changed, differs: { field: x, of: [before, after] } }
  - { id: led, see: c, caused-by: knock }
  - { id: kept-out, never: c, given: knock, caused-by: knock }
`);

const end: Happening = [9, 'trace.ended'];
const verdictOf = (id: string, ...happenings: readonly Happening[]) => {
  const check = judge(play, traceOf(...happenings)).checks.find((each) => each.id === id);
  return check?.code ?? check?.verdict;
};

test('what is the same is the same, and what differs differs', (t) => {
  const kept: readonly Happening[] = [[1, 'a', { x: 'k1' }], [2, 'b', { x: 'k1' }], end];
  const changed: readonly Happening[] = [[1, 'a', { x: ['k1', 'k2'] }], [2, 'b', { x: ['k1', 'k3'] }], end];
  t.deepEqual([verdictOf('kept', ...kept), verdictOf('changed', ...kept)], ['pass', 'fail']);
  t.deepEqual([verdictOf('kept', ...changed), verdictOf('changed', ...changed)], ['fail', 'pass']);
});

test('a moment that never came, and a field that is not there, say nothing', (t) => {
  t.is(verdictOf('kept', [1, 'a', { x: 1 }], end), 'SCENARIO_MOMENT_NEVER');
  const bare: readonly Happening[] = [[1, 'a', { x: 1 }], [2, 'b'], end];
  t.is(verdictOf('kept', ...bare), 'SCENARIO_NOTHING_CHECKED');
  t.is(verdictOf('changed', ...bare), 'SCENARIO_NOTHING_CHECKED');
});

/** A line that the thief typed, what it led to, and that it was the step. */
const knocked = (causes: readonly [number, number]) => {
  const events = traceOf(
    [1, 'console.typed', { by: 'thief', line: 'knock' }, 'thief'],
    [1, 'a'],
    [1, 'step.typed', { step: 'knock', refused: null }, 'thief'],
    [2, 'c'],
    end,
  );
  return events.map((event) =>
    event.n === 2 ? { ...event, cause: causes[0] } : event.n === 4 ? { ...event, cause: causes[1] } : event,
  );
};

test('an event counts when the line of the step led to it, however far back, and not otherwise', (t) => {
  const of = (id: string, causes: readonly [number, number]) =>
    judge(play, knocked(causes)).checks.find((each) => each.id === id)?.verdict;
  t.deepEqual([of('led', [1, 2]), of('kept-out', [1, 2])], ['pass', 'fail']);
  t.deepEqual([of('led', [0, 2]), of('kept-out', [0, 2])], ['fail', 'pass']);
});
