/**
 * Leaves something out of a screenplay that was read: what no text of the file could say, because other places name it. Whoever waits for it goes on
 * waiting; a step of a procedure for which it had to be done first is done without it.
 */
import type { PerformedProcedure, ResolvedScreenplay, StepNeed } from '../../../scenarios/language/index.ts';

/** The address of all steps together. */
export const EVERYTHING = '';

/** The address of a step, whichever copy of it is meant: `round[alice].scan` is `round.scan`. */
export function addressOf(id: string): string {
  return id.replaceAll(/\[[^\]]*\]/g, '');
}

/** The screenplay without some steps, without performances with all that is inside them, or without anything that anybody does. */
export function leavingOut(screenplay: ResolvedScreenplay, addresses: readonly string[]): ResolvedScreenplay {
  const { steps, performs } = screenplay;
  if (addresses.includes(EVERYTHING)) return { ...screenplay, steps: [], performs: [] };
  const isLeft = (id: string): boolean => isAmong(id, addresses);
  const needed = (needs: readonly StepNeed[]): readonly StepNeed[] =>
    needs.filter(({ step }) => !isLeft(step));
  const without = (performed: PerformedProcedure): PerformedProcedure => ({
    ...performed,
    after: needed(performed.after),
    steps: performed.steps.flatMap((step) => (isLeft(step.id) ? [] : { ...step, after: needed(step.after) })),
  });
  return {
    ...screenplay,
    steps: steps.filter(({ id }) => !addresses.includes(id)),
    performs: performs.filter(({ instance }) => !isLeft(instance)).map(without),
  };
}

/** Whether a check stands or falls with what is left out: `loss/nobody-calls` is of the performance `loss`, and `loss/block` of its step. */
export function isCheckOf(check: string, addresses: readonly string[]): boolean {
  return addresses.includes(EVERYTHING) ? check.includes('/') : isAmong(check.replace('/', '.'), addresses);
}

/** Whether a step or a performance is one of these, or inside of one. */
export function isAmong(id: string, addresses: readonly string[]): boolean {
  const own = addressOf(id);
  return addresses.some(
    (address) => address === EVERYTHING || own === address || own.startsWith(`${address}.`),
  );
}
