import test from 'ava';
import { bindMoments, momentsAfter, momentsAtFirst } from './moment.ts';
import { prefixOf } from './prefix.ts';
import { screenplayOf, traceOf } from './story.fixture.ts';

const { moments } = screenplayOf(`moments:
  one: { first: a }
  two: { nth: { n: 2, of: a }, x: 1 }
  final: { last: a }
  never: { first: b }
`);
const trace = traceOf(
  [0, 'a', { x: 1 }],
  [5, 'a'],
  [5, 'a', { x: 1 }],
  [9, 'a', { x: 1 }],
  [9, 'trace.ended'],
);

function bound(events: typeof trace): Record<string, number> {
  const bindings = bindMoments(moments, prefixOf(events));
  return Object.fromEntries([...bindings].map(([name, { n }]) => [name, n]));
}

test('first and nth bind when they happen; last binds when the run is over', (t) => {
  t.deepEqual(bound([]), {});
  t.deepEqual(bound(trace.slice(0, 3)), { one: 1 });
  t.deepEqual(bound(trace.slice(0, 5)), { one: 1, two: 3 });
  t.deepEqual(bound(trace), { one: 1, two: 3, final: 4 });
});

test('event by event it is known which moments have come', (t) => {
  let state = momentsAtFirst(moments);
  const told = trace.map((event) => {
    state = momentsAfter(moments, state, event);
    return moments.filter((_, at) => state[at]?.bound).map(({ name }) => name);
  });
  t.deepEqual(told, [[], ['one'], ['one'], ['one', 'two'], ['one', 'two'], ['one', 'two', 'final']]);
  t.deepEqual(JSON.parse(JSON.stringify(state)), state, 'and what is known is a plain value');
});

test('what happens in the opening is none of them, unless a moment counts it', (t) => {
  const own = screenplayOf(`moments:
  later: { first: a }
  any: { first: a, opening: included }
  second: { nth: { n: 2, of: a } }
`).moments;
  const events = traceOf(
    [0, 'a'],
    [0, 'a'],
    [1, 'opening.ended', { played: [] }],
    [2, 'a'],
    [3, 'trace.ended'],
  );
  const bindings = bindMoments(own, prefixOf(events));
  t.deepEqual(
    [...bindings].map(([name, { n }]) => [name, n]),
    [
      ['later', 4],
      ['any', 1],
    ],
  );
});

test('a last moment that never came is not one that the end of the run brings', (t) => {
  const own = screenplayOf('moments:\n  final: { last: b }\n').moments;
  const after = traceOf([1, 'a'], [2, 'trace.ended']).reduce(
    (state, event) => momentsAfter(own, state, event),
    momentsAtFirst(own),
  );
  t.deepEqual(after, [{ open: true, seen: 0, event: 0, bound: false }]);
});

test('an event that is none of a moment leaves what is known as it was', (t) => {
  const [opened, other] = traceOf([1, 'c']);
  if (opened === undefined || other === undefined) return t.fail();
  const state = momentsAfter(moments, momentsAtFirst(moments), opened);
  t.is(momentsAfter(moments, state, other), state);
});
