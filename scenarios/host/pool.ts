/**
 * The pool: runs jobs on several threads and hands their outcomes back in the order of the jobs, so that what is made of them
 * does not depend on how many threads there were or which was the fastest.
 *
 * Even a single job has a thread of its own. A simulation is synchronous and may run for minutes; on the main thread it would
 * keep an interrupt waiting.
 */
import { Worker } from 'node:worker_threads';
import type { RunOutcome, RunProgress } from '../runs/index.ts';
import { FlowGate } from './flow-gate.ts';
import { receivedOutcome, type RunJob, type SentOutcome } from './run-job.ts';
import { errorOf, type FromThread, type ToThread } from './thread-message.ts';

export interface PoolOptions {
  /** At most so many threads, 1 or more. */
  readonly threads: number;
  /** Ends all threads at once when it is aborted; the reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called with the index of the job. */
  onProgress?(index: number, progress: RunProgress): void;
  /**
   * Called with the next octets of a live capture. The thread goes on making them until a few MiB are not taken yet; what is
   * returned says when they are.
   */
  onCapture?(index: number, octets: Uint8Array): Promise<void>;
  /** Called as soon as a job is over, in whichever order. */
  onDone?(index: number): void;
  /** The module of a thread; tests have their own. */
  readonly entry?: URL;
}

const ENTRY = new URL('./run-thread.js', import.meta.url);

/**
 * Yields the outcome of each job, in order. Throws the error of the first job, in that order, that failed: a CalldrillError as
 * the runner threw it, or any other error, which is a defect; and the reason of `signal`.
 */
export async function* runJobs(
  jobs: readonly RunJob[],
  options: PoolOptions,
): AsyncGenerator<RunOutcome, void, undefined> {
  const slots = jobs.map(() => new Slot<SentOutcome>());
  const threads: Thread[] = [];
  let next = 0;
  const serve = async (thread: Thread): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job === undefined) return;
      try {
        const outcome = await thread.run(job, {
          onProgress: (progress) => options.onProgress?.(index, progress),
          onCapture: async (octets) => options.onCapture?.(index, octets),
        });
        options.onDone?.(index);
        slots[index]?.resolve(outcome);
      } catch (thrown) {
        slots[index]?.reject(thrown);
        // Jobs before this one are under way; those behind it would be for nothing.
        next = jobs.length;
      }
    }
  };
  const abort = (): void => {
    for (const slot of slots) slot.reject(options.signal?.reason);
  };
  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', abort);
  try {
    for (let i = 0; i < Math.min(options.threads, jobs.length); i++) {
      const thread = new Thread(options.entry ?? ENTRY);
      threads.push(thread);
      void serve(thread);
    }
    for (const slot of slots) yield receivedOutcome(await slot.promise);
  } finally {
    options.signal?.removeEventListener('abort', abort);
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** A place for one outcome. The first to settle it wins. */
class Slot<Value> {
  readonly promise: Promise<Value>;
  resolve: (value: Value) => void = () => undefined;
  reject: (reason: unknown) => void = () => undefined;

  constructor() {
    this.promise = new Promise<Value>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // A job may fail before anybody waits for it.
    this.promise.catch(() => undefined);
  }
}

/** Whom a thread tells of the job that it runs. */
interface ThreadListener {
  onProgress(progress: RunProgress): void;
  onCapture(octets: Uint8Array): Promise<void>;
}

/** One thread, which runs one job at a time. */
class Thread {
  readonly #worker: Worker;
  readonly #gate = new FlowGate();
  #current: (ThreadListener & { readonly slot: Slot<SentOutcome> }) | undefined;
  #failure: Error | undefined;

  constructor(entry: URL) {
    this.#worker = new Worker(entry);
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('error', (cause: Error) =>
      this.#fail(new Error(`a thread broke: ${cause.message}`, { cause })),
    );
    this.#worker.on('exit', (code) => this.#fail(new Error(`a thread ended by itself, with code ${code}`)));
  }

  run(job: RunJob, listener: ThreadListener): Promise<SentOutcome> {
    const slot = new Slot<SentOutcome>();
    if (this.#failure !== undefined) slot.reject(this.#failure);
    this.#current = { slot, ...listener };
    const message: ToThread = { job, gate: this.#gate.memory };
    this.#worker.postMessage(message, []);
    return slot.promise;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: FromThread): void {
    switch (message.kind) {
      case 'progress':
        return this.#current?.onProgress(message.progress);
      case 'captured':
        return void this.#capture(message.octets);
      case 'done':
        return this.#current?.slot.resolve(message.outcome);
      case 'failed':
        return this.#current?.slot.reject(errorOf(message.failure));
    }
  }

  async #capture(octets: Uint8Array): Promise<void> {
    try {
      await this.#current?.onCapture(octets);
    } catch (thrown) {
      this.#current?.slot.reject(thrown);
    }
    this.#gate.taken(octets.length);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#current?.slot.reject(error);
  }
}
