/**
 * How fast the fabric is: 100 clients, each sending 160 octets every 20 ms through a relay, as in a star of handsets in calls. A
 * packet is counted once per link it crosses. Nothing is encrypted.
 */
import { MILLISECOND, SECOND, VirtualClock, type Micros } from '../../sim/clock.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Trace } from '../../sim/trace.ts';
import type { Address, DatagramSocket } from '../fabric.ts';
import { SimulatedFabric } from './fabric.ts';
import type { LinkParameters } from './link-parameters.ts';

const CLIENTS = 100;
const PAYLOAD_OCTETS = 160;
const INTERVAL: Micros = 20 * MILLISECOND;
const RELAY_PORT = 40_000;

export interface FabricBenchmark {
  readonly linkPackets: number;
  readonly virtualSeconds: number;
  readonly elapsedSeconds: number;
  readonly linkPacketsPerSecond: number;
}

/** Measures `virtualSeconds` of traffic. `now` tells wall-clock milliseconds. */
export function benchFabric(
  now: () => number,
  virtualSeconds = 20,
  parameters: LinkParameters = { delayMs: 30, jitterMs: 5, distribution: 'normal', lossRandom: 0.02 },
): FabricBenchmark {
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  const fabric = new SimulatedFabric({ clock, random: new SeededRandom('bench'), trace });
  const relay = fabric.attach('crs');
  for (let pair = 0; pair < CLIENTS / 2; pair++) joinPair(fabric, clock, relay, pair, parameters);
  const before = now();
  clock.runUntil(virtualSeconds * SECOND);
  const elapsedSeconds = (now() - before) / 1000;
  fabric.flush();
  let linkPackets = 0;
  for (const event of trace.events) if (event.type === 'network.flow') linkPackets += event.data.packets;
  return { linkPackets, virtualSeconds, elapsedSeconds, linkPacketsPerSecond: linkPackets / elapsedSeconds };
}

/** Two clients and the relay's two sockets between them. */
function joinPair(
  fabric: SimulatedFabric,
  clock: VirtualClock,
  relay: ReturnType<SimulatedFabric['attach']>,
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
    clock.schedule((client * INTERVAL) / CLIENTS, tick);
  }
}
