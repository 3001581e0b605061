/** How long a server waits for a handshake, and whom it tells when it is over. */
import type { Clock, Micros, TimerId } from '../../sim/clock.ts';
import type { HandshakeOver } from '../fabric.ts';

/** A server's handshake under way: it ends once, and not too late. */
export class ServerHandshake {
  readonly #clock: Clock;
  readonly #timer: TimerId | undefined;
  #over: HandshakeOver | undefined;

  constructor(clock: Clock, timeout: Micros | undefined, over: HandshakeOver, onTimeout: () => void) {
    this.#clock = clock;
    this.#over = over;
    this.#timer = timeout === undefined ? undefined : clock.schedule(timeout, onTimeout);
  }

  end(secured: boolean): void {
    const over = this.#over;
    if (over === undefined) return;
    this.#over = undefined;
    if (this.#timer !== undefined) this.#clock.cancel(this.#timer);
    over(secured);
  }
}
