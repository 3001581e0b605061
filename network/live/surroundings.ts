/** What everything that is open on the live fabric needs of it. */
import type { Clock } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Directory } from './directory.ts';
import type { Handles } from './handles.ts';
import type { LiveLink } from './link.ts';
import type { SecureContexts } from './secure-context.ts';
import type { SocketPool } from './socket-pool.ts';

/** What a live host and what is open on it need of their fabric. */
export interface LiveSurroundings {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly directory: Directory;
  readonly handles: Handles;
  readonly contexts: SecureContexts;
  /** Lets a device hear of what came from a socket. */
  readonly enter: (action: () => void) => void;
  /** Takes the line of an NSS key log of each TLS session with an ephemeral key exchange that is opened here. */
  readonly onKeys: (keyLogLine: string) => void;
  /** Something that should not have been thrown. */
  readonly defect: (thrown: unknown) => void;
  /** One more, or one less, connection whose opening is under way. */
  readonly opening: (change: 1 | -1) => void;
  readonly poolOf: (host: string) => SocketPool;
  /** The link between two hosts; undefined when there is none. */
  readonly linkBetween: (a: string, b: string) => LiveLink | undefined;
  readonly isPlugged: (host: string) => boolean;
}
