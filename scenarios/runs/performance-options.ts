/** What a performance is made of. */
import type { Step } from '../language/index.ts';
import type { WorldOptions } from '../world/world-options.ts';
import type { CaptureRequest } from './run-capture.ts';

/** What its world is made of, and what is wanted of the run beside its trace. */
export interface PerformanceOptions extends Omit<WorldOptions, 'witnesses' | 'listen'> {
  readonly probes?: boolean | undefined; // False makes none: each is told as not made.
  /** False keeps no moments: nobody will go back to one. */
  readonly keeps?: boolean | undefined;
  /** Asks for a capture of the network; none when left out. */
  readonly capture?: CaptureRequest | undefined;
  /** Whether what everybody heard of their calls becomes sound files. */
  readonly heard?: boolean | undefined;
  /** Called when the screenplay would have a played role type the line of a step. It must not change the world. */
  onCue?(step: Step): void;
}
