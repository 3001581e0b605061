/** A rendezvous server as long as its process lives, with what is on its disk and who is connected to it. */
import type { DiscDriveState, RealTimeClockState } from '../hardware/index.ts';
import type { ExchangeState } from './exchange.ts';
import type { MemoryState } from './memory.ts';

/** A server as a plain value, while nothing is under way in it: more than what survives a restart of its process. */
export type RunningCrsState = {
  readonly memory: MemoryState;
  readonly drive: DiscDriveState;
  readonly clock: RealTimeClockState;
  readonly exchange: ExchangeState;
};
