/** The kinds of things that there are in calldrill's worlds. */
import { deviceThing } from './device.ts';
import { discThing } from './disc.ts';
import { paperThing } from './paper.ts';
import type { ThingKinds } from './thing-kind.ts';

/** All of them. */
export const SHIPPED_THINGS: ThingKinds = [discThing, paperThing, deviceThing];
