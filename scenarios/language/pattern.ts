/** Patterns of events, and the moments that name one event each. */
import { isMap } from 'yaml';
import { Fields } from './fields.ts';
import type { Item, Reading } from './reading.ts';
import type { FieldTest, Moment, Pattern, Scalar, Test } from './screenplay.ts';
import type { FieldValues } from './field-values.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The largest n of an `nth` moment. */
export const NTH_MAX = 1_000_000;

/** What patterns are read with: the types of events and their fields, and what these can be. */
export interface PatternWords {
  readonly vocabulary: Vocabulary;
  readonly values: FieldValues;
}

/** All of `moments`, in the order of the file; one that was refused is there with its name, so references to it hold. */
export function readMoments(
  reading: Reading,
  words: PatternWords,
  item: Item | undefined,
): readonly Moment[] {
  return reading.named(item, (name, each) => {
    const fields = Fields.of(reading, each);
    const given = fields?.oneOf(['first', 'last', 'nth']);
    const { occurrence = 1, type } =
      given === undefined ? {} : readChosen(reading, words.vocabulary, given.key, given.item);
    const opening = fields !== undefined && readOpening(reading, fields);
    const tests = readTests(reading, words, type, fields?.rest() ?? []);
    // A moment that was refused keeps its name: the file is refused anyway, and who refers to it made no second mistake.
    return { name, where: each.key ?? each.where, pattern: { type: type ?? '', tests }, occurrence, opening };
  });
}

/** Whether events of the opening count: `opening: included`. They do not otherwise, for they happen whatever a scenario does. */
export function readOpening(reading: Reading, fields: Fields): boolean {
  return fields.optional('opening', (each) => reading.choice(each, ['included'] as const)) === 'included';
}

/** Which event of which type. */
function readChosen(
  reading: Reading,
  vocabulary: Vocabulary,
  key: 'first' | 'last' | 'nth',
  item: Item,
): { readonly occurrence?: Moment['occurrence'] | undefined; readonly type?: string | undefined } {
  if (key !== 'nth')
    return { occurrence: key === 'last' ? 'last' : 1, type: readType(reading, vocabulary, item) };
  const fields = Fields.of(reading, item);
  const occurrence = fields?.required('n', (each) =>
    reading.number(each, { min: 1, max: NTH_MAX, whole: true }),
  );
  const type = fields?.required('of', (each) => readType(reading, vocabulary, each));
  fields?.finish();
  return { occurrence, type };
}

/** The type of an event. */
function readType(reading: Reading, vocabulary: Vocabulary, item: Item): string | undefined {
  const type = reading.text(item);
  if (type === undefined) return undefined;
  const detail = `there are no events of the type '${type}'`;
  return reading.known(item, type, 'SCENARIO_UNKNOWN_EVENT', vocabulary.knownEvents, detail);
}

/** Events of a type with the tests of `where`. */
export function readPattern(
  reading: Reading,
  words: PatternWords,
  item: Item,
  where: Item | undefined,
): Pattern | undefined {
  const type = readType(reading, words.vocabulary, item);
  const pairs = where === undefined ? undefined : reading.pairs(where);
  const tests = readTests(reading, words, type, pairs ?? []);
  return type === undefined ? undefined : { type, tests };
}

/** Tests of fields of events of a type. `type` is undefined when it was refused. */
export function readTests(
  reading: Reading,
  { vocabulary, values }: PatternWords,
  type: string | undefined,
  pairs: Iterable<readonly [string, Item]>,
): readonly FieldTest[] {
  const known = type === undefined ? undefined : vocabulary.eventFields?.[type];
  return [...pairs].flatMap(([field, item]) => {
    if (known !== undefined) {
      const key = { ...item, where: item.key ?? item.where };
      const detail = `events of the type '${type ?? ''}' have no field '${field}'`;
      if (reading.known(key, field, 'SCENARIO_UNKNOWN_FIELD', ['on', ...known], detail) === undefined)
        return [];
    }
    const test = readTest(reading, item, (each, value) => {
      if (type !== undefined) values.check(each, type, field, value);
    });
    return test === undefined ? [] : [{ field, test }];
  });
}

function readTest(
  reading: Reading,
  item: Item,
  check: (item: Item, value: Scalar) => void,
): Test | undefined {
  const scalar = (each: Item): Scalar | undefined => {
    const value = reading.scalar(each);
    if (value !== undefined) check(each, value);
    return value;
  };
  if (!isMap(item.node)) {
    const value = scalar(item);
    return value === undefined ? undefined : { kind: 'is', value };
  }
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const isNot = fields.optional('is-not', scalar);
  const range = readRange(reading, fields, { whole: false });
  if (fields.has('is-not') && (fields.has('at-least') || fields.has('at-most')))
    reading.problem(
      'SCENARIO_KEY_CONFLICT',
      item.where,
      "'is-not' cannot stand with 'at-least' or 'at-most'",
      'Use two expectations.',
    );
  fields.finish();
  if (fields.has('is-not')) return isNot === undefined ? undefined : { kind: 'is-not', value: isNot };
  if (range !== undefined) return { kind: 'range', ...range };
  return reading.problem(
    'SCENARIO_MISSING_KEY',
    item.where,
    `${item.what} says nothing about the value`,
    "Add 'at-least', 'at-most' or 'is-not', or write the value itself.",
  );
}

/** `at-least` and `at-most`; undefined when neither is given or one was refused. */
export function readRange(
  reading: Reading,
  fields: Fields,
  bounds: { readonly min?: number; readonly whole: boolean },
): { readonly atLeast?: number; readonly atMost?: number } | undefined {
  const atLeast = fields.optional('at-least', (each) => reading.number(each, bounds));
  const atMost = fields.optional('at-most', (each) => {
    const value = reading.number(each, bounds);
    if (value === undefined || atLeast === undefined || value >= atLeast) return value;
    return reading.problem(
      'SCENARIO_VALUE',
      each.where,
      `'at-most' is less than 'at-least'`,
      'Swap the two.',
    );
  });
  if (atLeast === undefined && atMost === undefined) return undefined;
  return { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) };
}
