/** Whoever has a stream: its host, which hands out segments and takes part in its beginning and its end. */
import type { Stream, StreamHandlers } from '../fabric.ts';

/** A stream, as far as its host has to know it. */
export interface OwnedStream extends Stream {
  readonly side: 'client' | 'server';
}

/** What a stream asks of its host, which has one such answer for all its streams. */
export interface StreamOwner {
  /** The peer has answered: who takes the stream, if anyone still listens? Asked once, of a server's stream only. */
  accept(stream: OwnedStream): StreamHandlers | undefined;
  /** The handshake is done or has failed. */
  onSettled(stream: OwnedStream): void;
  /** The stream is over and answers no more segments. */
  onGone(stream: OwnedStream): void;
}
