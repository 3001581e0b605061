/** What a procedure leaves behind: expectations in its own words, which become those of the scenario that performs it. */
import type { Expectation, Pattern, Window } from '../screenplay.ts';
import type { When } from '../when.ts';
import { addressOfMoment, globally } from './moments.ts';
import type { PerformedStep } from './performed.ts';

/** What is known of the performance that they are of. */
export interface LeftBehind {
  readonly instance: string;
  /** Why a step or procedure is not part of this performance: an option that nobody asked for, or one that does not apply. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly steps: readonly PerformedStep[];
}

/** One expectation of the procedure's file as one of the scenario: `recovery/nobody-calls`. */
export function leftBehind(leaving: LeftBehind, expectation: Expectation): Expectation {
  const named = { ...expectation, id: `${leaving.instance}/${expectation.id}` };
  switch (named.kind) {
    case 'steps':
    case 'procedures':
      return named;
    case 'order': {
      const moments = named.moments.map((each) => globally(leaving.instance, each));
      return withReason(leaving, moments, { ...named, moments });
    }
    case 'same':
    case 'differs': {
      const [first, second] = named.moments;
      const moments = [globally(leaving.instance, first), globally(leaving.instance, second)] as const;
      return withReason(leaving, moments, { ...named, moments });
    }
    default: {
      const window = windowOf(leaving, named.window);
      const from = window.from?.kind === 'after' ? [window.from.moment] : [];
      const given =
        named.kind === 'never' && named.given.kind === 'step'
          ? [globally(leaving.instance, named.given.step)]
          : [];
      const placed =
        named.kind === 'never' && given.length > 0
          ? { ...named, window, given: { kind: 'events' as const, patterns: typings(leaving.steps, given) } }
          : { ...named, window };
      return withReason(leaving, [...from, ...given], placed);
    }
  }
}

/** A step's line as it is typed, or all lines of a procedure; none where it is left out. */
export function typings(steps: readonly PerformedStep[], ids: readonly string[]): readonly Pattern[] {
  return steps.flatMap(({ id, by, on = by, type, skipped, notApplicable }) =>
    !ids.some((each) => id === each || id.startsWith(`${each}.`)) ||
    type === undefined ||
    skipped !== undefined ||
    notApplicable !== undefined
      ? []
      : {
          type: 'console.typed',
          tests: Object.entries({ by, on, line: type }).map(([field, value]) => ({
            field,
            test: { kind: 'is', value },
          })),
        },
  );
}

/** A window that would end with what is no part of the performance has no end. */
function windowOf(leaving: LeftBehind, { from, to, toIncluded }: Window): Window {
  const end = to === undefined ? undefined : placed(leaving, to);
  const isOpen = end?.kind === 'after' && reasonOf(leaving, end.moment) !== undefined;
  return {
    ...(from === undefined ? {} : { from: placed(leaving, from) }),
    ...(end === undefined || isOpen ? {} : { to: end }),
    toIncluded: toIncluded && !isOpen,
  };
}

function placed({ instance }: LeftBehind, when: When): When {
  return when.kind === 'at' ? when : { ...when, moment: globally(instance, when.moment) };
}

function reasonOf({ leftOut }: LeftBehind, moment: string): string | undefined {
  return leftOut.get(addressOfMoment(moment));
}

/** What is about something that is no part of the performance does not apply. */
function withReason<Kind extends Expectation>(
  leaving: LeftBehind,
  moments: readonly string[],
  expectation: Kind,
): Kind {
  const moment = moments.find((each) => reasonOf(leaving, each) !== undefined);
  if (moment === undefined) return expectation;
  return {
    ...expectation,
    notApplicable: `'${addressOfMoment(moment)}': ${reasonOf(leaving, moment) ?? ''}`,
  };
}
