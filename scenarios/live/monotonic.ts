/** The clock of this process that only goes forward, whatever becomes of the time of day. */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';

/** Since some moment before the process began; only differences mean anything. */
export const monotonic = (): Micros => Math.floor(performance.now() * MILLISECOND);
