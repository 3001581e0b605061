/**
 * What the kill table says of parts of the catalogue: a part is tripped when one of the checks that show it failed under a violation that was caught. A
 * part that nothing tripped stands with the reason why no violation is planted for it, or without one, which is worse.
 */
import type { KillRow } from '../../reports/index.ts';
import { UNPLANTED_REASONS } from '../../scenarios/catalogue/unplanted-parts.ts';
import { bindingsOf, type Screenplay } from '../../scenarios/language/index.ts';
import { wrapped } from '../../reports/terminal/columns.ts';

/** The parts that the chosen scenarios show. */
export interface TrippedParts {
  readonly tripped: readonly string[];
  readonly untripped: readonly { readonly part: string; readonly reason: string }[];
}

/** In the order in which the scenarios show them. */
export function trippedParts(screenplays: readonly Screenplay[], rows: readonly KillRow[]): TrippedParts {
  const failed = new Set(
    rows
      .filter(({ caught }) => caught)
      .flatMap(({ scenario, failedChecks }) => failedChecks.map((check) => `${scenario}/${check}`)),
  );
  const parts = [...bindingsOf(screenplays)].map(([part, checks]) => ({
    part,
    isTripped: checks.some(({ scenario, check }) => failed.has(`${scenario}/${check}`)),
  }));
  return {
    tripped: parts.filter(({ isTripped }) => isTripped).map(({ part }) => part),
    untripped: parts
      .filter(({ isTripped }) => !isTripped)
      .map(({ part }) => ({
        part,
        reason: UNPLANTED_REASONS.get(part) ?? 'no violation that was planted here trips its checks',
      })),
  };
}

/** Below the table: how many, and those that nothing tripped by their reasons. Ended by a newline. */
export function trippedText({ tripped, untripped }: TrippedParts, columns = 100): string {
  const reasons = [...new Set(untripped.map(({ reason }) => reason))];
  const lines = reasons.flatMap((reason) => [
    ...wrapped(reason, columns - 2).map((line) => `  ${line}`),
    ...wrapped(
      untripped
        .filter((each) => each.reason === reason)
        .map(({ part }) => part)
        .join(', '),
      columns - 6,
    ).map((line) => `      ${line}`),
  ]);
  const all = tripped.length + untripped.length;
  return `${[`Of ${all} parts that these scenarios show, ${tripped.length} were tripped by a violation`, ...lines].join('\n')}\n`;
}
