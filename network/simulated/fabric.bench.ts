/**
 * How fast the fabric is: clients in pairs, each sending 160 octets every 20 ms through a relay, as in a star of handsets in
 * calls. Nothing is encrypted. Beside it runs the least that any such simulation does (`bare-loop.bench.ts`).
 */
import { MILLISECOND, SECOND, VirtualClock, type Micros } from '../../sim/clock.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Trace } from '../../sim/trace.ts';
import type { Address, DatagramSocket } from '../fabric.ts';
import { bareLoop } from './bare-loop.bench.ts';
import { SimulatedFabric } from './fabric.ts';
import type { LinkParameters } from './link-parameters.ts';

const PAYLOAD_OCTETS = 160;
const INTERVAL: Micros = 20 * MILLISECOND;
const RELAY_PORT = 40_000;

/** How many packets a second the simulated network carries with so many clients, beside a bare event loop. */
export interface FabricBenchmark {
  readonly clients: number;
  /** A packet counts once for each link it crosses. */
  readonly linkPackets: number;
  readonly virtualSeconds: number;
  readonly elapsedSeconds: number;
  readonly linkPacketsPerSecond: number;
  /** Packets that clients sent, each by way of the relay, per second of the clock. */
  readonly relayedPerSecond: number;
  /** The same for the bare loop. */
  readonly bareLoopPerSecond: number;
}

/** Measures `virtualSeconds` of traffic. `now` tells milliseconds, of the processor where it can. `clients` is even. */
export function benchFabric(
  now: () => number,
  clients = 100,
  virtualSeconds = 20,
  parameters: LinkParameters = { delayMs: 30, jitterMs: 5, distribution: 'normal', lossRandom: 0.02 },
): FabricBenchmark {
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  const fabric = new SimulatedFabric({ clock, random: new SeededRandom('bench'), trace });
  const relay = fabric.attach('crs');
  for (let pair = 0; pair < clients / 2; pair++) joinPair(fabric, clock, relay, clients, pair, parameters);
  const before = now();
  clock.runUntil(virtualSeconds * SECOND);
  const elapsedSeconds = (now() - before) / 1000;
  fabric.flush();
  let linkPackets = 0;
  for (const event of trace.events) if (event.type === 'network.flow') linkPackets += event.data.packets;
  const beforeBare = now();
  const sentBare = bareLoop(clients, virtualSeconds * SECOND);
  const elapsedBareSeconds = (now() - beforeBare) / 1000;
  return {
    clients,
    linkPackets,
    virtualSeconds,
    elapsedSeconds,
    linkPacketsPerSecond: linkPackets / elapsedSeconds,
    relayedPerSecond: (clients * virtualSeconds * (SECOND / INTERVAL)) / elapsedSeconds,
    bareLoopPerSecond: sentBare / elapsedBareSeconds,
  };
}

/** Two clients and the relay's two sockets between them. */
function joinPair(
  fabric: SimulatedFabric,
  clock: VirtualClock,
  relay: ReturnType<SimulatedFabric['attach']>,
  clients: number,
  pair: number,
  parameters: LinkParameters,
): void {
  const sockets: DatagramSocket[] = [];
  const peers: Address[] = [];
  for (const side of [0, 1]) {
    const client = 2 * pair + side;
    const name = `phone-${client}`;
    fabric.link(`${name}-crs`, name, 'crs', parameters);
    const socket = fabric.attach(name).openDatagram(5004, () => {});
    peers.push(socket.local);
    const relayed = relay.openDatagram(RELAY_PORT + client, (_from, octets) => {
      const to = peers[1 - side];
      if (to !== undefined) sockets[1 - side]?.send(to, octets);
    });
    sockets.push(relayed);
    const payload = new Uint8Array(PAYLOAD_OCTETS).fill(client);
    const tick = (): void => {
      socket.send(relayed.local, payload);
      clock.schedule(INTERVAL, tick);
    };
    clock.schedule((client * INTERVAL) / clients, tick);
  }
}
