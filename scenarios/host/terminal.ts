/**
 * The terminal of a person in an exercise. At a real one node:readline edits the line, with history and completion, and what
 * arrives meanwhile is shown above it. From a pipe lines are simply read, and prompts go where messages go.
 */
import { createInterface, clearScreenDown, cursorTo, moveCursor, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Scrollback } from './scrollback.ts';

/** The writing half of a terminal; what the person does comes by the options' functions. */
export interface PersonTerminal {
  /** Shows text, ended by a newline, above what is being typed. */
  show(text: string): void;
  /** Asks for a line. */
  prompt(text: string): void;
  /** Changes the prompt of the line that is being typed, without touching the line. */
  reprompt(text: string): void;
  /** Gives the terminal back as it was found. Harmless when it has been given back. */
  close(): void;
}

/** The three streams, and who is told of lines, interrupts and the end of the input. */
export interface PersonTerminalOptions {
  readonly input: Readable & { readonly isTTY?: boolean };
  /** What the person looks at. */
  readonly screen: Writable & { readonly isTTY?: boolean; readonly rows?: number; readonly columns?: number };
  /** Where prompts go when nobody looks. */
  readonly messages: Writable;
  /** What the last word of an unfinished line could become, and that word. */
  complete(line: string): { readonly offers: readonly string[]; readonly word: string };
  onLine(line: string): void;
  onInterrupt(): void;
  /** The input has ended. */
  onEnd(): void;
}

const HISTORY_LINES = 1_000;
/** The size of a window that does not say how large it is. */
const [ROWS, COLUMNS] = [24, 80];

/** Edits lines when input and screen are both terminals, else reads them from the input as they come. */
export function openTerminal(options: PersonTerminalOptions): PersonTerminal {
  const { input, screen } = options;
  return input.isTTY === true && screen.isTTY === true ? editing(options) : reading(options);
}

function editing(options: PersonTerminalOptions): PersonTerminal {
  const { input, screen } = options;
  const lines = createInterface({
    input,
    output: screen,
    terminal: true,
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
    tabSize: 4,
    completer: (line: string): [string[], string] => {
      const { offers, word } = options.complete(line);
      // A blank behind the only candidate: the next word can be typed at once.
      return [offers.length === 1 ? offers.map((offer) => `${offer} `) : [...offers], word];
    },
  });
  let current = '';
  const shown = new Scrollback();
  const resized = redrawing(lines, screen, shown);
  screen.prependListener('resize', resized);
  const close = listened(lines, {
    ...options,
    onLine(line) {
      shown.add(`${current}${line}\n`);
      options.onLine(line);
    },
  });
  return {
    show(text) {
      shown.add(text);
      const { rows } = lines.getCursorPos();
      moveCursor(screen, 0, -rows);
      cursorTo(screen, 0);
      clearScreenDown(screen);
      screen.write(text);
      // Drawing the line again begins as many rows up as its cursor was down.
      screen.write('\n'.repeat(rows));
      lines.prompt(true);
    },
    prompt(text) {
      current = text;
      lines.setPrompt(text);
      lines.prompt();
    },
    reprompt(text) {
      if (text === current) return;
      current = text;
      lines.setPrompt(text);
      lines.prompt(true);
    },
    close() {
      screen.off('resize', resized);
      close();
      cursorTo(screen, 0);
      clearScreenDown(screen);
    },
  };
}

/** What draws all that fits again when the window has another size, before the editor draws its line. */
function redrawing(lines: Interface, screen: PersonTerminalOptions['screen'], shown: Scrollback): () => void {
  let heightBefore = screen.rows ?? ROWS;
  return () => {
    // Some terminals break lines anew at the new width and some do not, so nobody knows where the line is now: all that fits is drawn again.
    const { rows: height = ROWS, columns = COLUMNS } = screen;
    // What had scrolled away before is not drawn: it is still where it went.
    const rows = Math.min(height, heightBefore) - 1 - lines.getCursorPos().rows;
    heightBefore = height;
    cursorTo(screen, 0, 0);
    clearScreenDown(screen);
    for (const line of shown.last(rows, columns)) screen.write(`${line}\n`);
    // The editor, which draws next, goes up as many rows as it thinks that its cursor was down.
    screen.write('\n'.repeat('prevRows' in lines && typeof lines.prevRows === 'number' ? lines.prevRows : 0));
  };
}

function reading(options: PersonTerminalOptions): PersonTerminal {
  const { input, screen, messages } = options;
  const lines = createInterface({ input, terminal: false });
  const close = listened(lines, {
    ...options,
    onLine(line) {
      // So that a record of the exercise shows what was typed.
      messages.write(`${line}\n`);
      options.onLine(line);
    },
  });
  return {
    show: (text) => void screen.write(text),
    prompt: (text) => void messages.write(text),
    reprompt: () => undefined,
    close,
  };
}

/** Connects the events; gives what ends it all. The terminal is given back on every way out of the process. */
function listened(
  lines: Interface,
  { onLine, onInterrupt, onEnd }: Pick<PersonTerminalOptions, 'onLine' | 'onInterrupt' | 'onEnd'>,
): () => void {
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    process.off('exit', close);
    lines.close();
  };
  process.on('exit', close);
  lines.on('line', (line) => {
    if (open) onLine(line);
  });
  lines.on('SIGINT', onInterrupt);
  let broken = false;
  // A terminal that is gone can neither be read nor be given back: that is an end like any other. Closing says so again.
  lines.on('error', () => {
    if (broken) return;
    broken = true;
    lines.close();
  });
  lines.on('close', () => {
    if (!open) return;
    close();
    onEnd();
  });
  return close;
}
