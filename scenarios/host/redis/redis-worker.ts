/**
 * A worker of a queue of runs on Redis: takes a job, makes its run on a thread, as a run of this machine is made, and tells whoever wants it. The process
 * itself does little, so that BullMQ keeps the lock of the job while a run takes minutes, and a run that breaks its thread breaks nothing else.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { CalldrillError } from '../../../sim/errors.ts';
import type { RunOrder, RunQueue } from '../../runs/index.ts';
import { failureOf } from '../thread-message.ts';
import { threadPool, type PoolOptions } from '../thread-pool.ts';
import {
  askToBeLetIn,
  connectionTo,
  queuePackages,
  settled,
  type OnAway,
  type QueuePackages,
} from './connection.ts';
import { queueError } from './errors.ts';
import { CANCELLED, handOutKey, PREFIX, queueName, runKeys, workerKey } from './keys.ts';
import { pack, parseQueuedRun, type QueuedRun, type QueuePeer, type RunEnding } from './messages.ts';
import { CaptureStream } from './capture-stream.ts';
import { bareOrder } from './sent-order.ts';
import { ToldRuns } from './told-runs.ts';
import type { RedisAddress } from './redis-address.ts';
import { peersIn, SIGN_HOLDS_MS, workersOf } from './peers.ts';

/** Milliseconds after which a job is another's when nothing was heard of its worker. */
const LOCK_MS = 10_000;
/** Milliseconds between signs of life. */
const SIGN_MS = 3_000;
/** Milliseconds between pieces of news of how far a run is. */
const PROGRESS_MS = 1_000;
/** Milliseconds of a run that is short, and for which another waits behind it at the most. */
const SHORT_MS = 500;
const AHEAD_MS = 1_000;
/** Hex digits of the name of an order, with which the id of its job begins. */
const KEY_DIGITS = 64;
/** What may be no fault of the run: it is made once more, elsewhere if there is an elsewhere. */
const AGAIN = new Set([
  ...['RUN_ENDED', 'RUN_MEMORY_FULL', 'RUN_SILENT'],
  ...['HOST_MEMORY', 'HOST_WEBASSEMBLY', 'HOST_ASSET_MISSING'],
]);
/** Milliseconds for which a run that failed here is left to others. */
const ELSEWHERE_MS = 500;

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

/** Begins to work. Throws QUEUE_NOT_INSTALLED, QUEUE_REFUSED, and QUEUE_OTHER_BUILD when others hand out and none of this build does. */
export async function redisWorker(options: RedisWorkerOptions): Promise<RedisWorker> {
  const packages = await queuePackages();
  await askToBeLetIn(packages, options.address);
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
  /** Jobs whose runs failed here in a way that may be no fault of theirs. */
  readonly #failedHere = new Set<string>();
  readonly #told: ToldRuns;
  #worker: Worker | undefined;
  #sign: NodeJS.Timeout | undefined;

  constructor(packages: QueuePackages, options: RedisWorkerOptions) {
    this.#packages = packages;
    this.#options = options;
    this.#redis = connectionTo(packages, options.address, options.onAway);
    this.#cancelled = connectionTo(packages, options.address);
    this.#jobs = connectionTo(packages, options.address);
    this.#told = new ToldRuns(this.#redis);
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
    const { host, pid } = this.#options.peer;
    if (this.#failedHere.has(id) && (await this.#othersWork()))
      return this.#giveBack(job, token, ELSEWHERE_MS);
    const queued = parseQueuedRun(job.data);
    const bare = bareOrder(queued.order);
    const wanting = await this.#told.begin(id, `${host}/${pid}`);
    if (wanting === 0) return;
    const texts = await this.#told.textsOf(bare.needs);
    const ending =
      texts === undefined
        ? 'lost'
        : await this.#run({ id, ...queued, order: bare.whole(id.slice(0, KEY_DIGITS), texts) }, wanting);
    if (ending === 'unwanted') return;
    if (ending === 'closing') return this.#giveBack(job, token, 0);
    if (ending !== 'lost' && ending.kind === 'failed' && mayTryAgain(ending, job)) {
      this.#failedHere.add(id);
      this.#options.onNews?.(
        `${ending.failure.message}; it is tried once more, elsewhere if there is an elsewhere`,
      );
      throw new Error(ending.failure.message);
    }
    this.#failedHere.delete(id);
    await this.#told.end(id, ending);
  }

  async #giveBack(job: Job, token: string | undefined, laterMs: number): Promise<never> {
    await job.moveToDelayed(Date.now() + laterMs, token);
    throw new this.#packages.bullmq.DelayedError();
  }

  async #othersWork(): Promise<boolean> {
    const { busy, idle } = await workersOf(this.#redis, this.#options.peer.build);
    return [...busy, ...idle].some(({ key }) => key !== workerKey(this.#name));
  }

  async #run({ id, order, files, live }: TakenRun, wanting: number): Promise<RunEnding | GivenUp> {
    const { files: filesKey, capture, taken } = runKeys(id);
    if (order.build !== this.#options.peer.build)
      return failed(otherBuild({ ...this.#options.peer, build: order.build }, this.#options.peer));
    const name = `${order.scenario.file.replace(/^.*\//, '').replace(/\.yaml$/, '')}/${order.variant}`;
    this.#options.onNews?.(`${name}, seed ${order.seed}, for ${wanting}`);
    const sent: Promise<unknown>[] = [];
    // What Redis refuses fails the run when it is over, and not the process in which it is made.
    const send = (sending: Promise<unknown>): void => {
      sending.catch(() => undefined);
      sent.push(sending);
    };
    const digests = new Map<string, string>();
    const stream = new CaptureStream(this.#redis, {
      capture,
      taken,
      tell: () => this.#told.tell(id, { kind: 'captured', job: id }),
    });
    let [toldMs, begunMs] = [-Infinity, -Infinity];
    let late: NodeJS.Timeout | undefined;
    const ending = await new Promise<RunEnding | GivenUp>((resolve) => {
      const ticket = this.#pool.submit(order, {
        started: () => {
          clearTimeout(late);
          begunMs = performance.now();
        },
        progress: (progress) => {
          const nowMs = performance.now();
          if (nowMs - toldMs < PROGRESS_MS) return;
          toldMs = nowMs;
          send(this.#told.tell(id, { kind: 'progress', job: id, progress }));
        },
        captured: live ? (octets, done) => stream.send(octets, done) : (_octets, done) => done(),
        file: (path, octets) => {
          if (!files) return;
          digests.set(path, createHash('sha256').update(octets).digest('hex'));
          send(this.#redis.hset(filesKey, path, pack(octets)));
        },
        finished: (run) => resolve({ kind: 'finished', run, files: digests }),
        failed: (error) => resolve(failed(error)),
      });
      const giveUp = (why: GivenUp): void => {
        ticket.cancel();
        resolve(why);
      };
      this.#running.set(id, { giveUp, name });
      late = setTimeout(() => {
        this.#takeAhead(Infinity);
        giveUp('closing');
      }, AHEAD_MS);
    });
    clearTimeout(late);
    this.#running.delete(id);
    this.#takeAhead(performance.now() - begunMs);
    await Promise.all([...sent, stream.end()]);
    return ending;
  }

  /** While runs are short, the next one waits here, so that no thread waits for Redis; one that waits for too long is given back. */
  #takeAhead(tookMs: number): void {
    const { threads } = this.#options.pool;
    if (this.#worker !== undefined) this.#worker.concurrency = threads + (tookMs < SHORT_MS ? 1 : 0);
  }
}

/** A job that was read. */
interface TakenRun extends Omit<QueuedRun, 'order'> {
  readonly id: string;
  readonly order: RunOrder;
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
