/**
 * UDP sockets that are bound before anybody asks for one. A device that opens a port knows its number at once (it stands in the
 * offer of a call), while binding a real socket takes a turn of the event loop.
 */
import { networkError } from '../simulated/errors.ts';
import { BoundSocket } from './bound-socket.ts';
import type { Handles } from './handles.ts';

/** The bound UDP sockets of one IP address that nobody has yet; those that are taken are replaced. */
export class SocketPool {
  readonly ip: string;
  readonly #handles: Handles;
  /** So many are kept ready. */
  readonly #spares: number;
  readonly #spare: BoundSocket[] = [];
  /** Sockets that are being bound. */
  #binding = 0;
  #closed = false;

  private constructor(ip: string, spares: number, handles: Handles) {
    this.ip = ip;
    this.#spares = spares;
    this.#handles = handles;
  }

  /** Binds `spares` sockets, and keeps so many. Errors: NETWORK_ADDRESS_UNUSABLE. */
  static async open(ip: string, spares: number, handles: Handles): Promise<SocketPool> {
    const pool = new SocketPool(ip, spares, handles);
    try {
      await Promise.all(Array.from({ length: spares }, async () => pool.#refill()));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw networkError('NETWORK_ADDRESS_UNUSABLE', `no socket can be opened on ${ip}: ${reason}`, {
        cause,
      });
    }
    return pool;
  }

  /** A socket on a port that the operating system chose. Errors: NETWORK_NO_FREE_PORT. */
  take(): BoundSocket {
    const bound = this.#spare.shift();
    this.#fillUp();
    if (bound === undefined)
      throw networkError(
        'NETWORK_NO_FREE_PORT',
        `on ${this.ip} more sockets are opened at once than are ready`,
      );
    return bound;
  }

  /** A socket on this very port; what goes wrong is told to `onError`. */
  takePort(port: number, onError: (thrown: unknown) => void): BoundSocket {
    const bound = new BoundSocket(this.ip, this.#handles);
    bound.bind(port).catch(onError);
    return bound;
  }

  close(): void {
    this.#closed = true;
  }

  /** What cannot be replaced now, when the process has too many files open, is tried again with the next one that is taken. */
  #fillUp(): void {
    const missing = this.#spares - this.#spare.length - this.#binding;
    for (let n = 0; n < missing; n++) this.#refill().catch(() => undefined);
  }

  async #refill(): Promise<void> {
    this.#binding++;
    const bound = new BoundSocket(this.ip, this.#handles);
    try {
      await bound.bind(0);
      if (this.#closed) bound.close();
      else this.#spare.push(bound);
    } catch (cause) {
      bound.close();
      throw cause;
    } finally {
      this.#binding--;
    }
  }
}
