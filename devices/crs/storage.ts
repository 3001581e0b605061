/**
 * The port through which a rendezvous server keeps itself over a restart of its process, and when it uses it. A simulated
 * server has none, and pays nothing for it.
 *
 * What its administrator did is given to the storage before they are answered, and whoever carries the answer to them waits until it is
 * kept; the server itself never does, because calls go on meanwhile. What comes from the network (lines of the log, offers of calls)
 * is given a second later, all of it at once, so that a flood does not become a flood of writing; a server that is killed loses that
 * second of its log.
 */
import { SECOND, type Clock, type Micros } from '../../sim/clock.ts';

/** Where the octets of one server are kept. */
export interface CrsStorage {
  /** What was saved last; undefined when nothing was. */
  load(): Uint8Array | undefined;
  /** Takes the octets, and returns at once. What is saved later wins. */
  save(octets: Uint8Array): void;
}

const KEPT_AFTER: Micros = SECOND;

/** Hands the whole state to a storage: at once, or all changes of a second together. */
export class Keeping {
  readonly #storage: CrsStorage | undefined;
  readonly #clock: Clock;
  readonly #encode: () => Uint8Array;
  #planned = false;

  constructor(storage: CrsStorage | undefined, clock: Clock, encode: () => Uint8Array) {
    this.#storage = storage;
    this.#clock = clock;
    this.#encode = encode;
  }

  now(): void {
    this.#storage?.save(this.#encode());
  }

  soon(): void {
    if (this.#storage === undefined || this.#planned) return;
    this.#planned = true;
    this.#clock.schedule(KEPT_AFTER, () => {
      this.#planned = false;
      this.now();
    });
  }
}
