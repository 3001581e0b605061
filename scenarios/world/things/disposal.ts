/**
 * What hands do with a medium that has to leave the house: treat it, or throw it away. What comes of a treatment the medium says, and nobody is told:
 * that a controller wrote elsewhere, or a laser wrote nothing, shows to whoever looks for what is left.
 */
import { choice, command, positional, type Command } from '../../../devices/console/index.ts';
import { TREATMENTS, type Treatment } from '../../../devices/hardware/index.ts';
import { peopleError } from '../people/errors.ts';
import { thingWord, type Surroundings } from '../people/surroundings.ts';
import { treatBody } from './device.ts';
import type { Medium, Thing } from './thing.ts';

/** Where things lie that were thrown away. Anybody can take them out again. */
export const BIN = 'bin';

/** `sanitise`: a disk, a disc or a phone, in hand. */
export function sanitise(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'sanitise',
    summary: 'Treat a disk, a disc or a phone that you have, so that it can leave the house',
    parameters: {
      thing: positional(thingWord(around), 'what is treated'),
      method: positional(choice(...TREATMENTS), 'how'),
    },
    examples: ['sanitise cms-disk overwrite', 'sanitise alice-phone destroy'],
    run: ({ thing: name, method }) => {
      const thing = things.inHand(person, name);
      const medium = mediumOf(thing);
      if (thing.destroyed === true) throw peopleError('PEOPLE_DESTROYED', `${name} was destroyed`);
      treat(thing, method, around);
      trace.append('person.sanitised', person, { by: person, thing: name, medium, method });
      // Asked anew: it has been treated.
      if (things.find(name).destroyed === true)
        trace.append('person.destroyed', person, { by: person, thing: name });
      return `${name} has been treated: ${method}.`;
    },
  });
}

/** Treats it as what it is. Errors: PEOPLE_NOT_POSSIBLE, HANDSET_IN_SERVICE. */
function treat(thing: Thing, method: Treatment, around: Surroundings): void {
  if (thing.kind === 'device') return treatBody(thing.name, method, around);
  if (thing.treat === undefined)
    throw peopleError('PEOPLE_NOT_POSSIBLE', `${thing.name} is not treated like that`);
  thing.treat(method);
}

/** What a thing is made of. Errors: PEOPLE_NOT_POSSIBLE of what no keys are on. */
export function mediumOf({ name, medium }: Thing): Medium {
  if (medium === undefined) throw peopleError('PEOPLE_NOT_POSSIBLE', `${name} is no medium`);
  return medium;
}

/** `throw-away`: whatever it is, into the bin. */
export function throwAway(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'throw-away',
    summary: 'Throw something that you have into the bin, where anybody can take it',
    parameters: { thing: positional(thingWord(around), 'what is thrown away') },
    examples: ['throw-away nov-disc'],
    run: ({ thing }) => {
      things.inHand(person, thing);
      things.move(thing, BIN);
      trace.append('person.threw-away', person, { by: person, thing });
      return `${thing} is in the bin.`;
    },
  });
}
