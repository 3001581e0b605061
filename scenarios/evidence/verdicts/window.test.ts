/** Which events a window takes, when it can take no more, and when it never could take any. */
import test from 'ava';
import type { When, Window } from '../../language/index.ts';
import { prefixOf } from './prefix.ts';
import { traceOf } from './story.fixture.ts';
import { placeWindow } from './window.ts';

// `m` is the a at 10, `k` the b at 20 between two others of the same microsecond; event 0 is the end of the opening.
const told = traceOf([10, 'a'], [20, 'c'], [20, 'b'], [20, 'd'], [30, 'c']);
const complete = traceOf([10, 'a'], [20, 'c'], [20, 'b'], [20, 'd'], [30, 'trace.ended']);
const bindings = new Map(
  told.flatMap((event) =>
    event.type === ('a' as string) ? [['m', event]] : event.type === ('b' as string) ? [['k', event]] : [],
  ),
);

const at = (t: number): When => ({ kind: 'at', t });
const after = (moment: string, delay = 0): When => ({ kind: 'after', moment, delay });
const between = (from: When | undefined, to: When | undefined, toIncluded = false): Window => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  toIncluded,
});

const spanOf = (window: Window, events = told) => {
  const { span } = placeWindow(window, bindings, prefixOf(events));
  if (span === undefined) throw new Error('it is placed');
  return span;
};
const inside = (...window: Parameters<typeof between>): readonly number[] => {
  const span = spanOf(between(...window));
  return told.filter((event) => span.contains(event)).map(({ n }) => n);
};
const isOver = (...window: Parameters<typeof between>) => [
  spanOf(between(...window)).over,
  spanOf(between(...window), complete).over,
];
const isEmpty = (...window: Parameters<typeof between>) => spanOf(between(...window)).empty;

test('a window without bounds is the whole run, and over with it', (t) => {
  t.deepEqual(inside(undefined, undefined), [0, 1, 2, 3, 4, 5]);
  t.deepEqual(isOver(undefined, undefined), [false, true]);
  t.false(isEmpty(undefined, undefined));
});

test('after a moment is after its event; after a time is from that time on', (t) => {
  t.deepEqual(inside(after('m'), undefined), [2, 3, 4, 5]);
  t.deepEqual(inside(after('k'), undefined), [4, 5]);
  t.deepEqual(inside(after('m', 10), undefined), [2, 3, 4, 5]);
  t.deepEqual(inside(after('k', 10), undefined), [5]);
  t.deepEqual(inside(at(20), undefined), [2, 3, 4, 5]);
  t.deepEqual(inside(at(21), undefined), [5]);
});

test('before a moment is before its event; before a time leaves that time out, a deadline does not', (t) => {
  t.deepEqual(inside(undefined, after('k')), [0, 1, 2]);
  t.deepEqual(inside(undefined, after('m', 10)), [0, 1]);
  t.deepEqual(inside(undefined, at(20)), [0, 1]);
  t.deepEqual(inside(undefined, at(20), true), [0, 1, 2, 3, 4]);
  t.deepEqual(inside(undefined, after('m', 10), true), [0, 1, 2, 3, 4]);
  t.deepEqual(
    inside(undefined, after('k'), true),
    [0, 1, 2, 3, 4],
    'a deadline is a time, even no time after',
  );
  t.deepEqual(inside(after('m'), after('k')), [2]);
});

test('a window is over when no later event can be in it', (t) => {
  t.deepEqual(isOver(undefined, after('k')), [true, true], 'its last event is known');
  t.deepEqual(isOver(undefined, at(30)), [true, true]);
  t.deepEqual(isOver(undefined, at(31)), [false, false], 'the run did not come that far');
  t.deepEqual(isOver(undefined, at(29), true), [true, true]);
  t.deepEqual(isOver(undefined, at(30), true), [false, true], 'more may happen in the same microsecond');
  t.deepEqual(isOver(undefined, at(31), true), [false, false]);
});

test('a window that has not begun is not over, though the run is', (t) => {
  t.deepEqual(isOver(at(30), undefined), [false, true]);
  t.deepEqual(isOver(at(31), undefined), [false, false]);
  t.deepEqual(isOver(at(31), after('k')), [false, false]);
});

test('a window is empty when nothing could ever lie in it', (t) => {
  t.true(isEmpty(after('k'), after('m')));
  t.true(isEmpty(after('k'), after('k')), 'one event');
  t.false(isEmpty(after('m'), after('k')));
  t.true(isEmpty(at(21), after('k')));
  t.false(isEmpty(at(20), after('k')), 'another event may come before it');
  t.true(isEmpty(after('k'), at(20)));
  t.false(isEmpty(after('k'), at(21)));
  t.false(isEmpty(after('k'), at(20), true));
  t.true(isEmpty(at(20), at(20)));
  t.false(isEmpty(at(20), at(20), true));
  t.true(isEmpty(at(21), at(20), true));
  t.false(isEmpty(at(31), undefined));
  t.false(isEmpty(undefined, at(0)));
});

test('a window waits for its moments, each named once', (t) => {
  const missing = (...window: Parameters<typeof between>) =>
    placeWindow(between(...window), bindings, prefixOf(told));
  t.deepEqual(missing(after('x'), after('y', 5)), { missing: ['x', 'y'] });
  t.deepEqual(missing(after('x'), after('x', 5), true), { missing: ['x'] });
  t.deepEqual(missing(after('m'), after('y')), { missing: ['y'] });
  t.deepEqual(missing(at(1), after('y')), { missing: ['y'] });
});
