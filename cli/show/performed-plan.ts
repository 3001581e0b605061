/**
 * What a scenario performs, laid out for whoever plans it: what each step comes after in this variant, and whether it is done at all. What is left out
 * keeps its place in the order, so what follows it comes after whatever that would have come after.
 */
import type { Micros } from '../../sim/clock.ts';
import type { PerformedProcedure, PerformedStep, StepNeed, When } from '../../scenarios/language/index.ts';

/** A step of a procedure with the performance that it belongs to. */
export interface PlacedStep {
  readonly of: PerformedStep;
  readonly instance: PerformedProcedure;
  /** The step in whose place it is taken, when that was not done in time. */
  readonly insteadOf: string | undefined;
}

/** All steps and procedures of a variant, by their addresses. */
export class PerformedPlan {
  readonly instances: ReadonlyMap<string, PerformedProcedure>;
  readonly steps: ReadonlyMap<string, PlacedStep>;

  constructor(performs: readonly PerformedProcedure[]) {
    this.instances = new Map(performs.map((each) => [each.instance, each]));
    this.steps = new Map(
      performs.flatMap((instance) =>
        placedSteps(instance.steps, instance, undefined).map((each) => [each.of.id, each] as const),
      ),
    );
  }

  /** What of this is done: a step or procedure itself, or what it would have come after where it is left out. */
  standing(needs: readonly StepNeed[]): readonly string[] {
    return needs.flatMap(({ step: id }) => {
      const found = this.steps.get(id)?.of ?? this.instances.get(id);
      if (found === undefined) return [];
      if (!isLeftOut(found)) return [id];
      const own = this.standing(found.after);
      if (own.length > 0) return own;
      const instance = this.steps.get(id)?.instance;
      return instance !== undefined && isLeftOut(instance) ? this.standing(instance.after) : [];
    });
  }

  /** Where a step stands: after the last of what it waits for by these times, or after the time of the step in whose place it is done. */
  placeOf({ of, instance, insteadOf }: PlacedStep, timeOf: (address: string) => Micros | undefined): When {
    if (insteadOf === undefined) return this.#place(of.after, instance, of.takes, timeOf);
    const { within = 0 } = this.steps.get(insteadOf)?.of ?? {};
    return { kind: 'after', moment: insteadOf, delay: within + of.takes };
  }

  #place(
    needs: readonly StepNeed[],
    instance: PerformedProcedure,
    delay: Micros,
    timeOf: (address: string) => Micros | undefined,
  ): When {
    const [first, ...others] = this.standing(needs);
    if (first !== undefined) {
      const last = others.reduce(
        (latest, each) => ((timeOf(each) ?? 0) >= (timeOf(latest) ?? 0) ? each : latest),
        first,
      );
      return { kind: 'after', moment: last, delay };
    }
    const { parent, begins, after, takes } = instance;
    const above = parent === undefined ? undefined : this.instances.get(parent);
    if (above !== undefined) return this.#place(after, above, takes + delay, timeOf);
    return begins.kind === 'at'
      ? { kind: 'at', t: begins.t + delay }
      : { ...begins, delay: begins.delay + delay };
  }

  /** Whether one step waits for another, or for a procedure, at whatever remove. */
  waitsFor(address: string, target: string, seen: Set<string> = new Set()): boolean {
    if (seen.has(address)) return false;
    seen.add(address);
    const step = this.steps.get(address);
    const instance = step?.instance ?? this.instances.get(address);
    const needs = (step?.of ?? instance)?.after ?? [];
    if (needs.some(({ step: id }) => id === target || this.waitsFor(id, target, seen))) return true;
    const outer = step === undefined ? instance?.parent : instance?.instance;
    return outer !== undefined && this.waitsFor(outer, target, seen);
  }

  /** The performance of a step, and those that it is inside of. */
  *around({ instance }: PlacedStep): Iterable<PerformedProcedure> {
    let next: PerformedProcedure | undefined = instance;
    while (next !== undefined) {
      yield next;
      next = next.parent === undefined ? undefined : this.instances.get(next.parent);
    }
  }
}

function placedSteps(
  steps: readonly PerformedStep[],
  instance: PerformedProcedure,
  insteadOf: string | undefined,
): readonly PlacedStep[] {
  return steps.flatMap((of) => [{ of, instance, insteadOf }, ...placedSteps(of.otherwise, instance, of.id)]);
}

/** Whether something is no part of what is performed. */
export function isLeftOut({
  skipped,
  notApplicable,
}: Pick<PerformedStep, 'skipped' | 'notApplicable'>): boolean {
  return skipped !== undefined || notApplicable !== undefined;
}

/** Under what condition a step is done, or why it is not; empty where it simply is. */
export function markOf(step: PlacedStep, cutOffAfter: string | undefined): string {
  const { notApplicable, skipped, optional } = step.of;
  if (notApplicable !== undefined) return `not applicable: ${notApplicable}`;
  if (skipped !== undefined) return `left out: ${skipped}`;
  if (cutOffAfter !== undefined) return `cut off: nothing is done after ${cutOffAfter}`;
  return [...(optional ? ['optional, and asked for'] : []), ...conditionsOf(step)].join('; ');
}

/** What has to be so for a step to be done, once its turn comes. */
export function conditionsOf({ of: { unless, whenNoticed }, insteadOf }: PlacedStep): readonly string[] {
  return [
    ...(insteadOf === undefined ? [] : [`only if ${insteadOf} is not done in time`]),
    ...(whenNoticed === undefined ? [] : [`only once ${whenNoticed.type} is noticed`]),
    ...(unless === undefined ? [] : [`not once ${unless.type} is noticed`]),
  ];
}
