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
  let text = '';
  if (isList(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${inner}${write(item, inner)}`;
    return text === '' ? '[]' : `[${text}${newline}]`;
  }
  // Without a comparison of its own, `sort` orders by code unit.
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item !== undefined)
      text += `${text === '' ? '' : ','}${inner}${JSON.stringify(key)}: ${write(item, inner)}`;
  }
  return text === '' ? '{}' : `{${text}${newline}}`;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
