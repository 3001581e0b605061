/** What a place of a queue does in the suite of queues, in place of a run: something that fails, ends, hangs or eats memory when it is asked to. */
import { existsSync } from 'node:fs';
import { CalldrillError } from '../../sim/errors.ts';
import { exampleOutcome } from './example-run.fixture.ts';
import type { RunOutcome, RunProgress } from './run-api.ts';
import type { RunOrder } from './run-order.ts';

/**
 * What a place of the suite does with an order, by the name of its variant: `gated` waits for the file that its label names, `refused`
 * throws a typed error, `broken` a defect, `thrown-text` no error at all, `dead` ends the process or thread, `greedy` eats memory, `large` takes 120 MiB of it, `endless` stands
 * still, `lively` takes long and says so, `streaming` makes 16 MiB of a capture. Others give what they were asked for.
 */
export function carryOutExample(
  order: RunOrder,
  {
    onProgress,
    onCapture,
  }: {
    readonly onProgress: (progress: RunProgress) => void;
    readonly onCapture: (octets: Uint8Array) => void;
  },
): RunOutcome {
  const { variant } = order;
  const progress = { scenario: 'client-compromise', variant, time: 1, ends: 2 };
  onProgress(progress);
  switch (variant) {
    case 'gated':
      while (!existsSync(order.scenario.file)) sleep(5);
      break;
    case 'lively':
      for (let step = 0; step < 8; step++) {
        sleep(400);
        onProgress({ ...progress, time: step });
      }
      break;
    case 'endless':
      sleep(Infinity);
      break;
    case 'large':
      Array.from({ length: 150 }, (_, at) => Array.from({ length: 1e5 }, (__, each) => at + each));
      break;
    case 'greedy':
      for (const kept: number[][] = []; ;)
        kept.push(Array.from({ length: 1e5 }, (_, at) => at + kept.length));
    case 'dead':
      process.exit(3);
    case 'broken':
      throw new Error('a defect');
    case 'thrown-text':
      throw 'text';
    case 'refused':
      throw new CalldrillError('TEST_REFUSED', 'no', 'Ask again.', { where: { line: 4 } });
    case 'streaming':
      for (let at = 0; at < 64; at++) onCapture(new Uint8Array(256 * 1024).fill(at));
      break;
  }
  return exampleOutcome(order);
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
