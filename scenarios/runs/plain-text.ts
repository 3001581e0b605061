/** Plain data as one text, for comparing: equal texts are equal data. */
import { assert } from '../../sim/errors.ts';

/** Data of records, lists, maps and values; anything else is a defect, since it would be compared by nothing. */
export function plainText(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown): unknown => {
    if (value instanceof Map) return { map: [...value] };
    if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
    assert(isPlain(value), 'what is compared is plain');
    return value;
  });
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';
}
