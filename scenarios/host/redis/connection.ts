/** Loads what speaks with Redis, which nobody needs who has no queue there, and makes connections that wait for a Redis that is away. */
import { isIP } from 'node:net';
import type { Redis, RedisOptions } from 'ioredis';
import type { CalldrillError } from '../../../sim/errors.ts';
import { queueError } from './errors.ts';
import type { RedisAddress } from './redis-address.ts';

/** The two packages, loaded. */
export interface QueuePackages {
  readonly bullmq: typeof import('bullmq');
  readonly Redis: typeof Redis;
}

/** Milliseconds between attempts to come back, at the most. */
const RETRY_MS_MAX = 2_000;

/** Milliseconds in which a Redis is to answer whoever asks to be let in. */
const ASK_MS = 5_000;
/** What it says of who may not come in, and the codes of certificates. */
const PASSWORD = /WRONGPASS|NOAUTH|NOPERM|invalid password/i;
const CERTIFICATE = /CERT|VERIFY_LEAF/;

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
  let [away, why] = [false, 'closed the connection'];
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

/** Asks whether a Redis takes us. One that is away may come back; one that refuses us goes on to do so. Throws QUEUE_REFUSED. */
export async function askToBeLetIn({ Redis }: QueuePackages, address: RedisAddress): Promise<void> {
  const redis = new Redis({
    ...optionsOf(address),
    ...{ lazyConnect: true, maxRetriesPerRequest: 0, connectTimeout: ASK_MS, retryStrategy: () => null },
  });
  const told: unknown[] = [];
  redis.on('error', (error) => told.push(error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (thrown) {
    told.push(thrown);
  } finally {
    redis.disconnect();
  }
  const why = told.map((each) => (each instanceof Error ? refusalIn(each) : undefined));
  const first = why.find((each) => each !== undefined);
  if (first !== undefined)
    throw queueError('QUEUE_REFUSED', `${address.shown} ${first}`, { where: { file: address.shown } });
}

/** What a Redis that is there does not take. Its own words could show what it was told: only the first is kept. */
export function refusedBy(shown: string, error: Error): CalldrillError {
  const [word = 'in words of its own'] = /^[A-Z]+(?= )/.exec(error.message) ?? [];
  return queueError('QUEUE_REFUSED', `${shown} refuses what it is told (${word})`, {
    where: { file: shown },
  });
}

/** Why it will not let us in, however often we ask; undefined when that may change by itself. */
function refusalIn(error: Error): string | undefined {
  if (PASSWORD.test(error.message)) return 'asks for another user or password';
  const code = codeOf(error);
  return CERTIFICATE.test(code) ? `has a certificate that is not trusted here (${code})` : undefined;
}

/** As BullMQ asks for them: a blocking command is never given up (`maxRetriesPerRequest`). */
function optionsOf({ host, port, tls, database, username, password }: RedisAddress): RedisOptions {
  return {
    ...{ host, port, db: database, maxRetriesPerRequest: null },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    // An address that is a number is in no name of TLS.
    ...(tls ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    retryStrategy: (times) => Math.min(times * 100, RETRY_MS_MAX),
  };
}

/** Ours: what a driver says could show what it was given. */
function reasonOf(error: Error): string {
  const code = codeOf(error);
  return refusalIn(error) ?? (code === '' ? 'does not answer as a Redis does' : code);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Resolves after a while, and keeps no process from ending. */
export function settled(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
