/** Kinds of things: each brings its verbs, so that who adds one need not change what a person is. */
import type { Command } from '../../../devices/console/index.ts';
import type { Surroundings } from '../people/surroundings.ts';

/** What is known of a kind of thing by whoever has hands. */
export interface ThingKind {
  /** What its things say they are. */
  readonly name: string;
  /** What `person` can do with things of this kind, as commands of their console. */
  verbs(person: string, surroundings: Surroundings): readonly Command[];
}

/** Kinds in the order in which their verbs are listed. */
export type ThingKinds = readonly ThingKind[];
