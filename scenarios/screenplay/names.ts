/** The names of a world while it is being read: each is taken once, and references wait until all are known. */
import type { Cast } from './cast.ts';
import type { Item, Reading } from './reading.ts';
import type { DeviceKind } from './vocabulary.ts';

export class Names {
  readonly #reading: Reading;
  readonly #taken = new Map<string, string>();
  readonly #waiting: ((cast: Cast) => void)[] = [];

  constructor(reading: Reading, kinds: Readonly<Record<string, DeviceKind>>) {
    this.#reading = reading;
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

  settle(cast: Cast): void {
    for (const check of this.#waiting) check(cast);
  }
}

function standingOf(kind: string): string {
  return `the ${kind} of every world`;
}
