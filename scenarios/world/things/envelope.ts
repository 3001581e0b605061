/**
 * Tamper-evident envelopes. A print in one is in nobody's hands and before nobody's eyes. Whoever has the envelope can open it, and nobody can close it
 * again so that it does not show. Its name is the number that is printed on it: another envelope is another number.
 */
import { command, positional, TEXT, type Command } from '../../../devices/console/index.ts';
import { peopleError } from '../people/errors.ts';
import { thingWord, type Surroundings } from '../people/surroundings.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

/** An envelope as a plain value; what is in it is a thing, and is kept among the things. */
export type EnvelopeState = { readonly intact: boolean };

class Envelope implements Thing {
  readonly kind = 'envelope';
  readonly name: string;
  #intact: boolean;

  constructor(name: string, intact: boolean) {
    this.name = name;
    this.#intact = intact;
  }

  get intact(): boolean {
    return this.#intact;
  }

  get closed(): boolean {
    return this.#intact;
  }

  open(): void {
    this.#intact = false;
  }

  destroy(): void {
    this.#intact = false;
  }

  save(): EnvelopeState {
    return { intact: this.#intact };
  }
}

/** What hands can do with an envelope. */
export const envelopeThing: ThingKind<EnvelopeState> = {
  name: 'envelope',
  verbs: (person, around) => [seal(person, around), open(person, around), inspect(person, around)],
  takenUp: (name, { intact }) => new Envelope(name, intact),
};

function seal(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'seal',
    summary: 'Put a print that you have into a tamper-evident envelope',
    parameters: {
      print: positional(thingWord(around), 'the print'),
      envelope: positional(TEXT, 'its number: that of a new envelope, or of an opened one that you have'),
    },
    examples: ['seal alice-qr-1 envelope-17'],
    run: ({ print, envelope: name }) => {
      if (things.inHand(person, print).kind !== 'paper')
        throw peopleError('PEOPLE_NOT_POSSIBLE', `${print} is not a print`);
      if (!things.names.includes(name)) things.add(new Envelope(name, true), person);
      else if (things.at(name).length > 0) throw peopleError('PEOPLE_NOT_POSSIBLE', `${name} is full`);
      const { intact } = envelopeInHand(person, name, around);
      things.move(print, name);
      trace.append('person.sealed', person, { by: person, thing: print, envelope: name, intact });
      return intact
        ? `${print} is sealed in ${name}.`
        : `${print} is in ${name}, and everybody sees that it was opened.`;
    },
  });
}

function open(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'open',
    summary: 'Open an envelope that you have; that cannot be undone',
    parameters: { envelope: positional(thingWord(around), 'the envelope') },
    examples: ['open envelope-17'],
    run: ({ envelope: name }) => {
      const envelope = envelopeInHand(person, name, around);
      const [thing] = things.at(name);
      if (thing === undefined) throw peopleError('PEOPLE_NOT_POSSIBLE', `${name} is empty`);
      const { intact } = envelope;
      envelope.open();
      things.move(thing, person);
      trace.append('person.opened', person, { by: person, envelope: name, thing, intact });
      return `You have ${thing}.`;
    },
  });
}

function inspect(person: string, around: Surroundings): Command {
  return command({
    name: 'inspect',
    summary: 'Look whether an envelope that you have was opened',
    parameters: { envelope: positional(thingWord(around), 'the envelope') },
    examples: ['inspect envelope-17'],
    run: ({ envelope: name }) => {
      const { intact } = envelopeInHand(person, name, around);
      around.trace.append('person.inspected', person, { by: person, envelope: name, intact });
      return intact ? `${name} is intact.` : `${name} was opened.`;
    },
  });
}

function envelopeInHand(person: string, name: string, { things }: Surroundings): Envelope {
  const found = things.inHand(person, name);
  if (!(found instanceof Envelope)) throw peopleError('PEOPLE_NOT_POSSIBLE', `${name} is not an envelope`);
  return found;
}
