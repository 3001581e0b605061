/**
 * SIM cards, and the ordinary telephone network behind them. A SIM is what the provider rings for a number, and no more: the number of the app is in
 * its keys (para-3). When a number is moved, the provider gives out another card, and the old one is dead from then on. So somebody else may
 * answer who is rung back, and nothing of the app comes along.
 */
import { assert } from '../../../sim/errors.ts';
import type { KeptValue } from '../../../sim/kept.ts';
import { command, positional, type Command, type Kind } from '../../../devices/console/index.ts';
import { canonicalNumber, type TelNumber } from '../../../network/mikey/index.ts';
import type { ResolvedScreenplay } from '../../language/index.ts';
import type { Things } from '../people/things.ts';
import { peopleError } from '../people/errors.ts';
import { deviceWord, type Surroundings } from '../people/surroundings.ts';
import { phonesOf } from '../phones.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** Had the provider move a number from the SIM in one phone to a new one in another. */
    'person.moved-number': { by: string; number: string; from: string; to: string };
    /** Rang a number on the ordinary telephone network: which phone it reached, and who `answered`; null when nobody did. */
    'person.rang': { by: string; number: string; phone: string | null; answered: string | null };
  }
}

/** A card as a plain value; the phone that it is in is its place. */
export type SimState = { readonly number: string; readonly live: boolean };

class Sim implements Thing {
  readonly kind = 'sim';
  readonly name: string;
  readonly number: TelNumber;
  #live: boolean;

  constructor(name: string, number: TelNumber, live: boolean) {
    this.name = name;
    this.number = number;
    this.#live = live;
  }

  get live(): boolean {
    return this.#live;
  }

  /** The provider has given out another one for its number. */
  kill(): void {
    this.#live = false;
  }

  save(): SimState {
    return { number: this.number, live: this.#live };
  }
}

/** What hands and voices can do with numbers of the ordinary telephone network. */
export const simThing: ThingKind = {
  name: 'sim',
  verbs: (person, around) => [ring(person, around), moveNumber(person, around)],
  takenUp: (name, kept) => takenUp(name, kept),
};

function takenUp(name: string, kept: KeptValue): Thing {
  assert(isSimState(kept), 'a SIM is kept with its number');
  return new Sim(name, canonicalNumber(kept.number), kept.live);
}

function isSimState(kept: KeptValue): kept is SimState {
  return typeof kept === 'object' && kept !== null && 'number' in kept && 'live' in kept;
}

/** Every phone that is declared with a SIM has it when a world begins. */
export function giveSims(things: Things, screenplay: ResolvedScreenplay): void {
  for (const { name, sim } of phonesOf(screenplay)) if (sim !== '') putSim(things, name, sim);
}

/** Puts a new card of a number into a phone. Precondition: the provider has no other live one of it. */
function putSim(things: Things, phone: string, number: string): void {
  const cards = things.at(phone).filter((name) => things.find(name).kind === 'sim').length;
  const name = cards === 0 ? `${phone}-sim` : `${phone}-sim-${cards + 1}`;
  things.add(new Sim(name, canonicalNumber(number), true), phone);
}

/** The number of the live SIM in a phone; undefined when there is none. */
export function simNumberIn(things: Things, phone: string): TelNumber | undefined {
  return simsIn(things).find(({ live, name }) => live && things.placeOf(name) === phone)?.number;
}

function simsIn(things: Things): readonly Sim[] {
  return things.names.flatMap((name) => {
    const thing = things.find(name);
    return thing instanceof Sim ? [thing] : [];
  });
}

const NUMBER: Kind<TelNumber> = {
  wants: 'a number such as +447700900001',
  read: (word) => canonicalNumber(word),
};

function ring(person: string, { trace, things, devices, people }: Surroundings): Command {
  return command({
    name: 'ring',
    summary: 'Ring a number on the ordinary telephone network: whoever has its SIM answers',
    parameters: { number: positional(NUMBER, 'the number') },
    examples: ['ring +447700900001'],
    run: ({ number }) => {
      const sim = simsIn(things).find((each) => each.live && each.number === number);
      const phone = sim === undefined ? undefined : devices.get(things.placeOf(sim.name));
      const holder = phone?.reachable?.() === true ? things.placeOf(phone.name) : undefined;
      const answered = holder !== undefined && people.includes(holder) ? holder : null;
      const data = { by: person, number, phone: phone?.name ?? null, answered };
      trace.append('person.rang', person, data);
      return answered === null
        ? 'Nobody answers.'
        : 'Somebody answers, and says to be who you ask for. A telephone does not show more.';
    },
  });
}

function moveNumber(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'move-number',
    summary:
      'Have the provider move a number to a new SIM in a phone that you have, asked for rightly or not',
    parameters: {
      number: positional(NUMBER, 'the number'),
      phone: positional(deviceWord(around), 'the phone'),
    },
    examples: ['move-number +447700900001 swapper-phone'],
    run: ({ number, phone: { name: phone } }) => {
      things.inHand(person, phone);
      const old = simsIn(things).find((each) => each.live && each.number === number);
      if (old === undefined) throw peopleError('PEOPLE_NO_NUMBER', `the provider has no SIM with ${number}`);
      const from = things.placeOf(old.name);
      old.kill();
      putSim(things, phone, number);
      trace.append('person.moved-number', person, { by: person, number, from, to: phone });
      return `${number} rings on ${phone} now, and the SIM in ${from} is dead.`;
    },
  });
}
