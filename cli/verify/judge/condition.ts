/** What a check asks of an event: its type, and of its fields one value, another one, or a number within bounds. */
import { amountOrNone, choice, type JsonObject } from './json-text.ts';

/** A condition on one field. */
export type Condition = (value: unknown) => boolean;

/** What kind of event is meant: a type, and conditions on fields. */
export interface Description {
  readonly type: string;
  readonly conditions: readonly (readonly [field: string, Condition])[];
}

/** A field that is missing passes no test. */
export function condition(test: JsonObject): Condition {
  const { value } = test;
  switch (choice(test, 'kind', ['is', 'is-not', 'range'])) {
    case 'is':
      return (found) => found === value;
    case 'is-not':
      return (found) => found !== undefined && found !== value;
    case 'range': {
      const least = amountOrNone(test, 'atLeast') ?? -Infinity;
      const most = amountOrNone(test, 'atMost') ?? Infinity;
      return (found) => typeof found === 'number' && found >= least && found <= most;
    }
  }
}
