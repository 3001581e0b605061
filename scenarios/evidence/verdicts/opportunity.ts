/**
 * Opportunities: what shows that an event that was never seen could have been. They count in the window of the check and in its own trace
 * only; what a probe tries in a fork is in neither.
 */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { GivenOpportunity, Pattern, Step } from '../../language/index.ts';
import { inWords, matches } from './match.ts';
import { eventsOf, type Prefix } from './prefix.ts';

/** What would have been one, in words, and the first that was there. */
export interface Opportunity {
  readonly wanted: string;
  readonly first: AnyTraceEvent | undefined;
}

/**
 * Looks for what is given among the events that `contains` takes. `steps` are those of the variant: one that it leaves out is not typed, and a
 * line that was refused gave nobody an opportunity.
 */
export function opportunityOf(
  given: GivenOpportunity,
  steps: readonly Step[],
  contains: (event: AnyTraceEvent) => boolean,
  prefix: Prefix,
): Opportunity {
  const patterns = given.kind === 'events' ? given.patterns : typingOf(given.step, steps);
  const wanted =
    given.kind === 'events' ? patterns.map(inWords).join(' or ') || 'anything' : `step '${given.step}'`;
  const refused = new Set(eventsOf(prefix, 'console.refused').map(({ cause }) => cause));
  const [first] = patterns
    .flatMap(
      (pattern) =>
        eventsOf(prefix, pattern.type).find(
          (event) => contains(event) && matches(pattern, event) && !refused.has(event.n),
        ) ?? [],
    )
    .toSorted((a, b) => a.n - b.n);
  return { wanted, first };
}

/** The line of a step as it is typed; none when the variant has no such step. */
function typingOf(id: string, steps: readonly Step[]): readonly Pattern[] {
  return steps
    .filter((step) => step.id === id)
    .map(({ by, on = by, type }) => ({
      type: 'console.typed',
      tests: Object.entries({ by, on, line: type }).map(([field, value]) => ({
        field,
        test: { kind: 'is', value },
      })),
    }));
}
