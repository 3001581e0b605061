/**
 * What the network puts into the trace. A packet is never an event: a flow has one event for each virtual second in which it
 * had packets, and an oddity appears at most once per flow, kind and second.
 */
import type { Micros } from '../../sim/clock.ts';
import type { CloseReason } from '../fabric.ts';

/** Why a packet that reached its host went no further. */
export type DropReason =
  /** Nothing is open on the port. */
  | 'port-closed'
  /** The host name has links, but no device is attached. */
  | 'not-attached'
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
    /** On the receiving host. */
    'network.dropped': FlowName & { readonly reason: DropReason };
    /** On the link. `toward` is `both` or the host that nothing reaches (any more, or again). */
    'network.partitioned': { readonly toward: string };
    'network.healed': { readonly toward: string };
    /** On the host: nothing gets in or out (a Faraday bag, flight mode), or again does. */
    'network.unplugged': Readonly<Record<string, never>>;
    'network.plugged': Readonly<Record<string, never>>;
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
