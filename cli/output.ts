/**
 * Standard output and standard error: one for data, one for messages. A reader that goes away (`| head`, a closed terminal) is no
 * error; a disk that is full is one, and what was not written is told by the exit code.
 */
import { cliError } from './errors.ts';
import type { Terminal } from './terminal.ts';

/** A stream of text, and what it is connected to; `write` never throws when nobody reads any more. */
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

/** A log whose lines are told to somebody, such as a person at a console who is typing. */
export function linesTo(tell: (line: string) => void): Output {
  return {
    terminal: { isTty: false, columns: undefined, colour: false, unicode: true },
    write: (text) => tell(text.trimEnd()),
  };
}

/** The reader of a pipe has ended; the terminal is closed. */
const GONE: ReadonlySet<unknown> = new Set(['EPIPE', 'EIO']);

interface TextStream {
  write(text: string): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * Writes to `stream` until its reader is gone; what comes after is dropped, and whatever else was going on goes on. Anything else
 * that stops it is told once, as CLI_OUTPUT.
 */
export function outputTo(stream: TextStream, terminal: Terminal, onLost: (error: Error) => void): Output {
  let open = true;
  stream.on('error', (error) => {
    if (open && !('code' in error && GONE.has(error.code)))
      onLost(cliError('CLI_OUTPUT', `what is printed cannot be written: ${error.message}`, { cause: error }));
    open = false;
  });
  return {
    terminal,
    write(text) {
      if (open) stream.write(text);
    },
  };
}
