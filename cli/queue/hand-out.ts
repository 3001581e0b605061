/** Hands runs out to the workers of a Redis, and says who is at work there. */
import type { RunQueue } from '../../scenarios/runs/index.ts';
import type { QueueWorkers } from '../../scenarios/host/redis/index.ts';
import type { OpenedQueue } from '../context.ts';
import { ownPeer } from './own-peer.ts';

/** Where messages go, and what the environment says. */
interface HandOutOptions extends Pick<OpenedQueue, 'repetition'> {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tell: (line: string) => void;
}

/** Opens the queue. Throws QUEUE_URL and QUEUE_NOT_INSTALLED; a Redis that is away is waited for. */
export async function handOut(written: string, { repetition, env, tell }: HandOutOptions): Promise<RunQueue> {
  // Only who has a queue waits for what it is made of.
  const { redisAddress, redisQueue } = await import('../../scenarios/host/redis/index.ts');
  const address = redisAddress(written, env);
  let told = '';
  return redisQueue({
    address,
    peer: await ownPeer(),
    ...(repetition === undefined ? {} : { repetition }),
    onAway: (away, why) =>
      tell(away ? `${address.shown} is away (${why}): waiting for it` : `${address.shown} is back`),
    onWorkers: (workers) => {
      const line = workersText(workers, address.shown);
      if (line !== told) tell(line);
      told = line;
    },
  });
}

/** `3 workers at redis://lab:6379`, and what is wrong with them. */
export function workersText({ busy, idle, silent, others }: QueueWorkers, shown: string): string {
  const there = busy.length + idle.length;
  const named = (peers: QueueWorkers['silent']): string =>
    peers.map(({ peer }) => `${peer.host}/${peer.pid}`).join(', ');
  const parts = [
    there === 0
      ? `no worker of this build at ${shown}: start one with calldrill worker ${shown}`
      : `${there} ${there === 1 ? 'worker' : 'workers'} at ${shown}`,
    ...(silent.length === 0 ? [] : [`silent: ${named(silent)}`]),
    ...(others.length === 0 ? [] : [`of another build, and given nothing: ${named(others)}`]),
  ];
  return parts.join('; ');
}
