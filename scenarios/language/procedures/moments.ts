/** Moments that a performance has by itself: each step is one once it was done, and so is the whole, when it begins and when it has ended. */
import type { Where } from '../../../sim/errors.ts';
import type { Moment, Pattern } from '../screenplay.ts';
import type { PlannedProcedure } from './plan.ts';

/** Said behind an instance: the moment when it began. */
const BEGUN = 'begun';
/** What a procedure calls the moment when it has ended itself. */
const ENDED = 'ended';

/** The moments of a performance and of all inside it: `recovery.begun`, `recovery.block`, `recovery`. */
export function momentsOf({ instance, procedure, steps }: PlannedProcedure): readonly Moment[] {
  const inside = steps.flatMap(({ id, step, nested }): readonly Moment[] => {
    if (nested !== undefined) return momentsOf(nested);
    return step.kind === 'perform' ? [] : [moment(id, step.where, doneOf(id))];
  });
  return [
    moment(instance, procedure.where, { type: 'procedure.ended', tests: [is('instance', instance)] }),
    moment(`${instance}.${BEGUN}`, procedure.where, {
      type: 'procedure.begun',
      tests: [is('instance', instance)],
    }),
    ...inside,
  ];
}

/** The moment that a step was done, as an event. */
export function doneOf(step: string): Pattern {
  return { type: 'procedure.step-done', tests: [is('step', step)] };
}

/** What a procedure calls a moment of its own performance, as everybody calls it. */
export function globally(instance: string, local: string): string {
  return local === ENDED ? instance : `${instance}.${local}`;
}

/** The moments of a performance by the names that its own file has for them. */
export function localMoments(planned: PlannedProcedure): readonly Moment[] {
  const { instance } = planned;
  return momentsOf(planned).map((each) => ({
    ...each,
    name: each.name === instance ? ENDED : each.name.slice(instance.length + 1),
  }));
}

/** The step or procedure that a moment is of. */
export function addressOfMoment(name: string): string {
  return name.endsWith(`.${BEGUN}`) ? name.slice(0, -BEGUN.length - 1) : name;
}

function moment(name: string, where: Where, pattern: Pattern): Moment {
  return { name, where, pattern, occurrence: 1, opening: false };
}

function is(field: string, value: string): Pattern['tests'][number] {
  return { field, test: { kind: 'is', value } };
}
