/** What a simulated network is made of. */
import type { Clock } from '../../sim/clock.ts';
import type { RandomStreams } from '../../sim/random.ts';
import type { Trace } from '../../sim/trace.ts';
import type { StreamLimits } from './stream-limits.ts';

/** The physics that a network runs on, and which hosts pass on what is addressed to others. */
export interface SimulatedFabricOptions {
  readonly clock: Clock;
  readonly random: RandomStreams;
  readonly trace: Trace;
  /** Hosts that pass on packets addressed to others. Default none. */
  readonly routers?: readonly string[];
  /** Replaces single limits of {@link STREAM_LIMITS}. */
  readonly streamLimits?: Partial<StreamLimits>;
}
