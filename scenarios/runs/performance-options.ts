/** What a performance is made of. */
import type { RuleName } from '../../devices/rules.ts';
import type { ResolvedScreenplay, Step } from '../language/index.ts';
import type { Assets } from '../world/assets.ts';
import type { Physics, Seeds } from '../world/physics.ts';
import type { CaptureRequest } from './run-capture.ts';

/** A resolved variant, the seeds and rules of its world, and what is wanted of the run beside its trace. */
export interface PerformanceOptions extends Seeds {
  readonly screenplay: ResolvedScreenplay;
  readonly assets: Assets;
  readonly tool: string;
  readonly broken: readonly RuleName[];
  /** Roles whose lines are not typed from the screenplay. */
  readonly played: readonly string[];
  /** What the world stands on; a simulation when left out. */
  readonly physics?: Physics;
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
