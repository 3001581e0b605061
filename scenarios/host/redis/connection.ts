/** Loads what speaks with Redis, which nobody needs who has no queue there, and makes connections that wait for a Redis that is away. */
import type { Redis, RedisOptions } from 'ioredis';
import { queueError } from './errors.ts';
import type { RedisAddress } from './redis-address.ts';

/** The two packages, loaded. */
export interface QueuePackages {
  readonly bullmq: typeof import('bullmq');
  readonly Redis: typeof Redis;
}

/** Milliseconds between attempts to come back, at the most. */
const RETRY_MS_MAX = 2_000;

/** Throws QUEUE_NOT_INSTALLED. */
export async function queuePackages(): Promise<QueuePackages> {
  try {
    const [bullmq, ioredis] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bullmq, Redis: ioredis.Redis };
  } catch (cause) {
    throw queueError('QUEUE_NOT_INSTALLED', 'bullmq or ioredis cannot be loaded', { cause });
  }
}

/** What is told when a Redis goes away, and when it is back. */
export type OnAway = (away: boolean, why: string) => void;

/** A connection that repeats what it was told until it is done. */
export function connectionTo(packages: QueuePackages, address: RedisAddress, onAway?: OnAway): Redis {
  const redis = new packages.Redis(optionsOf(address));
  let [away, why] = [false, 'it closed the connection'];
  redis.on('error', (error: Error) => {
    why = reasonOf(error);
  });
  redis.on('close', () => {
    if (!away) onAway?.(true, why);
    away = true;
  });
  redis.on('ready', () => {
    if (away) onAway?.(false, '');
    away = false;
  });
  return redis;
}

/** As BullMQ asks for them: a blocking command is never given up (`maxRetriesPerRequest`). */
function optionsOf({ host, port, tls, database, username, password }: RedisAddress): RedisOptions {
  return {
    ...{ host, port, db: database, maxRetriesPerRequest: null },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: { servername: host } } : {}),
    retryStrategy: (times) => Math.min(times * 100, RETRY_MS_MAX),
  };
}

/** Ours: what a driver says could show what it was given. */
function reasonOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/WRONGPASS|NOAUTH|invalid password/i.test(error.message)) return 'it asks for another password';
  return code === '' ? 'it does not answer as a Redis does' : code;
}

/** Resolves after a while, and keeps no process from ending. */
export function settled(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
