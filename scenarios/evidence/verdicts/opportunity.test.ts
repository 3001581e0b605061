/** Nothing is kept out where nobody knocked: what must never be seen passes on an opportunity only. */
import test from 'ava';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { resolveVariant } from '../../language/index.ts';
import type { CheckVerdict } from './check.ts';
import { opportunityOf } from './opportunity.ts';
import { prefixOf } from './prefix.ts';
import { screenplayOf, traceOf, type Happening } from './story.fixture.ts';
import { judge } from './verdict.ts';

const PLAY = (expectation: string): string => `steps:
  - { id: knocks, at: "08:01", by: thief, on: thief, type: "call bob" }
  - { id: other, at: "08:02", by: thief, on: thief, type: "call dora" }
moments: { m: { first: a }, k: { first: b } }
variants:
  told: { title: As told }
  quiet: { title: Nobody knocks, steps: { knocks: omit } }
  other: { title: Somebody else is called, steps: { knocks: { type: "call carol" } } }
expect: [{ id: it, ${expectation} }]
`;

function verdict(expectation: string, events: readonly AnyTraceEvent[], variant = 'told'): CheckVerdict {
  const [check] = judge(resolveVariant(screenplayOf(PLAY(expectation)), variant), events).checks;
  if (check === undefined) throw new Error('no check');
  return check;
}

const ended = (...happenings: readonly Happening[]): readonly AnyTraceEvent[] =>
  traceOf(...happenings, [9, 'trace.ended']);

const typed = (t: number, line = 'call bob', by = 'thief', on = 'thief'): Happening => [
  t,
  'console.typed',
  { by, line },
  on,
];

const NONE = { verdict: 'inconclusive', code: 'SCENARIO_NO_OPPORTUNITY', decided: true, evidence: [] };

test('an event of the table gives the opportunity, and is the evidence', (t) => {
  const check = verdict('never: c', ended([0, 'b'], [1, 'd'], [2, 'd']));
  t.like(check, { verdict: 'pass', evidence: [2] });
  t.is(check.why, 'c was never seen, though it could have been: d at +1ms (event 2)');
});

test('without one it is inconclusive, and says what was looked for', (t) => {
  const check = verdict('never: c', ended([0, 'b']));
  t.like(check, NONE);
  t.is(check.why, 'c was never seen, and nothing shows that it could have been: no d');
});

test('one outside the window is none', (t) => {
  const events = ended([0, 'd'], [1, 'a'], [2, 'b'], [3, 'd']);
  t.like(verdict('never: c, between: [m, k]', events), NONE);
  t.is(verdict('never: c, after: k', events).verdict, 'pass');
});

test('a line that was typed and refused gave nobody an opportunity', (t) => {
  const given = 'never: c, given: knocks';
  t.is(verdict(given, ended(typed(1))).verdict, 'pass');
  const refused = {
    n: 2,
    t: 1,
    type: 'console.refused',
    on: 'thief',
    cause: 1,
    data: { code: 'NO', message: '' },
  };
  const [opened, knock, end] = ended(typed(1));
  if (opened === undefined || knock === undefined || end === undefined) return t.fail();
  t.like(verdict(given, [opened, knock, refused as AnyTraceEvent, { ...end, n: 3 }]), NONE);
});

test('one of somebody else is none, under whatever name the field has there', (t) => {
  const never = 'never: e, where: { user: alice }';
  t.is(verdict(never, ended([0, 'd', { holder: 'alice' }])).verdict, 'pass');
  t.like(verdict(never, ended([0, 'd', { holder: 'bob' }])), NONE);
  t.throws(() => verdict('never: e, where: { code: x }', ended()), { message: /could have been seen/ });
  const given = `${never}, given: { see: d }`;
  t.is(verdict(given, ended([0, 'd', { holder: 'alice' }])).verdict, 'pass');
  t.like(
    verdict(given, ended([0, 'd', { holder: 'bob' }])),
    NONE,
    'what the author leaves out is taken from the never',
  );
});

test('an event that the author names is in place of the table', (t) => {
  const given = 'never: c, given: { see: b, where: { x: 1 } }';
  t.is(verdict(given, ended([0, 'b', { x: 1 }])).verdict, 'pass');
  t.like(verdict(given, ended([0, 'b', { x: 2 }], [1, 'd'])), NONE);
});

test('a step gives it when its own line was typed, by whom and where it says', (t) => {
  const given = 'never: c, given: knocks, after: m';
  t.is(verdict(given, ended([0, 'a'], typed(1))).verdict, 'pass');
  t.like(verdict(given, ended(typed(0), [1, 'a'])), NONE, 'before the window');
  t.like(verdict(given, ended([0, 'a'], typed(1, 'call carol'))), NONE);
  t.like(verdict(given, ended([0, 'a'], typed(1, 'call bob', 'alice'))), NONE);
  t.like(verdict(given, ended([0, 'a'], typed(1, 'call bob', 'thief', 'crs'))), NONE);
});

test('a step counts as the variant has it', (t) => {
  const given = 'never: c, given: knocks';
  t.like(verdict(given, ended(typed(1)), 'quiet'), NONE);
  const other = verdict(given, ended(typed(1)), 'other');
  t.like(other, NONE);
  t.is(other.why, "c was never seen, and nothing shows that it could have been: no step 'knocks'");
  t.like(verdict(given, ended(typed(1, 'call dora'))), NONE, 'nor does another step');
  t.is(verdict(given, ended(typed(1, 'call carol')), 'other').verdict, 'pass');
});

test('an opportunity that was taken is a failure', (t) => {
  t.like(verdict('never: c', ended([0, 'd'], [1, 'c'])), { verdict: 'fail', evidence: [2] });
});

test('of several that would do the first that happened is told, and without it all of them', (t) => {
  const found = (types: readonly string[], ...happenings: readonly Happening[]) =>
    opportunityOf(
      { kind: 'events', patterns: types.map((type) => ({ type, tests: [] })) },
      [],
      () => true,
      prefixOf(ended(...happenings)),
    );
  const both = found(['a', 'b'], [1, 'b'], [2, 'a'], [3, 'b']);
  t.deepEqual([both.wanted, both.first?.n], ['a or b', 1]);
  t.deepEqual(found(['a', 'b']), { wanted: 'a or b', first: undefined });
  t.deepEqual(found([], [1, 'a']), { wanted: 'anything', first: undefined });
});
