/** A queue of runs on Redis: `redis-queue.ts` hands out, `redis-worker.ts` makes runs. Nothing here is loaded unless somebody names a Redis. */
export type { QueuePeer } from './messages.ts';
export type { HeardPeer, QueueWorkers } from './peers.ts';
export { clearQueue, queueState, type QueueState } from './queue-state.ts';
export { redisAddress } from './redis-address.ts';
export { redisQueue } from './redis-queue.ts';
export { redisWorker } from './redis-worker.ts';
