/**
 * A photograph as a thing: pixels that somebody has on them, which can be carried, shown to the camera of a phone, and read by an attacker. Of
 * whether it is any good nobody is told; that the reader finds out.
 */
import {
  command,
  flag,
  integer,
  option,
  positional,
  TEXT,
  type Command,
} from '../../../devices/console/index.ts';
import {
  keptSecret,
  photograph,
  secretOfKept,
  type GrayImage,
  type KeptSecret,
} from '../../../devices/hardware/index.ts';
import type { Secret } from '../../../sim/secret.ts';
import { peopleError } from '../people/errors.ts';
import { handOver, refuseDestroyed, thingWord, type Surroundings } from '../people/surroundings.ts';
import { pictureOn, secretsOn } from './paper.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

/** A photograph as a plain value. */
export type PhotoState = {
  readonly image: GrayImage;
  readonly shows: readonly KeptSecret[];
  readonly reads: boolean;
};

const NEAR_CM = 30;

/** What was before the camera is on it; whoever has it learns that only where the reader can read it. */
function photo(name: string, image: GrayImage, shows: readonly Secret[], reads: boolean): Thing {
  return {
    kind: 'photo',
    name,
    secrets: reads ? shows : [],
    shows,
    picture: () => image,
    destroy: () => undefined,
    save: (): PhotoState => ({ image, shows: shows.map(keptSecret), reads }),
  };
}

/** What hands can do with a camera. */
export const photoThing: ThingKind<PhotoState> = {
  name: 'photo',
  verbs: (person, around) => [takePhotograph(person, around)],
  takenUp: (name, { image, shows, reads }) => photo(name, image, shows.map(secretOfKept), reads),
};

function takePhotograph(person: string, around: Surroundings): Command {
  const { trace, things, chance, readQr } = around;
  return command({
    name: 'photograph',
    summary: 'Take a picture of a screen, or of a print that lies about: it stays where it is',
    parameters: {
      source: positional(thingWord(around), 'the device whose screen shows a QR code, or the print'),
      photo: positional(TEXT, 'what the picture is called'),
      cm: option(integer(20, 1_000), 'from how far; 30 cm if left out'),
      degrees: option(integer(0, 80), 'from how far aside; straight ahead if left out'),
      glare: flag('a lamp shines back from it'),
      hurried: flag('in a hurry: the hand shakes'),
    },
    examples: ['photograph cms photo-1', 'photograph alice-qr-1 photo-2 --cm 120 --degrees 50 --hurried'],
    run: ({ source, photo: name, cm = NEAR_CM, degrees = 0, glare, hurried }) => {
      refuseDestroyed(around, person, source);
      things.inReach(source);
      if (things.names.includes(name)) throw peopleError('PEOPLE_NAME_TAKEN', `there is a ${name} already`);
      const shown = pictureOn(source, around);
      if (shown === undefined) throw peopleError('PEOPLE_NOTHING_TO_SCAN', `${source} shows no QR code`);
      const shows = secretsOn(source, around);
      const image = photograph(shown, { centimetres: cm, degrees, glare, hurried }, chance('camera'));
      const reads = readQr(image).length > 0;
      things.add(photo(name, image, shows, reads), person);
      trace.append('person.photographed', person, { by: person, source, photo: name });
      if (reads) handOver(around, person, 'seized', { secrets: shows, from: source, to: person });
      return `You have ${name}, a picture of ${source}.`;
    },
  });
}
