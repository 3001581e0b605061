/** A device's ear for its director: lines as they come, and when nothing comes any more. */
import type { Socket } from 'node:net';
import { controlError } from './errors.ts';
import { LineReader } from './line-reader.ts';
import { CONTROL_LINE_MAX, UNHEARD_MAX } from './message.ts';

/** The connection, and who is told of what comes over it. */
export interface Hearing {
  readonly socket: Socket;
  readonly director: { readonly host: string; readonly port: number };
  /** Milliseconds between two beats of the director. */
  readonly beatMs: number;
  /** What it throws is told to {@link fail}. */
  hear(line: string): void;
  /** CONTROL_UNREACHABLE before the first line, CONTROL_DIRECTOR_LOST after it, or what {@link hear} has thrown. */
  fail(reason: unknown): void;
}

/** Listens from the time at which it is made. */
export class DirectorHearing {
  readonly #hearing: Hearing;
  readonly #lines = new LineReader(CONTROL_LINE_MAX);
  readonly #silence: NodeJS.Timeout;
  #heard = false;
  #unheard = 0;

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
    const { socket, beatMs } = hearing;
    socket.setNoDelay(true);
    socket.on('error', (cause) => {
      if (!this.#heard) this.#unreachable(cause.message, cause);
    });
    socket.on('close', () =>
      this.#heard
        ? this.#lost('the director has closed the connection, or is gone')
        : this.#unreachable('it closes the connection'),
    );
    socket.on('data', (octets) => this.#take(octets));
    // Counted and not timed: a process that was stopped for a while has not listened.
    this.#silence = setInterval(() => {
      if (++this.#unheard <= UNHEARD_MAX) return;
      if (this.#heard) this.#lost('nothing is heard of the director any more');
      else this.#unreachable('nothing comes from there');
    }, beatMs);
  }

  /** Counts no silence any more; what still comes is heard. */
  stop(): void {
    clearInterval(this.#silence);
  }

  #take(octets: Uint8Array): void {
    this.#unheard = 0;
    try {
      for (const line of this.#lines.push(octets)) {
        this.#hearing.hear(line);
        this.#heard = true;
      }
    } catch (thrown) {
      this.#hearing.fail(thrown);
    }
  }

  #unreachable(why: string, cause?: unknown): void {
    const { host, port } = this.#hearing.director;
    const detail = `no director answers at ${host}:${port}: ${why}`;
    this.#hearing.fail(controlError('CONTROL_UNREACHABLE', detail, { cause }));
  }

  #lost(why: string): void {
    this.#hearing.fail(controlError('CONTROL_DIRECTOR_LOST', why));
  }
}
