import test from 'ava';
import { withoutQueue } from './without-queue.ts';

test('a password in the address of a queue is kept nowhere', (t) => {
  const words = ['baseline-call', '--seed', '7'];
  for (const queue of [['--queue', 'redis://me:secret@lab'], ['--queue=redis://me:secret@lab']]) {
    t.deepEqual(withoutQueue([...words, ...queue]), words);
    t.deepEqual(withoutQueue([...queue, ...words]), words);
  }
  t.deepEqual(withoutQueue(words), words);
});
