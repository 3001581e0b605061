/** Patterns of events: of one type, with fields that are or are not something. Moments, expectations and steps of procedures are told by them. */

/** A value without parts, as YAML has it: what the fields of events are compared with. */
export type Scalar = string | number | boolean | null;

/** What a field of an event must be. A field that is missing passes no test. */
export type Test =
  | { readonly kind: 'is'; readonly value: Scalar }
  | { readonly kind: 'is-not'; readonly value: Scalar }
  | { readonly kind: 'range'; readonly atLeast?: number; readonly atMost?: number };

/** One condition on one field of an event; a pattern holds when all of its conditions do. */
export interface FieldTest {
  /** A field of the event's data, or `on`: the device or person it happened on. */
  readonly field: string;
  readonly test: Test;
}

/** Events of one type that pass all tests. */
export interface Pattern {
  readonly type: string;
  readonly tests: readonly FieldTest[];
}
