/**
 * What the network puts into the trace. A packet is never an event: a flow has one event for each virtual second in which it
 * had packets, and an oddity appears at most once per flow, kind and second.
 */
import type { Micros } from '../../sim/clock.ts';
import type { CloseReason } from '../fabric.ts';

/** Why a link did not carry a packet; chance is not among it. */
export type LinkDropReason =
  /** As many packets are under way as the link's `limit` allows. */
  | 'queue-full'
  /** It is longer than the link's MTU, and is not fragmented. */
  | 'too-big'
  /** The link does not let its protocol through. */
  | 'blocked';

/** Why a packet went no further, on a link or on the host that it reached. */
export type DropReason =
  | LinkDropReason
  /** A bit of it flipped on the way: a checksum is wrong. */
  | 'checksum'
  /** Nothing is open on the port. */
  | 'port-closed'
  /** The host name has links, but no device is attached, or it has moved to another address. */
  | 'not-attached'
  /** A router does not pass it on: a firewall. */
  | 'filtered'
  /** Too many handshakes are unfinished on the listening port. */
  | 'backlog-full';

interface FlowName {
  readonly protocol: 'udp' | 'tcp';
  /** `host:port`. */
  readonly from: string;
  readonly to: string;
}

interface StreamEnds {
  readonly local: string;
  readonly remote: string;
}

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    /** On the sender's link: one second of a flow. */
    'network.flow': FlowName & {
      /** Start of the second, microseconds. */
      readonly began: Micros;
      readonly packets: number;
      /** Payload octets. */
      readonly octets: number;
      readonly lost: number;
      /** First 128 bits (hex) of a SHA-256 over the second's packets; see `flow-ledger.ts`. */
      readonly digest: string;
    };
    /** On the sending host: no link leads to the destination. */
    'network.no-route': FlowName;
    /** On the link that did not carry it, or on the receiving host. */
    'network.dropped': FlowName & { readonly reason: DropReason };
    /** On the link. `toward` is `both` or the host that nothing reaches (any more, or again). */
    'network.partitioned': { readonly toward: string };
    'network.healed': { readonly toward: string };
    /** On the link: what it does to packets from now on, in netem's words. `toward` is `both` or the host travelled to. */
    'network.link-changed': { readonly toward: string; readonly netem: string };
    /** On the link: what arrives is kept. */
    'network.held': { readonly toward: string };
    /** On the link: what was kept goes on, this many packets. */
    'network.released': { readonly toward: string; readonly packets: number };
    /** On `net`: nothing passes between the groups, or (`>`) from a group to those after it: `alice-phone | crs bob-phone`. */
    'network.split': { readonly groups: string };
    /** On `net`: nothing passes between this host and any other. */
    'network.isolated': { readonly host: string };
    /** On `net`: all splits and isolations are over. */
    'network.rejoined': Readonly<Record<string, never>>;
    /** On the host: nothing gets in or out (a Faraday bag, flight mode), or again does. */
    'network.unplugged': Readonly<Record<string, never>>;
    'network.plugged': Readonly<Record<string, never>>;
    /** On the host: it is at another of its addresses now. */
    'network.moved': { readonly from: string; readonly to: string };
    /** On the link: what is addressed to `host` goes to `to`, until undone. */
    'network.diverted': { readonly host: string; readonly to: string };
    'network.diversion-ended': { readonly host: string; readonly to: string };
    /** On each end's host, when the handshake is done there. */
    'network.stream-opened': StreamEnds & { readonly side: 'client' | 'server' };
    /** On each end's host. */
    'network.stream-closed': StreamEnds & { readonly reason: CloseReason };
    /** On each end's host: a TLS handshake succeeded. */
    'network.secured': StreamEnds & {
      readonly identity: string;
      readonly suite: string;
      readonly encryptThenMac: boolean;
      readonly extendedMasterSecret: boolean;
    };
    /** On the server's host: a TLS handshake failed. `identity` is empty when none was seen. */
    'network.secure-refused': StreamEnds & { readonly identity: string; readonly alert: number };
  }
}
