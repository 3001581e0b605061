/** A process that makes two runs, writes down the first one that is over, and stands still in the second: somebody kills it. */
import { exampleOrder } from '../runs/example-run.fixture.ts';
import { logRun } from './run-log.ts';
import { threadPool } from './thread-pool.ts';

const [, , folder = ''] = process.argv;
const queue = threadPool({ threads: 2, entry: new URL('./thread-pool.fixture.js', import.meta.url) });
const failed = (error: Error): void => {
  throw error;
};
queue.submit(exampleOrder('endless'), { finished: () => undefined, failed });
queue.submit(exampleOrder('wipe-first'), {
  finished: (run) => {
    logRun(folder, { ...run, below: 'wipe-first', files: new Map() });
    process.stdout.write('logged\n');
  },
  failed,
});
