/** The performance of a directed run: the director's own world on real sockets, with a line to a process where a device is one. */
import { assert } from '../../../sim/errors.ts';
import type { Trace } from '../../../sim/trace.ts';
import { LiveFabric, type LiveClock, type Sockets } from '../../../network/live/index.ts';
import { Performance, TOOL } from '../../runs/index.ts';
import type { Physics } from '../../world/index.ts';
import { LIVE_SEED } from '../live-run.ts';
import { SystemRandom } from '../system-random.ts';
import type { DirectorOptions } from './director-options.ts';
import type { ExchangeFolder } from './exchange-folder.ts';
import type { FromDevice } from './message.ts';
import type { RemoteDevices } from './remote-devices.ts';
import { remoteKinds } from './remote-kinds.ts';

/** What the director lends to the world. */
export interface DirectedSurroundings {
  readonly options: Pick<DirectorOptions, 'screenplay' | 'assets'>;
  readonly sockets: Sockets;
  readonly clock: LiveClock;
  readonly devices: RemoteDevices;
  readonly exchange: ExchangeFolder;
  /** What no device and no person has caused. */
  readonly onDefect: (thrown: unknown) => void;
  /** The run is over, but for the last events that the trace is to have. */
  readonly ending: (trace: Trace) => void;
}

/** A world that is ready to be driven, and the fabric that its links are on. */
export interface DirectedWorld {
  readonly performance: Performance;
  readonly fabric: LiveFabric;
}

/** Builds the world; nothing has happened in it yet. */
export function directedWorld({
  options,
  sockets,
  clock,
  devices,
  exchange,
  onDefect,
  ending,
}: DirectedSurroundings): DirectedWorld {
  let fabric: LiveFabric | undefined;
  const physics: Physics = {
    clock,
    random: new SystemRandom(),
    keys: new SystemRandom(),
    network: (trace) => {
      devices.recordIn(trace);
      fabric = new LiveFabric({ sockets, clock, trace, enter: (action) => clock.enter(action), onDefect });
      return fabric;
    },
    ending,
    merged: (trace) => devices.merged(trace),
  };
  const { screenplay, assets } = options;
  const kinds = remoteKinds(assets.kinds, devices, exchange);
  const performance = new Performance({
    screenplay,
    assets: { ...assets, kinds },
    physics,
    seed: LIVE_SEED,
    keySeed: LIVE_SEED,
    tool: TOOL,
    broken: [],
    played: [],
  });
  assert(fabric !== undefined, 'a world asks for its network when it is built');
  return { performance, fabric };
}

/** A packet that a device has seen on one of its links is seen on that link of the director's too. */
export function showTapped(
  fabric: LiveFabric | undefined,
  { link, protocol, from, to, octets, tcp }: Extract<FromDevice, { type: 'tapped' }>,
): void {
  const tapped = fabric?.linkNamed(link);
  if (tapped === undefined) return;
  const packet = { protocol, from, to, octets: new Uint8Array(Buffer.from(octets, 'base64')) };
  tapped.see(tcp === null ? packet : { ...packet, tcp }, tapped.ends[0]);
}
