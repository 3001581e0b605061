/** Kinds of things: each brings its verbs, so that who adds one need not change what a person is. */
import type { Command } from '../../../devices/console/index.ts';
import type { KeptValue } from '../../../sim/kept.ts';
import type { Surroundings } from '../people/surroundings.ts';
import type { Thing } from './thing.ts';

/** What is known of a kind of thing by whoever has hands. */
export interface ThingKind<State extends KeptValue = KeptValue> {
  /** What its things say they are. */
  readonly name: string;
  /** What `person` can do with things of this kind, as commands of their console. */
  verbs(person: string, surroundings: Surroundings): readonly Command[];
  /** The thing of this name that was kept. */
  takenUp(name: string, kept: State): Thing;
}

/** Kinds in the order in which their verbs are listed. */
export type ThingKinds = readonly ThingKind[];
