/** All lines that procedures type, whatever comes before them. */
import type { PerformedProcedure, PerformedStep } from './performed.ts';

/** Steps of all these procedures, with those that are made when one of them is not done in time. */
export function performedSteps(performs: readonly PerformedProcedure[]): readonly PerformedStep[] {
  return performs.flatMap(({ steps }) => steps).flatMap((step) => [step, ...step.otherwise]);
}

/** What is typed in them. */
export function performedLines(
  variants: readonly { readonly performs: readonly PerformedProcedure[] }[],
): readonly string[] {
  return variants.flatMap(({ performs }) => performedSteps(performs)).flatMap(({ type }) => type ?? []);
}
