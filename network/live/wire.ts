/**
 * What node:tls takes for its socket: octets to and from a transport, read along by a watch on each direction. Because TLS runs
 * on top of it and not on the socket itself, a tap has the records as they are on the wire, and a thief's passive decryption works on
 * real TLS.
 */
import { Duplex } from 'node:stream';
import { concat } from '../../sim/octets.ts';
import { SessionWatch } from './session-watch.ts';
import type { Transport } from './transport.ts';

/** How long the peer has to take an alert before its connection is cut. */
const LINGER_MS = 2_000;

type Done = (error?: Error | null) => void;

/** A duplex stream that stands in for the socket below TLS, watched in both directions. */
export class Wire extends Duplex {
  readonly sent = new SessionWatch();
  readonly received = new SessionWatch();
  readonly #transport: Transport;

  constructor(transport: Transport) {
    // TLS takes over allowHalfOpen: with it, a server would never close.
    super({ allowHalfOpen: false });
    this.#transport = transport;
  }

  /** For the transport's owner. */
  deliver(octets: Uint8Array): void {
    // What comes after the end of TLS is read for nothing: behind it is the end of the connection.
    if (this.destroyed) return;
    this.received.push(octets);
    if (!this.push(octets)) this.#transport.want(false);
  }

  override _read(): void {
    this.#transport.want(true);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#send(chunk, done);
  }

  /** A record is written in pieces; they leave together. */
  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: Done): void {
    this.#send(concat(...chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: Done): void {
    this.#transport.socket.end();
    done();
  }

  /** TLS is over, but an alert may be on its way: the socket ends in order, if its peer lets it. */
  override _destroy(error: Error | null, done: Done): void {
    const { socket } = this.#transport;
    if (!socket.destroyed) {
      socket.end();
      this.#transport.want(true);
      const timer = setTimeout(() => socket.destroy(), LINGER_MS);
      socket.once('close', () => clearTimeout(timer));
    }
    done(error);
  }

  #send(octets: Uint8Array, done: Done): void {
    this.sent.push(octets);
    this.#transport.write(octets, done);
  }
}
