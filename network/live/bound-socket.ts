/** A real UDP socket: dgram-as-promised, and what of it the fabric needs. */
import { DgramAsPromised, type SocketAsPromised } from 'dgram-as-promised';
import type { Address } from '../fabric.ts';
import type { Handles } from './handles.ts';
import { plain } from './plain.ts';

/**
 * Octets the kernel keeps for a socket until they are read. A call has 50 packets of some 200 octets a second: this bridges a
 * stall of minutes. The operating system may give less.
 */
const RECEIVE_BUFFER_OCTETS = 4 * 1024 * 1024;

/** A UDP socket of the operating system that is bound already, so that a device need not wait for it. */
export class BoundSocket {
  /** Called with each datagram. Set by whoever has the socket open. */
  receive: (from: Address, octets: Uint8Array) => void = () => undefined;
  readonly #ip: string;
  readonly #socket: SocketAsPromised;
  #port = 0;
  #closed = false;

  constructor(ip: string, handles: Handles) {
    this.#ip = ip;
    // Received through the callback: the promised recv() has no queue and loses what comes between two calls.
    this.#socket = DgramAsPromised.createSocket(
      { type: 'udp4', recvBufferSize: RECEIVE_BUFFER_OCTETS },
      (octets, { address, port }) => this.receive({ host: address, port }, plain(octets)),
    );
    handles.add(this.#socket.socket, () => this.close());
  }

  get real(): Address {
    return { host: this.#ip, port: this.#port };
  }

  /** 0 asks for a free port. Rejects with what the operating system says. */
  async bind(port: number): Promise<void> {
    this.#port = port;
    this.#port = (await this.#socket.bind(port, this.#ip)).port;
  }

  send(octets: Uint8Array, to: Address): void {
    if (this.#closed) return;
    // A copy, because the octets leave later and the caller may use its own again. What cannot be sent is lost, as it is on a network.
    this.#socket.send(Buffer.from(octets), to.port, to.host).catch(() => undefined);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.receive = () => undefined;
    this.#socket.close().catch(() => undefined);
  }
}
