/** Windows as they stand behind what was seen. */
import test from 'ava';
import type { When } from '../../language/index.ts';
import { windowInWords } from './window-words.ts';

const MINUTE = 60_000_000;
const at = (t: number): When => ({ kind: 'at', t });
const after = (moment: string, delay = 0): When => ({ kind: 'after', moment, delay });

test('the whole run needs no words', (t) => {
  t.is(windowInWords({ toIncluded: false }), '');
});

test('a window with one end is before or after it', (t) => {
  t.is(windowInWords({ from: after('m'), toIncluded: false }), " after 'm'");
  t.is(windowInWords({ from: after('m', MINUTE), toIncluded: false }), " after 'm' + 1m");
  t.is(windowInWords({ from: at(2 * MINUTE), toIncluded: false }), ' after +2m');
  t.is(windowInWords({ to: after('k'), toIncluded: false }), " before 'k'");
  t.is(windowInWords({ to: at(MINUTE), toIncluded: false }), ' before +1m');
});

test('a deadline is so long after its moment; any other window lies between its ends', (t) => {
  const [m, later] = [after('m'), after('m', 10 * MINUTE)];
  t.is(windowInWords({ from: m, to: later, toIncluded: true }), " within 10m of 'm'");
  t.is(windowInWords({ from: m, to: later, toIncluded: false }), " between 'm' and 'm' + 10m");
  t.is(windowInWords({ from: m, to: after('k'), toIncluded: false }), " between 'm' and 'k'");
  t.is(windowInWords({ from: at(0), to: later, toIncluded: true }), " between +0s and 'm' + 10m");
  t.is(windowInWords({ from: m, to: at(MINUTE), toIncluded: true }), " between 'm' and +1m");
});
