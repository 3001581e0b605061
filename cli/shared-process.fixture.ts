/**
 * One process for many command lines. To start the program takes half a second, most of it for reading its modules; a test that is
 * not about processes types its lines here. Folders, files and exit codes are real; streams are kept.
 */
import { fork, type ChildProcess } from 'node:child_process';

/** A command line, and where it is typed. */
export interface ProcessOrder {
  readonly words: readonly string[];
  readonly folder: string;
  /** Standard input. */
  readonly input: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whether a run that was made before may stand for one that it asks for. */
  readonly remembers: boolean;
}

/** What a command line left behind: its exit code and the whole of its two streams. */
export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Orders are carried out one after the other, in the order in which they were given. */
export class SharedProcess {
  readonly #child: ChildProcess;
  readonly #waiting: { readonly resolve: (ended: Ended) => void; readonly reject: (error: Error) => void }[] =
    [];

  constructor() {
    this.#child = fork(new URL('./shared-process-entry.fixture.js', import.meta.url), { stdio: 'inherit' });
    this.#child.on('message', (ended: Ended) => this.#waiting.shift()?.resolve(ended));
    this.#child.on('exit', (code) => {
      for (const { reject } of this.#waiting) reject(new Error(`the shared process ended with ${code}`));
    });
  }

  calldrill(
    words: readonly string[],
    { folder, input = '', env = {}, remembers = false }: Pick<ProcessOrder, 'folder'> & Partial<ProcessOrder>,
  ): Promise<Ended> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.send({ words, folder, input, env, remembers } satisfies ProcessOrder);
    });
  }

  end(): void {
    this.#child.kill();
  }
}
