/**
 * A person: somebody with hands and a voice, and a console like any device. What people do is what the procedures are made
 * of, so it is typed, traced and timed like everything else.
 */
import { createHash } from 'node:crypto';
import { CalldrillError } from '../../../sim/errors.ts';
import type { Trace } from '../../../sim/trace.ts';
import {
  command,
  Console,
  flag,
  nameOf,
  positional,
  rest,
  TEXT,
  type Command,
} from '../../../devices/console/index.ts';
import { OpticalDisc } from '../../../devices/hardware/index.ts';
import type { Rules } from '../../../devices/rules.ts';
import type { Physical } from '../../../devices/physical.ts';
import { peopleError } from './errors.ts';
import type { Things } from './things.ts';

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    'person.told': { by: string; to: string; message: string };
    'person.carried': { by: string; thing: string; to: string };
    'person.took-blank': { by: string; disc: string };
    'person.inserted': { by: string; disc: string; device: string };
    'person.ejected': { by: string; disc: string; device: string };
    'person.scanned': { by: string; phone: string; from: string };
    'person.destroyed': { by: string; thing: string };
    /** Put a network cable into a device that must not have one, or (`plugged: false`) took it out. */
    'person.plugged': { by: string; device: string; plugged: boolean };
    'person.shielded': { by: string; device: string; shielded: boolean };
    /** Storage octets of a device passed into somebody's hands. */
    'person.seized': { by: string; device: string; from: string; octets: number; sha256: string };
    'person.noted': { by: string; text: string };
  }
}

/** The part of the world that people's hands reach. */
export interface Surroundings {
  readonly trace: Trace;
  readonly things: Things;
  readonly people: readonly string[];
  readonly rules: Rules;
  readonly devices: ReadonlyMap<string, Physical>;
  /** Called with the storage octets of a device that `person` seized. */
  readonly onSeized: (person: string, device: Physical, octets: Uint8Array) => void;
}

export function personConsole(name: string, surroundings: Surroundings): Console {
  return new Console({
    owner: name,
    title: 'A person',
    trace: surroundings.trace,
    commands: commandsOf(name, surroundings),
    screen: () => [`${name} has: ${surroundings.things.at(name).join(', ') || 'nothing'}`],
  });
}

function commandsOf(
  name: string,
  { trace, things, people, devices, onSeized, rules }: Surroundings,
): readonly Command[] {
  const person = nameOf(
    'a person of the scenario',
    () => people,
    (word) => people.find((each) => each === word),
  );
  const thing = nameOf(
    'a thing',
    () => things.names,
    (word) => word,
  );
  const device = nameOf(
    'a device',
    () => [...devices.keys()],
    (word) => devices.get(word),
  );

  const plug = (into: Physical, plugged: boolean): void => {
    if (into.plugCable === undefined)
      throw peopleError('PEOPLE_NOT_POSSIBLE', `${into.name} has no socket that stands empty`);
    const event = trace.append('person.plugged', name, { by: name, device: into.name, plugged });
    trace.because(event, () => into.plugCable?.(plugged, name));
  };

  return [
    command({
      name: 'tell',
      summary: 'Say something to another person',
      parameters: { person: positional(person, 'who is told'), message: rest(TEXT, 'what is said') },
      examples: ['tell crs-admin my phone is gone'],
      run: ({ person: to, message }) => {
        trace.append('person.told', name, { by: name, to, message });
        return `${to} now knows.`;
      },
    }),
    command({
      name: 'carry',
      summary: 'Bring a thing that you have to another person',
      parameters: { thing: positional(thing, 'what is carried'), person: positional(person, 'who gets it') },
      examples: ['carry disc-1 crs-admin'],
      run: ({ thing: what, person: to }) => {
        things.inHand(name, what);
        things.move(what, to);
        trace.append('person.carried', name, { by: name, thing: what, to });
        return `${to} has ${what}.`;
      },
    }),
    command({
      name: 'take-blank',
      summary: 'Take a new blank disc from its wrapping',
      parameters: { disc: positional(TEXT, 'what the disc is called from now on') },
      examples: ['take-blank disc-1'],
      run: ({ disc }) => {
        if (things.names.includes(disc)) throw peopleError('PEOPLE_NAME_TAKEN', `there is a ${disc} already`);
        const blank = new OpticalDisc(disc);
        if (!rules.holds('operator.takes-new-discs')) blank.insert('another-machine');
        things.add({ kind: 'disc', name: disc, disc: blank }, name);
        trace.append('person.took-blank', name, { by: name, disc });
        return `You have a new blank disc, ${disc}.`;
      },
    }),
    command({
      name: 'insert',
      summary: 'Put a disc that you have into a device',
      parameters: { disc: positional(thing, 'the disc'), device: positional(device, 'the device') },
      examples: ['insert disc-1 crs'],
      run: ({ disc, device: into }) => {
        const found = things.inHand(name, disc);
        if (found.kind !== 'disc' || into.drive === undefined) {
          throw peopleError('PEOPLE_NOT_POSSIBLE', `${disc} cannot be inserted into ${into.name}`);
        }
        into.drive.insert(found.disc, disc);
        things.move(disc, into.name);
        trace.append('person.inserted', name, { by: name, disc, device: into.name });
        if (!rules.holds('operator.keeps-cms-offline') && into.plugCable !== undefined) plug(into, true);
        return `${disc} is in ${into.name}.`;
      },
    }),
    command({
      name: 'eject',
      summary: 'Take the disc out of a device',
      parameters: { device: positional(device, 'the device') },
      examples: ['eject cms'],
      run: ({ device: from }) => {
        const ejected = from.drive?.eject();
        if (ejected === undefined)
          throw peopleError('PEOPLE_NOT_POSSIBLE', `there is no disc in ${from.name}`);
        things.add({ kind: 'disc', name: ejected.name, disc: ejected.disc }, name);
        trace.append('person.ejected', name, { by: name, disc: ejected.name, device: from.name });
        return `You have ${ejected.name}.`;
      },
    }),
    command({
      name: 'scan',
      summary: 'Point the camera of your phone at a screen or a print',
      parameters: { source: positional(thing, 'the device whose screen shows a QR code, or the print') },
      examples: ['scan cms'],
      run: ({ source }) => {
        const phone = things
          .at(name)
          .map((each) => devices.get(each))
          .find((each) => each?.scan !== undefined);
        if (phone?.scan === undefined) throw peopleError('PEOPLE_NO_PHONE', `${name} has no phone in hand`);
        const shown = devices.get(source)?.shownQr?.() ?? printed(things, name, source);
        if (shown === undefined) throw peopleError('PEOPLE_NOTHING_TO_SCAN', `${source} shows no QR code`);
        const event = trace.append('person.scanned', name, { by: name, phone: phone.name, from: source });
        trace.because(event, () => phone.scan?.(shown));
        return `${phone.name} has read the code.`;
      },
    }),
    command({
      name: 'destroy',
      summary: 'Destroy a disc or a print that you have',
      parameters: { thing: positional(thing, 'what is destroyed') },
      examples: ['destroy disc-1'],
      run: ({ thing: what }) => {
        const found = things.inHand(name, what);
        if (found.kind === 'device')
          throw peopleError('PEOPLE_NOT_POSSIBLE', `${what} is not a disc or a print`);
        if (found.kind === 'disc') found.disc.destroy();
        else found.paper.destroy();
        things.remove(what);
        trace.append('person.destroyed', name, { by: name, thing: what });
        return `${what} is destroyed.`;
      },
    }),
    command({
      name: 'shield',
      summary: 'Put a device that you have out of reach of every network, or back with --off',
      parameters: { device: positional(device, 'the device'), off: flag('take it out of the shielded bag') },
      examples: ['shield alice-phone', 'shield alice-phone --off'],
      run: ({ device: which, off }) => {
        things.inHand(name, which.name);
        if (which.shield === undefined)
          throw peopleError('PEOPLE_NOT_POSSIBLE', `${which.name} has no radio`);
        which.shield(!off);
        trace.append('person.shielded', name, { by: name, device: which.name, shielded: !off });
        return off ? `${which.name} is reachable again.` : `${which.name} is out of reach.`;
      },
    }),
    command({
      name: 'plug-cable',
      summary: 'Put a network cable into a device, or take it out with --out',
      parameters: { device: positional(device, 'the device'), out: flag('take it out') },
      examples: ['plug-cable cms', 'plug-cable cms --out'],
      run: ({ device: into, out }) => {
        plug(into, !out);
        return out
          ? `The cable is out of ${into.name}.`
          : `A cable is in ${into.name}. Nothing can be reached.`;
      },
    }),
    command({
      name: 'seize',
      summary: 'Take a device from whoever has it, and extract its storage',
      parameters: {
        device: positional(device, 'the device'),
        'leave-it': flag('copy its storage and leave it where it was'),
      },
      examples: ['seize alice-phone', 'seize crs --leave-it'],
      run: ({ device: which, 'leave-it': left }) => {
        if (which.extract === undefined)
          throw peopleError('PEOPLE_NOT_POSSIBLE', `${which.name} has no storage to extract`);
        const from = things.placeOf(which.name);
        const octets = which.extract();
        if (!left) things.move(which.name, name);
        const sha256 = createHash('sha256').update(octets).digest('hex');
        trace.append('person.seized', name, {
          by: name,
          device: which.name,
          from,
          octets: octets.length,
          sha256,
        });
        onSeized(name, which, octets);
        return `You have ${octets.length} octets of ${which.name}${left ? '' : ', and the device'}.`;
      },
    }),
    command({
      name: 'note',
      summary: 'Write something into the record of the exercise',
      parameters: { text: rest(TEXT, 'what is noted') },
      examples: ['note told the duty officer by telephone'],
      disturbs: false,
      run: ({ text }) => {
        trace.append('person.noted', name, { by: name, text });
        return 'Noted.';
      },
    }),
    command({
      name: 'look',
      summary: 'See what you have and where everything is',
      parameters: {},
      disturbs: false,
      run: () => things.names.map((each) => `${each}: ${things.placeOf(each)}`),
    }),
  ];
}

function printed(things: Things, person: string, name: string) {
  try {
    const thing = things.inHand(person, name);
    return thing.kind === 'paper' ? thing.paper.image() : undefined;
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
