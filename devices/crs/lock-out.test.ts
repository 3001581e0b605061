/** The lock-out by itself: who is counted, and when that is once too often. */
import test from 'ava';
import { NUMBERS } from '../testbed.fixture.ts';
import { LOCK_OUT_FAILURES_MAX, LockOut } from './lock-out.ts';

const { alice, bob } = NUMBERS;
const often = (count: number, act: () => boolean): readonly boolean[] => Array.from({ length: count }, act);

test('the tenth failure in a row is once too often, and each user has their own', (t) => {
  const lockOut = new LockOut(true);
  t.false(often(LOCK_OUT_FAILURES_MAX - 1, () => lockOut.failed(alice)).includes(true));
  t.false(lockOut.failed(bob));
  t.true(lockOut.failed(alice));
  t.false(lockOut.failed(alice), 'it begins anew');
});

test('whoever comes in has none against them, and without a lock-out nobody has', (t) => {
  const lockOut = new LockOut(true);
  often(LOCK_OUT_FAILURES_MAX - 1, () => lockOut.failed(alice));
  lockOut.succeeded(alice);
  t.false(lockOut.failed(alice));
  const none = new LockOut(false);
  t.false(often(3 * LOCK_OUT_FAILURES_MAX, () => none.failed(alice)).includes(true));
  t.deepEqual(none.save(), []);
});

test('what was counted is kept', (t) => {
  const lockOut = new LockOut(true);
  often(LOCK_OUT_FAILURES_MAX - 1, () => lockOut.failed(alice));
  const again = new LockOut(true, structuredClone(lockOut.save()));
  t.deepEqual(again.save(), lockOut.save());
  t.true(again.failed(alice));
});
