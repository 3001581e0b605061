/** The processes of `calldrill worker`: one that breaks is begun again, and one that cannot begin ends them all. */
import { fork, type ChildProcess } from 'node:child_process';
import { CalldrillError } from '../../sim/errors.ts';
import type { FromWorkerProcess, ToWorkerProcess } from './worker-message.ts';

const ENTRY = new URL('./worker-process.js', import.meta.url);
/** Milliseconds before a process that broke is begun again. */
const AGAIN_MS = 1_000;
/** Milliseconds in which a process gives back what it has. */
const LEAVE_MS = 15_000;

/** How a crew is made. */
export interface CrewOptions {
  readonly jobs: number;
  /** The address with its password. */
  readonly redis: string;
  readonly memoryMib?: number;
  readonly tell: (line: string) => void;
}

/** Works until the signal aborts; then gives back what is under way. Throws why a process cannot begin, and the reason of the signal. */
export async function work(options: CrewOptions, signal: AbortSignal): Promise<never> {
  const crew = new Crew(options);
  try {
    for (let number = 1; number <= options.jobs; number++) crew.begin(number);
    return await Promise.race([crew.broken, whenAborted(signal)]);
  } finally {
    await crew.leave();
  }
}

class Crew {
  readonly #options: CrewOptions;
  readonly #members = new Set<ChildProcess>();
  #leaving = false;
  #break: (error: Error) => void = () => undefined;
  readonly broken: Promise<never>;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.broken = new Promise((_, reject) => (this.#break = reject));
    this.broken.catch(() => undefined);
  }

  begin(number: number): void {
    const { redis, memoryMib, tell } = this.#options;
    const member = fork(ENTRY, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#members.add(member);
    let ready = false;
    member.on('message', (message: FromWorkerProcess) => {
      if (message.kind === 'ready') ready = true;
      else if (message.kind === 'refused') this.#break(refusal(message));
      else tell(`worker ${number}: ${wordsOf(message)}`);
    });
    member.on('error', (error) => this.#break(error));
    member.on('exit', (code, killed) => {
      this.#members.delete(member);
      if (this.#leaving) return;
      const how = killed === null ? `code ${code}` : killed;
      if (!ready) return this.#break(new Error(`a worker process ended before it began, with ${how}`));
      tell(`worker ${number}: ended with ${how}, and is begun again`);
      setTimeout(() => !this.#leaving && this.begin(number), AGAIN_MS).unref();
    });
    const begin: ToWorkerProcess = {
      kind: 'begin',
      redis,
      ...(memoryMib === undefined ? {} : { memoryMib }),
    };
    member.send(begin, () => undefined);
  }

  /** Resolves when all are gone. */
  async leave(): Promise<void> {
    this.#leaving = true;
    await Promise.all(
      [...this.#members].map(
        (member) =>
          new Promise<void>((resolve) => {
            if (member.exitCode !== null || member.signalCode !== null) return resolve();
            member.once('exit', () => resolve());
            const late = setTimeout(() => member.kill('SIGKILL'), LEAVE_MS);
            member.once('exit', () => clearTimeout(late));
            if (member.connected) member.disconnect();
          }),
      ),
    );
  }
}

function wordsOf(message: Exclude<FromWorkerProcess, { readonly kind: 'ready' | 'refused' }>): string {
  if (message.kind === 'news') return message.news;
  return message.away ? `Redis is away (${message.why}): waiting for it` : 'Redis is back';
}

function refusal({ code, message, fix }: FromWorkerProcess & { readonly kind: 'refused' }): Error {
  return code === '' ? new Error(message) : new CalldrillError(code, message, fix);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
