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

/**
 * The room that `value` takes beside the parts that are in `known`: those are shared, and cost nothing. Its own parts are in it
 * afterwards. Text is counted with each part that holds it.
 */
export function octetsBeside(known: Set<object>, value: KeptValue): number {
  if (typeof value === 'string') return TEXT + value.length;
  if (typeof value === 'bigint') return TEXT + (value.toString(16).length >> 1);
  if (typeof value !== 'object' || value === null || known.has(value)) return 0;
  known.add(value);
  if (value instanceof Uint8Array) return OCTETS + value.length;
  const items: readonly KeptValue[] = Object.values(value);
  let octets = OBJECT + FIELD * items.length;
  for (const item of items) octets += octetsBeside(known, item);
  return octets;
}
