/** Readers of the values that only a deployment file has: days, several words, and maps whose keys are of a closed list. */
import { LIMITS } from '../language/limits.ts';
import { dayOf } from '../language/instant.ts';
import { Fields } from '../language/fields.ts';
import type { Item, Reading } from '../language/reading.ts';
import type { Day } from './deployment.ts';

/** A day as `2015-10-14`, with or without quotes. */
export function readDay(reading: Reading, item: Item): Day | undefined {
  const text = reading.text(item, { max: LIMITS.title, date: true });
  if (text === undefined) return undefined;
  const begins = dayOf(text);
  if (begins !== undefined) return { text, begins };
  return reading.problem(
    'SCENARIO_VALUE',
    item.where,
    `${item.what} is '${text}', which is no day`,
    'Write year, month and day: 2015-10-14.',
  );
}

/** A list of texts, of one or more. */
export function readTexts(reading: Reading, item: Item): readonly string[] | undefined {
  const entries = reading.list(item);
  if (entries?.length === 0)
    return reading.problem('SCENARIO_VALUE', item.where, `${item.what} is empty`, 'Name at least one.');
  return entries?.flatMap((entry) => reading.text(entry) ?? []);
}

/** The entries of a map whose keys are among `names`. */
export function readKeyed<Thing>(
  reading: Reading,
  item: Item | undefined,
  names: readonly string[],
  read: (name: string, item: Item) => Thing | undefined,
): readonly Thing[] {
  const fields = item === undefined ? undefined : Fields.of(reading, item);
  const things = names.flatMap((name) => fields?.optional(name, (each) => read(name, each)) ?? []);
  fields?.finish();
  return things;
}

/** Where a reader looks for it: at its key, when it has one. */
export function placeOfEntry({ key, where }: Item): Item['where'] {
  return key ?? where;
}
