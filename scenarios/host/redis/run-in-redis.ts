/** What a hand-out does with one of its runs in Redis: puts it there, fetches what it came to, and lets go of it. Each is one way to Redis and back. */
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { runKey } from '../../runs/index.ts';
import { settled } from './connection.ts';
import { CANCELLED, LET_GO, runKeys, textKey } from './keys.ts';
import { unpackEnding, type QueuedRun, type RunEnding } from './messages.ts';
import type { OutRun } from './out-run.ts';
import { textsOf, withoutTexts } from './sent-order.ts';

/** Seconds for which what a run came to, and what runs are made of, is kept when nobody asks for it. */
export const KEPT_S = 3_600;

/** How often a job is taken away that is locked, and milliseconds between. */
const REMOVALS = 10;
const AGAIN_MS = 200;

/** What came of a run; undefined where Redis has nothing. */
export interface FetchedRun {
  readonly ending: RunEnding | undefined;
  readonly files: Readonly<Record<string, Buffer>> | undefined;
}

/** The runs of one hand-out. */
export class RunsInRedis {
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #handOut: string;
  /** The texts that were put there, by their SHA-256. */
  #texts = new Set<string>();
  /** What is being let go of. */
  readonly #going = new Set<Promise<void>>();

  constructor(redis: Redis, queue: Queue, handOut: string) {
    this.#redis = redis;
    this.#queue = queue;
    this.#handOut = handOut;
  }

  /** Redis may have lost what was put there: it is put there again with the next order. */
  forgetTexts(): void {
    this.#texts = new Set();
  }

  /** Puts an order there, and says whether somebody has made its run already. */
  async put({ id, order, listener }: OutRun): Promise<boolean> {
    const { wants, ending } = runKeys(id);
    const put = this.#redis.multi().sadd(wants, this.#handOut).expire(wants, KEPT_S);
    const texts = [...textsOf(order)].filter(([sha256]) => !this.#texts.has(sha256));
    for (const [sha256, text] of texts) put.set(textKey(sha256), text, 'EX', KEPT_S);
    const live = order.capture?.live === true && listener.captured !== undefined;
    const data: QueuedRun = { order: withoutTexts(order), files: listener.file !== undefined, live };
    const kept = { age: KEPT_S };
    // Both go one after the other on one connection.
    const [done] = await Promise.all([
      put.exists(ending).exec(),
      this.#queue.add('run', data, { jobId: id, attempts: 2, removeOnComplete: kept, removeOnFail: kept }),
    ]);
    for (const [sha256] of texts) this.#texts.add(sha256);
    return done?.at(-1)?.[1] === 1;
  }

  /** Makes what is out last: it may wait for longer than things are kept. */
  async keep(runs: readonly OutRun[]): Promise<void> {
    const kept = this.#redis.pipeline();
    for (const { id } of runs) kept.expire(runKeys(id).wants, KEPT_S);
    for (const sha256 of this.#texts) kept.expire(textKey(sha256), KEPT_S);
    await kept.exec();
  }

  /** Throws QUEUE_REPLY. */
  async fetch({ id, listener }: OutRun): Promise<FetchedRun> {
    const { ending, files: filesKey } = runKeys(id);
    const [packed, files] = await Promise.all([
      this.#redis.getBuffer(ending),
      listener.file === undefined ? undefined : this.#redis.hgetallBuffer(filesKey),
    ]);
    return { ending: packed === null ? undefined : unpackEnding(packed), files };
  }

  /** The last who wants a run takes it away, and ends it when it is under way. */
  letGo(run: OutRun, isUnderWay: boolean): Promise<void> {
    const going = this.#letGo(run, isUnderWay).finally(() => this.#going.delete(going));
    this.#going.add(going);
    return going;
  }

  /** Resolves when all that was let go of is gone. */
  async gone(): Promise<void> {
    await Promise.allSettled(this.#going);
  }

  async #letGo({ id }: OutRun, isUnderWay: boolean): Promise<void> {
    const { wants, ending, files, capture, taken } = runKeys(id);
    const last = await this.#redis.eval(LET_GO, 5, wants, ending, files, capture, taken, this.#handOut);
    if (last !== 1) return;
    if (isUnderWay) await this.#redis.publish(CANCELLED, id);
    // A job is locked until its worker has let it go, which is soon after it was told of, or given up.
    for (let tries = 0; tries < REMOVALS && (await this.#queue.remove(id)) === 0; tries++)
      await settled(AGAIN_MS);
  }
}

/** The same order is the same job for everybody; made again under `--repeat-each`, or with other things asked for, it is another. */
export function jobIdOf(
  { order, listener }: Pick<OutRun, 'order' | 'listener'>,
  repetition: number,
  handOut: string,
): string {
  const parts = [runKey(order), ...(listener.file === undefined ? ['bare'] : [])];
  if (repetition > 1) parts.push(`n${repetition}`);
  // A live capture is for one reader.
  if (order.capture?.live === true && listener.captured !== undefined) parts.push(handOut.slice(0, 8));
  return parts.join('-');
}
