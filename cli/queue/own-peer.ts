/** What this process says of itself to others at a Redis. */
import { hostname } from 'node:os';
import type { QueuePeer } from '../../scenarios/host/redis/index.ts';
import { buildId } from '../../scenarios/host/index.ts';
import { TOOL } from '../../scenarios/runs/index.ts';

/** By host and process; the build decides whose runs it makes. */
export async function ownPeer(): Promise<QueuePeer> {
  return { host: hostname(), pid: process.pid, tool: TOOL, build: await buildId() };
}
