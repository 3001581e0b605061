/**
 * Disks that were taken out of a computer: a thing with all that the computer ever wrote on it, until somebody treats it. The computer goes on with a
 * new one, and nobody thinks of the old one any more but the asset register.
 */
import { command, positional, TEXT, type Command } from '../../../devices/console/index.ts';
import {
  diskTakenUp,
  treated,
  type DiskKind,
  type DiskState,
  type Treatment,
} from '../../../devices/hardware/index.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { SeededRandom } from '../../../sim/random.ts';
import { peopleError } from '../people/errors.ts';
import { deviceWord, type Surroundings } from '../people/surroundings.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

/** A disk out of its computer as a plain value. */
export type LooseDiskState = {
  readonly medium: DiskKind;
  /** The device that it is out of. */
  readonly of: string;
  /** Undefined when it was destroyed. */
  readonly disk: DiskState | undefined;
};

class LooseDisk implements Thing {
  readonly kind = 'disk';
  readonly name: string;
  readonly medium: DiskKind;
  readonly of: string;
  #disk: DiskState | undefined;

  constructor(name: string, { medium, of, disk }: LooseDiskState) {
    this.name = name;
    this.medium = medium;
    this.of = of;
    this.#disk = disk;
  }

  octets(): Uint8Array | undefined {
    return this.#disk && diskTakenUp(this.#chance(0), this.#disk).image();
  }

  treat(treatment: Treatment): void {
    if (this.#disk === undefined) return;
    const octets = this.octets()?.length ?? 0;
    this.#disk = treated(diskTakenUp(this.#chance(octets), this.#disk), treatment)?.save();
  }

  destroy(): void {
    this.#disk = undefined;
  }

  /** The keys under which flash that is out of its computer has what it is overwritten with. Nobody needs them again. */
  #chance(octets: number): RandomSource {
    return new SeededRandom(`disk:${this.name}:${octets}`).stream('keys');
  }

  get destroyed(): boolean {
    return this.#disk === undefined;
  }

  save(): LooseDiskState {
    return { medium: this.medium, of: this.of, disk: this.#disk };
  }
}

/** What hands can do with the disk of a computer. */
export const diskThing: ThingKind<LooseDiskState> = {
  name: 'disk',
  verbs: (person, around) => [replaceDisk(person, around)],
  takenUp: (name, kept) => new LooseDisk(name, kept),
};

function replaceDisk(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'replace-disk',
    summary: 'Take the disk out of a computer; it goes on with a new one, with what it finds on the old one',
    parameters: {
      device: positional(deviceWord(around), 'the computer'),
      disk: positional(TEXT, 'what the old disk is called from now on'),
    },
    examples: ['replace-disk cms cms-disk'],
    run: ({ device, disk: name }) => {
      if (device.disk === undefined)
        throw peopleError('PEOPLE_NOT_POSSIBLE', `${device.name} has no disk that can be taken out`);
      if (things.names.includes(name)) throw peopleError('PEOPLE_NAME_TAKEN', `there is a ${name} already`);
      const { kind: medium } = device.disk;
      const disk = device.disk.replace(person).save();
      things.add(new LooseDisk(name, { medium, of: device.name, disk }), person);
      trace.append('person.replaced-disk', person, { by: person, device: device.name, disk: name, medium });
      return `You have ${name}, the ${medium} disk of ${device.name}.`;
    },
  });
}
