/** What a rerun may take: whoever takes more is stopped, and told by a code. */
import test from 'ava';
import { HOUR, MILLISECOND } from '../../sim/clock.ts';
import { withinLimits } from './limits.ts';

const never = new AbortController().signal;
/** Resolves with the reason for which it was stopped. */
const stopped = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

test('work that is done is done, and nobody stops it afterwards', async (t) => {
  t.is(await withinLimits({ time: HOUR, memoryMib: 4096, threads: 1 }, never, async () => 7), 7);
});

test('work that never ends is stopped when its time is over', async (t) => {
  const reason = await withinLimits({ time: MILLISECOND, memoryMib: 4096, threads: 1 }, never, stopped);
  t.like(reason, { code: 'VERIFY_TIME_LIMIT' });
});

test('work that takes octets outside of any heap is stopped when they are too many', async (t) => {
  const taken: Uint8Array[] = [];
  const reason = await withinLimits({ time: HOUR, memoryMib: 8, threads: 1 }, never, (signal) => {
    taken.push(new Uint8Array(128 << 20).fill(1));
    return stopped(signal);
  });
  t.is(taken.length, 1);
  t.like(reason, { code: 'VERIFY_MEMORY_LIMIT' });
});

test('whoever interrupts it stops it for their own reason', async (t) => {
  const outer = new AbortController();
  const reason = withinLimits({ time: HOUR, memoryMib: 4096, threads: 1 }, outer.signal, stopped);
  outer.abort('enough');
  t.is(await reason, 'enough');
});
