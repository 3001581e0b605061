/** What a directed run comes to. */
import type { Performance } from '../../runs/index.ts';
import type { LiveTiming } from '../live-run.ts';
import type { DeviceTiming } from './device-timing.ts';

/** What is left of a directed run when it is over. */
export interface DirectedRun {
  readonly performance: Performance;
  /** Of the slowest process. */
  readonly timing: LiveTiming;
  readonly devices: readonly DeviceTiming[];
}
