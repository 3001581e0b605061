/** What a screenplay wants done, and when: the end of its opening, its lines, its probes, and the cues of those who are played. */
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
  | { readonly kind: 'probe'; readonly time: Micros; readonly order: number; readonly probe: Probe }
  | { readonly kind: 'cue'; readonly time: Micros; readonly order: number; readonly step: Step };
