/**
 * A device's secure stream: TLS of node:tls over a {@link Wire}. It tells its owner one story about several endings, as the
 * simulated one does:
 *
 * - in order: both ends have said goodbye and the socket is closed;
 * - by alert, sent or received: `insecure`;
 * - by the transport: its reason; when it ends in order but the peer has not said goodbye, the session was cut off, which is
 *   `insecure` without an alert.
 */
import type { TLSSocket } from 'node:tls';
import type { Address, SecureStream, Security, StreamClose, StreamHandlers } from '../fabric.ts';
import { suiteNameOf } from '../tls-psk/suites.ts';
import { alertIn, insecure, isStrange } from './close-reason.ts';
import { plain } from './plain.ts';
import type { LiveSurroundings } from './surroundings.ts';
import type { Transport } from './transport.ts';
import type { Wire } from './wire.ts';

/** What a secure stream asks of the end it belongs to, and tells it while the handshake goes on. */
export interface SecureEvents {
  /** The identity of the client, once the handshake is finished. */
  identity(): string;
  /** The handshake is finished; returns whom to tell. */
  onSecured(): StreamHandlers;
  /** Real time that the handshake may take. */
  readonly timeoutMs: number;
  /** The handshake is over, one way or the other; exactly once. */
  onOver(secured: boolean): void;
  /** The handshake failed; strange where the peer offered nothing that is spoken here. */
  onRefused(close: StreamClose, strange: boolean): void;
}

/** A TLS-PSK session of Node's with the promises of `fabric.ts`: one opening, one close, with its reason. */
export class LiveSecureStream implements SecureStream {
  security: Security | undefined;
  readonly #transport: Transport;
  readonly #wire: Wire;
  readonly #tls: TLSSocket;
  readonly #fabric: LiveSurroundings;
  readonly #events: SecureEvents;
  #timer: NodeJS.Timeout | undefined;
  #handlers: StreamHandlers | undefined;
  #error: Error | undefined;
  #opening = true;
  #closing = false;
  #peerEnded = false;
  #isReset = false;
  #isOver = false;

  /** `handlers` are known from the beginning for a client. */
  constructor(
    transport: Transport,
    wire: Wire,
    tls: TLSSocket,
    fabric: LiveSurroundings,
    events: SecureEvents,
    handlers?: StreamHandlers,
  ) {
    this.#transport = transport;
    this.#wire = wire;
    this.#tls = tls;
    this.#fabric = fabric;
    this.#events = events;
    this.#handlers = handlers;
    transport.whenStarted(() => {
      this.#timer = setTimeout(() => tls.destroy(new Error('it took too long')), events.timeoutMs);
    });
    transport.handle({
      onData: (octets) => wire.deliver(octets),
      onEnd: () => void wire.push(null),
      // The socket may be gone before TLS has noticed.
      onClosed: () => {
        if (transport.broken !== undefined) tls.destroy();
        else setImmediate(() => tls.destroy());
      },
    });
    tls.on('error', (error) => (this.#error ??= error));
    tls.once('secure', () => fabric.enter(() => this.#secured()));
    tls.on('data', (chunk: Buffer) => fabric.enter(() => this.#data(plain(chunk))));
    // The peer says no more, and this end follows by itself: what is written from now on would break the connection.
    tls.once('end', () => (this.#peerEnded = true));
    tls.once('close', () => fabric.enter(() => this.#closed()));
  }

  get local(): Address {
    return this.#transport.local;
  }

  get remote(): Address {
    return this.#transport.remote;
  }

  write(octets: Uint8Array): void {
    if (this.#closing || this.#peerEnded || this.#isOver) return;
    this.#transport.requireRoom(octets.length + this.#tls.writableLength);
    this.#tls.write(octets.slice());
  }

  close(): void {
    if (this.#closing || this.#peerEnded || this.#isOver) return;
    this.#closing = true;
    this.#tls.end();
  }

  reset(): void {
    if (this.#isReset || this.#isOver) return;
    this.#closing = true;
    this.#isReset = true;
    this.#transport.reset();
  }

  #secured(): void {
    if (this.#isReset || this.#isOver) return;
    this.#opened();
    this.#events.onOver(true);
    const { side } = this.#transport;
    const agreed = (side === 'server' ? this.#wire.sent : this.#wire.received).agreed;
    this.security = {
      version: 'TLS 1.2',
      cipherSuite: suiteNameOf(agreed?.keyExchange ?? 'psk'),
      pskIdentity: this.#events.identity(),
      encryptThenMac: agreed?.encryptThenMac ?? false,
      extendedMasterSecret: agreed?.extendedMasterSecret ?? false,
    };
    const { pskIdentity: identity, cipherSuite: suite, encryptThenMac, extendedMasterSecret } = this.security;
    const { trace } = this.#fabric;
    const event = trace.append('network.secured', this.local.host, {
      ...this.#ends,
      identity,
      suite,
      encryptThenMac,
      extendedMasterSecret,
    });
    trace.because(event, () => {
      this.#handlers ??= this.#events.onSecured();
      if (!this.#isReset) this.#handlers.onOpen?.();
    });
  }

  #data(octets: Uint8Array): void {
    if (!this.#isReset && !this.#isOver) this.#handlers?.onData(octets);
  }

  #closed(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const wasOpening = this.#opening;
    this.#opened();
    if (wasOpening) this.#events.onOver(false);
    const close = this.#reason(wasOpening);
    if (wasOpening && !this.#isReset) this.#events.onRefused(close, isStrange(this.#error));
    this.#handlers?.onClose(close);
  }

  #reason(inHandshake: boolean): StreamClose {
    if (this.#isReset) return { reason: 'reset' };
    const sent = this.#wire.sent.alert;
    const error = this.#error;
    if (sent !== undefined || (error !== undefined && alertIn(error) !== undefined))
      return insecure(error, sent);
    const { broken } = this.#transport;
    if (broken !== undefined) return { reason: broken };
    const isCutOff = !this.#closing && !this.#wire.received.endsInAlert;
    if (inHandshake || isCutOff || error !== undefined) return insecure(error, undefined);
    return { reason: 'closed' };
  }

  #opened(): void {
    clearTimeout(this.#timer);
    this.#opening = false;
    this.#transport.settled();
  }

  get #ends(): { readonly local: string; readonly remote: string } {
    const { local, remote } = this;
    return { local: `${local.host}:${local.port}`, remote: `${remote.host}:${remote.port}` };
  }
}
