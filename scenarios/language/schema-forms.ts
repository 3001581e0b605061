/** The forms that the schema of a scenario file is put together from: texts, times, lists and maps within the language's limits. */
import { LIMITS } from './limits.ts';
import { NAME_PATTERN } from './name.ts';
import { ADDRESS_PATTERN, AFTER_PATTERN, AT_PATTERN, CHECK_PATTERN, DURATION_PATTERN } from './when.ts';

/** A schema, or a table of schemas by key. */
export type JsonSchema = { readonly [key: string]: SchemaValue };
/** What JSON can hold, a schema included. */
export type SchemaValue = string | number | boolean | null | readonly SchemaValue[] | JsonSchema;

/** Of a person, device, moment, step and whatever else the author names. */
export const NAME = { type: 'string', pattern: NAME_PATTERN, maxLength: LIMITS.name };
/** Of a step or a moment, inside a procedure too. */
export const ADDRESS = { type: 'string', pattern: ADDRESS_PATTERN, maxLength: LIMITS.title };
/** Of a probe or an expectation, that of a procedure too. */
export const CHECK = { type: 'string', pattern: CHECK_PATTERN, maxLength: LIMITS.title };
/** One line of text for people. */
export const TITLE = { type: 'string', minLength: 1, maxLength: LIMITS.title };
/** Text for people that may be longer than a line. */
export const PROSE = { type: 'string', minLength: 1, maxLength: LIMITS.prose };
/** An amount with its unit: `10m`. */
export const DURATION = { type: 'string', pattern: DURATION_PATTERN };
/** A duration with its sign: `+2m`, `-1h`. */
export const OFFSET = { type: 'string', pattern: DURATION_PATTERN.replace('^', '^[-+]') };
/** A time of day, of a day, or since the beginning. */
export const AT = { type: 'string', pattern: AT_PATTERN };
/** A moment, perhaps with a duration behind it. */
export const AFTER = { type: 'string', pattern: AFTER_PATTERN };
/** Whatever a field of an event can be held against. */
export const SCALAR = { type: ['string', 'number', 'boolean', 'null'] };
/** What is typed on a console. */
export const LINE = { type: 'string', minLength: 1, maxLength: LIMITS.line };

/** Of as many entries as a file may have, or within bounds of its own. */
export const list = (items: JsonSchema, bounds: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  maxItems: LIMITS.entries,
  ...bounds,
});

/** These keys and no others; further keywords refine them. */
export const map = (
  properties: JsonSchema,
  required: readonly string[],
  rest: JsonSchema = {},
): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...rest,
});

/** Keys that the author chooses, each with such a value. */
export const named = (value: SchemaValue, names: JsonSchema = NAME): JsonSchema => ({
  type: 'object',
  propertyNames: names,
  additionalProperties: value,
  maxProperties: LIMITS.entries,
});

/** Any of them will do. */
export const either = (...schemas: readonly JsonSchema[]): JsonSchema => ({ anyOf: schemas });

/** Exactly one of the keys is there. */
export const one = (...keys: readonly string[]): JsonSchema => ({
  oneOf: keys.map((key) => ({ required: [key] })),
});

/** No two of the keys are there together. */
export const atMostOne = (...keys: readonly string[]): readonly JsonSchema[] =>
  keys.flatMap((first, at) => keys.slice(at + 1).map((second) => ({ not: { required: [first, second] } })));

/** From, to or both; one of the bounds is needed. */
export const range = (bound: JsonSchema): JsonSchema =>
  map({ 'at-least': bound, 'at-most': bound }, [], { minProperties: 1 });
