/**
 * How many short runs a queue on Redis makes beside threads of this process: the same orders, on as many threads, in turns, so that a busy machine slows
 * both. What came of them is compared as well: a queue that loses or mixes something is fast, too.
 */
import { assert } from '../../../sim/errors.ts';
import type { FinishedRun, RunOrder, RunQueue } from '../../runs/index.ts';

/** The two queues, what they are to make, and the clocks of the wall and of the processor, in milliseconds. */
export interface QueueRateOptions {
  readonly pool: RunQueue;
  readonly redis: RunQueue;
  /** The order of that number; each is another run. */
  readonly orderOf: (number: number) => RunOrder;
  readonly rounds: number;
  readonly perRound: number;
  readonly wallNow: () => number;
  /** Of everything that works here, other processes included. */
  readonly cpuNow: () => number;
  readonly onRound?: (round: QueueRound) => void;
}

/** Orders by the second, and milliseconds of the processor that each took, on either side. */
export interface QueueRound {
  readonly poolPerSecond: number;
  readonly redisPerSecond: number;
  readonly poolCpuMs: number;
  readonly redisCpuMs: number;
}

/** What all rounds came to. */
export interface QueueRate extends QueueRound {
  readonly orders: number;
  /** Queue over pool: the median over rounds, by the clock on the wall and by the processor. */
  readonly ratio: number;
  readonly cpuRatio: number;
}

/** Orders before anything is counted: code is compiled, and scenarios are read. */
const WARM_UP = 100;

/** Measures. Both queues are open, and stay so. */
export async function benchQueueRate(options: QueueRateOptions): Promise<QueueRate> {
  const { pool, redis, orderOf, rounds, perRound, onRound } = options;
  const warmUp = Array.from({ length: WARM_UP }, (_, at) => orderOf(at));
  for (const queue of [pool, redis]) await digestsOf(queue, warmUp);
  const all: QueueRound[] = [];
  for (let round = 0; round < rounds; round++) {
    const orders = Array.from({ length: perRound }, (_, at) => orderOf(WARM_UP + round * perRound + at));
    // Who goes first takes turns, too.
    const [first, second] = round % 2 === 0 ? [pool, redis] : [redis, pool];
    const [one, other] = [await timed(first, orders, options), await timed(second, orders, options)];
    assert(one.digests.join() === other.digests.join(), 'both queues come to the same traces');
    const [ofPool, ofRedis] = first === pool ? [one, other] : [other, one];
    all.push({
      ...{ poolPerSecond: ofPool.perSecond, redisPerSecond: ofRedis.perSecond },
      ...{ poolCpuMs: ofPool.cpuMs, redisCpuMs: ofRedis.cpuMs },
    });
    onRound?.(all.at(-1) as QueueRound);
  }
  const over = (of: (round: QueueRound) => number): number => median(all.map(of));
  return {
    orders: rounds * perRound,
    poolPerSecond: over((round) => round.poolPerSecond),
    redisPerSecond: over((round) => round.redisPerSecond),
    poolCpuMs: over((round) => round.poolCpuMs),
    redisCpuMs: over((round) => round.redisCpuMs),
    ratio: over((round) => round.redisPerSecond / round.poolPerSecond),
    cpuRatio: over((round) => round.poolCpuMs / round.redisCpuMs),
  };
}

async function timed(
  queue: RunQueue,
  orders: readonly RunOrder[],
  { wallNow, cpuNow }: QueueRateOptions,
): Promise<{ readonly digests: readonly string[]; readonly perSecond: number; readonly cpuMs: number }> {
  const [wall, cpu] = [wallNow(), cpuNow()];
  const digests = await digestsOf(queue, orders);
  return {
    digests,
    perSecond: (orders.length * 1_000) / (wallNow() - wall),
    cpuMs: (cpuNow() - cpu) / orders.length,
  };
}

/** The digests of the traces, each of which came with its file. */
function digestsOf(queue: RunQueue, orders: readonly RunOrder[]): Promise<readonly string[]> {
  const made = (order: RunOrder): Promise<string> =>
    new Promise((resolve, reject) => {
      let octets = 0;
      queue.submit(order, {
        file: (_path, content) => void (octets += content.length),
        finished: ({ summary }: FinishedRun) =>
          octets > 0 ? resolve(summary.traceDigest) : reject(new Error('a run came without its trace')),
        failed: reject,
      });
    });
  return Promise.all(orders.map(made));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
