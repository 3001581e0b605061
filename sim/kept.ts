/**
 * State as data. What a device, link, stream or key ring is at a moment is a plain value: it can be written down, compared, hashed and
 * taken up again, by this process or another of the same build. A part that is {@link Kept} says what it is, and can be made from
 * what it said; what it was given (ports, options, handlers) is not state and is given again.
 *
 * Octets in a kept value are shared, not copied: whoever keeps or takes them never changes them.
 */
import { createHash, type Hash } from 'node:crypto';
import { byCodeUnit } from './canonical-json.ts';
import { assert } from './errors.ts';

/** What can be kept. A type of state is an alias: an interface is open, so it is never plain. */
export type KeptValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | Uint8Array
  | readonly KeptValue[]
  | { readonly [key: string]: KeptValue };

/** A shape as an alias: what an interface says, and plain for certain. */
export type Plain<Shape> = Shape extends string | number | boolean | bigint | null | undefined | Uint8Array
  ? Shape
  : { readonly [Key in keyof Shape]: Plain<Shape[Key]> };

/** A part of a world that can be kept. Saving changes nothing; the value stays as it is when the part goes on. */
export interface Kept<State extends KeptValue> {
  /** What it is now. Made into a part again, it behaves as this one would. */
  save(): State;
}

/** SHA-256 (hex) of a kept value: equal values have equal digests, in whatever order their keys were written. An undefined field is as none. Precondition: it is plain. */
export function digestOfKept(value: KeptValue): string {
  const hash = createHash('sha256');
  add(hash, value);
  return hash.digest('hex');
}

/** Each value begins with its kind and its length, so no two values give the same octets. */
function add(hash: Hash, value: KeptValue): void {
  if (value instanceof Uint8Array) {
    assert(isPlainOctets(value), 'octets that are kept are no view of another kind');
    return void hash.update(`o${value.length}:`).update(value);
  }
  if (typeof value !== 'object' || value === null) {
    // -0 and 0 behave differently, and String makes them one.
    const text = Object.is(value, -0) ? '-0' : String(value);
    return void hash.update(`${value === null ? 'null' : typeof value}${text.length}:${text}`);
  }
  if (isList(value)) {
    hash.update(`l${value.length}:`);
    for (const item of value) add(hash, item);
    return;
  }
  assert(isPlainRecord(value), 'what is kept is plain');
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => byCodeUnit(a, b));
  hash.update(`r${entries.length}:`);
  for (const [key, item] of entries) {
    add(hash, key);
    add(hash, item);
  }
}

/** Whether an object is fields and nothing else: an instance of a class, a map or a function is not. */
export function isPlainRecord(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether octets are no Buffer, of which a slice is the same octets and not others. */
export function isPlainOctets(value: Uint8Array): boolean {
  return Object.getPrototypeOf(value) === Uint8Array.prototype;
}

function isList(value: object): value is readonly KeptValue[] {
  return Array.isArray(value);
}
