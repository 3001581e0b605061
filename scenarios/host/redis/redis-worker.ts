/**
 * A worker of a queue of runs on Redis: takes a job, makes its run on a thread, as a run of this machine is made, and tells whoever wants it. The process
 * itself does little, so that BullMQ keeps the lock of the job while a run takes minutes, and a run that breaks its thread breaks nothing else.
 */
import { randomUUID } from 'node:crypto';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { CalldrillError } from '../../../sim/errors.ts';
import { parseRunOrder, type RunQueue } from '../../runs/index.ts';
import { failureOf } from '../thread-message.ts';
import { threadPool, type PoolOptions } from '../thread-pool.ts';
import { connectionTo, queuePackages, settled, type OnAway, type QueuePackages } from './connection.ts';
import { queueError } from './errors.ts';
import { CANCELLED, handOutKey, PREFIX, queueName, repliesKey, runKeys, workerKey } from './keys.ts';
import {
  pack,
  packEnding,
  parseQueuedRun,
  type QueuePeer,
  type RunEnding,
  type RunReply,
} from './messages.ts';
import { CaptureStream } from './capture-stream.ts';
import { KEPT_S } from './redis-queue.ts';
import type { RedisAddress } from './redis-address.ts';
import { peersIn, SIGN_HOLDS_MS } from './peers.ts';

/** Milliseconds after which a job is another's when nothing was heard of its worker. */
const LOCK_MS = 10_000;
/** Milliseconds between signs of life. */
const SIGN_MS = 3_000;
/** Milliseconds between pieces of news of how far a run is. */
const PROGRESS_MS = 1_000;
/** What may be no fault of the run: it is made once more, elsewhere if there is an elsewhere. */
const AGAIN = new Set(['RUN_ENDED', 'RUN_MEMORY_FULL', 'RUN_SILENT']);

/** Which Redis, who is there, on which threads, and who is told of what happens. */
export interface RedisWorkerOptions {
  readonly address: RedisAddress;
  readonly peer: QueuePeer;
  /** How its threads are made: as many as it makes runs at a time. */
  readonly pool: PoolOptions;
  readonly onAway?: OnAway;
  /** Told of each run when it begins and when it ends, and of what the worker cannot do. */
  readonly onNews?: (news: string) => void;
}

/** Takes jobs from the moment it is made until it is closed. */
export interface RedisWorker {
  /** Gives back what is under way, and ends. */
  close(): Promise<void>;
}

/** Begins to work. Throws QUEUE_NOT_INSTALLED, and QUEUE_OTHER_BUILD when others hand out and none of this build does. */
export async function redisWorker(options: RedisWorkerOptions): Promise<RedisWorker> {
  const packages = await queuePackages();
  const worker = new QueueWorker(packages, options);
  try {
    await worker.begin();
    return worker;
  } catch (thrown) {
    await worker.close();
    throw thrown;
  }
}

class QueueWorker implements RedisWorker {
  readonly #name: string = randomUUID();
  readonly #options: RedisWorkerOptions;
  readonly #packages: QueuePackages;
  readonly #redis: Redis;
  readonly #cancelled: Redis;
  /** Of BullMQ, which makes others of it for what waits. */
  readonly #jobs: Redis;
  readonly #pool: RunQueue;
  /** What is under way, by the id of its job, and how it is given up. */
  readonly #running = new Map<string, { readonly giveUp: (why: GivenUp) => void; readonly name: string }>();
  readonly #strangers = new Set<string>();
  #worker: Worker | undefined;
  #sign: NodeJS.Timeout | undefined;

  constructor(packages: QueuePackages, options: RedisWorkerOptions) {
    this.#packages = packages;
    this.#options = options;
    this.#redis = connectionTo(packages, options.address, options.onAway);
    this.#cancelled = connectionTo(packages, options.address);
    this.#jobs = connectionTo(packages, options.address);
    this.#pool = threadPool(options.pool);
  }

  async begin(): Promise<void> {
    const { peer, pool } = this.#options;
    await this.#refuseStrangers();
    this.#cancelled.on('message', (_channel, id) => this.#running.get(id)?.giveUp('unwanted'));
    await this.#cancelled.subscribe(CANCELLED);
    await this.#live();
    this.#sign = setInterval(() => void this.#live().catch(() => undefined), SIGN_MS);
    this.#worker = new this.#packages.bullmq.Worker(
      queueName(peer.build),
      (job, token) => this.#make(job, token),
      {
        ...{ connection: this.#jobs, prefix: PREFIX, concurrency: pool.threads },
        ...{ lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2, maxStalledCount: 1, drainDelay: 1 },
      },
    );
    // A Redis that is away is told by its connection; what it lost is made again.
    this.#worker.on('error', () => undefined);
  }

  async close(): Promise<void> {
    clearInterval(this.#sign);
    for (const { giveUp } of this.#running.values()) giveUp('closing');
    // A Redis that goes away meanwhile keeps nobody here: what was under way is another's when its lock is over.
    await Promise.race([this.#leave().catch(() => undefined), settled(LOCK_MS)]);
    this.#pool.close();
    for (const each of [this.#redis, this.#cancelled, this.#jobs]) each.disconnect();
  }

  async #leave(): Promise<void> {
    await this.#worker?.close(this.#redis.status !== 'ready');
    if (this.#redis.status === 'ready') await this.#redis.del(workerKey(this.#name));
  }

  async #refuseStrangers(): Promise<void> {
    const { build } = this.#options.peer;
    const handOuts = await peersIn(this.#redis, handOutKey('*'));
    if (handOuts.length === 0 || handOuts.some(({ peer }) => peer.build === build)) return;
    const [{ peer }] = handOuts as [(typeof handOuts)[number]];
    throw otherBuild(peer, this.#options.peer);
  }

  /** A sign of life; and a look whether somebody of another build waits here. */
  async #live(): Promise<void> {
    const { peer, onNews } = this.#options;
    const names = [...this.#running.values()].map(({ name }) => name);
    const sign = JSON.stringify({
      ...peer,
      ...(names.length === 0 ? {} : { run: names.join(', ').slice(0, 200) }),
    });
    await this.#redis.set(workerKey(this.#name), sign, 'PX', SIGN_HOLDS_MS);
    for (const { peer: other } of await peersIn(this.#redis, handOutKey('*'))) {
      if (other.build === peer.build || this.#strangers.has(other.build)) continue;
      this.#strangers.add(other.build);
      onNews?.(otherBuild(other, peer).message);
    }
  }

  async #make(job: Job, token: string | undefined): Promise<void> {
    const id = job.id ?? '';
    const wanting = await this.#wanting(id);
    if (wanting.length === 0) return;
    const ending = await this.#run(id, job, wanting);
    if (ending === 'unwanted') return;
    if (ending === 'closing') {
      await job.moveToDelayed(Date.now(), token);
      throw new this.#packages.bullmq.DelayedError();
    }
    if (ending.kind === 'failed' && mayTryAgain(ending, job)) throw new Error(ending.failure.message);
    const { ending: key, wants } = runKeys(id);
    await this.#redis.set(key, packEnding(ending), 'EX', KEPT_S);
    await this.#redis.expire(wants, KEPT_S);
    await this.#tell(id, { kind: 'ended', job: id });
  }

  /** The hand-outs that want a run and are still there. */
  async #wanting(id: string): Promise<readonly string[]> {
    const handOuts = await this.#redis.smembers(runKeys(id).wants);
    const there = await Promise.all(handOuts.map((each) => this.#redis.exists(handOutKey(each))));
    return handOuts.filter((_, at) => there[at] === 1);
  }

  async #tell(id: string, reply: RunReply): Promise<void> {
    const written = JSON.stringify(reply);
    const told = this.#redis.pipeline();
    for (const handOut of await this.#wanting(id)) {
      told.rpush(repliesKey(handOut), written);
      told.expire(repliesKey(handOut), KEPT_S);
    }
    await told.exec();
  }

  async #run(id: string, job: Job, wanting: readonly string[]): Promise<RunEnding | GivenUp> {
    const { host, pid } = this.#options.peer;
    const { files: filesKey, capture, taken } = runKeys(id);
    const { order: written, files, live } = parseQueuedRun(job.data);
    const order = parseRunOrder(written, 'an order of the queue');
    if (order.build !== this.#options.peer.build)
      return failed(otherBuild({ ...this.#options.peer, build: order.build }, this.#options.peer));
    const name = `${order.scenario.file.replace(/^.*\//, '').replace(/\.yaml$/, '')}/${order.variant}`;
    await this.#redis.del(filesKey, capture, taken);
    await this.#tell(id, { kind: 'started', job: id, by: `${host}/${pid}` });
    this.#options.onNews?.(`${name}, seed ${order.seed}, for ${wanting.length}`);
    const sent: Promise<unknown>[] = [];
    // What Redis refuses fails the run when it is over, and not the process in which it is made.
    const send = (sending: Promise<unknown>): void => {
      sending.catch(() => undefined);
      sent.push(sending);
    };
    let fileCount = 0;
    const stream = new CaptureStream(this.#redis, {
      capture,
      taken,
      tell: () => this.#tell(id, { kind: 'captured', job: id }),
    });
    let toldMs = -Infinity;
    const ending = await new Promise<RunEnding | GivenUp>((resolve) => {
      const ticket = this.#pool.submit(order, {
        progress: (progress) => {
          const nowMs = performance.now();
          if (nowMs - toldMs < PROGRESS_MS) return;
          toldMs = nowMs;
          send(this.#tell(id, { kind: 'progress', job: id, progress }));
        },
        captured: live ? (octets, done) => stream.send(octets, done) : (_octets, done) => done(),
        file: (path, octets) => {
          if (!files) return;
          fileCount++;
          send(this.#redis.hset(filesKey, path, pack(octets)));
        },
        finished: (run) => resolve({ kind: 'finished', run, files: fileCount }),
        failed: (error) => resolve(failed(error)),
      });
      const giveUp = (why: GivenUp): void => {
        ticket.cancel();
        resolve(why);
      };
      this.#running.set(id, { giveUp, name });
    });
    this.#running.delete(id);
    await Promise.all([...sent, stream.end()]);
    await this.#redis.expire(filesKey, KEPT_S);
    return ending;
  }
}

/** Why a run was given up: nobody wants it, or its worker ends. */
type GivenUp = 'unwanted' | 'closing';

function failed(error: Error): RunEnding & { readonly kind: 'failed' } {
  return { kind: 'failed', failure: failureOf(error) };
}

function mayTryAgain(
  { failure }: RunEnding & { readonly kind: 'failed' },
  { attemptsMade, opts }: Job,
): boolean {
  return failure.kind === 'error' && AGAIN.has(failure.code) && attemptsMade + 1 < (opts.attempts ?? 1);
}

function otherBuild(handOut: QueuePeer, worker: QueuePeer): CalldrillError {
  const named = ({ tool, build }: QueuePeer): string => `${tool}, build ${build.slice(0, 16)}`;
  return queueError(
    'QUEUE_OTHER_BUILD',
    `${handOut.host}/${handOut.pid} hands out runs of ${named(handOut)}; this worker is ${named(worker)}`,
  );
}
