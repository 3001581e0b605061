/** How well the processes of a run kept to the schedule: a run is as good as the worst of its clocks. */
import type { Micros } from '../../../sim/clock.ts';
import type { Lag } from '../../../network/live/index.ts';
import type { LiveTiming } from '../live-run.ts';

/** How a device kept to the schedule, and how far its clock was from the director's. */
export interface DeviceTiming {
  readonly device: string;
  readonly lag: Lag;
  readonly offsetMs: number;
}

/** Events are summed over all clocks, each percentile is that of the worst; valid when its p99 is at most `bound`, in microseconds. */
export function timingOf(
  own: Lag,
  devices: readonly DeviceTiming[],
  bound: Micros,
  skipped: Micros,
): Omit<LiveTiming, 'elapsed'> {
  const lags = [own, ...devices.map(({ lag }) => lag)];
  const worst = (pick: (lag: Lag) => number): number => Math.max(...lags.map(pick));
  const lag: Lag = {
    events: lags.reduce((sum, { events }) => sum + events, 0),
    p50: worst(({ p50 }) => p50),
    p99: worst(({ p99 }) => p99),
    max: worst(({ max }) => max),
  };
  return { lag, bound, valid: lag.p99 <= bound, skipped };
}
