/** Events that a line of the screenplay led to: by the numbers of their causes, back to the line as it was typed. */
import type { AnyTraceEvent, EventNumber } from '../../../sim/trace.ts';
import type { Step } from '../../language/index.ts';
import { eventsOf, type Prefix } from './prefix.ts';

/** The step, when a person plays the role whose it is: what they type is theirs, and leads to what it leads to. */
export function playedStep(id: string | undefined, steps: readonly Step[], prefix: Prefix): Step | undefined {
  const step = steps.find((each) => each.id === id);
  const [opened] = eventsOf(prefix, 'opening.ended');
  return step !== undefined && opened?.data.played.includes(step.by) === true ? step : undefined;
}

/** Whether an event was caused by a step; always true when no step is named. A step that was not typed caused nothing. */
export function causedBy(
  id: string | undefined,
  steps: readonly Step[],
  prefix: Prefix,
): (event: AnyTraceEvent) => boolean {
  if (id === undefined) return () => true;
  const step = steps.find((each) => each.id === id);
  const typed = eventsOf(prefix, 'step.typed').find(({ data }) => data.step === id);
  if (step === undefined || typed === undefined) return () => false;
  const { by, on = by, type: line } = step;
  // The last such line before it was noted: somebody else may have typed the same before.
  const began = eventsOf(prefix, 'console.typed').findLast(
    (event) => event.n < typed.n && event.on === on && event.data.by === by && event.data.line === line,
  );
  const led = new Set<EventNumber>(began === undefined ? [] : [began.n]);
  // Causes come before what they cause, so one walk through the trace finds all.
  for (const { n, cause } of prefix.events) if (led.has(cause)) led.add(n);
  return ({ n }) => led.has(n);
}
