/** Standard output and standard error: one for data, one for messages. A reader that goes away is no error (`| head`). */
import type { Terminal } from './terminal.ts';

export interface Output {
  readonly terminal: Terminal;
  write(text: string): void;
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
