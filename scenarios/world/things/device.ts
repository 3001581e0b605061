/** Devices as things: what hands can do to a machine from outside, whatever it is. */
import { createHash } from 'node:crypto';
import { command, flag, positional, type Command } from '../../../devices/console/index.ts';
import type { Treatment } from '../../../devices/hardware/index.ts';
import { peopleError } from '../people/errors.ts';
import { deviceWord, plugCable, type Surroundings } from '../people/surroundings.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

/** A device out of the ordinary, as a plain value; nothing is kept of one that is whole. */
export type BodyState = { readonly destroyed: boolean } | undefined;

class DeviceInHand implements Thing {
  readonly kind = 'device';
  readonly name: string;
  readonly medium = 'flash';
  #destroyed: boolean;

  constructor(name: string, destroyed: boolean) {
    this.name = name;
    this.#destroyed = destroyed;
  }

  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** What it is built of is in splinters. Devices are destroyed by hands that treat them, and not like paper. */
  shatter(): void {
    this.#destroyed = true;
  }

  save(): BodyState {
    return this.#destroyed ? { destroyed: true } : undefined;
  }
}

/** A device that can be carried about, and taken apart. */
export function body(name: string): Thing {
  return new DeviceInHand(name, false);
}

/** What hands can do with a device. */
export const deviceThing: ThingKind<BodyState> = {
  name: 'device',
  verbs: (person, around) => [shield(person, around), plug(person, around), seize(person, around)],
  takenUp: (name, kept) => new DeviceInHand(name, kept?.destroyed === true),
};

/** Somebody treats the chip of a phone that they have. Errors: PEOPLE_NOT_POSSIBLE, HANDSET_IN_SERVICE. */
export function treatBody(name: string, treatment: Treatment, { devices, things }: Surroundings): void {
  const device = devices.get(name);
  const found = things.find(name);
  if (device?.treat === undefined || !(found instanceof DeviceInHand))
    throw peopleError('PEOPLE_NOT_POSSIBLE', `${name} is not a phone`);
  if (treatment !== 'destroy') return device.treat(treatment);
  device.shield?.(true);
  found.shatter();
}

function shield(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'shield',
    summary: 'Put a device that you have out of reach of every network, or back with --off',
    parameters: {
      device: positional(deviceWord(around), 'the device'),
      off: flag('take it out of the shielded bag'),
    },
    examples: ['shield alice-phone', 'shield alice-phone --off'],
    run: ({ device: which, off }) => {
      things.inHand(person, which.name);
      if (which.shield === undefined) throw peopleError('PEOPLE_NOT_POSSIBLE', `${which.name} has no radio`);
      which.shield(!off);
      trace.append('person.shielded', person, { by: person, device: which.name, shielded: !off });
      return off ? `${which.name} is reachable again.` : `${which.name} is out of reach.`;
    },
  });
}

function plug(person: string, around: Surroundings): Command {
  return command({
    name: 'plug-cable',
    summary: 'Put a network cable into a device, or take it out with --out',
    parameters: { device: positional(deviceWord(around), 'the device'), out: flag('take it out') },
    examples: ['plug-cable cms', 'plug-cable cms --out'],
    run: ({ device: into, out }) => {
      plugCable(person, around, into, !out);
      return out
        ? `The cable is out of ${into.name}.`
        : `A cable is in ${into.name}. Nothing can be reached.`;
    },
  });
}

function seize(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'seize',
    summary: 'Take a device from whoever has it, and extract its storage',
    parameters: {
      device: positional(deviceWord(around), 'the device'),
      'leave-it': flag('copy its storage and leave it where it was'),
    },
    examples: ['seize alice-phone', 'seize crs --leave-it'],
    run: ({ device: which, 'leave-it': left }) => {
      if (which.extract === undefined)
        throw peopleError('PEOPLE_NOT_POSSIBLE', `${which.name} has no storage to extract`);
      if (things.find(which.name).destroyed === true) {
        trace.append('person.came-too-late', person, { by: person, thing: which.name });
        throw peopleError('PEOPLE_DESTROYED', `${which.name} was destroyed`);
      }
      const from = things.placeOf(which.name);
      const octets = which.extract(person);
      if (!left) things.move(which.name, person);
      const sha256 = createHash('sha256').update(octets).digest('hex');
      const data = { by: person, device: which.name, from, octets: octets.length, sha256 };
      trace.append('person.seized', person, data);
      around.onSeized(person, which, octets);
      return `You have ${octets.length} octets of ${which.name}${left ? '' : ', and the device'}.`;
    },
  });
}
