/**
 * The address plan of a simulated network. Hosts have names; session descriptions and capture files need numbers. The n-th name, from 1,
 * gets the IPv4 address 10.0.0.0 + n. Which name is the n-th follows from the order in which the network is built, which is kept with it.
 */
import { assert } from '../../sim/errors.ts';
import type { HostNumbers } from '../fabric.ts';

/** Hosts that 10.0.0.0/8 has room for, without its first and last address. */
const HOSTS_MAX = 0xff_fffe;

/** Names in the order in which they became known; each has its number from then on. */
export class AddressPlan implements HostNumbers {
  readonly #numbers = new Map<string, string>();
  readonly #hosts = new Map<string, string>();

  /** A name becomes known. */
  add(host: string): void {
    if (this.#numbers.has(host)) return;
    const n = this.#numbers.size + 1;
    assert(n <= HOSTS_MAX, 'a world has fewer hosts than 10.0.0.0/8 has addresses');
    const number = `10.${n >>> 16}.${(n >>> 8) & 255}.${n & 255}`;
    this.#numbers.set(host, number);
    this.#hosts.set(number, host);
  }

  numberOf(host: string): string {
    return this.#numbers.get(host) ?? host;
  }

  hostOf(number: string): string {
    return this.#hosts.get(number) ?? number;
  }
}
