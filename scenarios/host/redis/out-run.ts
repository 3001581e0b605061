/** An order on its way through Redis, as whoever handed it out knows it; and what they hand out with. */
import type { RunListener, RunOrder } from '../../runs/index.ts';
import type { OnAway } from './connection.ts';
import type { QueuePeer } from './messages.ts';
import type { QueueWorkers } from './peers.ts';
import type { RedisAddress } from './redis-address.ts';

/** Who hands out, where, and who is told when that place is away. */
export interface RedisQueueOptions {
  readonly address: RedisAddress;
  readonly peer: QueuePeer;
  /** Which repetition of the same runs this is, 1 or more: each is made anew. */
  readonly repetition?: number;
  readonly onAway?: OnAway;
  /** Told who is at work, whenever that changes. */
  readonly onWorkers?: (workers: QueueWorkers) => void;
}

/** It is out from the moment when it goes to Redis until its listener has heard the last of it. */
export interface OutRun {
  /** Of its job; empty while it waits. */
  id: string;
  readonly order: RunOrder;
  readonly listener: RunListener;
  /** Octets of its live capture were handed on: it cannot begin again. */
  streamed: boolean;
  /** What became of it is being fetched. */
  fetching: boolean;
  begun: boolean;
  /** How often Redis lost what it came to. */
  losses: number;
  /** Looks since it was put there, or was last heard of. */
  looks: number;
}

/** As it is before it goes out. */
export function waitingRun(order: RunOrder, listener: RunListener): OutRun {
  return {
    ...{ id: '', order, listener, losses: 0, looks: 0 },
    streamed: false,
    fetching: false,
    begun: false,
  };
}
