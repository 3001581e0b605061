/** What handing out costs: short runs through Redis beside the same runs on threads, measured in a process of its own that brings its Redis and workers. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { QueueRate } from '../../scenarios/host/redis/queue-rate.bench.ts';
import { benchOf, type DeclaredBench } from './bench-declared.ts';
import { printed } from './bench-figure.ts';

const PROGRAM = fileURLToPath(new URL('./bench-queue.bench.js', import.meta.url));
/** 10,000 orders on either side, in turns. */
const ROUNDS = 20;
const PER_ROUND = 500;
const SHORT = 'other-voip-app/silent-exception --no-probes --key-seed 1';

/** Nothing where there is no Redis. */
function measure(): QueueRate | undefined {
  const words = [PROGRAM, String(ROUNDS), String(PER_ROUND)];
  const { status, stdout } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
  });
  return status === 0 ? (JSON.parse(stdout) as QueueRate) : undefined;
}

function referenceOf(rate: QueueRate | undefined): string {
  if (rate === undefined) return 'redis-server is not here, or something failed';
  const side = (perSecond: number, cpuMs: number): string =>
    `${printed(perSecond)} /s at ${printed(cpuMs)} ms CPU each`;
  return `threads ${side(rate.poolPerSecond, rate.poolCpuMs)}, queue ${side(rate.redisPerSecond, rate.redisCpuMs)}; ${printed(rate.orders)} orders each, median of ${ROUNDS} rounds`;
}

/** By the clock on the wall, which counts on cores with nothing else to do, and by the processor, which hardly minds. */
export const QUEUE_BENCH: DeclaredBench = benchOf('short runs through Redis', measure, {
  queueRateVsPool: {
    kind: 'ratio',
    unit: 'x',
    about: `runs by the second through Redis over those on as many threads (${SHORT}), BY THE CLOCK ON THE WALL`,
    reference: referenceOf,
    value: (rate) => rate?.ratio ?? Number.NaN,
    aim: { atLeast: 0.9 },
  },
  queueCpuVsPool: {
    kind: 'ratio',
    unit: 'x',
    about:
      'the CPU time of such a run on threads over that through Redis, hand-out, workers and Redis together',
    reference: referenceOf,
    value: (rate) => rate?.cpuRatio ?? Number.NaN,
    aim: { atLeast: 0.9 },
  },
});
