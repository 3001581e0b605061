import test from 'ava';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { CheckVerdict } from './check.ts';
import { screenplayOf, traceOf, type Happening } from './story.fixture.ts';
import { judge } from './verdict.ts';

const SECOND = 1_000_000;

const MOMENTS = `moments:
  m: { first: a }
  k: { first: b }
  z: { last: c }
  twin: { first: a, x: 1 }
  two: { nth: { n: 2, of: e } }
`;

/** The verdict on one expectation. */
function verdict(expectation: string, events: readonly AnyTraceEvent[]): CheckVerdict {
  const play = screenplayOf(`${MOMENTS}expect:\n  - { id: it, check: para-1.c1/seen, ${expectation} }\n`);
  const [check] = judge(play, events).checks;
  if (check === undefined) throw new Error('no check');
  return check;
}

function ended(...happenings: readonly Happening[]): readonly AnyTraceEvent[] {
  return traceOf(...happenings, [60 * SECOND, 'trace.ended']);
}

const brief = ({ verdict, decided, code, evidence }: CheckVerdict): readonly unknown[] => [
  verdict,
  ...(code === undefined ? [] : [code]),
  ...(decided ? [] : ['undecided']),
  evidence,
];

test('what must be seen passes with the event as evidence', (t) => {
  const check = verdict('see: c', ended([0, 'a'], [SECOND, 'c'], [2 * SECOND, 'c']));
  t.deepEqual(brief(check), ['pass', [2]]);
  t.is(check.why, 'c was seen at +1s (event 2)');
  t.deepEqual([check.id, check.kind, check.title], ['it', 'expectation', 'see c']);
  t.deepEqual(check.parts, [{ part: 'para-1.c1/seen', verdict: 'pass', why: check.why }]);
  t.is(check.source, 'story.yaml:12');
});

test('what must be seen and is not fails when the run is over, not before', (t) => {
  t.deepEqual(brief(verdict('see: c', traceOf([0, 'a']))), [
    'inconclusive',
    'SCENARIO_NOT_YET',
    'undecided',
    [],
  ]);
  const check = verdict('see: c', ended([0, 'a']));
  t.deepEqual(brief(check), ['fail', []]);
  t.is(check.why, 'c was not seen');
  t.is(
    verdict('see: c, after: m', ended([0, 'a'], [SECOND, 'c'])).why,
    "c was seen after 'm': at +1s (event 2)",
  );
  t.is(verdict('see: c, times: 2', ended()).why, 'c was not seen');
});

test('what rests on a probe that was not made is not tested, and says so', (t) => {
  const notMade = (id: string): Happening => [
    SECOND,
    'probe.not-made',
    { id, row: 'forge', reason: 'no probes were asked for' },
    'thief',
  ];
  for (const form of ['see', 'never']) {
    const expectation = `${form}: probe.result, where: { id: try-it, outcome: refused }`;
    const given = form === 'never' ? `${expectation}, given: { see: a }` : expectation;
    const check = verdict(given, ended(notMade('try-it')));
    t.deepEqual(brief(check), ['not-tested', [1]]);
    t.is(check.why, 'it rests on the probe try-it: no probes were asked for');
    t.not(verdict(given, ended(notMade('another'))).verdict, 'not-tested');
  }
  const unnamed = verdict('see: probe.result, where: { outcome: refused }', ended(notMade('try-it')));
  t.is(unnamed.verdict, 'fail');
});

test('a deadline includes its last microsecond', (t) => {
  const late = (by: number): CheckVerdict =>
    verdict('see: c, within: 1s, of: m', ended([5, 'a'], [5 + SECOND + by, 'c']));
  t.is(late(0).verdict, 'pass');
  t.deepEqual(brief(late(1)), ['fail', []]);
});

test('a deadline is over as soon as time has passed it', (t) => {
  const expectation = 'see: c, within: 1s, of: m';
  t.is(verdict(expectation, traceOf([0, 'a'], [SECOND, 'd'])).code, 'SCENARIO_NOT_YET');
  t.is(verdict(expectation, traceOf([0, 'a'], [SECOND + 1, 'd'])).verdict, 'fail');
});

test('a run that ends inside a window leaves it open', (t) => {
  const check = verdict('see: c, within: 2m, of: m', ended([0, 'a']));
  t.deepEqual(brief(check), ['inconclusive', 'SCENARIO_WINDOW_OPEN', []]);
  t.is(check.why, "c was not seen within 2m of 'm' so far, and the run ended before the window was over");
  const once = verdict('see: c, times: 2, before: "09:00"', ended([0, 'c']));
  t.deepEqual(brief(once), ['inconclusive', 'SCENARIO_WINDOW_OPEN', [1]]);
  t.is(once.why, 'c was seen once before +1h so far, and the run ended before the window was over');
  t.is(verdict('see: c, times: 3', traceOf([0, 'c'], [0, 'c'])).why, 'c was seen 2 times so far');
  t.is(verdict('never: c, within: 2m, of: m', ended([0, 'a'])).code, 'SCENARIO_WINDOW_OPEN');
  t.is(
    verdict('never: c, within: 60s, of: m', ended([0, 'a'], [1, 'd'])).verdict,
    'pass',
    'exactly at its end is not inside',
  );
  t.is(verdict('never: c, after: m + 2m', ended([0, 'a'])).code, 'SCENARIO_WINDOW_OPEN', 'it never began');
  t.is(verdict('never: c, before: "09:00"', ended([0, 'a'])).code, 'SCENARIO_WINDOW_OPEN');
});

test('a moment that never happened decides nothing', (t) => {
  const check = verdict('never: c, between: [m, k]', ended([0, 'c']));
  t.deepEqual(brief(check), ['inconclusive', 'SCENARIO_MOMENT_NEVER', []]);
  t.is(check.why, "'m' and 'k' never happened");
  const yet = verdict('never: c, after: m', traceOf([0, 'c']));
  t.deepEqual(brief(yet), ['inconclusive', 'SCENARIO_NOT_YET', 'undecided', []]);
  t.is(yet.why, "'m' has not happened yet");
  t.is(verdict('see: c, after: m, times: 1', ended([0, 'c'])).code, 'SCENARIO_MOMENT_NEVER');
});

test('the order of the trace decides within one microsecond', (t) => {
  const before = ended([0, 'c'], [0, 'a'], [0, 'd']);
  const after = ended([0, 'd'], [0, 'a'], [0, 'c']);
  t.is(verdict('never: c, after: m', before).verdict, 'pass');
  t.is(verdict('never: c, after: m', after).verdict, 'fail');
  t.is(verdict('never: c, before: m', before).verdict, 'fail');
  t.is(verdict('never: c, before: m', after).verdict, 'pass');
});

test('a moment is outside the window that it bounds', (t) => {
  const once = ended([0, 'a'], [1, 'b']);
  t.is(verdict('see: a, after: m', once).verdict, 'fail');
  t.is(verdict('see: b, before: k', once).verdict, 'fail');
  t.is(verdict('never: a, within: 1s, of: m, given: { see: b }', once).verdict, 'pass');
});

test('what must never be seen fails at once and passes when the window is over', (t) => {
  const check = verdict(
    'never: c, where: { user: alice }, after: m',
    traceOf([0, 'a'], [3, 'c', { user: 'alice' }]),
  );
  t.deepEqual(brief(check), ['fail', [2]]);
  t.is(check.why, "c where user is alice was seen after 'm': at +1ms (event 2)");
  t.is(
    verdict('never: c, where: { user: alice }', ended([3, 'c', { user: 'bob' }], [4, 'd'])).verdict,
    'pass',
  );
  t.is(verdict('never: c', traceOf([3, 'c'])).why, 'c was seen at +1ms (event 1)');
  t.is(verdict('never: c, before: k', traceOf([0, 'd'], [0, 'b'])).verdict, 'pass');
});

test('windows between times and moments', (t) => {
  const at = (seconds: number): readonly AnyTraceEvent[] =>
    ended([10 * SECOND, 'a'], [seconds * SECOND, 'c']);
  t.is(verdict('see: c, between: ["08:00:20", "08:00:30"]', at(20)).verdict, 'pass');
  t.is(verdict('see: c, between: ["08:00:20", "08:00:30"]', at(30)).verdict, 'fail', 'the end is not inside');
  t.is(verdict('see: c, after: m + 5s', at(15)).verdict, 'pass');
  t.is(verdict('see: c, after: m + 5s', at(14)).verdict, 'fail');
  t.is(verdict('see: c, before: m + 5s', at(14)).verdict, 'pass');
  t.is(verdict('see: c, before: m + 5s', at(15)).verdict, 'fail');
  t.is(verdict('see: c, before: z', ended([0, 'c'], [1, 'c'])).verdict, 'pass');
});

test('a window that ends before it begins decides nothing, at once', (t) => {
  const empty = ['inconclusive', 'SCENARIO_WINDOW_EMPTY', []];
  const events = traceOf([SECOND, 'b'], [2 * SECOND, 'a', { x: 1 }], [3 * SECOND, 'c']);
  t.deepEqual(brief(verdict('never: c, between: [m, k]', events)), empty);
  t.is(verdict('never: c, between: [m, k]', events).why, 'the window ends before it begins');
  t.deepEqual(brief(verdict('never: c, between: [m, twin]', events)), empty, 'one event');
  t.deepEqual(brief(verdict('never: c, between: ["08:00:05", k]', events)), empty);
  t.deepEqual(brief(verdict('never: c, between: [m, "08:00:02"]', events)), empty);
  const neighbours = verdict('never: c, between: [k, m]', events);
  t.is(neighbours.code, 'SCENARIO_NO_OPPORTUNITY', 'neighbours have nothing between them, but could have');
});

test('how often something is seen', (t) => {
  const times = (n: number): readonly AnyTraceEvent[] =>
    ended(...Array.from({ length: n }, (_, i): Happening => [i, 'c']));
  t.deepEqual(brief(verdict('see: c, times: 2', times(2))), ['pass', [1, 2]]);
  t.is(verdict('see: c, times: 2', times(1)).why, 'c was seen only once, not 2 times');
  t.deepEqual(brief(verdict('see: c, times: 2', times(5).slice(0, 4))), ['fail', [1, 2, 3]]);
  t.is(verdict('see: c, times: 2', times(5).slice(0, 4)).why, 'c was seen more than 2 times');
  t.is(verdict('see: c, times: 2', times(2).slice(0, 2)).code, 'SCENARIO_NOT_YET');
  const enough = verdict('see: c, times: { at-least: 2 }', times(5).slice(0, 4));
  t.deepEqual(brief(enough), ['pass', [1, 2]]);
  t.is(enough.why, 'c was seen 2 times or more');
  t.is(verdict('see: c, times: { at-least: 2 }', times(2).slice(0, 2)).code, 'SCENARIO_NOT_YET');
  t.deepEqual(brief(verdict('see: c, times: 2', times(5))), ['fail', [1, 2, 3]], 'those that decided it');
  t.is(verdict('see: c, times: { at-most: 1 }', times(0)).verdict, 'pass');
  t.is(verdict('see: c, times: { at-least: 1, at-most: 3 }', times(3)).why, 'c was seen 3 times');
  t.is(verdict('see: c, times: { at-most: 50 }', times(40)).evidence.length, 20, 'evidence is bounded');
});

test('every event must have what is said, and there must be one', (t) => {
  const rule = 'every: c, where: { ok: true }, has: { type: 26 }';
  const good: Happening = [1, 'c', { ok: true, type: 26 }];
  const bad: Happening = [2, 'c', { ok: true, type: 25 }];
  t.deepEqual(brief(verdict(rule, ended(good, [2, 'c', { ok: false }]))), ['pass', [1]]);
  t.is(verdict(rule, ended(good)).why, 'c where ok is true was seen once, each time with type is 26');
  t.deepEqual(brief(verdict(rule, traceOf(good, bad))), ['fail', [2]]);
  t.is(
    verdict(rule, traceOf(good, bad)).why,
    'c where ok is true at +1ms (event 2) does not have type is 26',
  );
  t.is(verdict(rule, traceOf(good)).code, 'SCENARIO_NOT_YET');
  t.deepEqual(brief(verdict(rule, ended())), ['inconclusive', 'SCENARIO_NOTHING_CHECKED', []]);
  t.is(verdict(rule, ended()).why, 'c where ok is true was never seen, so nothing was checked');
});

test('moments must come in order', (t) => {
  const right = verdict('order: [m, k]', traceOf([0, 'a'], [0, 'b']));
  t.deepEqual(brief(right), ['pass', [1, 2]]);
  t.is(right.why, "'m', then 'k'");
  const check = verdict('order: [m, k, z]', traceOf([0, 'b'], [0, 'a']));
  t.deepEqual(brief(check), ['fail', [1, 2]]);
  t.is(check.why, "'k' came at +0s (event 1), not after 'm' at +0s (event 2)");
  t.is(verdict('order: [m, k]', traceOf([0, 'b'])).code, 'SCENARIO_NOT_YET');
  t.is(verdict('order: [m, k]', ended([0, 'b'])).code, 'SCENARIO_MOMENT_NEVER');
  t.is(
    verdict('order: [m, twin]', traceOf([0, 'a', { x: 1 }])).verdict,
    'fail',
    'one event is not after itself',
  );
});

test('a check that does not apply says why', (t) => {
  const play = screenplayOf('expect:\n  - { id: it, see: a }\n');
  const expect = play.expect.map((each) => ({ ...each, notApplicable: 'no one blocks' }));
  const [check] = judge({ ...play, expect }, ended()).checks;
  t.like(check, { verdict: 'not-applicable', decided: true, why: 'no one blocks' });
});

test('what must never be seen passes on an opportunity, which is told, and on nothing else', (t) => {
  const passed = verdict('never: c, after: m', ended([0, 'a'], [1, 'd']));
  t.deepEqual(brief(passed), ['pass', [2]]);
  t.is(passed.why, "c was never seen after 'm', though it could have been: d at +1ms (event 2)");
  const none = verdict('never: c', ended([0, 'a']));
  t.deepEqual(brief(none), ['inconclusive', 'SCENARIO_NO_OPPORTUNITY', []]);
  t.is(none.why, 'c was never seen, and nothing shows that it could have been: no d');
});

/** A run in whose opening these happened, at 1, and those after it, from 3 on. */
function opened(early: readonly string[], later: readonly string[]): readonly AnyTraceEvent[] {
  return ended(
    ...early.map((type): Happening => [1, type]),
    [2, 'opening.ended', { played: [] }],
    ...later.map((type): Happening => [3, type]),
  );
}

test('what happens in the opening does not count as seen, unless the check counts it', (t) => {
  const early = verdict('see: c', opened(['c'], []));
  t.deepEqual(brief(early), ['fail', []]);
  t.is(early.why, 'c was not seen; once in the opening, which does not count');
  const short = verdict('see: c, times: { at-least: 2 }', opened(['c', 'c'], ['c']));
  t.is(short.why, 'c was seen only once, not 2 times; 2 times in the opening, which does not count');
  t.deepEqual(brief(verdict('see: c', opened(['c'], ['c']))), ['pass', [3]]);
  t.deepEqual(brief(verdict('see: c, opening: included', opened(['c'], []))), ['pass', [1]]);
  t.is(verdict('see: c', opened(['c'], []).slice(0, 1)).code, 'SCENARIO_NOT_YET', 'while it lasts too');
});

test('the end of the opening is of the opening', (t) => {
  const play = screenplayOf('expect:\n  - { id: it, see: c }\n');
  const expect = play.expect.map((each) => ({ ...each, pattern: { type: 'opening.ended', tests: [] } }));
  t.is(judge({ ...play, expect }, ended()).checks[0]?.verdict, 'fail');
});

test('what must never be seen, and what every event must have, holds in the opening too', (t) => {
  t.deepEqual(brief(verdict('never: c', opened(['c'], []))), ['fail', [1]]);
  t.deepEqual(brief(verdict('every: c, has: { x: 1 }', opened(['c'], []))), ['fail', [1]]);
});

test('a moment that came in the opening only says so', (t) => {
  const only = ['inconclusive', 'SCENARIO_ONLY_IN_OPENING', []];
  const early = verdict('see: c, after: m', opened(['a'], ['c']));
  t.deepEqual(brief(early), only);
  t.is(early.why, "'m' would have happened with the events of the opening, which do not count");
  t.is(verdict('see: c, after: m', opened(['a'], ['c']).slice(0, 3)).code, 'SCENARIO_NOT_YET');
  t.deepEqual(brief(verdict('see: d, after: z', opened(['c'], []))), only, 'a last one');
  t.deepEqual(brief(verdict('see: c, after: two', opened(['e'], ['e']))), only, 'a second one');
  t.is(verdict('see: c, after: two', opened(['e'], [])).code, 'SCENARIO_MOMENT_NEVER');
  t.is(verdict('see: d, after: z', opened(['a'], [])).code, 'SCENARIO_MOMENT_NEVER');
  t.is(verdict('see: c, after: twin', opened(['a'], ['c'])).code, 'SCENARIO_MOMENT_NEVER', 'another a');
  t.is(verdict('order: [k, m]', opened(['a'], [])).why, early.why, 'one of several is named');
});
