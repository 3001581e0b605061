/**
 * A person: somebody with hands and a voice, and a console like any device. What people do is what the procedures are made
 * of, so it is typed, traced and timed like everything else.
 */
import { command, Console, positional, rest, TEXT, type Command } from '../../../devices/console/index.ts';
import { SHIPPED_THINGS } from '../things/shipped-things.ts';
import type { ThingKinds } from '../things/thing-kind.ts';
import { raise, review } from './desk.ts';
import { peopleError } from './errors.ts';
import { handOver, personWord, refuseDestroyed, thingWord, type Surroundings } from './surroundings.ts';

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    'person.told': { by: string; to: string; message: string };
    'person.carried': { by: string; thing: string; to: string };
    /** Took a thing, not a device, from whoever had it. */
    'person.took': { by: string; thing: string; from: string };
    'person.took-blank': { by: string; disc: string };
    /** `used` when it is written, or was in another machine before. */
    'person.inserted': { by: string; disc: string; device: string; used: boolean };
    'person.ejected': { by: string; disc: string; device: string };
    'person.photographed': { by: string; source: string; photo: string };
    /** Copied a disc: the copy is another disc, and the first is where it was. */
    'person.copied': { by: string; disc: string; from: string; copy: string };
    /** Wanted what had been destroyed by then. */
    'person.came-too-late': { by: string; thing: string };
    'person.scanned': { by: string; phone: string; from: string };
    'person.destroyed': { by: string; thing: string };
    /** Treated a medium so that it can leave the house; of what comes of it nobody is told. */
    'person.sanitised': { by: string; thing: string; medium: string; method: string };
    'person.threw-away': { by: string; thing: string };
    /** Took the disk out of a computer, and put a new one in. */
    'person.replaced-disk': { by: string; device: string; disk: string; medium: string };
    /** Put a print into an envelope; it is not `intact` when it was opened before. */
    'person.sealed': { by: string; thing: string; envelope: string; intact: boolean };
    /** Took out what is in an envelope, which was `intact` until then or not. */
    'person.opened': { by: string; envelope: string; thing: string; intact: boolean };
    'person.inspected': { by: string; envelope: string; intact: boolean };
    /** Put a network cable into a device that must not have one, or (`plugged: false`) took it out. */
    'person.plugged': { by: string; device: string; plugged: boolean };
    'person.shielded': { by: string; device: string; shielded: boolean };
    /** Storage octets of a device passed into somebody's hands. */
    'person.seized': { by: string; device: string; from: string; octets: number; sha256: string };
    'person.noted': { by: string; text: string };
  }
}

/** The console of somebody with hands and a voice, who can do with things what their kinds bring. */
export function personConsole(
  name: string,
  surroundings: Surroundings,
  kinds: ThingKinds = SHIPPED_THINGS,
): Console {
  return new Console({
    owner: name,
    title: 'A person',
    trace: surroundings.trace,
    commands: () => [
      tell(name, surroundings),
      carry(name, surroundings),
      take(name, surroundings),
      ...kinds.flatMap((kind) => kind.verbs(name, surroundings)),
      destroy(name, surroundings),
      raise(name, surroundings),
      review(name, surroundings),
      note(name, surroundings),
      look(name, surroundings),
    ],
    screen: () => [`${name} has: ${surroundings.things.at(name).join(', ') || 'nothing'}`],
  });
}

function tell(name: string, around: Surroundings): Command {
  return command({
    name: 'tell',
    summary: 'Say something to another person',
    parameters: {
      person: positional(personWord(around), 'who is told'),
      message: rest(TEXT, 'what is said'),
    },
    examples: ['tell crs-admin my phone is gone'],
    run: ({ person: to, message }) => {
      around.trace.append('person.told', name, { by: name, to, message });
      return `${to} now knows.`;
    },
  });
}

function carry(name: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'carry',
    summary: 'Bring a thing that you have to another person',
    parameters: {
      thing: positional(thingWord(around), 'what is carried'),
      person: positional(personWord(around), 'who gets it'),
    },
    examples: ['carry disc-1 crs-admin'],
    run: ({ thing: what, person: to }) => {
      things.inHand(name, what);
      const secrets = things.secretsOf(what);
      things.move(what, to);
      trace.append('person.carried', name, { by: name, thing: what, to });
      handOver(around, name, 'carried', { secrets, from: name, to });
      return `${to} has ${what}.`;
    },
  });
}

function take(name: string, around: Surroundings): Command {
  const { trace, things, devices } = around;
  return command({
    name: 'take',
    summary: 'Take a print or a disc from whoever has it, asked or not',
    parameters: { thing: positional(thingWord(around), 'what is taken') },
    examples: ['take alice-qr-1'],
    run: ({ thing: what }) => {
      refuseDestroyed(around, name, what);
      things.inReach(what);
      const secrets = things.secretsOf(what);
      const from = things.placeOf(what);
      if (devices.has(what)) throw peopleError('PEOPLE_NOT_POSSIBLE', `${what} is not a disc or a print`);
      if (devices.has(from)) throw peopleError('PEOPLE_NOT_POSSIBLE', `${what} is in ${from}`);
      things.move(what, name);
      trace.append('person.took', name, { by: name, thing: what, from });
      handOver(around, name, 'seized', { secrets, from, to: name });
      return `You have ${what}.`;
    },
  });
}

function destroy(name: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'destroy',
    summary: 'Destroy a disc or a print that you have',
    parameters: { thing: positional(thingWord(around), 'what is destroyed') },
    examples: ['destroy disc-1'],
    run: ({ thing: what }) => {
      const found = things.inHand(name, what);
      if (found.destroy === undefined)
        throw peopleError('PEOPLE_NOT_POSSIBLE', `${what} is not a disc or a print`);
      for (const each of [...things.at(what), what]) {
        const thing = things.find(each);
        const { secrets } = thing;
        thing.destroy?.();
        things.remove(each);
        trace.append('person.destroyed', name, { by: name, thing: each });
        handOver(around, name, 'erased', { secrets, from: each, to: null });
      }
      return `${what} is destroyed.`;
    },
  });
}

function note(name: string, { trace }: Surroundings): Command {
  return command({
    name: 'note',
    summary: 'Write something into the record of the exercise',
    parameters: { text: rest(TEXT, 'what is noted') },
    examples: ['note told the duty officer by telephone'],
    disturbs: false,
    run: ({ text }) => {
      trace.append('person.noted', name, { by: name, text });
      return 'Noted.';
    },
  });
}

/** Lines of a screen that are taken in at a glance. */
const GLANCE_LINES = 4;

function look(name: string, { things, near, screenOf }: Surroundings): Command {
  return command({
    name: 'look',
    summary: 'See what you have, what is in the devices before you, and what they show',
    parameters: {},
    disturbs: false,
    run: () => [
      `in your hands: ${things.at(name).join(', ') || 'nothing'}`,
      ...near(name).flatMap((device) => [
        ...(things.at(device).length === 0 ? [] : [`in ${device}: ${things.at(device).join(', ')}`]),
        ...screenOf(device)
          .slice(0, GLANCE_LINES)
          .map((line) => `${device} shows: ${line}`),
      ]),
    ],
  });
}
