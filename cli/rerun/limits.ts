/**
 * How much a rerun may take. What is run again was written by a stranger: a scenario that never ends, or fills the memory, must cost its reader no more
 * than they said. Each run has a heap of its own size; the process as a whole is looked at as well, since octets outside of heaps count there only.
 */
import type { CalldrillError } from '../../sim/errors.ts';
import { formatDuration } from '../../sim/duration.ts';
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import { verifyError } from '../verify/errors.ts';

/** Bounds on a whole rerun. */
export interface RerunLimits {
  /** Of the wall clock. */
  readonly time: Micros;
  /** Mebibytes of heap for each run. */
  readonly memoryMib: number;
  readonly threads: number;
}

/** Milliseconds between two looks at how much memory the process has. */
const LOOK_MS = 200;
const MEBIBYTE = 1 << 20;

/** Does `work` with a signal that is aborted when `outer` is, and with VERIFY_TIME_LIMIT or VERIFY_MEMORY_LIMIT when it takes too much. */
export async function withinLimits<Result>(
  { time, memoryMib, threads }: RerunLimits,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const stop = (error: CalldrillError): void => limit.abort(error);
  // Beside its heap a run has octets of its own, and what it gives is taken here: that much again for all of them.
  const mostOctets = process.memoryUsage.rss() + (threads + 1) * memoryMib * MEBIBYTE;
  const timer = setTimeout(
    () => stop(verifyError('VERIFY_TIME_LIMIT', `it was not over after ${formatDuration(time)}`)),
    time / MILLISECOND,
  );
  const look = setInterval(() => {
    const octets = process.memoryUsage.rss();
    if (octets > mostOctets)
      stop(verifyError('VERIFY_MEMORY_LIMIT', `the process has ${Math.round(octets / MEBIBYTE)} MiB by now`));
  }, LOOK_MS);
  try {
    return await work(AbortSignal.any([outer, limit.signal]));
  } finally {
    clearTimeout(timer);
    clearInterval(look);
  }
}
