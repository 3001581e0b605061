/**
 * The process in which the queue on Redis is measured beside the pool of threads: Redis and the workers are its own, and end with it. Its words are how many
 * rounds, and how many orders each; it prints what came of it as JSON.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assert } from '../../sim/errors.ts';
import {
  allowRelaxedSimd,
  buildId,
  loadScenario,
  shippedScenarios,
  threadPool,
} from '../../scenarios/host/index.ts';
import { redisAddress, redisQueue } from '../../scenarios/host/redis/index.ts';
import { benchQueueRate } from '../../scenarios/host/redis/queue-rate.bench.ts';
import { TestRedis } from '../../scenarios/host/redis/test-redis.fixture.ts';
import { orderOf } from '../../scenarios/runs/index.ts';
import { SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import { ownPeer } from '../queue/own-peer.ts';

/** The shortest run that is shipped; keys are made once, as for thousands of runs they would be. */
const SHORT = { scenario: 'other-voip-app', variant: 'silent-exception', keySeed: '1' };
const PLACES = 2;
/** Milliseconds of a tick of the system in which it counts what processes use. */
const TICK_MS = 10;

/** Milliseconds of the processor that this process and those it began have used. */
function cpuNow(): number {
  const used = new Map<number, { readonly parent: number; readonly ms: number }>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [, fields = ''] = statOf(pid).split(') ');
    const [, parent, ...rest] = fields.split(' ');
    used.set(Number(pid), { parent: Number(parent), ms: (Number(rest[9]) + Number(rest[10])) * TICK_MS });
  }
  return [...used].reduce((sum, [pid, { ms }]) => sum + (isBelow(pid, used) ? ms : 0), 0);
}

function isBelow(pid: number, all: ReadonlyMap<number, { readonly parent: number }>): boolean {
  if (pid === process.pid) return true;
  const parent = all.get(pid)?.parent ?? 0;
  return parent > 1 && isBelow(parent, all);
}

/** It may end while it is looked at. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

const [rounds, perRound] = process.argv.slice(2).map(Number);
assert(rounds !== undefined && perRound !== undefined, 'rounds and orders are given');
allowRelaxedSimd();
const file = (await shippedScenarios()).find(({ name }) => name === SHORT.scenario);
assert(file !== undefined, 'the scenario is shipped');
const screenplay = await loadScenario(file, SHIPPED_KINDS);
const [build, server] = [await buildId(), await TestRedis.begun()];
const program = fileURLToPath(new URL('../main.js', import.meta.url));
const crew = spawn(
  process.execPath,
  [...process.execArgv, program, 'worker', server.url, '--jobs', String(PLACES)],
  {
    stdio: 'ignore',
  },
);
const pool = threadPool({ threads: PLACES });
const redis = await redisQueue({ address: redisAddress(server.url), peer: await ownPeer() });
const rate = await benchQueueRate({
  ...{ pool, redis, rounds, perRound, cpuNow },
  orderOf: (number) =>
    orderOf(screenplay, { ...SHORT, build, seed: `${number}`, parameters: {}, probes: false }),
  wallNow: () => performance.now(),
  onRound: (round) => void process.stderr.write(`${JSON.stringify(round)}\n`),
});
process.stdout.write(JSON.stringify(rate));
pool.close();
redis.close();
crew.kill('SIGINT');
await new Promise((resolve) => crew.once('exit', resolve));
await server.end();
process.exit(0);
