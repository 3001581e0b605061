/**
 * A queue of runs on Redis: hands orders out to whatever workers are there, and gives back what they tell. BullMQ keeps the jobs: each is done by one
 * worker at a time, and by another one when that one dies. What a run came to lies beside its job until everybody who wants it has it.
 *
 * A Redis may go away, and come back without what it had. So what is out is looked after: what nobody knows any more is handed out again. A run is the
 * same wherever and however often it is made, so nothing is lost by that but time.
 */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { CalldrillError } from '../../../sim/errors.ts';
import {
  runError,
  type RunListener,
  type RunOrder,
  type RunQueue,
  type RunTicket,
} from '../../runs/index.ts';
import { errorOf } from '../thread-message.ts';
import {
  askToBeLetIn,
  connectionTo,
  queuePackages,
  refusedBy,
  settled,
  type QueuePackages,
} from './connection.ts';
import { handOutKey, PREFIX, queueName, repliesKey, runKeys } from './keys.ts';
import { readableReply, type QueuePeer, type RunReply } from './messages.ts';
import { waitingRun, type OutRun, type RedisQueueOptions } from './out-run.ts';
import { workersOf } from './peers.ts';
import { receivedRun } from './received-run.ts';
import { jobIdOf, RunsInRedis } from './run-in-redis.ts';

/** Orders that are out at a time: more would only fill the memory of Redis. */
const OUT_MAX = 128;
/** Milliseconds for which a hand-out counts as there after it was last heard. */
const THERE_MS = 20_000;
/** Milliseconds between looks at what is out. */
const LOOK_MS = 2_000;
/** Looks after which it is looked at a run that nothing was heard of, and between which what is out is made to last. */
const LOOKS_QUIET = 2;
const LOOKS_KEPT = 30;
/** Milliseconds in which what is out is given up. */
const LEAVE_MS = 5_000;
/** How often a run is made again because Redis lost what it came to. */
const LOSSES_MAX = 5;
/** Replies that are taken at a time. */
const REPLIES_AT_ONCE = 64;

/** Connects; a Redis that is away is waited for. Throws QUEUE_NOT_INSTALLED, QUEUE_REFUSED. */
export async function redisQueue(options: RedisQueueOptions): Promise<RunQueue> {
  const packages = await queuePackages();
  await askToBeLetIn(packages, options.address);
  return new RedisQueue(packages, options);
}

class RedisQueue implements RunQueue {
  readonly #handOut: string = randomUUID();
  readonly #peer: QueuePeer;
  readonly #shown: string;
  readonly #repetition: number;
  readonly #onWorkers: RedisQueueOptions['onWorkers'];
  readonly #redis: Redis;
  /** Waits for replies, and can do nothing else meanwhile. */
  readonly #replies: Redis;
  readonly #queue: Queue;
  readonly #runs: RunsInRedis;
  readonly #waiting: OutRun[] = [];
  readonly #out = new Map<string, OutRun>();
  /** How often each order was submitted: each time it is made anew. */
  readonly #times = new Map<string, number>();
  readonly #look: NodeJS.Timeout;
  #looks = 0;
  #closed = false;

  constructor(
    packages: QueuePackages,
    { address, peer, repetition = 1, onAway, onWorkers }: RedisQueueOptions,
  ) {
    this.#peer = peer;
    this.#shown = address.shown;
    this.#repetition = repetition;
    this.#onWorkers = onWorkers;
    this.#redis = connectionTo(packages, address, (away, why) => {
      if (!this.#closed) onAway?.(away, why);
      this.#runs.forgetTexts();
      if (!away) this.#later(() => this.#lookAfter());
    });
    this.#replies = connectionTo(packages, address);
    this.#queue = new packages.bullmq.Queue(queueName(peer.build), {
      connection: this.#redis,
      prefix: PREFIX,
      skipWaitingForReady: true,
    });
    this.#queue.on('error', () => undefined);
    this.#runs = new RunsInRedis(this.#redis, this.#queue, this.#handOut);
    this.#look = setInterval(() => this.#later(() => this.#lookAfter()), LOOK_MS);
    this.#later(() => this.#lookAfter());
    this.#later(() => this.#listen());
  }

  submit(order: RunOrder, listener: RunListener): RunTicket {
    if (this.#closed) return { cancel: () => undefined };
    const run = waitingRun(order, listener);
    this.#waiting.push(run);
    // Nothing is told before this has returned.
    setImmediate(() => this.#fill());
    return { cancel: () => this.#cancel(run) };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#look);
    this.#waiting.length = 0;
    const out = [...this.#out.values()];
    this.#out.clear();
    // What waits for replies would wait on.
    this.#replies.disconnect();
    // A Redis that goes away meanwhile keeps nobody here: what is left there has an end of its own.
    this.#later(async () => {
      await Promise.race([this.#leave(out).catch(() => undefined), settled(LEAVE_MS)]);
      this.#redis.disconnect();
    });
  }

  async #leave(out: readonly OutRun[]): Promise<void> {
    if (this.#redis.status !== 'ready') return;
    for (const run of out) this.#runs.letGo(run, true).catch(() => undefined);
    await this.#runs.gone();
    await this.#redis.del(handOutKey(this.#handOut), repliesKey(this.#handOut));
  }

  /** An order that is submitted again is made again. */
  #idOf(run: OutRun): string {
    const id = jobIdOf(run, this.#repetition, this.#handOut);
    const times = (this.#times.get(id) ?? 0) + 1;
    this.#times.set(id, times);
    return times === 1 ? id : `${id}-r${times}`;
  }

  #fill(): void {
    while (!this.#closed && this.#out.size < OUT_MAX) {
      const run = this.#waiting.shift();
      if (run === undefined) return;
      // Of a million that wait nothing is worked out.
      run.id = this.#idOf(run);
      this.#out.set(run.id, run);
      this.#later(() => this.#handOutRun(run));
    }
  }

  async #handOutRun(run: OutRun): Promise<void> {
    run.looks = 0;
    if (await this.#runs.put(run)) await this.#fetch(run);
  }

  /** Says that it is there, and looks at what is out: others may have made it, a worker may have died of it, Redis may have lost it. */
  async #lookAfter(): Promise<void> {
    await this.#redis.set(handOutKey(this.#handOut), JSON.stringify(this.#peer), 'PX', THERE_MS);
    if (this.#onWorkers !== undefined) this.#onWorkers(await workersOf(this.#redis, this.#peer.build));
    const out = [...this.#out.values()];
    if (++this.#looks % LOOKS_KEPT === 0) await this.#runs.keep(out);
    await Promise.all(out.filter((run) => ++run.looks >= LOOKS_QUIET).map((run) => this.#lookAt(run)));
  }

  async #lookAt(run: OutRun): Promise<void> {
    const state = await this.#queue.getJobState(run.id);
    if (this.#closed || !this.#out.has(run.id)) return;
    if (state === 'completed') await this.#fetch(run);
    else if (state === 'failed') await this.#failed(run);
    else if (state === 'unknown') await this.#putAgain(run);
  }

  async #listen(): Promise<void> {
    while (!this.#closed) {
      const first = await this.#replies.blpop(repliesKey(this.#handOut), 1);
      if (first === null) continue;
      const more = await this.#replies.lpop(repliesKey(this.#handOut), REPLIES_AT_ONCE);
      for (const written of [first[1], ...(more ?? [])]) {
        const reply = readableReply(written);
        if (reply?.kind === 'captured') await this.#hear(reply);
        else if (reply !== undefined) this.#later(() => this.#hear(reply));
      }
    }
  }

  async #hear(reply: RunReply): Promise<void> {
    const run = this.#out.get(reply.job);
    if (run === undefined || this.#closed) return;
    run.looks = 0;
    switch (reply.kind) {
      case 'started':
        if (run.streamed) return this.#end(run, () => run.listener.failed(brokenStream()));
        if (!run.begun) run.listener.started?.();
        run.begun = true;
        return;
      case 'progress':
        return run.listener.progress?.(reply.progress);
      case 'captured':
        return void (await this.#stream(run));
      case 'ended':
        return this.#fetch(run);
    }
  }

  /** Hands on one piece of a live capture; the worker makes no more than a few that were not taken. */
  async #stream(run: OutRun): Promise<boolean> {
    const { capture, taken } = runKeys(run.id);
    const piece = await this.#redis.lpopBuffer(capture);
    if (piece === null || !this.#out.has(run.id)) return false;
    run.streamed = true;
    run.listener.captured?.(new Uint8Array(piece), () => {
      this.#later(() => this.#redis.incr(taken));
    });
    return true;
  }

  async #fetch(run: OutRun): Promise<void> {
    if (run.fetching) return;
    run.fetching = true;
    // What is left of a live capture comes before the end of its run.
    while (run.streamed && (await this.#stream(run)));
    try {
      const { ending, files } = await this.#runs.fetch(run);
      if (!this.#out.has(run.id) || this.#closed) return;
      if (ending?.kind === 'failed')
        return this.#end(run, () => run.listener.failed(errorOf(ending.failure)));
      const received = ending && receivedRun(run.order, ending, files);
      if (received === undefined) return await this.#again(run);
      this.#end(run, () => {
        for (const [path, octets] of received.files) run.listener.file?.(path, new Uint8Array(octets));
        run.listener.finished(received.run);
      });
    } catch (thrown) {
      if (!(thrown instanceof CalldrillError)) throw thrown;
      this.#end(run, () => run.listener.failed(thrown));
    } finally {
      run.fetching = false;
    }
  }

  /** Redis lost it, or a part of it; what it loses again and again is given up. */
  async #again(run: OutRun): Promise<void> {
    if (++run.losses > LOSSES_MAX)
      return this.#end(run, () =>
        run.listener.failed(runError('RUN_ENDED', `Redis lost what it came to ${run.losses} times`)),
      );
    const { ending, files } = runKeys(run.id);
    await Promise.all([this.#redis.del(ending, files), this.#queue.remove(run.id)]);
    await this.#putAgain(run);
  }

  /** What it needs may be lost as well. */
  async #putAgain(run: OutRun): Promise<void> {
    this.#runs.forgetTexts();
    await this.#handOutRun(run);
  }

  /** What failed may say why; a job whose workers died says nothing. */
  async #failed(run: OutRun): Promise<void> {
    if ((await this.#redis.exists(runKeys(run.id).ending)) === 1) return this.#fetch(run);
    const job = await this.#queue.getJob(run.id);
    const why = job?.failedReason ?? 'nothing is known of it';
    this.#end(run, () => run.listener.failed(runError('RUN_ENDED', `two workers ended with it: ${why}`)));
  }

  #end(run: OutRun, tell: () => void): void {
    if (!this.#out.delete(run.id)) return;
    this.#later(() => this.#runs.letGo(run, false));
    tell();
    this.#fill();
  }

  #cancel(run: OutRun): void {
    const at = this.#waiting.indexOf(run);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (!this.#out.delete(run.id)) return;
    this.#later(() => this.#runs.letGo(run, true));
    this.#fill();
  }

  /** What a connection that is closed refuses is no news. */
  #later(work: () => Promise<unknown>): void {
    work().catch((thrown: unknown) => {
      if (this.#closed) return;
      const known = thrown instanceof Error ? thrown : new Error(String(thrown));
      const error = known instanceof CalldrillError ? known : refusedBy(this.#shown, known);
      for (const run of [...this.#out.values()]) this.#end(run, () => run.listener.failed(error));
    });
  }
}

function brokenStream(): Error {
  return runError(
    'RUN_ENDED',
    'the worker that made the capture is gone, and a capture that was begun is not begun again',
  );
}
