/** From where on a check could not be saved: each story breaks a check in another way, and another event has to be named. */
import test from 'ava';
import type { Expectation } from '../../language/index.ts';
import type { LostAt } from '../model.ts';
import { lostAt } from './lost-at.ts';
import { probed, screenplayOf, traceOf, type Happening } from './story.fixture.ts';
import { judge } from './verdict.ts';

const SECOND = 1_000_000;
const MOMENTS = `moments:
  m: { first: a }
  k: { first: b }
  z: { last: b }
`;
const END: Happening = [60 * SECOND, 'trace.ended', {}, 'world'];

/** As every scenario has it. */
const LINES: Expectation = {
  ...{ id: 'lines', title: 'lines', parts: [], where: {}, kind: 'steps' },
};

/** Where the first check of a screenplay is lost in a story that ends. */
function lostIn(parts: string, ...happenings: readonly Happening[]): LostAt | undefined {
  const read = screenplayOf(parts);
  const screenplay = { ...read, expect: read.steps.length > 0 ? [LINES] : read.expect };
  const events = traceOf(...happenings, END);
  const [check] = judge(screenplay, events).checks;
  if (check === undefined) throw new Error('no check');
  return lostAt(check, screenplay, events);
}

const lost = (expectation: string, ...happenings: readonly Happening[]): LostAt | undefined =>
  lostIn(`${MOMENTS}expect:\n  - { id: it, check: para-1.c1/seen, ${expectation} }\n`, ...happenings);

test('what must never be seen is lost with the first that is seen, and not with the next', (t) => {
  t.deepEqual(lost('never: c', [0, 'd'], [SECOND, 'b'], [2 * SECOND, 'c'], [3 * SECOND, 'c']), {
    ...{ event: 3, time: 2 * SECOND, by: 'event' },
  });
});

test('what has to be seen in time is lost with the first event behind its window, whatever that is', (t) => {
  const story: Happening[] = [
    [0, 'a'],
    [SECOND, 'b'],
    [7 * SECOND, 'd'],
    [8 * SECOND, 'c'],
  ];
  t.deepEqual(lost('see: c, within: 5s, of: m', ...story), { event: 3, time: 7 * SECOND, by: 'window' });
  t.is(lost('see: c, within: 8s, of: m', ...story), undefined);
});

test('with no event behind its window it is lost when the run is over', (t) => {
  t.deepEqual(lost('see: c', [0, 'a'], [SECOND, 'b']), { event: 3, time: 60 * SECOND, by: 'window' });
});

test('moments in the wrong order are lost with the second of them, and a last one when there can be no later', (t) => {
  t.deepEqual(lost('order: [m, k]', [0, 'b'], [SECOND, 'd'], [2 * SECOND, 'a'], [3 * SECOND, 'd']), {
    ...{ event: 3, time: 2 * SECOND, by: 'event' },
  });
  t.deepEqual(lost('order: [z, m]', [0, 'a'], [SECOND, 'b']), {
    ...{ event: 3, time: 60 * SECOND, by: 'window' },
  });
});

test('lines are lost with the first that was wrong, though they are judged in the end', (t) => {
  const typed = (at: number, step: string, refused: string | null): Happening => [
    at * SECOND,
    'step.typed',
    { step, refused },
  ];
  const STEPS = `steps:
  - { id: one, at: "08:01", by: thief, type: try }
  - { id: two, at: "08:02", by: thief, type: try }
`;
  t.deepEqual(lostIn(STEPS, typed(1, 'two', null), typed(2, 'one', 'NO'), [3 * SECOND, 'd']), {
    ...{ event: 2, time: 2 * SECOND, by: 'event' },
  });
});

test('of a probe the last event before its line is named, which is no result of another', (t) => {
  const PROBES = `probes:
  - { id: dec-in-1, row: dec-in, at: "09:00", by: thief, type: "decrypt it", predict: refused }
`;
  const other = probed(3 * SECOND, { id: 'dec-in-2' });
  const story: Happening[] = [[SECOND, 'b'], [2 * SECOND, 'c'], other, probed(4 * SECOND), [5 * SECOND, 'd']];
  t.deepEqual(lostIn(PROBES, ...story), { event: 2, time: 2 * SECOND, by: 'fork' });
  t.is(lostIn(PROBES.replace('refused', 'opened'), ...story), undefined);
});

test('nothing is said of what did not fail', (t) => {
  t.is(lost('never: c', [0, 'd']), undefined);
  t.is(lost('never: c', [0, 'b']), undefined, 'inconclusive');
});
