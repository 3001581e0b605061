/**
 * The one form in which values are written as JSON where octets count: reports, manifests, orders. Keys are sorted by code unit at
 * every level and the rest is JSON.stringify's form with two spaces, so equal values give equal octets, whoever built them, and
 * a difference between two files is a readable diff. A digest over this form names the value.
 */

/** What can be written. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** JSON with sorted keys, two spaces, and a newline at the end. Absent and undefined keys are the same. */
export function canonicalJson(value: JsonValue): string {
  return `${write(value, '\n')}\n`;
}

/** Orders texts by code unit, the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function write(value: JsonValue, newline: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${newline}  `;
  if (isList(value)) {
    return value.length === 0
      ? '[]'
      : `[${inner}${value.map((item) => write(item, inner)).join(`,${inner}`)}${newline}]`;
  }
  const entries = Object.entries(value)
    .filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`);
  return entries.length === 0 ? '{}' : `{${inner}${entries.join(`,${inner}`)}${newline}}`;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
