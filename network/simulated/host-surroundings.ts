/** What the fabric gives to each host, and a host to what is open on it: the physics, and the way out. */
import type { Clock } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Trace } from '../../sim/trace.ts';
import type { HostNumbers, KeyExchange } from '../fabric.ts';
import type { Arena } from './arena.ts';
import type { FlowPacket } from './flow.ts';
import type { FlowLedger } from './flow-ledger.ts';
import type { InterfaceMtu } from './segment.ts';
import type { StreamLimits } from './stream-limits.ts';

/** What a host and what is open on it need of the fabric. */
export interface HostSurroundings {
  /** The host's name, at whichever address it is. */
  readonly name: string;
  readonly numbers: HostNumbers;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly arena: Arena;
  readonly ledger: FlowLedger;
  readonly limits: StreamLimits;
  /** This host's stream of chance for a purpose and a peer: a new peer changes nothing for the others. */
  chance(purpose: string, peer: string): RandomSource;
  /** The MTU of the interface over which the address `local` of this host reaches `remote` now. */
  mtuToward(local: string, remote: string): InterfaceMtu;
  /** Takes the line of an NSS key log of each TLS session that this host opens. */
  onKeys(keyLogLine: string, keyExchange: KeyExchange): void;
  /** Sends a packet that this host made. */
  transmit(packet: FlowPacket): void;
}
