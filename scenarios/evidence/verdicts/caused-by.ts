/** Events that a line of the screenplay led to: by the numbers of their causes, back to the line as it was typed. */
import type { AnyTraceEvent, EventNumber } from '../../../sim/trace.ts';
import type { Step } from '../../language/index.ts';
import type { Prefix } from './prefix.ts';

/** Whether an event was caused by a step; always true when no step is named. A step that was not typed caused nothing. */
export function causedBy(
  id: string | undefined,
  steps: readonly Step[],
  { events, byType }: Prefix,
): (event: AnyTraceEvent) => boolean {
  if (id === undefined) return () => true;
  const step = steps.find((each) => each.id === id);
  const typed = (byType.get('step.typed') ?? []).find(
    (event) => event.type === 'step.typed' && event.data.step === id,
  );
  if (step === undefined || typed === undefined) return () => false;
  const { by, on = by, type: line } = step;
  // The last such line before it was noted: somebody else may have typed the same before.
  const began = (byType.get('console.typed') ?? []).findLast(
    (event) =>
      event.type === 'console.typed' &&
      event.n < typed.n &&
      event.on === on &&
      event.data.by === by &&
      event.data.line === line,
  );
  const led = new Map<EventNumber, boolean>(began === undefined ? [] : [[began.n, true]]);
  // Causes come before what they cause, so one walk through the trace finds all.
  for (const { n, cause } of began === undefined ? [] : events) if (led.get(cause) === true) led.set(n, true);
  return ({ n }) => led.get(n) === true;
}
