/** The closed list of reasons: its order is what a verdict goes by. */
import test from 'ava';
import { inOrder, isReason, REASONS } from './reason.ts';

test('there are thirty, each once, in the order in which obstacles are met', (t) => {
  const codes = REASONS.map(({ code }) => code);
  t.is(new Set(codes).size, 30);
  t.deepEqual(codes.slice(9, 14), ['no-account', 'blocked', 'stale-psk', 'wrong-month', 'no-psk']);
  t.deepEqual([codes[0], codes.at(-1)], ['not-tapped', 'chance']);
  for (const { meaning, where } of REASONS) t.true(meaning.length > 0 && where.length > 0);
});

test('reasons come once each, the first obstacle first, and nothing else is one', (t) => {
  t.deepEqual(inOrder(['no-rsk', 'blocked', 'no-rsk', 'stale-psk']), ['blocked', 'stale-psk', 'no-rsk']);
  t.true(isReason('blocked'));
  t.false(isReason('too-many-requests'));
});
