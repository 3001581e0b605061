/** Standard output and standard error: one for data, one for messages. A reader that goes away is no error (`| head`). */
import type { Terminal } from './terminal.ts';

export interface Output {
  readonly terminal: Terminal;
  write(text: string): void;
}

/** Standard output when another program reads it. */
export interface OctetOutput {
  /** Resolves when the reader has taken the octets, or is gone. */
  write(octets: Uint8Array): Promise<void>;
}

interface OctetStream {
  write(octets: Uint8Array, done: () => void): unknown;
}

/** What goes wrong with `stream` is told to whoever listens to its errors, as {@link outputTo} does. */
export function octetsTo(stream: OctetStream): OctetOutput {
  return { write: (octets) => new Promise((resolve) => void stream.write(octets, resolve)) };
}

interface Stream {
  write(text: string): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Writes to `stream` until its reader is gone; what comes after is dropped, and whatever else was going on goes on. */
export function outputTo(stream: Stream, terminal: Terminal): Output {
  let open = true;
  stream.on('error', (error) => {
    open = false;
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
  });
  return {
    terminal,
    write(text) {
      if (open) stream.write(text);
    },
  };
}
