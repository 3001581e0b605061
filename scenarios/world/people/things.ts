/**
 * The physical world: things and who has them in hand. A thing is in exactly one place, so nobody can insert a disc that
 * lies in somebody else's bag.
 *
 * What a thing is, is kept here and nowhere else, wherever the thing is. A device that has a disc in its drive keeps the name of it, and
 * is given the disc back when both have been taken up ({@link Things.giveBackTo}). A device itself is kept by its kind; here, only who has it.
 */
import type { Kept, KeptValue } from '../../../sim/kept.ts';
import type { Physical } from '../../../devices/physical.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { Thing } from '../things/thing.ts';
import { assert } from '../../../sim/errors.ts';
import { peopleError } from './errors.ts';

/** A thing as a plain value. */
export type KeptThing = {
  readonly kind: string;
  readonly name: string;
  /** The person or device that has it. */
  readonly place: string;
  /** What its kind keeps of it. */
  readonly is: KeptValue;
};

/** All things as a plain value, in the order in which they came into the world. */
export type ThingsState = readonly KeptThing[];

/** All things of a world, each with who or what has it. */
export class Things implements Kept<ThingsState> {
  readonly #things = new Map<string, { thing: Thing; place: string }>();

  /** Those that were kept, each made by `thingOf`; none when left out. */
  constructor(kept: ThingsState = [], thingOf?: (kept: KeptThing) => Thing) {
    for (const each of kept) {
      assert(thingOf !== undefined, 'what was kept is made again by somebody');
      this.add(thingOf(each), each.place);
    }
  }

  save(): ThingsState {
    return [...this.#things.values()].map(({ thing, place }) => ({
      kind: thing.kind,
      name: thing.name,
      place,
      is: thing.save?.(),
    }));
  }

  /** A device was taken up: what was in it when it was kept is in it again. */
  giveBackTo(device: Physical): void {
    for (const { thing, place } of this.#things.values()) if (place === device.name) thing.backIn?.(device);
  }

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

  /** What whoever has it gets: what is on it, and on what is in it. */
  secretsOf(name: string): readonly Secret[] {
    return [name, ...this.at(name)].flatMap((each) => this.find(each).secrets ?? []);
  }

  /** The thing, where eyes and hands come to it. Throws PEOPLE_NO_THING or PEOPLE_SEALED. */
  inReach(name: string): Thing {
    const thing = this.find(name);
    const place = this.placeOf(name);
    if (this.#things.get(place)?.thing.closed === true)
      throw peopleError('PEOPLE_SEALED', `${name} is in ${place}, which is closed`);
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
