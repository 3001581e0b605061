/** Numbers that a format assigns, and the names they go by here. */
import { assert } from '../../../sim/errors.ts';

/** Names of the numbers in one field, both ways, as IANA keeps them; a number without a name is unknown here. */
export class Registry<Name extends string> {
  readonly #names: ReadonlyMap<number, Name>;
  readonly #numbers: ReadonlyMap<Name, number>;

  constructor(rows: readonly (readonly [number, Name])[]) {
    this.#names = new Map(rows);
    this.#numbers = new Map(rows.map(([number, name]) => [name, number]));
    assert(this.#names.size === this.#numbers.size, 'a registry has one name per number');
  }

  /** The name of a number, or undefined when none is assigned. */
  nameOf(number: number): Name | undefined {
    return this.#names.get(number);
  }

  numberOf(name: Name): number {
    const number = this.#numbers.get(name);
    assert(number !== undefined, `${name} has a number`);
    return number;
  }
}
