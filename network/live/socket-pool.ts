/**
 * UDP sockets that are bound before anybody asks for one. A device that opens a port knows its number at once (it stands in the
 * offer of a call), while binding a real socket takes a turn of the event loop.
 */
import { networkError } from '../simulated/errors.ts';
import { BoundSocket } from './bound-socket.ts';
import type { Handles } from './handles.ts';

export class SocketPool {
  readonly ip: string;
  readonly #handles: Handles;
  readonly #spare: BoundSocket[] = [];
  #closed = false;

  private constructor(ip: string, handles: Handles) {
    this.ip = ip;
    this.#handles = handles;
  }

  /** Binds `spares` sockets, and keeps so many. Errors: NETWORK_ADDRESS_UNUSABLE. */
  static async open(ip: string, spares: number, handles: Handles): Promise<SocketPool> {
    const pool = new SocketPool(ip, handles);
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
    if (bound === undefined)
      throw networkError(
        'NETWORK_NO_FREE_PORT',
        `on ${this.ip} more sockets are opened at once than are ready`,
      );
    // When it cannot be replaced the pool is smaller by one; when it is empty, that is told above.
    this.#refill().catch(() => undefined);
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

  async #refill(): Promise<void> {
    const bound = new BoundSocket(this.ip, this.#handles);
    await bound.bind(0);
    if (this.#closed) bound.close();
    else this.#spare.push(bound);
  }
}
