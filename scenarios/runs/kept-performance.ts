/**
 * A performance as it was at a moment, to be gone on with: the world, as a quiet moment and what its log has since, and what the
 * performance had done by then. What is due is not in it; see `agenda.ts`.
 */
import type { Micros } from '../../sim/clock.ts';
import type { ProcedureFact } from '../evidence/procedures/index.ts';
import type { Checkpoint } from '../world/checkpoint.ts';
import type { KeptMoments } from '../world/kept-moments.ts';
import type { LogEntry } from '../world/log.ts';
import type { Deed } from './deed.ts';

/** A moment of the screenplay that has come. */
export type BoundMoment = {
  readonly moment: string;
  readonly time: Micros;
  /** The number of its event. */
  readonly event: number;
};

/** All that a performance has done so far. */
export interface PerformanceRecord {
  /** Events that the trace had before anything was due. */
  readonly begun: number;
  readonly done: readonly Deed[];
  /** In the order in which they came. */
  readonly bound: readonly BoundMoment[];
  /** What its procedures made due, in the order in which they did. */
  readonly facts: readonly ProcedureFact[];
  readonly log: readonly LogEntry[];
  readonly moments: KeptMoments;
  readonly now: Micros;
}

/** A performance at a moment. Moments and procedures of the screenplay are known to the world. */
export interface KeptPerformance extends Omit<PerformanceRecord, 'bound' | 'facts'> {
  /** The last quiet moment before it. */
  readonly from: Checkpoint;
}

/**
 * A performance after the first `count` things that it did: taken up from the last quiet moment until `until`, and before the next thing.
 * Undefined when none was kept.
 */
export function keptAfter(
  record: PerformanceRecord,
  count: number = record.done.length,
  until: Micros = record.now,
): KeptPerformance | undefined {
  const done = record.done.slice(0, count);
  const entries = record.done[count]?.entries ?? record.log.length;
  const from = record.moments.before(until, entries);
  if (from === undefined) return undefined;
  const now = Math.max(from.time, done.at(-1)?.time ?? 0);
  const { begun, log } = record;
  const moments = record.moments.until(from.time, from.log.length);
  return { begun, done, log: log.slice(0, entries), moments, now, from };
}
