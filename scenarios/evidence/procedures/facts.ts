/**
 * What of the progress of procedures says that something is due, or is due no more, each with the event by which that became so. Whoever plans what is
 * to be done needs these and their order, and nothing else.
 */
import type { Micros } from '../../../sim/clock.ts';
import { assert } from '../../../sim/errors.ts';
import type { EventNumber } from '../../../sim/trace.ts';
import type { ProcedurePlan } from './plan.ts';
import type { InstanceProgress, ProcedureState, StepProgress } from './progress.ts';

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
  return factsSince(plan, undefined, state);
}

/** The same of what has come further since `before`: nearly all of a plan has not. */
export function factsSince(
  plan: ProcedurePlan,
  before: Pick<ProcedureState, 'steps' | 'instances'> | undefined,
  state: Pick<ProcedureState, 'steps' | 'instances'>,
): readonly ProcedureFact[] {
  const facts: ProcedureFact[] = [];
  const { steps, instances } = state;
  for (let at = 0; at < steps.length; at++) {
    const step = planned(steps, at);
    if (step !== before?.steps[at]) facts.push(...factsOfStep(plan, at, step));
  }
  for (let at = 0; at < instances.length; at++) {
    const instance = planned(instances, at);
    if (instance !== before?.instances[at]) facts.push(...factsOfInstance(plan, at, instance));
  }
  return facts.sort((a, b) => a.event - b.event);
}

function factsOfStep(
  { steps }: ProcedurePlan,
  at: number,
  { ready, due, end, endTime }: StepProgress,
): readonly ProcedureFact[] {
  const { id: key, within } = planned(steps, at).of;
  const deadline = within === undefined ? undefined : due + within;
  return [
    ...(ready > 0 ? [{ event: ready, key, kind: 'due' as const, time: due, deadline }] : []),
    ...(end > 0 ? [{ event: end, key, kind: 'settled' as const, time: endTime }] : []),
  ];
}

function factsOfInstance(
  { instances }: ProcedurePlan,
  at: number,
  { waits, begins, begun, over, time }: InstanceProgress,
): readonly ProcedureFact[] {
  const { instance: key } = planned(instances, at).of;
  const end = begun > 0 ? begun : over;
  return [
    ...(waits > 0 ? [{ event: waits, key, kind: 'begins' as const, time: begins }] : []),
    ...(end > 0 ? [{ event: end, key, kind: 'settled' as const, time }] : []),
  ];
}

function planned<Item>(items: readonly Item[], at: number): Item {
  const item = items[at];
  assert(item !== undefined, 'progress is that of the plan');
  return item;
}
