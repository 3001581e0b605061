/** Hands runs out to the workers of a Redis, and says who is at work there. */
import type { RunQueue } from '../../scenarios/runs/index.ts';
import type { QueueWorkers } from '../../scenarios/host/redis/index.ts';
import type { OpenedQueue } from '../context.ts';
import { ownPeer } from './own-peer.ts';

/** Where messages go, and what the environment says. */
interface HandOutOptions extends Pick<OpenedQueue, 'repetition' | 'onWorkers'> {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tell: (line: string) => void;
}

/** Opens the queue. Throws QUEUE_URL and QUEUE_NOT_INSTALLED; a Redis that is away is waited for. */
export async function handOut(
  written: string,
  { repetition, onWorkers, env, tell }: HandOutOptions,
): Promise<RunQueue> {
  // Only who has a queue waits for what it is made of.
  const { redisAddress, redisQueue } = await import('../../scenarios/host/redis/index.ts');
  const address = redisAddress(written, env);
  let told: string | undefined;
  return redisQueue({
    address,
    peer: await ownPeer(),
    ...(repetition === undefined ? {} : { repetition }),
    onAway: (away, why) =>
      tell(away ? `${address.shown} is away (${why}): waiting for it` : `${address.shown} is back`),
    onWorkers: (workers) => {
      onWorkers?.(workersAtWork(workers));
      // Who comes and goes is in the progress; what is wrong is said when it changes.
      const trouble = troubleWith(workers).join('; ');
      if (trouble !== told) tell(workersText(workers, address.shown));
      told = trouble;
    },
  });
}

/** Workers that are named; the others are counted. */
const NAMED = 3;

function named(peers: QueueWorkers['silent']): string {
  const more = peers.length > NAMED ? ` and ${peers.length - NAMED} more` : '';
  return `${peers
    .slice(0, NAMED)
    .map(({ peer }) => `${peer.host}/${peer.pid}`)
    .join(', ')}${more}`;
}

function troubleWith({ busy, idle, silent, others }: QueueWorkers): readonly string[] {
  return [
    ...(busy.length + idle.length === 0 ? ['no worker of this build'] : []),
    ...(silent.length === 0 ? [] : [`silent: ${named(silent)}`]),
    ...(others.length === 0 ? [] : [`of another build, and given nothing: ${named(others)}`]),
  ];
}

/** `2 of 3 workers busy (lab/7, lab/8), silent: lab/9`: as progress has it. */
export function workersAtWork(workers: QueueWorkers): string {
  const { busy, idle } = workers;
  const there = busy.length + idle.length;
  const who = busy.length === 0 ? '' : ` (${named(busy)})`;
  const at =
    there === 0 ? [] : [`${busy.length} of ${there} ${there === 1 ? 'worker' : 'workers'} busy${who}`];
  return [...at, ...troubleWith(workers)].join(', ');
}

/** `3 workers at redis://lab:6379`, and what is wrong with them. */
export function workersText(workers: QueueWorkers, shown: string): string {
  const there = workers.busy.length + workers.idle.length;
  const parts =
    there === 0
      ? `no worker of this build at ${shown}: start one with calldrill worker ${shown}`
      : `${there} ${there === 1 ? 'worker' : 'workers'} at ${shown}`;
  return [parts, ...troubleWith(workers).slice(there === 0 ? 1 : 0)].join('; ');
}
