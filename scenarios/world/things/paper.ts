/** Paper: a sheet with a code on it. A person can point the camera of a phone at one that they have, or at the screen of a device. */
import {
  command,
  integer,
  nameOf,
  option,
  positional,
  type Command,
} from '../../../devices/console/index.ts';
import {
  cutUp,
  Paper,
  readPieces,
  withoutSome,
  type GrayImage,
  type PaperState,
} from '../../../devices/hardware/index.ts';
import type { Physical } from '../../../devices/physical.ts';
import type { Secret } from '../../../sim/secret.ts';
import { peopleError } from '../people/errors.ts';
import { handOver, thingWord, type Surroundings } from '../people/surroundings.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

/** How wide the strips of a shredder are that cuts no more than strips. */
const STRIP_MM = 12;

/** A sheet as a thing: its picture is what is printed on it. */
export function sheet(paper: Paper): Thing {
  return new Sheet(paper);
}

class Sheet implements Thing {
  readonly kind = 'paper';
  readonly medium = 'paper';
  readonly paper: Paper;

  constructor(paper: Paper) {
    this.paper = paper;
  }

  get name(): string {
    return this.paper.label;
  }

  get secrets(): readonly Secret[] {
    return this.paper.legible ? this.paper.secrets : [];
  }

  get shows(): readonly Secret[] {
    return this.paper.secrets;
  }

  picture(): GrayImage | undefined {
    return this.paper.pieces === undefined ? this.paper.image() : undefined;
  }

  pieces(): readonly GrayImage[] | undefined {
    return this.paper.pieces;
  }

  destroy(): void {
    this.paper.destroy();
  }

  save(): PaperState {
    return this.paper.save();
  }
}

/** What hands can do with a sheet, and with what looks like one. */
export const paperThing: ThingKind<PaperState> = {
  name: 'paper',
  verbs: (person, around) => [scan(person, around), shred(person, around)],
  takenUp: (_, kept) => sheet(Paper.takenUp(kept)),
};

function scan(person: string, around: Surroundings): Command {
  const { trace } = around;
  const inHand = nameOf(
    'a phone in hand',
    () => phonesInHand(person, around).map(({ name }) => name),
    (word) => phonesInHand(person, around).find(({ name }) => name === word),
  );
  return command({
    name: 'scan',
    summary:
      'Point the camera of your phone at a screen or a print: enrolment, or a Manual Key Update where the phone has keys',
    parameters: {
      source: positional(thingWord(around), 'the device whose screen shows a QR code, or the print'),
      with: option(inHand, 'which phone, for somebody who has several'),
    },
    examples: ['scan cms', 'scan alice-qr-1 --with thief-phone'],
    run: ({ source, with: chosen }) => {
      const phone = chosen ?? phonesInHand(person, around)[0];
      if (phone?.scan === undefined) throw peopleError('PEOPLE_NO_PHONE', `${person} has no phone in hand`);
      const shown = pictureFor(person, source, around);
      if (shown === undefined) throw peopleError('PEOPLE_NOTHING_TO_SCAN', `${source} shows no QR code`);
      const event = trace.append('person.scanned', person, { by: person, phone: phone.name, from: source });
      const secrets = secretsOn(source, around);
      trace.because(event, () => {
        handOver(around, person, 'scanned', { secrets, from: source, to: phone.name });
        phone.scan?.(shown);
      });
      return `${phone.name} has read the code.`;
    },
  });
}

function shred(person: string, around: Surroundings): Command {
  const { trace, things, chance, readQr } = around;
  return command({
    name: 'shred',
    summary:
      'Cut a print that you have into strips or particles; all of them are in one bin, but for those that get lost',
    parameters: {
      print: positional(thingWord(around), 'the print'),
      width: option(integer(1, 200), 'how wide the strips or particles are, in mm; 12 if left out'),
      height: option(integer(1, 200), 'how high the particles are, in mm; whole strips if left out'),
      lost: option(integer(1, 1_000), 'how many of them end elsewhere; none if left out'),
    },
    examples: ['shred alice-qr-1', 'shred alice-qr-1 --width 2 --height 2', 'shred alice-qr-1 --lost 3'],
    run: ({ print, width: widthMm = STRIP_MM, height: heightMm, lost = 0 }) => {
      const found = things.inHand(person, print);
      if (!(found instanceof Sheet) || found.paper.pieces !== undefined)
        throw peopleError('PEOPLE_NOT_POSSIBLE', `${print} is not a print that is whole`);
      const random = chance('shredder');
      const cut = cutUp(found.paper.image(), { widthMm, heightMm }, random);
      const pieces = withoutSome(cut, lost, random);
      found.paper.shred(pieces, readPieces(pieces, readQr).length > 0);
      const method = heightMm === undefined ? 'strip-cut' : 'cross-cut';
      trace.append('person.sanitised', person, { by: person, thing: print, medium: 'paper', method });
      if (!found.paper.legible)
        handOver(around, person, 'erased', { secrets: found.shows, from: print, to: null });
      return `${print} is in ${pieces.length} pieces.`;
    },
  });
}

/** The phones that a person has in hand and can point at something. */
function phonesInHand(person: string, { devices, things }: Surroundings): readonly Physical[] {
  return things.at(person).flatMap((each) => {
    const device = devices.get(each);
    return device?.scan === undefined ? [] : [device];
  });
}

/** What a person sees there: a screen that others may look at too, or a thing that they have. */
function pictureFor(person: string, source: string, around: Surroundings): GrayImage | undefined {
  const { devices, things } = around;
  const screen = devices.get(source)?.shownQr?.();
  return screen === undefined && !things.at(person).includes(source) ? undefined : pictureOn(source, around);
}

/** What is to be seen there by whoever comes by: on a screen that is on, or on a thing wherever it lies. */
export function pictureOn(source: string, { devices, things }: Surroundings): GrayImage | undefined {
  return devices.get(source)?.shownQr?.() ?? things.find(source).picture?.();
}

/** What the code there hands over: that of a screen, or that of a sheet. */
export function secretsOn(source: string, { devices, things }: Surroundings): readonly Secret[] {
  const device = devices.get(source);
  return device?.shownQr?.() === undefined
    ? (things.find(source).secrets ?? [])
    : (device.shownSecrets?.() ?? []);
}
