/** A device's stream on a real TCP connection. */
import type { Address, CloseReason, Stream, StreamHandlers } from '../fabric.ts';
import type { Transport } from './transport.ts';

/** A TCP connection of the machine with the promises of `fabric.ts`. */
export class LiveStream implements Stream {
  readonly #transport: Transport;
  #handlers: StreamHandlers;
  #closing = false;
  #isReset = false;
  #isOver = false;

  constructor(transport: Transport, handlers: StreamHandlers) {
    this.#transport = transport;
    this.#handlers = handlers;
    transport.handle({
      onData: (octets) => {
        if (!this.#isReset) this.#handlers.onData(octets);
      },
      onEnd: () => this.close(),
      onClosed: () => this.over(transport.broken ?? 'closed'),
    });
  }

  get local(): Address {
    return this.#transport.local;
  }

  get remote(): Address {
    return this.#transport.remote;
  }

  /** The owner of a stream that was just accepted. */
  set owner(handlers: StreamHandlers) {
    this.#handlers = handlers;
  }

  write(octets: Uint8Array): void {
    if (this.#closing || this.#isOver) return;
    this.#transport.requireRoom(octets.length);
    this.#transport.write(octets.slice());
  }

  close(): void {
    if (this.#closing || this.#isOver) return;
    this.#closing = true;
    this.#transport.socket.end();
  }

  reset(): void {
    if (this.#isReset || this.#isOver) return;
    this.#closing = true;
    this.#isReset = true;
    this.#transport.reset();
  }

  /** For the host: it is connected. */
  opened(): void {
    this.#transport.settled();
    if (this.#isOver || this.#isReset) return;
    this.#handlers.onOpen?.();
  }

  over(reason: CloseReason): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handlers.onClose({ reason });
  }
}
