/** Whether an event is of a pattern, and patterns in words. */
import { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceValue } from '../../../sim/trace.ts';
import type { FieldTest, Pattern, Test } from '../../language/index.ts';

/** Whether it has the pattern's type and passes all of its tests; a field that it does not have passes none. */
export function matches(pattern: Pattern, event: AnyTraceEvent): boolean {
  return event.type === pattern.type && passes(pattern.tests, event);
}

/** True when the event passes all tests. A field that it does not have passes none, `is-not` included. */
export function passes(tests: readonly FieldTest[], event: AnyTraceEvent): boolean {
  return tests.every(({ field, test }) => holds(test, valueOf(event, field)));
}

/** A field of an event; undefined when it has none of the name. */
export function valueOf(event: AnyTraceEvent, field: string): TraceValue {
  if (field === 'on') return event.on;
  // Types that the pattern names are known to the rooms that write them, not to the compiler here.
  const data = event.data as unknown as Readonly<Record<string, TraceValue>>;
  return Object.hasOwn(data, field) ? data[field] : undefined;
}

function holds(test: Test, value: TraceValue): boolean {
  if (value === undefined) return false;
  // A trace that is read back holds labels where the live one holds secrets; both compare alike.
  const comparable = value instanceof Secret ? value.label : value;
  switch (test.kind) {
    case 'is':
      return comparable === test.value;
    case 'is-not':
      return comparable !== test.value;
    case 'range':
      return (
        typeof comparable === 'number' &&
        comparable >= (test.atLeast ?? -Infinity) &&
        comparable <= (test.atMost ?? Infinity)
      );
  }
}

/** `crs.call-connected where from is alice`. */
export function inWords(pattern: Pattern): string {
  return pattern.tests.length === 0 ? pattern.type : `${pattern.type} where ${testsInWords(pattern.tests)}`;
}

/** `user is alice and from is bob`; the empty text for no tests. */
export function testsInWords(tests: readonly FieldTest[]): string {
  return tests.map(({ field, test }) => `${field} is ${testInWords(test)}`).join(' and ');
}

function testInWords(test: Test): string {
  switch (test.kind) {
    case 'is':
      return String(test.value);
    case 'is-not':
      return `not ${String(test.value)}`;
    case 'range':
      if (test.atMost === undefined) return `at least ${test.atLeast ?? ''}`;
      return test.atLeast === undefined ? `at most ${test.atMost}` : `${test.atLeast} to ${test.atMost}`;
  }
}
