/**
 * The entry of a thread whose runner is a small one: the outcome says what the job was, `slow` takes its time, `gated` waits for
 * the file that its parameter `gate` names, `refused` throws a typed error, `broken` a defect, `streaming` makes 16 MiB
 * of a capture, and `dead` ends the thread.
 */
import { existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { assert, CalldrillError } from '../../sim/errors.ts';
import { exampleOutcome } from './run-job.fixture.ts';
import { serveJobs } from './thread.ts';

assert(parentPort !== null, 'this module is the entry of a thread');
serveJobs(
  parentPort,
  (request) => {
    const variant = request.variants?.[0] ?? '';
    const progress = { scenario: request.screenplay.id, variant, time: 1, ends: 2 };
    request.onProgress?.(progress);
    request.onProgress?.({ ...progress, time: 2 });
    if (variant === 'slow') sleep(300);
    if (variant === 'endless') sleep(Infinity);
    if (variant === 'gated') while (!existsSync(String(request.parameters['gate']))) sleep(5);
    if (variant === 'dead') process.exit(3);
    if (variant === 'broken') throw new Error('a defect');
    if (variant === 'thrown-text') throw 'text';
    if (variant === 'streaming')
      for (let i = 0; i < 64; i++) request.capture?.onOctets?.(new Uint8Array(256 * 1024).fill(i));
    if (variant === 'refused')
      throw new CalldrillError('TEST_REFUSED', 'no', 'Ask again.', { where: { line: 4 } });
    return exampleOutcome(request);
  },
  Promise.resolve({ readQr: () => [], speech: [], kinds: [] }),
);

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
