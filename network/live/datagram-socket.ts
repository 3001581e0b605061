/** A device's datagram socket on a real one. */
import type { Address, DatagramSocket } from '../fabric.ts';
import { networkError } from '../simulated/errors.ts';
import { checkPeerPort } from '../simulated/ports.ts';
import type { BoundSocket } from './bound-socket.ts';
import type { LiveSurroundings } from './surroundings.ts';

/** Largest payload of UDP over IPv4: 65,535 - 20 - 8 octets. */
const DATAGRAM_MAX = 65_507;

/** A UDP port on a real socket, with names of hosts in place of their addresses. */
export class LiveDatagramSocket implements DatagramSocket {
  readonly local: Address;
  readonly #bound: BoundSocket;
  readonly #real: Address;
  readonly #fabric: LiveSurroundings;
  readonly #onClose: () => void;
  readonly #unreachable = new Set<string>();
  #closed = false;

  /** `port` is what the device asked for; 0 is answered with the real one. */
  constructor(
    host: string,
    port: number,
    bound: BoundSocket,
    fabric: LiveSurroundings,
    onDatagram: (from: Address, octets: Uint8Array) => void,
    onClose: () => void,
  ) {
    this.#bound = bound;
    this.#real = bound.real;
    this.#fabric = fabric;
    this.#onClose = onClose;
    this.local = { host, port: port === 0 ? this.#real.port : port };
    fabric.directory.learn('udp', this.local, this.#real);
    bound.receive = (real, octets) => this.#receive(real, octets, onDatagram);
  }

  send(to: Address, octets: Uint8Array): void {
    if (this.#closed) return;
    if (octets.length > DATAGRAM_MAX)
      throw networkError('NETWORK_DATAGRAM_TOO_LONG', `a datagram of ${octets.length} octets`);
    checkPeerPort(to.port);
    const { directory, isPlugged, linkBetween } = this.#fabric;
    if (!isPlugged(this.local.host)) return;
    const link = linkBetween(this.local.host, to.host);
    if (link === undefined) return this.#noRoute(to);
    link.see({ protocol: 'udp', from: this.local, to, octets }, this.local.host);
    const real = directory.realOf('udp', to);
    if (real !== undefined) this.#bound.send(octets, real);
  }

  /** Here nothing is gained by it: the operating system takes a copy. */
  give(to: Address, octets: Uint8Array): void {
    this.send(to, octets);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#fabric.directory.forget('udp', this.local, this.#real);
    this.#bound.close();
    this.#onClose();
  }

  #receive(real: Address, octets: Uint8Array, onDatagram: (from: Address, octets: Uint8Array) => void): void {
    const { directory, isPlugged, linkBetween, enter } = this.#fabric;
    const from = directory.nameOf('udp', real);
    enter(() => {
      if (this.#closed || !isPlugged(this.local.host)) return;
      linkBetween(this.local.host, from.host)?.see(
        { protocol: 'udp', from, to: this.local, octets },
        this.local.host,
      );
      onDatagram(from, octets);
    });
  }

  /** Told once for each peer: links are part of the world, and the real network does not know them. */
  #noRoute({ host, port }: Address): void {
    const to = `${host}:${port}`;
    if (this.#unreachable.has(to)) return;
    this.#unreachable.add(to);
    const from = `${this.local.host}:${this.local.port}`;
    this.#fabric.trace.append('network.no-route', this.local.host, { protocol: 'udp', from, to });
  }
}
