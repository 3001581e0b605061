/**
 * A checkpoint: all that a world is at a quiet moment. It is a cache of the rebuild from the first line, which stays as the oracle: a world
 * that is taken up from it is the very world that repeating the log would have made.
 */
import type { Micros } from '../../sim/clock.ts';
import type { TracePrefix } from '../../sim/trace.ts';
import type { CallNamesState } from './call-names.ts';
import type { LogEntry } from './log.ts';
import type { ThingsState } from './people/things.ts';
import type { PhysicsState } from './physics.ts';
import type { DeviceStates } from './premises.ts';
import type { TopologyState } from './topology.ts';
import type { WitnessStates } from './witness.ts';

/** A world at rest as a plain value, but for its trace and its log. */
export type WorldState = {
  readonly physics: PhysicsState;
  readonly topology: TopologyState;
  readonly devices: DeviceStates;
  readonly things: ThingsState;
  readonly calls: CallNamesState;
  readonly witnesses: WitnessStates;
};

/** A moment that a world can be taken up from. */
export interface Checkpoint {
  readonly time: Micros;
  readonly state: WorldState;
  readonly trace: TracePrefix;
  /** What had been done to the world by then. */
  readonly log: readonly LogEntry[];
}
