/** A port of a host on which streams are accepted. */
import type { Address, Stream, StreamHandlers } from '../fabric.ts';

/** What a host knows of one, as long as it is open. */
export interface ListeningPort {
  readonly local: Address;
  readonly accept: (stream: Stream) => StreamHandlers;
  /** Handshakes that are not finished. */
  backlog: number;
}
