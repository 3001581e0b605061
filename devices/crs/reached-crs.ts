/**
 * A rendezvous server as others meet it, wherever it runs: in the same process, or as one of its own that is only reached by
 * messages. What is not here nobody but the server itself may ask.
 */
import type { Crs } from './crs.ts';

/** The part of a server that may be on another machine: what the world, attacks and hands use of it. */
export type ReachedCrs = Pick<
  Crs,
  | 'name'
  | 'drive'
  | 'accounts'
  | 'log'
  | 'insider'
  | 'extract'
  | 'inviteDirectly'
  | 'tamper'
  | 'packageTamper'
  | 'letIn'
>;
