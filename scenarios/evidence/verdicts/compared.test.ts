/** A field of two moments: the same, or not; and events that a step led to. */
import test from 'ava';
import { Secret } from '../../../sim/secret.ts';
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

test('a secret is another one by its value, not by the month on its label', (t) => {
  const key = (month: string, octet: number) => new Secret('RSK', `alice ${month}`, new Uint8Array([octet]));
  const verdicts = (...keys: readonly [unknown, unknown]) => {
    const happened: readonly Happening[] = [[1, 'a', { x: keys[0] }], [2, 'b', { x: keys[1] }], end];
    return [verdictOf('kept', ...happened), verdictOf('changed', ...happened)];
  };
  for (const read of [(secret: Secret): unknown => secret, ({ label }: Secret): unknown => label]) {
    t.deepEqual(verdicts(read(key('10', 1)), read(key('11', 1))), ['pass', 'fail']);
    t.deepEqual(verdicts([read(key('10', 1))], [read(key('11', 2))]), ['fail', 'pass']);
  }
  t.deepEqual(verdicts('a(b)#1a2b3c4d5', 'a(c)#1a2b3c4d5'), ['fail', 'pass'], 'no label');
  t.deepEqual(verdicts('x)RSK(b)#1a2b3c4d', 'x)RSK(c)#1a2b3c4d'), ['fail', 'pass'], 'no label either');
  t.deepEqual(verdicts('RSK(b)#1a2b3c4d', 'SSK(b)#1a2b3c4d'), ['fail', 'pass'], 'another kind');
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

test('it says what was compared, and rests on both events', (t) => {
  const found = (id: string, ...happenings: readonly Happening[]) => {
    const check = judge(play, traceOf(...happenings)).checks.find((each) => each.id === id);
    return [check?.why, check?.evidence, check?.decided];
  };
  const [one, other]: readonly Happening[] = [
    [1, 'a', { x: 'k1' }],
    [2, 'b', { x: [7, 'k2'] }],
  ];
  if (one === undefined || other === undefined) return t.fail();
  const differs = "x of 'before' is k1, and of 'after' [7,\"k2\"]";
  t.deepEqual(found('kept', one, other), [differs, [1, 2], true]);
  t.deepEqual(found('changed', one, other), [differs, [1, 2], true]);
  const same = "x of 'before' is k1, and of 'after' the same";
  t.deepEqual(found('kept', one, [2, 'b', { x: 'k1' }]), [same, [1, 2], true]);
  t.deepEqual(found('kept', one, [2, 'b']), ['one of the two events has no x', [], true]);
  t.deepEqual(found('kept', [1, 'a'], other), ['one of the two events has no x', [], true]);
  t.deepEqual(found('kept', one, end), ["'after' never happened", [], true]);
  t.deepEqual(found('kept', other, end), ["'before' never happened", [], true]);
});

test('one event is not compared with itself, under whatever names', (t) => {
  const expect = play.expect.flatMap((each) =>
    each.kind === 'same' ? [{ ...each, moments: ['before', 'again'] as const }] : [],
  );
  const [check] = judge({ ...play, expect }, traceOf([1, 'a', { x: 1 }], end)).checks;
  t.like(check, {
    code: 'SCENARIO_NOTHING_CHECKED',
    why: "'before' and 'again' are one event",
    decided: true,
  });
});

test('a secret is the same as one with its label, alone or in a list', (t) => {
  const secret = new Secret('PSK', 'alice', new Uint8Array(16));
  const { label } = secret;
  t.is(verdictOf('kept', [1, 'a', { x: secret }], [2, 'b', { x: label }], end), 'pass');
  t.is(verdictOf('kept', [1, 'a', { x: [secret] }], [2, 'b', { x: [label] }], end), 'pass');
  const another = new Secret('PSK', 'alice', new Uint8Array(16).fill(1));
  t.is(verdictOf('kept', [1, 'a', { x: [secret] }], [2, 'b', { x: [another] }], end), 'fail');
});

test('that a never could have been is shown by what its step led to only', (t) => {
  const given = screenplayOf(`steps:
  - { id: knock, at: "08:01", by: thief, type: knock }
expect:
  - { id: kept-out, never: c, given: { see: a }, caused-by: knock }
`);
  const of = (cause: number) => judge(given, knocked([cause, 0])).checks.find(({ id }) => id === 'kept-out');
  t.like(of(1), { verdict: 'pass', evidence: [2] });
  t.is(of(0)?.code, 'SCENARIO_NO_OPPORTUNITY');
});
