/** A datagram socket: a port of a host, and a flow for each peer it has sent to. */
import type { Address, DatagramSocket } from '../fabric.ts';
import { networkError } from './errors.ts';
import { flowOf, textOf, type Flow } from './flow.ts';
import type { HostSurroundings } from './host-surroundings.ts';
import { checkPeerPort } from './ports.ts';

/** Largest payload of UDP over IPv4: 65,535 - 20 - 8 octets. */
const DATAGRAM_MAX = 65_507;

/** The host of a socket, which has its port back when it closes. */
export interface SocketOwner {
  /** The socket of that port takes and sends nothing any more. */
  onSocketClosed(port: number): void;
}

/** A UDP port in virtual time. Errors of `send`: NETWORK_DATAGRAM_TOO_LONG, NETWORK_PORT_INVALID. */
export class SimulatedDatagramSocket implements DatagramSocket {
  readonly local: Address;
  readonly onDatagram: (from: Address, octets: Uint8Array) => void;
  readonly #fabric: HostSurroundings;
  readonly #owner: SocketOwner;
  /** Made for the second peer: most sockets send to one. */
  #flows: Map<string, Flow> | undefined;
  /** The flow of the last datagram. */
  #flow: Flow | undefined;
  #closed = false;

  constructor(
    local: Address,
    onDatagram: (from: Address, octets: Uint8Array) => void,
    fabric: HostSurroundings,
    owner: SocketOwner,
  ) {
    this.local = local;
    this.onDatagram = onDatagram;
    this.#fabric = fabric;
    this.#owner = owner;
  }

  send(to: Address, octets: Uint8Array): void {
    if (!this.#closed) this.give(to, octets.length > DATAGRAM_MAX ? octets : this.#fabric.arena.copy(octets));
  }

  give(to: Address, octets: Uint8Array): void {
    if (this.#closed) return;
    if (octets.length > DATAGRAM_MAX) {
      throw networkError('NETWORK_DATAGRAM_TOO_LONG', `a datagram of ${octets.length} octets`);
    }
    let flow = this.#flow;
    if (flow === undefined || flow.to.port !== to.port || flow.to.host !== to.host) flow = this.#flowTo(to);
    this.#fabric.transmit({
      protocol: 'udp',
      from: flow.from,
      to: flow.to,
      octets,
      flow,
      cause: this.#fabric.trace.current,
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#owner.onSocketClosed(this.local.port);
  }

  #flowTo(to: Address): Flow {
    const key = textOf(to);
    let flow = this.#flows?.get(key);
    if (flow === undefined) {
      checkPeerPort(to.port);
      flow = flowOf('udp', this.local, to);
      if (this.#flow !== undefined) {
        this.#flows ??= new Map([[textOf(this.#flow.to), this.#flow]]);
        this.#flows.set(key, flow);
      }
    }
    this.#flow = flow;
    return flow;
  }
}
