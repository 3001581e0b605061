/**
 * The processes that a director starts itself. However the director ends, they end: in order when it can, and by the connection that
 * breaks when it cannot. One that dies is told with what it said last.
 */
import { spawn, type ChildProcess } from 'node:child_process';

/** Characters of what a process said that are told when it dies. */
const LAST_WORDS_MAX = 2_000;
/** Milliseconds that a process has to end by itself. */
export const PATIENCE_MS = 2_000;

/** Child processes by the name of their device; all are killed when this process exits, however it does. */
export class Children {
  readonly #program: readonly string[];
  readonly #onExit: (name: string, reason: string) => void;
  readonly #running = new Map<string, ChildProcess>();
  readonly #killAll = (): void => {
    for (const child of this.#running.values()) child.kill('SIGKILL');
  };

  /** `program` is what runs calldrill: the interpreter and the file. */
  constructor(program: readonly string[], onExit: (name: string, reason: string) => void) {
    this.#program = program;
    this.#onExit = onExit;
    process.on('exit', this.#killAll);
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  start(name: string, words: readonly string[]): void {
    const [file = process.execPath, ...rest] = this.#program;
    const child = spawn(file, [...rest, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#running.set(name, child);
    let said = '';
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (said = (said + text).slice(-LAST_WORDS_MAX)));
    child.on('error', (error) => (said += error.message));
    child.on('close', (code, signal) => {
      if (this.#running.get(name) === child) this.#running.delete(name);
      const how = signal === null ? `ended with ${code ?? 'an error'}` : `was ended by ${signal}`;
      this.#onExit(
        name,
        `its process ${how}${said.trim() === '' ? '' : `: ${said.trim().split('\n')[0] ?? ''}`}`,
      );
    });
  }

  /** It has let go of its connection. One that is stopped does not end by itself. */
  endSoon(name: string): void {
    const child = this.#running.get(name);
    if (child === undefined) return;
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.once('close', () => clearTimeout(timer));
  }

  /** At once, as a power cut would; the process cannot do anything about it. False when it does not run here. */
  kill(name: string): boolean {
    return this.#running.get(name)?.kill('SIGKILL') ?? false;
  }

  /** Resolves when all have ended. */
  async close(): Promise<void> {
    const children = [...this.#running.values()];
    const ended = children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      await new Promise<void>((resolve) => child.once('close', () => resolve()));
    });
    for (const child of children) child.kill('SIGTERM');
    const timer = setTimeout(this.#killAll, PATIENCE_MS);
    await Promise.all(ended);
    clearTimeout(timer);
    process.off('exit', this.#killAll);
  }
}
