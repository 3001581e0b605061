/** The hardware firewall as a kind of device. A scenario declares it in its topology, and only a simulated network has one. */
import { deviceKind } from '../kind.ts';
import { firewallConsole } from './console.ts';
import { Firewall, type FirewallState } from './firewall.ts';
import { ACTIONS, STANDARD_RULES } from './rule.ts';
import { FIREWALL_RULES } from './rules.ts';
import { FIREWALL_EVENTS } from './told.ts';
import { firewallMachine } from './machine.ts';

/** What a world, the loader and the documentation know of a firewall. */
export const firewallKind = deviceKind({
  name: 'firewall',
  attacks: false,
  linked: true,
  declarable: false,
  settings: {
    protects: {
      kind: 'text',
      default: 'crs',
      summary: 'The CRS that it stands in front of',
      source: 'para-17-b2',
      apart: true,
    },
    policy: {
      kind: 'choice',
      default: 'deny',
      choices: ACTIONS,
      summary: 'What happens to a packet that no rule speaks about',
      source: 'para-17-b2',
      apart: true,
    },
    rules: {
      kind: 'text',
      default: STANDARD_RULES.join('\n'),
      summary: 'Its rules, in order, one a line',
      source: 'para-17-b2',
      apart: true,
    },
  },
  rules: FIREWALL_RULES,
  told: { events: [FIREWALL_EVENTS] },
  manual: {
    title: 'Firewall',
    about: 'Typed by its administrator, in worlds that have one.',
    machines: [{ title: 'Firewall', about: 'It fails closed.', machine: firewallMachine }],
  },
  build({ ports, network }, { name, settings: { protects, policy, rules } }, kept?: FirewallState) {
    // Real sockets would not pass it, so a live run has none: see docs/live.md.
    if (network.simulated === undefined) return undefined;
    const firewall = new Firewall(ports, {
      name,
      protects,
      policy,
      rules: rules === '' ? [] : rules.split('\n'),
      kept,
    });
    network.addFirewall(protects, (packet) => firewall.passes(packet));
    return {
      device: firewall,
      console: firewallConsole(firewall, ports.trace),
      physical: firewall,
      save: () => firewall.save(),
      unrest: () => undefined,
    };
  },
});
