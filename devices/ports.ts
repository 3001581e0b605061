/**
 * What every emulated device is given, and all that it is given. There is no other way in or out: a device that gets no
 * attachment has no network.
 */
import type { Clock } from '../sim/clock.ts';
import type { ForeseenStreams, RandomStreams } from '../sim/random.ts';
import type { Trace } from '../sim/trace.ts';
import type { Deployment } from './deployment.ts';
import type { Rules } from './rules.ts';

/** The world as a device has it: time, chance, keys, a pen for the trace, and the choices and promises of this run. */
export interface Ports {
  readonly clock: Clock;
  readonly random: RandomStreams;
  /** What a CMS makes keys and credentials from, and nobody draws anything else of: the same for every run of a suite. */
  readonly keys: ForeseenStreams;
  readonly trace: Trace;
  readonly deployment: Deployment;
  /** The promises that this run's devices keep. */
  readonly rules: Rules;
  /** Unix time, in milliseconds, at which the virtual clock stood at 0. */
  readonly begins: number;
}
