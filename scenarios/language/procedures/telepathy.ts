/**
 * No telepathy: whoever acts in a procedure was told of it or brought something, or began it. Looked for among what a step requires, for what only comes
 * before by a prescribed order may be left out, and the step would be made all the same.
 */
import { wordsOf } from '../../../devices/console/index.ts';
import { CalldrillError } from '../../../sim/errors.ts';
import type { Complaints } from './complaint.ts';
import { orderOfSteps, requiredBy } from './order.ts';
import type { PlannedProcedure, StepPlan } from './plan.ts';
import { filled, filledLine } from './template.ts';

/** Stands for what is not known yet: it is nobody. */
const UNKNOWN = '?';

/** Reports those who act without anybody having told them, in this procedure and in those inside it. */
export function refuseTelepathy(planned: PlannedProcedure, complaints: Complaints): void {
  const { procedure, steps } = planned;
  const order = orderOfSteps(procedure, procedure.prescribed);
  const first = steps.map(actorOf).find((each) => each !== undefined);
  const reported = new Set<string>();
  for (const each of steps) {
    if (each.nested !== undefined) refuseTelepathy(each.nested, complaints);
    const { id, where } = each.step;
    const actor = actorOf(each);
    if (actor === undefined || actor === first || reported.has(id)) continue;
    const required = requiredBy(order, id);
    const reached = steps.filter(({ step }) => required.has(step.id)).flatMap(reachedIn);
    if (reached.includes(actor)) continue;
    reported.add(id);
    complaints.say(
      'PROCEDURE_TELEPATHY',
      where,
      `'${id}' of '${procedure.name}' is for ${actor}, whom nothing that it requires tells or brings anything`,
    );
  }
}

/** Who acts first in a step; nobody where it is only waited. */
function actorOf({ step, bindings, nested }: StepPlan): string | undefined {
  if (nested !== undefined) return nested.steps.map(actorOf).find((each) => each !== undefined);
  return step.kind === 'perform' || step.type === undefined ? undefined : filled(step.by, bindings.resolve);
}

/** Everybody who acts in a step, is told something in it or is brought something. What is optional may not happen. */
function reachedIn(planned: StepPlan): readonly string[] {
  const { step, bindings, nested } = planned;
  if (nested !== undefined) return nested.steps.filter((each) => !each.step.optional).flatMap(reachedIn);
  const line =
    step.kind === 'act' && step.type !== undefined
      ? filledLine(step.type, (each) => bindings.resolve(each) ?? UNKNOWN)
      : undefined;
  return [actorOf(planned), line === undefined ? undefined : toldBy(line)].filter(
    (each) => each !== undefined,
  );
}

/** Whom a line tells or brings something. */
function toldBy(line: string): string | undefined {
  try {
    const [command, first, second] = wordsOf(line).map(({ text }) => text);
    return command === 'tell' ? first : command === 'carry' ? second : undefined;
  } catch (error) {
    // A quote that is not closed: the console says so.
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
