/**
 * What differs between a suite and the golden one: by place, the first ones only. A refactoring changes none; a change of the
 * trace's form changes event numbers, digests and versions, which can be left out of the comparison.
 */

/** Anything that JSON.parse gives. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** One place where two suites have other values, as a path from the root of the report. */
export interface GoldenDifference {
  /** `scenarios[baseline-call].variants[home-wifi].traceDigest`. */
  readonly place: string;
  /** Undefined on the side that has nothing there. */
  readonly golden: Json | undefined;
  readonly now: Json | undefined;
}

/** Keys that hang on how events are numbered and written. */
const OF_EVENTS: ReadonlySet<string> = new Set([
  'event',
  'evidence',
  'traceDigest',
  'traceEvents',
  'version',
]);

/** What is compared: everything, or all but what event numbers change. */
export interface CompareOptions {
  /** Leaves out what hangs on the numbers of events. */
  readonly apartFromEvents: boolean;
}

/** All differences, in the order of the places. */
export function differencesOf(
  golden: Json | undefined,
  now: Json | undefined,
  { apartFromEvents }: CompareOptions,
  place = '',
): readonly GoldenDifference[] {
  if (Object.is(golden, now)) return [];
  if (apartFromEvents && isText(golden) && isText(now) && withoutNumbers(golden) === withoutNumbers(now))
    return [];
  const options = { apartFromEvents };
  if (isList(golden) && isList(now)) {
    const [were, are] =
      named(golden) && named(now) ? [namesOf(golden), namesOf(now)] : [placesOf(golden), placesOf(now)];
    const [was, is] = [new Map(zip(were, golden)), new Map(zip(are, now))];
    return [...new Set([...were, ...are])].flatMap((name) =>
      differencesOf(was.get(name), is.get(name), options, `${place}[${name}]`),
    );
  }
  if (isRecord(golden) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(golden), ...Object.keys(now)])].sort();
    return keys
      .filter((key) => !apartFromEvents || !OF_EVENTS.has(key))
      .flatMap((key) =>
        differencesOf(golden[key], now[key], options, place === '' ? key : `${place}.${key}`),
      );
  }
  return [{ place, golden, now }];
}

/** A sentence that names events, without their numbers. */
function withoutNumbers(text: string): string {
  return text.replace(/\(event \d+\)/g, '(event)');
}

/** `place: "pass", not "fail"`. */
export function differenceText({ place, golden, now }: GoldenDifference): string {
  return `${place}: ${shown(now)}, golden ${shown(golden)}`;
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}

/** Whether each item has an id or a name of its own. */
function named(list: readonly Json[]): boolean {
  const names = namesOf(list);
  return !names.includes('') && new Set(names).size === names.length;
}

function namesOf(list: readonly Json[]): readonly string[] {
  return list.map((item) => {
    const name = isRecord(item) ? (item['id'] ?? item['name']) : undefined;
    return typeof name === 'string' ? name : '';
  });
}

function placesOf(list: readonly Json[]): readonly string[] {
  return list.map((_, at) => String(at));
}

function zip(names: readonly string[], list: readonly Json[]): readonly (readonly [string, Json])[] {
  return list.map((item, at) => [names[at] ?? '', item]);
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
