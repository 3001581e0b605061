/** A statement of the conclusion, and what it rests on: a reader who doubts it finds the check or the exposure that it was made of. */

/** One thing of the result that a sentence was made of. Where it changes, the sentence does. */
export type Basis =
  | BasisOfCheck
  /** An entry of the ledger of a run, by its place in it. */
  | { readonly kind: 'exposure'; readonly scenario: string; readonly variant: string; readonly at: number }
  /** All checks of a run, which the sentence counts. */
  | { readonly kind: 'run'; readonly scenario: string; readonly variant: string }
  /** A row of a scenario's probe matrix that nothing tests. */
  | { readonly kind: 'row'; readonly scenario: string; readonly row: string }
  | { readonly kind: 'clause'; readonly id: string };

/** A check by its verdict, or a probe by its outcome; of no variant when it compares several, of no scenario when it is the deployment's. */
interface BasisOfCheck {
  readonly kind: 'check' | 'probe';
  readonly scenario?: string;
  readonly variant?: string;
  readonly id: string;
}

/** One sentence, ended by a full stop. */
export interface ConclusionLine {
  readonly text: string;
  readonly grounds: readonly Basis[];
}

/** `client-compromise/block-wipe-destroy/live-call-after`; an exposure by its run. */
export function groundText(ground: Basis): string {
  switch (ground.kind) {
    case 'check':
    case 'probe':
      return [ground.scenario ?? 'deployment', ground.variant, ground.id]
        .filter((part) => part !== undefined)
        .join('/');
    case 'exposure':
    case 'run':
      return `${ground.scenario}/${ground.variant}`;
    case 'row':
      return `${ground.scenario}, row ${ground.row}`;
    case 'clause':
      return ground.id;
  }
}

/** `a, b, c and 4 more`: the first few of a list, and how many there are beside them. */
export function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  // "and 1 more" takes as much room as the one.
  if (more <= 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${more} more`;
}
