/**
 * The fields of one map of the file. Each key that is asked for becomes known; `finish` reports every other key, with the
 * known one it looks like. So the list of allowed keys is never written twice.
 */
import type { Where } from '../../sim/errors.ts';
import type { ScenarioCode } from './errors.ts';
import type { Item, Reading } from './reading.ts';

/** A cursor over the keys of one map; a reader asks for its keys, then calls `finish` exactly once. */
export class Fields {
  readonly where: Where;
  readonly what: string;
  readonly #reading: Reading;
  readonly #pairs: ReadonlyMap<string, Item>;
  readonly #known = new Set<string>();

  private constructor(reading: Reading, item: Item, pairs: ReadonlyMap<string, Item>) {
    this.#reading = reading;
    this.where = item.where;
    this.what = item.what;
    this.#pairs = pairs;
  }

  /** The fields of an item that must be a map. */
  static of(reading: Reading, item: Item): Fields | undefined {
    const pairs = reading.pairs(item);
    return pairs === undefined ? undefined : new Fields(reading, item, pairs);
  }

  has(key: string): boolean {
    return this.#pairs.has(key);
  }

  /** The item of a key, when it is given. */
  item(key: string): Item | undefined {
    this.#known.add(key);
    return this.#pairs.get(key);
  }

  /** The value of a key, when it is given and `read` takes it. */
  optional<Value>(key: string, read: (item: Item) => Value | undefined): Value | undefined {
    const item = this.item(key);
    return item === undefined ? undefined : read(item);
  }

  /** As {@link optional}, but reports the absence of the key. */
  required<Value>(key: string, read: (item: Item) => Value | undefined): Value | undefined {
    const item = this.item(key);
    if (item !== undefined) return read(item);
    this.#reading.problem('SCENARIO_MISSING_KEY', this.where, `${this.what} needs '${key}'`, `Add '${key}'.`);
    return undefined;
  }

  /** The one of several keys that is given. Reports none (unless `optional`) and more than one. */
  oneOf<Key extends string>(
    keys: readonly Key[],
    optional = false,
  ): { readonly key: Key; readonly item: Item } | undefined {
    const given = keys.flatMap((key) => {
      const item = this.item(key);
      return item === undefined ? [] : [{ key, item }];
    });
    const [first, second] = given;
    const list = keys.map((key) => `'${key}'`).join(' or ');
    if (second !== undefined)
      this.#reading.problem(
        'SCENARIO_KEY_CONFLICT',
        second.item.key ?? second.item.where,
        `'${first?.key ?? ''}' and '${second.key}' cannot stand together`,
        `Keep one of ${list}.`,
      );
    if (first === undefined && !optional)
      this.#reading.problem(
        'SCENARIO_MISSING_KEY',
        this.where,
        `${this.what} needs ${list}`,
        `Add one of ${list}.`,
      );
    return second === undefined ? first : undefined;
  }

  /** All pairs that no one has asked for; they become known. */
  rest(): readonly (readonly [string, Item])[] {
    const rest = [...this.#pairs].filter(([key]) => !this.#known.has(key));
    for (const [key] of rest) this.#known.add(key);
    return rest;
  }

  /** Reports the keys that no one has asked for. */
  finish(code: ScenarioCode = 'SCENARIO_UNKNOWN_KEY'): void {
    const known = [...this.#known];
    const absent = known.filter((each) => !this.#pairs.has(each));
    for (const [key, item] of this.rest()) {
      const near = this.#reading.near(key, absent);
      this.#reading.problem(
        code,
        item.key ?? item.where,
        `${this.what} has no key '${key}'`,
        near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean '${near}'?`,
      );
    }
  }
}
