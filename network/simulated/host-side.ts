/**
 * The side of the fabric that one host sees: what is the same for all hosts, under this host's name. Thousands of hosts are attached to one
 * fabric, so each has its name and a reference, and no functions of its own.
 */
import type { Clock } from '../../sim/clock.ts';
import type { RandomSource, RandomStreams } from '../../sim/random.ts';
import type { Trace } from '../../sim/trace.ts';
import type { HostNumbers, KeyExchange } from '../fabric.ts';
import type { Arena } from './arena.ts';
import type { FlowPacket } from './flow.ts';
import type { FlowLedger } from './flow-ledger.ts';
import type { HostSurroundings } from './host-surroundings.ts';
import type { InterfaceMtu } from './segment.ts';
import type { StreamLimits } from './stream-limits.ts';

/** What all hosts of a fabric have in common. */
export interface HostNetwork extends Omit<HostSurroundings, 'name' | 'chance'> {
  readonly random: RandomStreams;
}

/** The surroundings of the host of that name. */
export class HostSide implements HostSurroundings {
  readonly name: string;
  readonly #network: HostNetwork;

  constructor(name: string, network: HostNetwork) {
    this.name = name;
    this.#network = network;
  }

  get numbers(): HostNumbers {
    return this.#network.numbers;
  }

  get clock(): Clock {
    return this.#network.clock;
  }

  get trace(): Trace {
    return this.#network.trace;
  }

  get arena(): Arena {
    return this.#network.arena;
  }

  get ledger(): FlowLedger {
    return this.#network.ledger;
  }

  get limits(): StreamLimits {
    return this.#network.limits;
  }

  chance(purpose: string, peer: string): RandomSource {
    return this.#network.random.stream(`host:${this.name}:${purpose}:${peer}`);
  }

  mtuToward(local: string, remote: string): InterfaceMtu {
    return this.#network.mtuToward(local, remote);
  }

  onKeys(keyLogLine: string, keyExchange: KeyExchange): void {
    this.#network.onKeys(keyLogLine, keyExchange);
  }

  transmit(packet: FlowPacket): void {
    this.#network.transmit(packet);
  }
}
