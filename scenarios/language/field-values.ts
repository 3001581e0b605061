/**
 * Values: what a field of an event can be at all. A check that waits for `alcie` waits for nobody, and a `never` of her is always true;
 * so a value that nothing in this world can have is refused where it stands, with the one that was probably meant.
 */
import type { Cast } from './cast.ts';
import type { Item, Reading } from './reading.ts';
import type { DeclaredWorld, Scalar } from './screenplay.ts';
import type { Vocabulary } from './vocabulary.ts';

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** The domains whose values are names, with what a message calls one of them. */
const NAMED = {
  user: 'user',
  person: 'person',
  device: 'device',
  place: 'device or person',
  number: "user's number",
  account: 'account',
} as const;

/** What values of fields are held against, for one file. */
export class FieldValues {
  readonly #reading: Reading;
  readonly #vocabulary: Vocabulary;
  readonly #names: Readonly<Record<keyof typeof NAMED, readonly string[]>>;
  readonly #attackers: readonly string[];
  /** Discs and prints, which get their names from lines that have not been read yet. */
  readonly #things: { readonly item: Item; readonly name: string }[] = [];

  constructor(reading: Reading, vocabulary: Vocabulary, world: DeclaredWorld, cast: Cast) {
    this.#reading = reading;
    this.#vocabulary = vocabulary;
    const { people, devices, links, accounts } = cast;
    const users = world.users.map(({ name }) => name);
    this.#attackers = [...devices].flatMap(([name, kind]) =>
      vocabulary.kinds[kind]?.attacks === true ? [name] : [],
    );
    this.#names = {
      user: users,
      person: [...people],
      device: [...devices.keys()],
      place: [...people, ...devices.keys(), ...links, ...accounts, ...(vocabulary.places ?? [])],
      number: world.users.map(({ number }) => number),
      account: [...accounts],
    };
  }

  /** Holds a value against what the field of such events can be. Problems are reported; null stands for "none" everywhere. */
  check(item: Item, type: string, field: string, value: Scalar): void {
    const domains = this.#vocabulary.valueDomains ?? {};
    const domain = field === 'on' ? 'place' : (domains[`${type}.${field}`] ?? domains[field]);
    if (domain === undefined || value === null) return;
    if (domain === 'count' || domain === 'flag') return this.#kind(item, domain, value);
    if (typeof value !== 'string') return this.#refuse(item, `'${field}' is a text, not ${String(value)}`);
    if (domain === 'thing') this.#things.push({ item, name: value });
    else if (domain === 'month') this.#month(item, value);
    else if (domain === 'code') this.#known(item, value, this.#vocabulary.codes ?? [], 'code');
    else if (typeof domain === 'string') this.#named(item, value, domain);
    else this.#known(item, value, domain, `'${field}' of ${type}`);
  }

  /** Looks for the discs and prints that were named among the words of all lines, once these are known. */
  settle(words: ReadonlySet<string>): void {
    // There are many, and few are unknown.
    for (const { item, name } of this.#things.filter((each) => !words.has(each.name)))
      this.#reading.known(item, name, 'SCENARIO_VALUE_UNKNOWN', words, `no line names a thing '${name}'`);
  }

  #named(item: Item, value: string, domain: keyof typeof NAMED): void {
    // Places of an attacker on the network are numbered: `thief-1`.
    const host = this.#attackers.some((name) => new RegExp(`^${name}-\\d+$`).test(value));
    if (domain === 'place' && host) return;
    this.#known(item, value, this.#names[domain], NAMED[domain]);
  }

  #month(item: Item, value: string): void {
    if (MONTH.test(value)) return;
    this.#refuse(item, `'${value}' is not a month`, 'Write a month such as 2015-11.');
  }

  #kind(item: Item, domain: 'count' | 'flag', value: Scalar): void {
    const wanted = domain === 'count' ? 'number' : 'boolean';
    if (typeof value === wanted) return;
    const words = domain === 'count' ? 'a number' : 'true or false';
    this.#refuse(item, `${item.what} is ${JSON.stringify(value)}, and it is ${words} in such events`);
  }

  #known(item: Item, value: string, known: readonly string[], what: string): void {
    this.#reading.known(item, value, 'SCENARIO_VALUE_UNKNOWN', known, `there is no ${what} '${value}'`);
  }

  #refuse(item: Item, detail: string, fix?: string): void {
    this.#reading.problem('SCENARIO_VALUE_UNKNOWN', item.where, detail, fix);
  }
}
