/**
 * A handset as others meet it, wherever it runs: in the same process, or as one of its own that is only reached by messages.
 */
import type { Handset } from './handset.ts';

/** The part of a phone that may be in another process: what the world, attacks and hands use of it. */
export type ReachedHandset = Pick<
  Handset,
  'name' | 'user' | 'number' | 'line' | 'service' | 'scan' | 'extract' | 'shield' | 'hangUp'
> &
  /** Its own clock, where that can be reached. */
  Partial<Pick<Handset, 'unixMs' | 'takeNetworkTime'>>;
