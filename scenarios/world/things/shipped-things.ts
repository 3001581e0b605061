/** The kinds of things that there are in calldrill's worlds. */
import { assert } from '../../../sim/errors.ts';
import type { KeptThing } from '../people/things.ts';
import { registerThing } from './asset-register.ts';
import { deviceThing } from './device.ts';
import { discThing } from './disc.ts';
import { envelopeThing } from './envelope.ts';
import { noticeThing } from './notice.ts';
import { diskThing } from './loose-disk.ts';
import { paperThing } from './paper.ts';
import { photoThing } from './photo.ts';
import { simThing } from './sim.ts';
import type { Thing } from './thing.ts';
import type { ThingKinds } from './thing-kind.ts';

/** All of them. */
export const SHIPPED_THINGS: ThingKinds = [
  discThing,
  diskThing,
  paperThing,
  envelopeThing,
  photoThing,
  simThing,
  noticeThing,
  deviceThing,
  registerThing,
];

/** The thing that was kept, by its kind. */
export function thingOf({ kind, name, is }: KeptThing, kinds: ThingKinds = SHIPPED_THINGS): Thing {
  const found = kinds.find((each) => each.name === kind);
  assert(found !== undefined, `there are things of the kind ${kind}`);
  return found.takenUp(name, is);
}
