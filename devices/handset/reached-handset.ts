/**
 * A handset as others meet it, wherever it runs: in the same process, or as one of its own that is only reached by messages.
 */
import type { Handset } from './handset.ts';

export type ReachedHandset = Pick<
  Handset,
  'name' | 'user' | 'number' | 'line' | 'service' | 'scan' | 'extract' | 'shield' | 'hangUp'
>;
