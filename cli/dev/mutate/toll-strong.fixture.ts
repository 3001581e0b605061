/** Tests that kill each mutant. */
import test from 'ava';
import { FREE_UNTIL_AGE, receiptOf, tollOf } from './toll.fixture.ts';

test('old vehicles pay by the axle', (t) => {
  t.deepEqual([tollOf(10, 0), tollOf(10, 1), tollOf(30, 4)], [0, 3, 12]);
});

test('vehicles up to nine years go free', (t) => {
  t.is(FREE_UNTIL_AGE, 9);
  t.is(tollOf(9, 4), 0);
});

test('a receipt says what was paid', (t) => {
  t.is(receiptOf(12), '12 paid');
});
