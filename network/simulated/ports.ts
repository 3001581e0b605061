/** The ports of one host and one protocol: which are open, and which is given out next. */
import { networkError } from './errors.ts';

const PORT_MAX = 65_535;
/** IANA's dynamic ports (RFC 6335 6), given out in order so that a run can be read and repeated. */
const FIRST_DYNAMIC = 49_152;

/** The ports of one protocol on one host: those that are taken, and which is free next. */
export class PortNumbers {
  readonly #host: string;
  /** One where there is one, as on a phone; a set where there are more. */
  #taken: number | Set<number> | undefined;
  readonly #step: 1 | 2;
  #next: number;

  /** `next` is the dynamic port that is tried first; a `step` of 2 gives out even ones only. */
  constructor(host: string, step: 1 | 2, next: number = FIRST_DYNAMIC) {
    this.#host = host;
    this.#step = step;
    this.#next = next;
  }

  /** The dynamic port that is tried next. */
  get next(): number {
    return this.#next;
  }

  /** Takes `port`, or a free one for 0. Errors: NETWORK_PORT_INVALID, NETWORK_PORT_TAKEN, NETWORK_NO_FREE_PORT. */
  take(port: number): number {
    if (!Number.isInteger(port) || port < 0 || port > PORT_MAX) {
      throw networkError('NETWORK_PORT_INVALID', `port ${port}`, { where: { device: this.#host } });
    }
    const taken = port === 0 ? this.#free() : port;
    if (this.#isTaken(taken)) {
      throw networkError('NETWORK_PORT_TAKEN', `port ${taken} is open already`, {
        where: { device: this.#host },
      });
    }
    if (this.#taken === undefined) this.#taken = taken;
    else if (typeof this.#taken === 'number') this.#taken = new Set([this.#taken, taken]);
    else this.#taken.add(taken);
    return taken;
  }

  release(port: number): void {
    if (this.#taken === port) this.#taken = undefined;
    else if (typeof this.#taken === 'object') this.#taken.delete(port);
  }

  #isTaken(port: number): boolean {
    return typeof this.#taken === 'object' ? this.#taken.has(port) : this.#taken === port;
  }

  #free(): number {
    for (let tried = FIRST_DYNAMIC; tried <= PORT_MAX; tried += this.#step) {
      const port = this.#next;
      this.#next = port + this.#step > PORT_MAX ? FIRST_DYNAMIC : port + this.#step;
      if (!this.#isTaken(port)) return port;
    }
    throw networkError('NETWORK_NO_FREE_PORT', 'all dynamic ports are in use', {
      where: { device: this.#host },
    });
  }
}

/** A peer has a port in 1..65535. Errors: NETWORK_PORT_INVALID. */
export function checkPeerPort(port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > PORT_MAX) {
    throw networkError('NETWORK_PORT_INVALID', `a peer's port is ${port}`);
  }
}
