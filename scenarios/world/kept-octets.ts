/**
 * How much room kept values take, about: what an engine of JavaScript needs for objects, lists, text and octets. It is a measure for bounds,
 * and nothing that happens in a run hangs on it.
 */
import type { KeptValue } from '../../sim/kept.ts';

/** Octets of an object or a list without its fields, of a field, of text without its characters, and of octets without themselves. */
const OBJECT = 24;
const FIELD = 8;
const TEXT = 16;
const OCTETS = 96;

/** Items of a list that are all measured; of a longer one, which holds many of a kind, it is one of so many. */
const SHORT_LIST = 64;
const SAMPLED = 8;

/**
 * The room that `value` takes beside `before`, which came before it: parts that both have in the same place are shared, and cost nothing.
 * What is shared from elsewhere, and text, is counted with each part that holds it.
 */
export function octetsBeside(value: KeptValue, before: KeptValue): number {
  if (typeof value === 'string') return TEXT + value.length;
  if (typeof value === 'bigint') return TEXT + (value.toString(16).length >> 1);
  if (typeof value !== 'object' || value === null || value === before) return 0;
  if (value instanceof Uint8Array) return OCTETS + value.length;
  const earlier = typeof before === 'object' && before !== null ? before : NOTHING;
  let octets = OBJECT;
  if (isList(value)) {
    const items = isList(earlier) ? earlier : NO_ITEMS;
    const step = value.length > SHORT_LIST ? SAMPLED : 1;
    for (let at = 0; at < value.length; at += step)
      octets += step * (FIELD + octetsBeside(value[at], items[at]));
  } else {
    const fields = isList(earlier) || earlier instanceof Uint8Array ? NOTHING : earlier;
    for (const name in value) octets += FIELD + octetsBeside(value[name], fields[name]);
  }
  return octets;
}

const NOTHING: { readonly [name: string]: KeptValue } = {};
const NO_ITEMS: readonly KeptValue[] = [];

function isList(value: object): value is readonly KeptValue[] {
  return Array.isArray(value);
}
