import test from 'ava';
import type { FinishedRun } from '../runs/index.ts';
import { exampleOrder } from '../runs/example-run.fixture.ts';
import { runQueueSuite } from '../runs/run-queue-compliance.fixture.ts';
import { threadPool } from './thread-pool.ts';

const entry = new URL('./thread-pool.fixture.js', import.meta.url);

runQueueSuite(test, 'threads', ({ places, memoryMib, silenceMs }) =>
  threadPool({ threads: places, entry, memoryMib, silenceMs }),
);

const ended = (entryOf: URL, variant: string) => {
  const queue = threadPool({ threads: 1, entry: entryOf });
  return new Promise<FinishedRun | Error>((resolve) =>
    queue.submit(exampleOrder(variant), { finished: resolve, failed: resolve }),
  ).finally(() => queue.close());
};

test('an entry that is not there is an error, not a wait', async (t) => {
  t.true((await ended(new URL('./no-such.js', import.meta.url), 'block-first')) instanceof Error);
});

test('the real threads make a run: an order that is none of theirs is refused with its code', async (t) => {
  const error = await ended(new URL('./run-thread.js', import.meta.url), 'no-such-variant');
  t.like(error, { code: 'SCENARIO_INVALID' });
});
