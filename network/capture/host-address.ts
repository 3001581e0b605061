/**
 * The addresses of a host in a capture file: its IPv4 address as the network numbers it, and an Ethernet address of 02:00 followed by the
 * same four octets: locally administered (IEEE 802), so it is nobody's.
 */
import { assert } from '../../sim/errors.ts';

/** The addresses that a host has in a capture, where hosts have names. */
export interface HostAddress {
  readonly host: string;
  /** 4 octets. */
  readonly ipv4: Uint8Array;
  /** 6 octets. */
  readonly ethernet: Uint8Array;
}

/** `number` is an IPv4 address: `10.0.0.4`. */
export function hostAddress(host: string, number: string): HostAddress {
  const ipv4 = Uint8Array.from(number.split('.'), Number);
  assert(ipv4.length === 4, 'every host of a network has a number');
  return { host, ipv4, ethernet: Uint8Array.of(0x02, 0x00, ...ipv4) };
}
