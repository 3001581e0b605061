/** What a world says of itself in the trace. */
import type { Micros } from '../../sim/clock.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    /** The opening is over: everybody who begins with keys has them. The lines of those who are played come from elsewhere. */
    'opening.ended': { played: readonly string[] };
    /** Those who were played have left: what is theirs is not done any more, and the rest goes on. */
    'exercise.left': { roles: readonly string[] };
    /** A line of the screenplay was typed; the code when it was refused. */
    'step.typed': { step: string; refused: string | null };
    /** The last event but one of a live run: how late what was due came, over `events` of them, and whether that is within the bound. */
    'live.lag': {
      events: number;
      p50: Micros;
      p99: Micros;
      max: Micros;
      bound: Micros;
      valid: boolean;
      /** Idle time that was skipped. */
      skipped: Micros;
    };
    /** A device's process has come to the director, or has come again. */
    'director.device-joined': { device: string; kind: string; address: string };
    /** A device's process is gone: killed, crashed, or cut off. */
    'director.device-lost': { device: string; reason: string };
  }
}
