/** The comparison with the golden report: what differs is found, with its place, and what hangs on event numbers can be left out. */
import test from 'ava';
import { differencesOf, differenceText } from './difference.ts';

const suite = (verdict: string, event: number) => ({
  seed: '42',
  scenarios: [{ id: 'lost', variants: [{ name: 'on-time', checks: [{ id: 'seen', verdict, event }] }] }],
});
const exactly = { apartFromEvents: false };

test('equal suites have no difference, and a changed verdict is told with its place', (t) => {
  t.deepEqual(differencesOf(suite('pass', 7), suite('pass', 7), exactly), []);
  t.deepEqual(differencesOf(suite('pass', 7), suite('fail', 7), exactly).map(differenceText), [
    'scenarios[lost].variants[on-time].checks[seen].verdict: "fail", golden "pass"',
  ]);
});

test('numbers of events count, unless they are left out', (t) => {
  t.is(differencesOf(suite('pass', 7), suite('pass', 8), exactly).length, 1);
  t.is(differencesOf(suite('pass', 7), suite('pass', 8), { apartFromEvents: true }).length, 0);
  t.is(differencesOf(suite('pass', 7), suite('fail', 8), { apartFromEvents: true }).length, 1);
});

test('so it is with numbers of events within a sentence', (t) => {
  const seen = (event: number, at = '1s') => ({ why: `seen at +${at} (event ${event})` });
  t.is(differencesOf(seen(7), seen(8), exactly).length, 1);
  t.is(differencesOf(seen(7), seen(8), { apartFromEvents: true }).length, 0);
  t.is(differencesOf(seen(7), seen(8, '2s'), { apartFromEvents: true }).length, 1);
});

test('what is there on one side only is a difference', (t) => {
  t.is(
    differencesOf({ a: [1] }, { a: [1, 2] }, exactly)
      .map(differenceText)
      .join(),
    'a[1]: 2, golden nothing',
  );
  t.is(differencesOf({ a: 1 }, {}, exactly).map(differenceText).join(), 'a: nothing, golden 1');
  t.is(differencesOf([{ id: 'a' }, { id: 'b' }], [{ id: 'b' }], exactly).length, 1);
  t.is(
    differencesOf([{ id: 'a' }, { id: 'a' }], [{ id: 'a' }], exactly).length,
    1,
    'names that repeat are no names',
  );
});
