import test from 'ava';
import { bindMoments, MomentWatch } from './moment.ts';
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
  t.deepEqual(bound(trace.slice(0, 2)), { one: 1 });
  t.deepEqual(bound(trace.slice(0, 4)), { one: 1, two: 3 });
  t.deepEqual(bound(trace), { one: 1, two: 3, final: 4 });
});

test('a watch tells which moments an event binds, once', (t) => {
  const watch = new MomentWatch(moments);
  const told = trace.map((event) => watch.take(event).map(({ name }) => name));
  t.deepEqual(told, [['one'], [], ['two'], [], ['final']]);
  t.deepEqual([...watch.bound.keys()], ['one', 'two', 'final']);
});
