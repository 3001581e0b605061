/** What a screenplay wants done, and when: the end of its opening, its lines, its probes, what its procedures wait for, and the cues of those who are played. */
import type { Micros } from '../../sim/clock.ts';
import type { Probe, Step } from '../language/index.ts';

/** One of these. Of two at one time the one with the lower order comes first. */
export type Due =
  | { readonly kind: 'opened'; readonly time: Micros; readonly order: number }
  | {
      readonly kind: 'line';
      readonly time: Micros;
      readonly order: number;
      readonly by: string;
      readonly on: string;
      readonly line: string;
      readonly step?: Step;
    }
  /** What a procedure waits for by the clock: its beginning, or the end of the time in which a step was to be done. */
  | {
      readonly kind: 'time-come';
      readonly time: Micros;
      readonly order: number;
      readonly instance: string;
      readonly step: string | null;
    }
  | { readonly kind: 'probe'; readonly time: Micros; readonly order: number; readonly probe: Probe }
  | { readonly kind: 'cue'; readonly time: Micros; readonly order: number; readonly step: Step };
