/** The simulated network as a kind of device: no machine, and nobody can touch it, but it has a console and somebody whose office it is. */
import { deviceKind } from '../../devices/kind.ts';
import { NET } from '../language/standing.ts';
import { networkConsole } from './network-console.ts';
import { NET_RULES } from './net-rules.ts';
import { NET_EVENTS } from './net-told.ts';

/** What a world, the loader and the documentation know of the console of the network. */
export const netKind = deviceKind({
  name: 'net',
  standing: NET,
  office: (name) => `${name}-admin`,
  attacks: false,
  linked: false,
  settings: {},
  rules: NET_RULES,
  told: { events: [NET_EVENTS] },
  manual: {
    title: 'Network',
    about:
      'The console `net` of the simulated network: what links do, cuts, holds, partitions. Typed by `net-admin`, or by anybody.',
    machines: [],
  },
  build({ ports, network: { simulated } }) {
    // Sockets carry what the machine's network carries: only a simulated one can be told what to do.
    if (simulated === undefined) return undefined;
    return {
      device: simulated,
      console: networkConsole(simulated, ports.trace),
      // What is done to the network, the network keeps.
      save: () => undefined,
      unrest: () => undefined,
    };
  },
});
