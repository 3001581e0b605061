/**
 * Things: what lies about in the world and can be taken in hand. Devices are things too: a phone can be carried, bagged and seized. A kind
 * of thing brings the verbs that hands have for it; what any thing has, it says of itself.
 */
import type { Secret } from '../../../sim/secret.ts';
import type { KeptValue } from '../../../sim/kept.ts';
import type { Physical } from '../../../devices/physical.ts';
import type { GrayImage, Treatment } from '../../../devices/hardware/index.ts';

/** What keys may have been on when it is thrown away. */
export type Medium = 'paper' | 'optical' | 'magnetic' | 'ssd' | 'flash';

/** One thing, as whoever has it in hand meets it. */
export interface Thing {
  /** The name of its kind. */
  readonly kind: string;
  readonly name: string;
  /** What whoever reads it learns, as it is now; nothing where it is left out. */
  readonly secrets?: readonly Secret[];
  /** What is on it whether or not it can be read; the same as `secrets` where it is left out. */
  readonly shows?: readonly Secret[];
  /** The octets that a machine reads from it, as they are now; undefined of what has none. */
  octets?(): Uint8Array | undefined;
  /** Octets beside them that only whoever looks for them finds. */
  hidden?(): Uint8Array | undefined;
  /** Somebody writes such octets, in place of others; left out of what cannot be written so. */
  hide?(octets: Uint8Array): void;
  /** What is to be seen on it; undefined when nothing is. */
  picture?(): GrayImage | undefined;
  /** Whether what is in it can be neither seen nor taken; left out of what nothing is put into but a drive's disc. */
  readonly closed?: boolean;
  /** Makes an end of it; left out of what hands cannot destroy. */
  destroy?(): void;
  /** What it is made of, as a deployment calls it that says how it is to be disposed of; left out of what no keys are on. */
  readonly medium?: Medium;
  /** The pieces that it is in, in no order; undefined of what is whole. */
  pieces?(): readonly GrayImage[] | undefined;
  /** Somebody treats it, so that it can leave the house; left out of what cannot be treated. */
  treat?(treatment: Treatment): void;
  /** Whether nothing is left that a reader could be put to. */
  readonly destroyed?: boolean;
  /** What it is now, for its kind to take up again; left out of what has nothing to be kept but its name. */
  save?(): KeptValue;
  /** It and the device that it is in have been taken up: it is that device's again, as it was. */
  backIn?(device: Physical): void;
}
