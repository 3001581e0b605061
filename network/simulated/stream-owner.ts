/** Whoever has a stream: its host, which hands out segments and takes part in its beginning and its end. */
import type { Stream, StreamHandlers } from '../fabric.ts';

/** What a stream asks of its host. */
export interface StreamOwner {
  /** The peer has answered: who takes the stream, if anyone still listens? Asked once, of a server's stream only. */
  accept(stream: Stream): StreamHandlers | undefined;
  /** The handshake is done or has failed. */
  onSettled(): void;
  /** The stream is over and answers no more segments. */
  onGone(): void;
}
