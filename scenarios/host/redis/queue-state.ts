/** What calldrill has in a Redis: looked at, and taken away. */
import type { Redis } from 'ioredis';
import { askToBeLetIn, connectionTo, queuePackages, type QueuePackages } from './connection.ts';
import { queueError } from './errors.ts';
import { handOutKey, PREFIX, workerKey } from './keys.ts';
import { keysIn, peersIn, SIGN_HOLDS_MS, type HeardPeer } from './peers.ts';
import type { RedisAddress } from './redis-address.ts';

/** Milliseconds in which a Redis has to answer somebody who only looks. */
const ANSWER_MS = 5_000;
/** Jobs of BullMQ that are counted. */
const COUNTED = ['waiting', 'active', 'delayed', 'completed', 'failed'] as const;

/** The jobs of one build. */
export interface QueuedJobs {
  readonly queue: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Who is there, what waits, and what it takes. */
export interface QueueState {
  readonly handOuts: readonly HeardPeer[];
  /** Each with the seconds since it was last heard. */
  readonly workers: readonly (HeardPeer & { readonly silentS: number })[];
  readonly queues: readonly QueuedJobs[];
  readonly keys: number;
}

/** Looks. Throws QUEUE_NOT_INSTALLED, QUEUE_REFUSED, QUEUE_AWAY, QUEUE_REPLY. */
export async function queueState(address: RedisAddress): Promise<QueueState> {
  return answered(address, async (redis, { bullmq }) => {
    const keys = await keysIn(redis, `${PREFIX}:*`);
    const names = keys.flatMap((key) => /^calldrill:(runs-[0-9a-f]+):meta$/.exec(key)?.[1] ?? []);
    const queues = await Promise.all(
      names.map(async (queue) => {
        const counts = await new bullmq.Queue(queue, { connection: redis, prefix: PREFIX }).getJobCounts(
          ...COUNTED,
        );
        return { queue, counts };
      }),
    );
    const workers = await peersIn(redis, workerKey('*'));
    return {
      handOuts: await peersIn(redis, handOutKey('*')),
      workers: workers.map((each) => ({
        ...each,
        silentS: Math.max(0, Math.round((SIGN_HOLDS_MS - each.holdsMs) / 1_000)),
      })),
      ...{ queues, keys: keys.length },
    };
  });
}

/** Takes everything away that calldrill has there, and says how many keys that were. Throws QUEUE_NOT_INSTALLED, QUEUE_REFUSED, QUEUE_AWAY. */
export async function clearQueue(address: RedisAddress): Promise<number> {
  return answered(address, async (redis) => {
    const keys = await keysIn(redis, `${PREFIX}:*`);
    for (let at = 0; at < keys.length; at += 512) await redis.unlink(...keys.slice(at, at + 512));
    return keys.length;
  });
}

/** Whoever only looks does not wait for a Redis that is away. */
async function answered<Answer>(
  address: RedisAddress,
  ask: (redis: Redis, packages: QueuePackages) => Promise<Answer>,
): Promise<Answer> {
  const packages = await queuePackages();
  await askToBeLetIn(packages, address);
  const redis = connectionTo(packages, address);
  let late: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(queueError('QUEUE_AWAY', `${address.shown} does not answer`)), ANSWER_MS);
  });
  try {
    return await Promise.race([ask(redis, packages), silence]);
  } finally {
    clearTimeout(late);
    redis.disconnect();
  }
}
