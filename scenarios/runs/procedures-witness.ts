/** The witness of a screenplay's procedures: it says how far each has come, and whoever performs the screenplay asks what is due. */
import { wordsOf } from '../../devices/console/index.ts';
import type { DeviceKinds } from '../../devices/kind.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import {
  planOf,
  progressAtFirst,
  recognised,
  type ProcedurePlan,
  type ProcedureState,
  type RecogniserEyes,
} from '../evidence/procedures/index.ts';
import type { PerformedProcedure } from '../language/index.ts';
import { PROCEDURES } from '../world/procedures/place.ts';
import type { Testimony, Witness } from '../world/witness.ts';

/** Knows, after each event, how far every procedure has come; see `evidence/procedures/recogniser.ts`. */
export class ProceduresWitness implements Witness<ProcedureState> {
  readonly id = PROCEDURES;
  readonly initial: ProcedureState;
  readonly plan: ProcedurePlan;
  readonly #eyes: RecogniserEyes;

  constructor(performs: readonly PerformedProcedure[], kinds: DeviceKinds) {
    this.plan = planOf(performs, wordsOf);
    this.initial = progressAtFirst(this.plan);
    this.#eyes = eyesOf(kinds);
  }

  take(state: ProcedureState, event: AnyTraceEvent): Testimony<ProcedureState> {
    return recognised(this.plan, state, event, this.#eyes);
  }
}

/** What devices of these kinds show to whoever looks after them. */
export function eyesOf(kinds: DeviceKinds): RecogniserEyes {
  return {
    wordsOf,
    shows: ({ type, on }) => {
      const kind = kinds.find(({ told }) => told.notices?.[type]?.by === 'office');
      return kind?.office?.(on);
    },
  };
}
