/**
 * How much memory registered phones take. What one of them takes is told by two crowds of different size: what a process has once (code,
 * tables, memories that fill) is in both and drops out. Both are measured in one process, the smaller first.
 */
import { MINUTE, VirtualClock } from '../sim/clock.ts';
import { Trace } from '../sim/trace.ts';
import { registeredHandsets } from './enrolled.bench.ts';
import type { QrReader } from './hardware/index.ts';

/** What memory there is, and how many phones are registered in either crowd. */
export interface RegisteredBenchOptions {
  readonly readQr: QrReader;
  /** Octets in use, garbage not counted. */
  readonly octetsInUse: () => number;
  readonly few?: number;
  readonly many?: number;
}

/** What one phone takes, and what all of them take. */
export interface RegisteredBench {
  /** A phone that is registered and idle: its own, its link, its session at the server, and its lines in the trace. */
  readonly octetsPerIdleHandset: number;
  /** All that the process has in use while the many are registered: their CMS, its server and the bench itself, too. */
  readonly octetsInAll: number;
  readonly handsets: number;
}

/** Errors: HARDWARE_QR_UNREADABLE. */
export function benchRegistered(options: RegisteredBenchOptions): RegisteredBench {
  const { readQr, octetsInUse, few = 400, many = 5_000 } = options;
  const crowdOf = (count: number): Crowded => {
    const clock = new VirtualClock();
    const trace = new Trace(clock);
    let before = 0;
    const onEnrolled = (): void => void (before = octetsInUse());
    const { handsets } = registeredHandsets({
      clock,
      trace,
      count,
      readQr,
      registerInterval: 10 * MINUTE,
      onEnrolled,
    });
    const inAll = octetsInUse();
    return { grown: inAll - before, inAll, handsets: handsets.length };
  };
  const small = crowdOf(few);
  const large = crowdOf(many);
  return {
    octetsPerIdleHandset: (large.grown - small.grown) / (many - few),
    octetsInAll: large.inAll,
    handsets: large.handsets,
  };
}

/** What a crowd took from when its phones had their keys until all were registered, and what was in use then. */
interface Crowded {
  readonly grown: number;
  readonly inAll: number;
  readonly handsets: number;
}
