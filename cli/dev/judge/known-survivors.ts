/**
 * Changes that nothing notices, and need not: each with its reason. Only users, predictions and emptied worlds may stand here; a step, a value or
 * a rule that is not missed is a check that is missing. An entry that is noticed after all, or of a change that is no longer
 * made, fails the judge and has to go.
 */
import type { Change, ChangeKind } from './change.ts';

/** One entry, by the words in which the judge prints the change. */
export interface KnownSurvivor extends Pick<Change, 'scenario' | 'at' | 'what'> {
  readonly kind: Exclude<ChangeKind, 'step' | 'value' | 'plant'>;
  /** Why nobody need notice. */
  readonly reason: string;
}

/** By scenario, in the order of its file. */
export const KNOWN_SURVIVORS: readonly KnownSurvivor[] = [];

/** The entry that means a change. */
export function knownOf(
  known: readonly KnownSurvivor[],
  { kind, scenario, at, what }: Change,
): KnownSurvivor | undefined {
  return known.find(
    (each) => each.kind === kind && each.scenario === scenario && each.at === at && each.what === what,
  );
}
