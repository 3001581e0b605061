/**
 * The director's line to the thread of its control channel. What comes in is handed on in order; and it can be waited for without
 * leaving the turn of the event loop: then what has arrived and is not taken yet comes first. So a line typed on a console of
 * another process answers like one typed here, and everything that it led to there has been told before its answer.
 */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { ControlServerOptions, DeviceTold } from './control-server.ts';
import type { ToDevice } from './message.ts';

/** What the director says to the thread of its channel: a message for one device, or that the channel is to close. */
export type ToControlThread =
  { readonly kind: 'send'; readonly device: string; readonly message: ToDevice } | { readonly kind: 'close' };

/** What the thread starts with: the options of its server but `tell`, and the two ways back to the director. */
export interface ThreadData extends Omit<ControlServerOptions, 'tell'> {
  readonly bell: SharedArrayBuffer;
  /** Of the line's other end. */
  readonly line: MessagePort;
}

const ENTRY = new URL('./control-thread.js', import.meta.url);

/** Runs the control server in a worker thread; the bell is rung there for each thing that is told, so that this side can block for it. */
export class ControlLine {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #rings: Int32Array;
  readonly #onArrived: (told: DeviceTold) => void;
  /** What has arrived and is not taken yet. */
  readonly #arrived: DeviceTold[] = [];
  readonly #exited: Promise<void>;
  #waits = 0;

  /** `onArrived` takes what has arrived by {@link takeAll}, now or a little later. */
  constructor(options: Omit<ControlServerOptions, 'tell'>, onArrived: (told: DeviceTold) => void) {
    const bell = new SharedArrayBuffer(4);
    this.#rings = new Int32Array(bell);
    this.#onArrived = onArrived;
    const { port1, port2 } = new MessageChannel();
    const workerData: ThreadData = { ...options, bell, line: port2 };
    this.#port = port1;
    this.#worker = new Worker(ENTRY, { workerData, transferList: [port2] });
    this.#port.on('message', (told: DeviceTold) => this.#arrive(told));
    // It may end before anybody waits for that.
    this.#exited = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('error', (error) => this.#arrive({ kind: 'failed', reason: String(error) }));
  }

  send(device: string, message: ToDevice): void {
    const sent: ToControlThread = { kind: 'send', device, message };
    this.#port.postMessage(sent);
  }

  /** Takes what has arrived, in the order in which it was told; `take` may wait for more. */
  takeAll(take: (told: DeviceTold) => void): void {
    for (let told = this.#arrived.shift(); told !== undefined; told = this.#arrived.shift()) take(told);
  }

  /** Hands on what comes in until `done` holds; false when that takes longer than `limitMs`. */
  waitFor(done: () => boolean, limitMs: number): boolean {
    const until = performance.now() + limitMs;
    this.#waits++;
    try {
      while (!done()) {
        const seen = Atomics.load(this.#rings, 0);
        if (this.#handOn()) continue;
        const leftMs = until - performance.now();
        if (leftMs <= 0) return false;
        Atomics.wait(this.#rings, 0, seen, leftMs);
      }
      return true;
    } finally {
      this.#waits--;
    }
  }

  /** Whether what is handed on now comes while somebody waits: time stands still meanwhile. */
  get isWaiting(): boolean {
    return this.#waits > 0;
  }

  /** Resolves when the thread has ended, with every connection. */
  async close(): Promise<void> {
    const message: ToControlThread = { kind: 'close' };
    this.#port.postMessage(message);
    const timer = setTimeout(() => void this.#worker.terminate(), 2_000);
    await this.#exited;
    clearTimeout(timer);
    this.#port.close();
  }

  /** Hands on one message, if there is one. */
  #handOn(): boolean {
    const received = receiveMessageOnPort(this.#port);
    if (received === undefined) return false;
    // The thread says nothing else.
    this.#arrive(received.message as DeviceTold);
    return true;
  }

  #arrive(told: DeviceTold): void {
    this.#arrived.push(told);
    this.#onArrived(told);
  }
}
