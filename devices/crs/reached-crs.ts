/**
 * A rendezvous server as others meet it, wherever it runs: in the same process, or as one of its own that is only reached by
 * messages. What is not here nobody but the server itself may ask.
 */
import type { Crs } from './crs.ts';

export type ReachedCrs = Pick<
  Crs,
  'name' | 'drive' | 'accounts' | 'log' | 'extract' | 'inviteDirectly' | 'tamper' | 'packageTamper'
>;
