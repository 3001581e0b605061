/** The names of a world while it is being read: each is taken once, and references wait until all are known. */
import type { Cast } from './cast.ts';
import type { Item, Reading } from './reading.ts';
import type { KindWords } from './vocabulary.ts';

/** Reports SCENARIO_DUPLICATE_ID for a name that is taken twice; the names of standing devices are taken from the beginning. */
export class Names {
  readonly #reading: Reading;
  readonly #kinds: Readonly<Record<string, KindWords>>;
  readonly #taken = new Map<string, string>();
  readonly #waiting: ((cast: Cast) => void)[] = [];

  constructor(reading: Reading, kinds: Readonly<Record<string, KindWords>>) {
    this.#reading = reading;
    this.#kinds = kinds;
    for (const [kind, { standing }] of Object.entries(kinds))
      if (standing !== undefined) this.#taken.set(standing, standingOf(kind));
  }

  /** Takes a name; false when it is taken, which is reported. A standing device may be declared by its own kind. */
  take(item: Item, name: string, kind?: string): boolean {
    const where = item.key ?? item.where;
    const taken = this.#taken.get(name);
    const free = taken === undefined || (kind !== undefined && taken === standingOf(kind));
    if (free) this.#taken.set(name, `line ${where.line ?? 0}`);
    else this.#reading.problem('SCENARIO_DUPLICATE_ID', where, `'${name}' is the name of ${taken} already`);
    return free;
  }

  /** Checks something when the cast is known. */
  later(check: (cast: Cast) => void): void {
    this.#waiting.push(check);
  }

  /** Refuses a link that there is not. One of a device that is never attached is a mistake of its own kind. */
  link({ links, devices }: Cast, item: Item, name: string): void {
    const named = this.#offline(devices).filter(
      (each) => name.startsWith(`${each}-`) || name.endsWith(`-${each}`),
    );
    const offline = links.has(name) ? undefined : named.toSorted((a, b) => b.length - a.length)[0];
    if (offline !== undefined) this.#refuseAttached(item, offline);
    else this.#reading.known(item, name, 'SCENARIO_UNKNOWN_LINK', links, `there is no link '${name}'`);
  }

  /** Refuses what is not a phone; a device whose kind was refused may be one. */
  phone({ devices }: Cast, item: Item, name: string): void {
    if (this.#offline(devices).includes(name)) return this.#refuseAttached(item, name);
    const phones = [...devices].flatMap(([each, kind]) => (kind === 'handset' || kind === '' ? each : []));
    this.#reading.known(item, name, 'SCENARIO_UNKNOWN_DEVICE', phones, `there is no phone '${name}'`);
  }

  /** Refuses what is not a device of a kind; a device whose kind was refused may be one. */
  ofKind({ devices }: Cast, item: Item, name: string, kind: string): void {
    const found = devices.get(name);
    if (found === '') return;
    const others = [...devices].flatMap(([each, its]) => (its === kind ? each : []));
    const detail =
      found === undefined ? `there is no ${kind} '${name}'` : `'${name}' is a device of kind ${found}`;
    this.#reading.known(item, name, 'SCENARIO_UNKNOWN_DEVICE', others, detail);
  }

  #offline(devices: Cast['devices']): readonly string[] {
    return [...devices].flatMap(([name, kind]) => (this.#kinds[kind]?.offline === true ? name : []));
  }

  #refuseAttached(item: Item, name: string): void {
    this.#reading.problem(
      'SCENARIO_CMS_ATTACHED',
      item.where,
      `'${name}' cannot be attached to a network`,
      `Take it out: ${name} has no network, and what leaves it is carried. To drill a cable in it, let somebody type \`plug-cable ${name}\`.`,
    );
  }

  settle(cast: Cast): void {
    for (const check of this.#waiting) check(cast);
  }
}

function standingOf(kind: string): string {
  return `the ${kind} of every world`;
}
