/** A live capture on its way through Redis: a reader takes a piece after the other, and the run waits when a few were not taken. */
import type { Redis } from 'ioredis';

/** Milliseconds between looks whether something was taken. */
const TAKEN_MS = 20;

/** Where the pieces are, how many were taken, and what tells the reader of one. */
interface CaptureKeys {
  readonly capture: string;
  readonly taken: string;
  readonly tell: () => Promise<void>;
}

/** Pieces of a live capture on their way to one reader: `done` is called when a piece was taken there. */
export class CaptureStream {
  readonly #redis: Redis;
  readonly #keys: CaptureKeys;
  readonly #untaken: (() => void)[] = [];
  #sent: Promise<unknown> = Promise.resolve();
  #done = 0;
  #look: NodeJS.Timeout | undefined;

  constructor(redis: Redis, keys: CaptureKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  send(octets: Uint8Array, done: () => void): void {
    const { capture, tell } = this.#keys;
    this.#untaken.push(done);
    this.#sent = this.#sent.then(() => this.#redis.rpush(capture, Buffer.from(octets))).then(tell);
    // Whoever ends the stream hears of it.
    this.#sent.catch(() => undefined);
    this.#look ??= setInterval(() => void this.#ask().catch(() => undefined), TAKEN_MS);
  }

  /** Resolves when all pieces are where their reader finds them. */
  async end(): Promise<void> {
    await this.#sent;
    clearInterval(this.#look);
  }

  async #ask(): Promise<void> {
    const taken = Number((await this.#redis.get(this.#keys.taken)) ?? 0);
    for (; this.#done < taken; this.#done++) this.#untaken.shift()?.();
  }
}
