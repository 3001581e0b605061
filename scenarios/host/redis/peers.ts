/** Who is at a Redis: those who hand out, and workers. */
import type { Redis } from 'ioredis';
import { workerKey } from './keys.ts';
import { parsePeer, type QueuePeer } from './messages.ts';

/** Milliseconds for which a sign of life of a worker holds, and after which it is called silent. */
export const SIGN_HOLDS_MS = 30_000;
const SILENT_MS = 10_000;
/** Keys that are looked at in one go. */
const AT_ONCE = 256;

/** One of them, with how long its last sign of life still holds. */
export interface HeardPeer {
  readonly key: string;
  readonly peer: QueuePeer;
  /** Milliseconds. */
  readonly holdsMs: number;
}

/** All whose keys match a pattern, by key. Throws QUEUE_REPLY. */
export async function peersIn(redis: Redis, pattern: string): Promise<readonly HeardPeer[]> {
  const peers: HeardPeer[] = [];
  for (const key of await keysIn(redis, pattern)) {
    const [written, holdsMs] = await Promise.all([redis.get(key), redis.pttl(key)]);
    if (written !== null) peers.push({ key, peer: parsePeer(written), holdsMs });
  }
  return peers;
}

/** All keys that match a pattern, in the order of the alphabet. */
export async function keysIn(redis: Redis, pattern: string): Promise<readonly string[]> {
  const keys = new Set<string>();
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', AT_ONCE);
    for (const key of found) keys.add(key);
    cursor = next;
  } while (cursor !== '0');
  return [...keys].toSorted();
}

/** The workers of a build by what they are heard to do; and those of other builds, which get nothing of it. */
export interface QueueWorkers {
  readonly busy: readonly HeardPeer[];
  readonly idle: readonly HeardPeer[];
  readonly silent: readonly HeardPeer[];
  readonly others: readonly HeardPeer[];
}

/** Who is there. Throws QUEUE_REPLY. */
export async function workersOf(redis: Redis, build: string): Promise<QueueWorkers> {
  const all = await peersIn(redis, workerKey('*'));
  const ours = all.filter(({ peer }) => peer.build === build);
  const heard = ours.filter(({ holdsMs }) => SIGN_HOLDS_MS - holdsMs < SILENT_MS);
  return {
    busy: heard.filter(({ peer }) => peer.run !== undefined),
    idle: heard.filter(({ peer }) => peer.run === undefined),
    silent: ours.filter((each) => !heard.includes(each)),
    others: all.filter(({ peer }) => peer.build !== build),
  };
}
