/**
 * One thread of the pool, which carries out one order at a time. Whatever way it comes to its end, that is told of its order once: as
 * finished, as failed by itself, or because the thread is no more.
 */
import { Worker } from 'node:worker_threads';
import { CalldrillError } from '../../sim/errors.ts';
import { runError, writeRunOrder, type RunListener, type RunOrder } from '../runs/index.ts';
import { environmentErrorOf } from './environment-error.ts';
import { FlowGate } from './flow-gate.ts';
import { errorOf, type FromThread, type ToThread } from './thread-message.ts';

/** What a thread is made of, and how much it may take before it is given up. */
export interface ThreadSettings {
  /** The module of the thread; tests have their own. */
  readonly entry: URL;
  /** Mebibytes of heap that it may have. */
  readonly memoryMib: number;
  /** Milliseconds in which something must be heard of a run. */
  readonly silenceMs: number;
}

/** How often it is looked whether anything was heard, in each time of silence. */
const LOOKS = 20;
/** Milliseconds in which a new thread must begin with its order, at the least */
const BEGIN_MS_MAX = 120_000;

type ThreadListener = Required<Omit<RunListener, 'started'>>;

/** A thread of the operating system with at most one order; once it is not usable it never is again. */
export class RunThread {
  readonly #worker: Worker;
  readonly #gate = new FlowGate();
  readonly #silenceMs: number;
  readonly #memoryMib: number;
  #listener: ThreadListener | undefined;
  #watch: NodeJS.Timeout | undefined;
  /** Whether the thread has begun with its order: a new one reads its modules first. */
  #begun = false;
  /** Looks in a row at which nothing had been heard. */
  #silentLooks = 0;
  /** Octets of a live capture that nobody has taken yet: while there are any, it is the reader that keeps the run waiting. */
  #untaken = 0;
  #usable = true;

  constructor({ entry, memoryMib, silenceMs }: ThreadSettings) {
    this.#silenceMs = silenceMs;
    this.#memoryMib = memoryMib;
    this.#worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: memoryMib } });
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('messageerror', (cause) =>
      this.#break(new Error('a thread said nothing readable', { cause })),
    );
    this.#worker.on('error', (cause: Error) => this.#break(this.#errorOf(cause)));
    this.#worker.on('exit', (code) =>
      this.#break(runError('RUN_ENDED', `the thread of the run ended by itself, with code ${code}`)),
    );
  }

  /** False when no further order can be carried out here. */
  get usable(): boolean {
    return this.#usable;
  }

  /** Precondition: it has no order. */
  run(order: RunOrder, listener: ThreadListener): void {
    this.#listener = listener;
    if (!this.#usable) return this.#break(runError('RUN_ENDED', 'the thread had ended before the run began'));
    this.#silentLooks = 0;
    this.#begun = false;
    this.#watch = setInterval(() => this.#look(), this.#silenceMs / LOOKS);
    const message: ToThread = { order: writeRunOrder(order), gate: this.#gate.memory };
    this.#worker.postMessage(message, []);
  }

  /** Ends it; nothing is told of its order any more. */
  end(): void {
    this.#over();
    this.#usable = false;
    void this.#worker.terminate();
  }

  /**
   * Silence is counted in looks and not by the clock: a main thread that was busy itself, or a computer that slept, looks once for all of that
   * time, and hears what has been said meanwhile before it looks again.
   */
  #look(): void {
    if (this.#untaken > 0) return;
    this.#silentLooks++;
    const allowedMs = this.#begun ? this.#silenceMs : Math.max(this.#silenceMs, BEGIN_MS_MAX);
    if (this.#silentLooks <= (LOOKS * allowedMs) / this.#silenceMs) return;
    const silent = `nothing was heard of the run for ${allowedMs} ms`;
    void this.#worker.terminate();
    this.#break(runError('RUN_SILENT', silent));
  }

  #receive(message: FromThread): void {
    this.#silentLooks = 0;
    const listener = this.#listener;
    if (listener === undefined) return;
    switch (message.kind) {
      case 'begun':
        return void (this.#begun = true);
      case 'progress':
        return listener.progress(message.progress);
      case 'captured':
        return this.#capture(message.octets, listener);
      case 'file':
        return listener.file(message.path, message.octets);
      case 'finished':
        this.#over();
        return listener.finished(message.run);
      case 'failed':
        this.#over();
        return listener.failed(errorOf(message.failure));
    }
  }

  #capture(octets: Uint8Array, listener: ThreadListener): void {
    const { length } = octets;
    this.#untaken += length;
    let taken = false;
    listener.captured(octets, () => {
      if (taken) return;
      taken = true;
      this.#untaken -= length;
      this.#silentLooks = 0;
      this.#gate.taken(length);
    });
  }

  #errorOf(cause: Error): Error {
    if ('code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return runError('RUN_MEMORY_FULL', `the run took more than ${this.#memoryMib} MiB of heap`, { cause });
    const known = environmentErrorOf(cause);
    return known instanceof CalldrillError ? known : new Error(`a thread broke: ${cause.message}`, { cause });
  }

  /** The thread is no more. Its order learns it, if it has one; the first reason counts. */
  #break(error: Error): void {
    this.#usable = false;
    const listener = this.#listener;
    this.#over();
    listener?.failed(error);
  }

  #over(): void {
    clearInterval(this.#watch);
    this.#listener = undefined;
  }
}
