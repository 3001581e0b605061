/** The witness of a screenplay's moments: it says nothing, and whoever waits for a moment asks what it knows. */
import type { AnyTraceEvent, TraceType } from '../../sim/trace.ts';
import type { Moment } from '../language/index.ts';
import {
  momentsAfter,
  momentsAtFirst,
  typesOfMoments,
  type MomentState,
} from '../evidence/verdicts/index.ts';
import type { Testimony, Witness } from '../world/witness.ts';

/** Knows, after each event, how far every moment has come; see `evidence/verdicts/moment.ts`. */
export class MomentsWitness implements Witness<MomentState> {
  readonly id = 'moments';
  readonly initial: MomentState;
  readonly #moments: readonly Moment[];
  readonly #types: ReadonlySet<string>;

  constructor(moments: readonly Moment[]) {
    this.#moments = moments;
    this.#types = typesOfMoments(moments);
    this.initial = momentsAtFirst(moments);
  }

  heeds(type: TraceType): boolean {
    return this.#types.has(type);
  }

  take(state: MomentState, event: AnyTraceEvent): Testimony<MomentState> {
    return { state: momentsAfter(this.#moments, state, event) };
  }
}
