/**
 * A queue of runs on threads of this process. A simulation is synchronous and may run for minutes, so even a single run has a
 * thread of its own: on the main thread it would keep an interrupt waiting.
 *
 * A thread that breaks, ends, takes too much memory or stands still is given up: its run is told as failed, once, and the next one gets a new
 * thread. Which run a thread has does not change what the run gives.
 */
import type { FinishedRun, RunListener, RunOrder, RunQueue, RunTicket } from '../runs/index.ts';
import { RunThread, type ThreadSettings } from './run-worker.ts';

/** How many threads there may be, and what else than the defaults they are made of. */
export interface PoolOptions extends Partial<ThreadSettings> {
  /** At most so many threads, 1 or more. */
  readonly threads: number;
}

/** Mebibytes of heap that one thread may have */
const MEMORY_MIB_MAX = 4_096;
/** Milliseconds in which a run must get on */
const SILENCE_MS_MAX = 600_000;

const ENTRY = new URL('./run-thread.js', import.meta.url);

/** A queue of `threads` threads, which are begun when they are needed. */
export function threadPool({ threads, ...settings }: PoolOptions): RunQueue {
  return new ThreadPool(threads, {
    entry: ENTRY,
    memoryMib: MEMORY_MIB_MAX,
    silenceMs: SILENCE_MS_MAX,
    ...settings,
  });
}

/** An order from its submission to the moment when nothing is told of it any more. */
interface Job {
  readonly order: RunOrder;
  readonly listener: RunListener;
  thread: RunThread | undefined;
}

class ThreadPool implements RunQueue {
  readonly #most: number;
  readonly #settings: ThreadSettings;
  readonly #waiting: Job[] = [];
  readonly #idle: RunThread[] = [];
  readonly #busy = new Set<RunThread>();
  #closed = false;

  constructor(most: number, settings: ThreadSettings) {
    this.#most = most;
    this.#settings = settings;
  }

  submit(order: RunOrder, listener: RunListener): RunTicket {
    const job: Job = { order, listener, thread: undefined };
    if (this.#closed) return { cancel: () => undefined };
    this.#waiting.push(job);
    // Nothing is told before this has returned.
    setImmediate(() => this.#fill());
    return { cancel: () => this.#cancel(job) };
  }

  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    for (const thread of [...this.#idle, ...this.#busy]) thread.end();
    this.#idle.length = 0;
    this.#busy.clear();
  }

  #cancel(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (job.thread === undefined) return;
    job.thread.end();
    this.#release(job, job.thread, false);
  }

  /** Gives what waits to threads that are free. */
  #fill(): void {
    while (!this.#closed && this.#busy.size < this.#most) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      this.#begin(job, this.#idle.pop() ?? new RunThread(this.#settings));
    }
  }

  #begin(job: Job, thread: RunThread): void {
    job.thread = thread;
    this.#busy.add(thread);
    job.listener.started?.();
    // The listener may have closed the queue, or given up the order.
    if (job.thread !== thread || this.#closed) return;
    thread.run(job.order, {
      progress: (progress) => job.listener.progress?.(progress),
      captured: (octets, taken) => (job.listener.captured ?? takeAtOnce)(octets, taken),
      file: (path, octets) => job.listener.file?.(path, octets),
      finished: (run: FinishedRun) => {
        this.#release(job, thread, true);
        job.listener.finished(run);
      },
      failed: (error) => {
        this.#release(job, thread, thread.usable);
        job.listener.failed(error);
      },
    });
  }

  #release(job: Job, thread: RunThread, usable: boolean): void {
    job.thread = undefined;
    this.#busy.delete(thread);
    if (usable && !this.#closed) this.#idle.push(thread);
    setImmediate(() => this.#fill());
  }
}

function takeAtOnce(_octets: Uint8Array, taken: () => void): void {
  taken();
}
