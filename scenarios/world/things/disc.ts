/** Discs: a person takes a blank one, puts it into a device, and takes it out again. */
import { command, flag, positional, TEXT, type Command } from '../../../devices/console/index.ts';
import { OpticalDisc, type OpticalDiscState, type Treatment } from '../../../devices/hardware/index.ts';
import { secretsOfHiddenSession, secretsOnDisc } from '../../../devices/media/index.ts';
import type { Physical } from '../../../devices/physical.ts';
import type { Secret } from '../../../sim/secret.ts';
import { peopleError } from '../people/errors.ts';
import {
  deviceWord,
  handOver,
  plugCable,
  refuseDestroyed,
  thingWord,
  type Surroundings,
} from '../people/surroundings.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

class DiscInHand implements Thing {
  readonly kind = 'disc';
  readonly medium = 'optical';
  readonly name: string;
  readonly disc: OpticalDisc;

  constructor(name: string, disc: OpticalDisc) {
    this.name = name;
    this.disc = disc;
  }

  get secrets(): readonly Secret[] {
    const burnt = this.disc.state === 'burned' ? secretsOnDisc(this.disc.read()) : [];
    return [...burnt, ...secretsOfHiddenSession(this.disc.hidden)];
  }

  destroy(): void {
    this.disc.destroy();
  }

  /** A laser that is told to write where something is written does nothing to it. */
  treat(treatment: Treatment): void {
    if (treatment === 'destroy') this.destroy();
  }

  get destroyed(): boolean {
    return this.disc.state === 'destroyed';
  }

  octets(): Uint8Array | undefined {
    return this.disc.state === 'burned' ? this.disc.image() : undefined;
  }

  hidden(): Uint8Array | undefined {
    return this.disc.hidden;
  }

  hide(octets: Uint8Array): void {
    this.disc.hide(octets);
  }

  save(): OpticalDiscState {
    return this.disc.save();
  }

  backIn({ drive }: Physical): void {
    drive?.giveBack(this.disc, this.name);
  }
}

/** What hands can do with a disc. */
export const discThing: ThingKind<OpticalDiscState> = {
  name: 'disc',
  verbs: (person, around) => [
    takeBlank(person, around),
    insert(person, around),
    eject(person, around),
    copyDisc(person, around),
  ],
  takenUp: (name, kept) => new DiscInHand(name, OpticalDisc.takenUp(kept)),
};

function takeBlank(person: string, { trace, things, rules }: Surroundings): Command {
  return command({
    name: 'take-blank',
    summary: 'Take a new blank disc from its wrapping',
    parameters: {
      disc: positional(TEXT, 'what the disc is called from now on'),
      rewritable: flag('a CD-RW in place of a CD-R'),
    },
    examples: ['take-blank disc-1', 'take-blank disc-1 --rewritable'],
    run: ({ disc, rewritable }) => {
      if (things.names.includes(disc)) throw peopleError('PEOPLE_NAME_TAKEN', `there is a ${disc} already`);
      const blank = new OpticalDisc(disc, undefined, rewritable);
      if (!rules.holds('operator.takes-new-discs')) blank.insert('another-machine');
      things.add(new DiscInHand(disc, blank), person);
      trace.append('person.took-blank', person, { by: person, disc });
      return `You have a new blank disc, ${disc}.`;
    },
  });
}

function insert(person: string, around: Surroundings): Command {
  const { trace, things, rules } = around;
  return command({
    name: 'insert',
    summary: 'Put a disc that you have into a device',
    parameters: {
      disc: positional(thingWord(around), 'the disc'),
      device: positional(deviceWord(around), 'the device'),
    },
    examples: ['insert disc-1 crs'],
    run: ({ disc, device: into }) => {
      const found = things.inHand(person, disc);
      if (!(found instanceof DiscInHand) || into.drive === undefined)
        throw peopleError('PEOPLE_NOT_POSSIBLE', `${disc} cannot be inserted into ${into.name}`);
      const used = found.disc.state !== 'blank' || found.disc.contaminatedFor(into.name);
      into.drive.insert(found.disc, disc);
      things.move(disc, into.name);
      trace.append('person.inserted', person, { by: person, disc, device: into.name, used });
      handOver(around, person, 'carried', { secrets: found.secrets, from: person, to: into.name });
      if (!rules.holds('operator.keeps-cms-offline') && into.plugCable !== undefined)
        plugCable(person, around, into, true);
      return `${disc} is in ${into.name}.`;
    },
  });
}

function eject(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'eject',
    summary: 'Take the disc out of a device',
    parameters: { device: positional(deviceWord(around), 'the device') },
    examples: ['eject cms'],
    run: ({ device: from }) => {
      const ejected = from.drive?.eject();
      if (ejected === undefined) throw peopleError('PEOPLE_NOT_POSSIBLE', `there is no disc in ${from.name}`);
      const disc = new DiscInHand(ejected.name, ejected.disc);
      things.add(disc, person);
      trace.append('person.ejected', person, { by: person, disc: ejected.name, device: from.name });
      handOver(around, person, 'carried', { secrets: disc.secrets, from: from.name, to: person });
      return `You have ${ejected.name}.`;
    },
  });
}

function copyDisc(person: string, around: Surroundings): Command {
  const { trace, things, devices } = around;
  return command({
    name: 'copy-disc',
    summary: 'Copy a disc that somebody has, unnoticed, and leave it with them',
    parameters: {
      disc: positional(thingWord(around), 'the disc'),
      copy: positional(TEXT, 'what the copy is called'),
    },
    examples: ['copy-disc disc-1 copied-disc'],
    run: ({ disc, copy: name }) => {
      refuseDestroyed(around, person, disc);
      const found = things.find(disc);
      const from = things.placeOf(disc);
      if (!(found instanceof DiscInHand)) throw peopleError('PEOPLE_NOT_POSSIBLE', `${disc} is not a disc`);
      if (devices.has(from)) throw peopleError('PEOPLE_NOT_POSSIBLE', `${disc} is in ${from}`);
      if (things.names.includes(name)) throw peopleError('PEOPLE_NAME_TAKEN', `there is a ${name} already`);
      const copy = new OpticalDisc(name);
      copy.burn(found.disc.image());
      const { hidden } = found.disc;
      if (hidden !== undefined) copy.hide(hidden);
      const { secrets } = found;
      things.add(new DiscInHand(name, copy), person);
      trace.append('person.copied', person, { by: person, disc, from, copy: name });
      handOver(around, person, 'seized', { secrets, from: disc, to: person });
      return `You have ${name}, and ${from} has ${disc}.`;
    },
  });
}
