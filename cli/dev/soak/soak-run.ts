/** A soak: handsets in calls on the loopback for a while, with every packet counted and the lag of the machine measured. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MILLISECOND, type Micros } from '../../../sim/clock.ts';
import type { Lag } from '../../../network/live/index.ts';
import { FlowCounts, type CallFlow } from './flows.ts';
import { LiveCrowd, peerAmong } from './live-crowd.ts';

/** How big a soak is, and for how many seconds its packets are counted. */
export interface SoakOptions {
  readonly handsets: number;
  readonly calls: number;
  readonly seconds: number;
  /** What must be noticed. */
  readonly planted?: Planted;
}

/** A fault that is made on purpose, to show that the soak finds it. */
export interface Planted {
  /** Blocks the event loop for so long, ten times a second. */
  readonly stallMs?: number;
  /** Every so manieth packet that comes to the server is dropped. */
  readonly loseEvery?: number;
}

/** What a soak measured: counts, lag and load, whether they are good or bad. */
export interface Soak {
  readonly handsets: number;
  readonly calls: number;
  readonly seconds: number;
  readonly flows: readonly CallFlow[];
  /** Of what was due while the packets were counted. */
  readonly lag: Lag;
  readonly bound: Micros;
  /** The machine was fast enough; otherwise the counts say nothing about the system. */
  readonly valid: boolean;
  /** Packets that set out and did not arrive. */
  readonly lost: number;
  /** Share of one processor that the process took while packets were counted. */
  readonly load: number;
}

const LAG_BOUND: Micros = 20 * MILLISECOND;
/** What is still under way after this is lost. */
const DRAIN_MS = 1_000;
const STALL_EVERY_MS = 100;

/** Rejects when the calls cannot be set up, or one of them ends. */
export async function soak({ handsets, calls, seconds, planted = {} }: SoakOptions): Promise<Soak> {
  const counts = new FlowCounts(peerAmong(calls));
  let arrived = 0;
  const { loseEvery = Infinity, stallMs = 0 } = planted;
  const loses = (): boolean => ++arrived % loseEvery === 0;
  const live = await LiveCrowd.inCalls({
    handsets,
    calls,
    watch: (attachment) => counts.watch(attachment, attachment.host === 'crs' ? loses : undefined),
  });
  const stalls = stallMs > 0 ? setInterval(() => block(stallMs), STALL_EVERY_MS) : undefined;
  try {
    const before = process.cpuUsage();
    live.clock.measureAnew();
    counts.begin();
    await live.wait(seconds * 1000);
    counts.end();
    const { lag } = live.clock;
    const { user, system } = process.cpuUsage(before);
    if (live.talking !== 2 * calls)
      throw new Error(`${live.talking} of ${2 * calls} handsets are in a call still`);
    await sleep(DRAIN_MS);
    return {
      handsets,
      calls,
      seconds,
      flows: counts.flows,
      lag,
      bound: LAG_BOUND,
      valid: lag.p99 <= LAG_BOUND,
      lost: counts.missing,
      load: (user + system) / (seconds * 1_000_000),
    };
  } finally {
    clearInterval(stalls);
    await live.close();
  }
}

function block(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}
