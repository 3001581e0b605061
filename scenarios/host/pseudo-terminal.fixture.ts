/**
 * A pseudo-terminal for tests: a program in a real pty, its screen read by a terminal emulator. Tests wait for what appears on the
 * screen, never for time to pass.
 *
 * node-pty is an optional dependency with a native part, so it is loaded behind this interface and may be missing; the output of
 * a program that has exited may be lost, so whoever uses this lets a shell live on behind the program.
 */
import headless from '@xterm/headless';

/** One program and its screen, as a test types at it and reads it. */
export interface PseudoTerminal {
  /** All lines so far, those scrolled away too; wrapped ones joined. */
  text(): string;
  /** The line that the cursor is in, wrapped ones joined, without blanks at its end. */
  line(): string;
  /** Octets as the program wrote them. */
  raw(): string;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Waits until the screen is as `when` wants it. `what` names it should it never be. */
  until(what: string, when: (terminal: PseudoTerminal) => boolean): Promise<void>;
  /** As when its window is closed: the program is told, and neither end can be used any more. */
  close(): void;
}

/** Keys that have no letter. */
export const KEYS = {
  enter: '\r',
  tab: '\t',
  up: '\u001b[A',
  right: '\u001b[C',
  home: '\u0001',
  interrupt: '\u0003',
  suspend: '\u001a',
};

/** The part of node-pty that is used. Its types are missing when it is. */
interface Pty {
  onData(listener: (data: string) => void): unknown;
  write(data: string): void;
  resize(columns: number, rows: number): void;
  destroy(): void;
}

interface PtyModule {
  spawn(file: string, words: readonly string[], options: object): Pty;
}

const PACKAGE = 'node-pty';
const COLUMNS = 120;
const ROWS = 40;
const PATIENCE_MS = 100_000;

/** Starts a line of the POSIX shell; undefined when node-pty is not installed. */
export async function openPseudoTerminal(
  shellLine: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<PseudoTerminal | undefined> {
  const module = await load();
  if (module === undefined) return undefined;
  const pty = module.spawn('/bin/sh', ['-c', shellLine], {
    name: 'xterm-256color',
    cols: COLUMNS,
    rows: ROWS,
    ...options,
  });
  return emulated(pty);
}

async function load(): Promise<PtyModule | undefined> {
  try {
    const module: { default?: PtyModule } & PtyModule = await import(PACKAGE);
    return module.default ?? module;
  } catch {
    return undefined;
  }
}

function emulated(pty: Pty): PseudoTerminal {
  const emulator = new headless.Terminal({
    cols: COLUMNS,
    rows: ROWS,
    scrollback: 10_000,
    allowProposedApi: true,
  });
  let raw = '';
  let changed: () => void = () => undefined;
  pty.onData((data) => {
    raw += data;
    emulator.write(data, () => changed());
  });
  const lines = (from: number, to: number): string => {
    const { active } = emulator.buffer;
    let text = '';
    for (let at = from; at < to; at++) {
      const line = active.getLine(at);
      if (line === undefined) break;
      text += `${at === from || line.isWrapped ? '' : '\n'}${line.translateToString(!(active.getLine(at + 1)?.isWrapped ?? false))}`;
    }
    return text;
  };
  const terminal: PseudoTerminal = {
    text: () => lines(0, emulator.buffer.active.length),
    line() {
      const { active } = emulator.buffer;
      const cursor = active.baseY + active.cursorY;
      let first = cursor;
      while (first > 0 && active.getLine(first)?.isWrapped === true) first--;
      return lines(first, cursor + 1).trimEnd();
    },
    raw: () => raw,
    type: (keys) => pty.write(keys),
    resize(columns, rows) {
      emulator.resize(columns, rows);
      pty.resize(columns, rows);
    },
    async until(what, when) {
      await new Promise<void>((resolve, reject) => {
        const giveUp = setTimeout(
          () => reject(new Error(`the screen never showed ${what}:\n${terminal.text()}`)),
          PATIENCE_MS,
        );
        changed = () => {
          if (!when(terminal)) return;
          changed = () => undefined;
          clearTimeout(giveUp);
          resolve();
        };
        changed();
      });
    },
    close: () => pty.destroy(),
  };
  return terminal;
}
