/**
 * The physical world: things and who has them in hand. A thing is in exactly one place, so nobody can insert a disc that
 * lies in somebody else's bag.
 */
import type { Thing } from '../things/thing.ts';
import { peopleError } from './errors.ts';

/** All things of a world, each with who or what has it. */
export class Things {
  readonly #things = new Map<string, { thing: Thing; place: string }>();

  /** Puts a new thing into the world. `place` is a person or a device. */
  add(thing: Thing, place: string): void {
    this.#things.set(thing.name, { thing, place });
  }

  /** The thing of this name. Throws PEOPLE_NO_THING. */
  find(name: string): Thing {
    const entry = this.#things.get(name);
    if (entry === undefined) {
      const names = [...this.#things.keys()].join(', ');
      throw peopleError('PEOPLE_NO_THING', `there is no '${name}'`, {
        fix: `The things in this world are: ${names || 'none'}.`,
      });
    }
    return entry.thing;
  }

  placeOf(name: string): string {
    this.find(name);
    return this.#things.get(name)?.place ?? '';
  }

  /** The thing, if `person` has it in hand. Throws PEOPLE_NO_THING or PEOPLE_NOT_IN_HAND. */
  inHand(person: string, name: string): Thing {
    const thing = this.find(name);
    const place = this.placeOf(name);
    if (place !== person)
      throw peopleError('PEOPLE_NOT_IN_HAND', `${person} does not have ${name}: ${place} has it`);
    return thing;
  }

  move(name: string, place: string): void {
    this.add(this.find(name), place);
  }

  remove(name: string): void {
    this.#things.delete(name);
  }

  /** Names of what is at a place, in the order it got there. */
  at(place: string): readonly string[] {
    return [...this.#things].filter(([, entry]) => entry.place === place).map(([name]) => name);
  }

  get names(): readonly string[] {
    return [...this.#things.keys()];
  }
}
