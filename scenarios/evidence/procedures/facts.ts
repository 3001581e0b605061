/**
 * What of the progress of procedures says that something is due, or is due no more, each with the event by which that became so. Whoever plans what is
 * to be done needs these and their order, and nothing else.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { EventNumber } from '../../../sim/trace.ts';
import type { ProcedurePlan } from './plan.ts';
import type { ProcedureState } from './progress.ts';

/** One of these; `key` is the id of the step or instance. */
export type ProcedureFact = { readonly event: EventNumber; readonly key: string } &
  /** A step is to be done at `time`, and by `deadline` where it has one. */
  (
    | { readonly kind: 'due'; readonly time: Micros; readonly deadline: Micros | undefined }
    /** A nested procedure begins at `time`. */
    | { readonly kind: 'begins'; readonly time: Micros }
    /** A step or a procedure is to be waited for no more, since `time`. */
    | { readonly kind: 'settled'; readonly time: Micros }
  );

/** All of them, in the order of their events. */
export function factsOf(plan: ProcedurePlan, state: ProcedureState): readonly ProcedureFact[] {
  const ofSteps = plan.steps.flatMap(({ of: { id: key, within } }, at): readonly ProcedureFact[] => {
    const { ready = 0, due = 0, end = 0, endTime = 0 } = state.steps[at] ?? {};
    const deadline = within === undefined ? undefined : due + within;
    return [
      ...(ready > 0 ? [{ event: ready, key, kind: 'due' as const, time: due, deadline }] : []),
      ...(end > 0 ? [{ event: end, key, kind: 'settled' as const, time: endTime }] : []),
    ];
  });
  const ofInstances = plan.instances.flatMap(({ of: { instance: key } }, at): readonly ProcedureFact[] => {
    const { waits = 0, begins = 0, begun = 0, over = 0, time = 0 } = state.instances[at] ?? {};
    const end = begun > 0 ? begun : over;
    return [
      ...(waits > 0 ? [{ event: waits, key, kind: 'begins' as const, time: begins }] : []),
      ...(end > 0 ? [{ event: end, key, kind: 'settled' as const, time }] : []),
    ];
  });
  return [...ofSteps, ...ofInstances].sort((a, b) => a.event - b.event);
}
