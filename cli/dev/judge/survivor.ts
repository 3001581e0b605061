/** What a change that nobody need notice is known by, and how those that are alike are written down together. */
import type { Change, ChangeKind } from './change.ts';

/** One entry, by the words in which the judge prints the change. */
export interface KnownSurvivor extends Pick<Change, 'scenario' | 'at' | 'what'> {
  readonly kind: Exclude<ChangeKind, 'step' | 'value' | 'plant'>;
  /** Why nobody need notice. */
  readonly reason: string;
}

/** Users who change places in these entries of a scenario, for one reason: what is shown of the one holds of the other. */
export function alike(
  scenario: string,
  reason: string,
  swaps: Readonly<Record<string, readonly string[]>>,
): readonly KnownSurvivor[] {
  return Object.entries(swaps).flatMap(([at, whats]) =>
    whats.map((what) => ({ kind: 'user', scenario, at, what, reason })),
  );
}

/** Users who change places. */
export const ALICE_BOB = 'alice <-> bob';
/** As {@link ALICE_BOB}. */
export const BOB_CAROL = 'bob <-> carol';
/** As {@link ALICE_BOB}. */
export const CAROL_DORA = 'carol <-> dora';
/** All of four, in turn. */
export const LISTED = [ALICE_BOB, BOB_CAROL, CAROL_DORA, 'dora <-> alice'];
