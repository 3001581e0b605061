/** A flow: all packets of one protocol from one address to another. Made once per socket and peer, shared by its packets. */
import type { EventNumber } from '../../sim/trace.ts';
import type { Address } from '../fabric.ts';
import type { Packet } from '../packet.ts';
import type { FlowEnds, FlowSecond } from './flow-second.ts';

/** Packets of one protocol from one socket to another: what the trace counts together. */
export interface Flow extends FlowEnds {
  /** `udp alice-phone crs`: what flows between two hosts by one protocol have in common; their chance on a link is one. */
  readonly pair: string;
  /** The ledger's, while the second of its last packet lasts: looked up once a second, not for each packet. */
  second: FlowSecond | undefined;
  /** Where its packets set out, as of the `routesVersion` of the network; undefined when there is no way. */
  firstLink: PacketCarrier | undefined;
  routesVersion: number;
}

/** A link, as far as a flow knows it. */
export interface PacketCarrier {
  /** Takes a packet on its way from `sender`. */
  send(packet: FlowPacket, sender: string): void;
}

/** A packet with what the fabric needs to know about it and no device sees. */
export interface FlowPacket extends Packet {
  readonly flow: Flow;
  /** The event during which it was sent: the cause of whatever it leads to. */
  readonly cause: EventNumber;
  /** The link whose end the sender has taken the place of (`Link.divert`): there it is not diverted again. */
  readonly injectedOn?: string;
  /** A bit of it flipped on the way, and a checksum will show it. */
  readonly isCorrupt?: boolean;
}

/** A flow without packets so far, with addresses of its own that nobody else changes. */
export function flowOf(protocol: 'udp' | 'tcp', from: Address, to: Address): Flow {
  return {
    protocol,
    from: { host: from.host, port: from.port },
    to: { host: to.host, port: to.port },
    fromText: textOf(from),
    toText: textOf(to),
    pair: `${protocol} ${from.host} ${to.host}`,
    second: undefined,
    firstLink: undefined,
    routesVersion: -1,
  };
}

/** `udp alice-phone:5004 crs:40000`: equal for equal flows. */
export function keyOf({ protocol, fromText, toText }: FlowEnds): string {
  return `${protocol} ${fromText} ${toText}`;
}

/** `host:port`, the form addresses have in the trace. */
export function textOf(address: Address): string {
  // Joined, it is one text; put together it would keep its parts beside what they are.
  return [address.host, address.port].join(':');
}
