/** The other end of `process.ts`: a process that is asked one thing at a time, within a limit of time. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TrialAnswer, TrialRequest, Subject } from './tries.ts';

/** What came of a request: its answer, or how the process ended. */
export type TesterReply =
  TrialAnswer | { readonly kind: 'timed out' } | { readonly kind: 'died'; readonly said: string };

/** Time to start, and to read all modules once. */
const BEGIN_LIMIT_MS = 60_000;
/** Characters of what a process said that are kept. */
const SAID_MAX = 2_000;

/** Owns one process from its beginning to its end. */
export class Tester {
  readonly #child: ChildProcess;
  #said = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = `${this.#said}${text}`.slice(-SAID_MAX);
    });
  }

  static async begin(subject: Subject): Promise<Tester> {
    const child = fork(fileURLToPath(new URL('./process.js', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--no-warnings'],
    });
    const tester = new Tester(child);
    const begun = await tester.ask({ kind: 'begin', subject }, BEGIN_LIMIT_MS);
    if (begun.kind !== 'begun') throw new Error(`a process for mutants did not begin: ${tester.#said}`);
    return tester;
  }

  /** After a reply that is no answer, the process is gone. */
  ask(request: TrialRequest, limitMs: number): Promise<TesterReply> {
    const child = this.#child;
    return new Promise((resolve) => {
      const settle = (reply: TesterReply): void => {
        clearTimeout(watch);
        child.off('message', answered).off('exit', died);
        resolve(reply);
      };
      const answered = (answer: TrialAnswer): void => settle(answer);
      const died = (): void => settle({ kind: 'died', said: this.#said });
      const watch = setTimeout(() => {
        this.end();
        settle({ kind: 'timed out' });
      }, limitMs);
      child.on('message', answered).on('exit', died);
      child.send(request);
    });
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}
