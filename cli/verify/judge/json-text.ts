/**
 * JSON as the second judge takes it in: strictly, and with the place in every complaint. It judges files that another program wrote, so
 * whatever is not as the documentation says ends the judgement; nothing is guessed and nothing left out.
 */

/** One object of a JSON text, of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What is wrong with a file, and where in it. */
export class Unreadable extends Error {}

/** The object that `value` is. */
export function opened(value: unknown, place: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable(`${place}: an object was expected`);
  return Object.fromEntries(Object.entries(value));
}

/** The text of a JSON object, parsed. */
export function openedText(text: string, place: string): JsonObject {
  return opened(parsed(text, place), place);
}

/** Any JSON text, parsed. */
export function parsed(text: string, place: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new Unreadable(`${place}: this is not JSON`);
  }
}

function list(from: JsonObject, key: string): readonly unknown[] {
  const value = from[key];
  if (!Array.isArray(value)) throw new Unreadable(`${key}: a list was expected in ${excerpt(from)}`);
  return value;
}

/** The objects of the list under `key`. */
export function rows(from: JsonObject, key: string): readonly JsonObject[] {
  return list(from, key).map((each) => opened(each, key));
}

/** The list of texts under `key`. */
export function words(from: JsonObject, key: string): readonly string[] {
  return list(from, key).map((each) => {
    if (typeof each !== 'string') throw new Unreadable(`${key}: texts were expected in ${excerpt(from)}`);
    return each;
  });
}

/** The text under `key`. */
export function word(from: JsonObject, key: string): string {
  const value = from[key];
  if (typeof value !== 'string') throw new Unreadable(`${key}: a text was expected in ${excerpt(from)}`);
  return value;
}

/** The text under `key`, or undefined where there is none. */
export function wordOrNone(from: JsonObject, key: string): string | undefined {
  return from[key] === undefined || from[key] === null ? undefined : word(from, key);
}

/** The number under `key`. */
export function amount(from: JsonObject, key: string): number {
  const value = from[key];
  if (typeof value !== 'number') throw new Unreadable(`${key}: a number was expected in ${excerpt(from)}`);
  return value;
}

/** The number under `key`, or undefined where there is none. */
export function amountOrNone(from: JsonObject, key: string): number | undefined {
  return from[key] === undefined ? undefined : amount(from, key);
}

/** What is under `key`, true or false. */
export function flag(from: JsonObject, key: string): boolean {
  const value = from[key];
  if (typeof value !== 'boolean') throw new Unreadable(`${key}: true or false in ${excerpt(from)}`);
  return value;
}

/** The object under `key`. */
export function inner(from: JsonObject, key: string): JsonObject {
  return opened(from[key], key);
}

/** One of `choices`, which is under `key`: a new kind of anything is not judged as if it were an old one. */
export function choice<T extends string>(from: JsonObject, key: string, choices: readonly T[]): T {
  const value = word(from, key);
  const found = choices.find((each) => each === value);
  if (found === undefined) throw new Unreadable(`${key}: '${value}' is not known to the second judge`);
  return found;
}

function excerpt(from: JsonObject): string {
  return JSON.stringify(from).slice(0, 200);
}
