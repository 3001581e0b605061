/**
 * The address plan of a capture. Hosts have names; a capture file needs numbers. The n-th host, from 1, gets the IPv4 address
 * 10.0.0.0 + n, and the Ethernet address 02:00 followed by the four octets of that one: locally administered (IEEE 802), so it is
 * nobody's. Which host is the n-th follows from the order in which the world is built, never from what happens in it.
 */
import { assert } from '../../sim/errors.ts';

/** Hosts that 10.0.0.0/8 has room for, without its first and last address. */
const HOSTS_MAX = 0xff_fffe;

/** The addresses that a host has in a capture, where hosts have names only. */
export interface HostAddress {
  readonly host: string;
  /** 4 octets. */
  readonly ipv4: Uint8Array;
  /** 6 octets. */
  readonly ethernet: Uint8Array;
}

/** Gives each host an IPv4 and a MAC address when it is first met, and the same ones ever after. */
export class AddressPlan {
  readonly #addresses = new Map<string, HostAddress>();

  /** The addresses of a host; one that is not known yet is the next. */
  of(host: string): HostAddress {
    let address = this.#addresses.get(host);
    if (address === undefined) {
      address = numbered(host, this.#addresses.size + 1);
      this.#addresses.set(host, address);
    }
    return address;
  }

  has(host: string): boolean {
    return this.#addresses.has(host);
  }
}

function numbered(host: string, n: number): HostAddress {
  assert(n <= HOSTS_MAX, 'a world has fewer hosts than 10.0.0.0/8 has addresses');
  const ipv4 = Uint8Array.of(10, n >>> 16, n >>> 8, n);
  return { host, ipv4, ethernet: Uint8Array.of(0x02, 0x00, ...ipv4) };
}
