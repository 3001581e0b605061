/**
 * Which address of the real network a device's address stands for, and back. Devices know each other by host names and ports;
 * sockets know IP addresses and ports.
 *
 * A host either has an IP address for itself, and its ports are the real ones; or it shares one with others (all the devices on
 * 127.0.0.1), and each of its ports is learnt when it is opened: the port that the operating system gave stands for it.
 */
import type { Address, HostNumbers } from '../fabric.ts';
import type { Packet } from '../packet.ts';

/** Which of the two kinds of ports an address belongs to. */
export type Protocol = Packet['protocol'];

/** Which real address stands for which host and port, both ways. */
export class Directory implements HostNumbers {
  readonly #addressOf = new Map<string, string>();
  readonly #hostAt = new Map<string, string>();
  readonly #real = new Map<string, Address>();
  readonly #named = new Map<string, Address>();

  /** Gives a host an IP address that no other host has. The one that it had is nobody's then. */
  place(host: string, ip: string): void {
    const before = this.#addressOf.get(host);
    if (before !== undefined && this.#hostAt.get(before) === host) this.#hostAt.delete(before);
    this.#addressOf.set(host, ip);
    this.#hostAt.set(ip, host);
  }

  /** The IP address that a host has for itself. */
  ownAddressOf(host: string): string | undefined {
    return this.#addressOf.get(host);
  }

  /** The IP address that a host has for itself; its name where it shares one, whose ports say nothing then. */
  numberOf(host: string): string {
    return this.#addressOf.get(host) ?? host;
  }

  hostOf(number: string): string {
    return this.#hostAt.get(number) ?? number;
  }

  /** An open port: `local` is what devices call it. */
  learn(protocol: Protocol, local: Address, real: Address): void {
    this.#real.set(keyOf(protocol, local), real);
    this.#named.set(keyOf(protocol, real), local);
  }

  /** The port is closed. A later owner of either address stays known. */
  forget(protocol: Protocol, local: Address, real: Address): void {
    if (this.#real.get(keyOf(protocol, local)) === real) this.#real.delete(keyOf(protocol, local));
    if (this.#named.get(keyOf(protocol, real)) === local) this.#named.delete(keyOf(protocol, real));
  }

  /** Where a device's address really is; undefined when nothing is open there. */
  realOf(protocol: Protocol, address: Address): Address | undefined {
    const own = this.#addressOf.get(address.host);
    return own === undefined ? this.#real.get(keyOf(protocol, address)) : { host: own, port: address.port };
  }

  /** Who sent from a real address; the address itself when that is nobody known. */
  nameOf(protocol: Protocol, real: Address): Address {
    const host = this.#hostAt.get(real.host);
    return host === undefined ? (this.#named.get(keyOf(protocol, real)) ?? real) : { host, port: real.port };
  }
}

function keyOf(protocol: Protocol, { host, port }: Address): string {
  return `${protocol} ${host}:${port}`;
}
