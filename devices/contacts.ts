/** The address book: names for numbers. A convenience of the user's; nothing is decided by it. */
import { canonicalNumber, type TelNumber } from '../network/mikey/index.ts';

/**
 * Who has which number, for everybody in a world: looked up by name, by number in any spelling, or guessed from a
 * national one.
 */
export class Contacts {
  readonly #numbers: ReadonlyMap<string, TelNumber>;

  constructor(numbers: ReadonlyMap<string, TelNumber>) {
    this.#numbers = numbers;
  }

  get names(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  /** The number of a name, or of a number in any spelling. Errors: MIKEY_NUMBER_* for what is neither. */
  numberOf(text: string): TelNumber {
    return this.#numbers.get(text) ?? canonicalNumber(text);
  }

  /** The number of a name; undefined of a name that is not in it. */
  known(name: string): TelNumber | undefined {
    return this.#numbers.get(name);
  }

  /** The number of a national spelling, by guessing the country: what a phone must not do (para-3). */
  guess(text: string): TelNumber {
    return canonicalNumber(text.replace(/^0/, '+44'));
  }

  /** The name of a number; the number itself when it has none. */
  nameOf(number: string): string {
    for (const [name, each] of this.#numbers) if (each === number) return name;
    return number;
  }
}
