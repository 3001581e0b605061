/**
 * Which typed line answered which step of the screenplay. A trainee need not type it letter by letter: the same command on the
 * same console with the same words counts, whatever its options and however a number is spaced.
 */
import { wordsOf } from '../../devices/console/index.ts';
import type { Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent } from '../../sim/trace.ts';
import type { Step } from '../language/index.ts';

/** A line that the screenplay has for a role, with its time in this run. */
export interface PlannedStep {
  readonly step: Step;
  /** When the screenplay has it; absent when its moment never came. */
  readonly due: Micros | undefined;
}

/** A planned line and what the person typed for it; the line is one that no console refused. */
export interface Answer extends PlannedStep {
  /** The line that answered it; absent when none did. */
  readonly typed: TraceEvent<'console.typed'> | undefined;
}

/** Lines that `role` typed at `since` or later and that no console refused. */
export function acceptedLines(
  events: readonly AnyTraceEvent[],
  role: string,
  since: Micros,
): readonly TraceEvent<'console.typed'>[] {
  const refused = new Set(events.flatMap((event) => (event.type === 'console.refused' ? [event.cause] : [])));
  return events.filter(
    (event): event is AnyTraceEvent & TraceEvent<'console.typed'> =>
      event.type === 'console.typed' && event.data.by === role && event.t >= since && !refused.has(event.n),
  );
}

/**
 * Each line answers the step that was due last when it was typed, or, when none was yet, the one that is due first. So a step
 * that was left out does not shift all that follow it.
 */
export function answersOf(
  planned: readonly PlannedStep[],
  lines: readonly TraceEvent<'console.typed'>[],
): readonly Answer[] {
  const answers = new Map<Step, TraceEvent<'console.typed'>>();
  for (const line of lines) {
    const act = actOf(line.on, line.data.line);
    const open = planned
      .filter(({ step }) => !answers.has(step) && actOf(step.on ?? step.by, step.type) === act)
      .sort((a, b) => dueOf(a) - dueOf(b));
    const chosen = open.findLast((each) => dueOf(each) <= line.t) ?? open[0];
    if (chosen !== undefined) answers.set(chosen.step, line);
  }
  return planned.map(({ step, due }) => ({ step, due, typed: answers.get(step) }));
}

function dueOf({ due }: PlannedStep): Micros {
  return due ?? Infinity;
}

/** What a line does, options left out. Precondition: it can be split into words, as accepted and checked lines can. */
function actOf(on: string, line: string): string {
  const words = wordsOf(line);
  const options = words.findIndex(({ text, quoted }) => !quoted && text.startsWith('--'));
  const kept = options < 0 ? words : words.slice(0, options);
  return JSON.stringify([on, ...kept.map(({ text }) => text.replaceAll(' ', ''))]);
}
