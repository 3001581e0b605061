/** The administrator's console of the firewall. */
import type { Trace } from '../../sim/trace.ts';
import { choice, command, Console, integer, positional, rest, TEXT, type Command } from '../console/index.ts';
import type { Firewall } from './firewall.ts';
import { ACTIONS } from './rule.ts';

const WHAT = rest(TEXT, 'tcp, udp or any; a port or a range; from, and addresses or places');

const allow = (firewall: Firewall): Command =>
  command({
    name: 'allow',
    summary: 'Let packets through to the CRS, unless an earlier rule speaks about them',
    parameters: { what: WHAT },
    examples: ['allow tcp 5061', 'allow udp 49152-65535 from vpn'],
    run: (values, by) => firewall.addRule(`allow ${values.what}`, by),
  });

const deny = (firewall: Firewall): Command =>
  command({
    name: 'deny',
    summary: 'Drop packets toward the CRS, unless an earlier rule speaks about them',
    parameters: { what: WHAT },
    examples: ['deny tcp 22', 'deny any from visited-fr'],
    run: (values, by) => firewall.addRule(`deny ${values.what}`, by),
  });

const remove = (firewall: Firewall): Command =>
  command({
    name: 'remove',
    summary: 'Take a rule out',
    parameters: { rule: positional(integer(1, 256), 'its number') },
    examples: ['remove 2'],
    run: ({ rule }, by) => firewall.removeRule(rule, by),
  });

const otherwise = (firewall: Firewall): Command =>
  command({
    name: 'default',
    summary: 'Say what happens to packets that no rule speaks about',
    parameters: { policy: positional(choice(...ACTIONS), 'allow or deny') },
    examples: ['default deny'],
    run: ({ policy }, by) => firewall.setPolicy(policy, by),
  });

const show = (firewall: Firewall): Command =>
  command({
    name: 'show',
    summary: 'Show the rules, in order',
    parameters: {},
    disturbs: false,
    run: () => firewall.screen(),
  });

const log = (firewall: Firewall): Command =>
  command({
    name: 'log',
    summary: 'Show what was dropped, one line for each source and port',
    parameters: {},
    disturbs: false,
    run: () => firewall.log(),
  });

const stop = (firewall: Firewall): Command =>
  command({
    name: 'stop',
    summary: 'Stop it: nothing passes any more, either way',
    parameters: {},
    run: (_values, by) => firewall.stop(by),
  });

const start = (firewall: Firewall): Command =>
  command({
    name: 'start',
    summary: 'Let it filter again',
    parameters: {},
    run: (_values, by) => firewall.start(by),
  });

/** In the order in which help lists them. */
const COMMANDS: readonly ((firewall: Firewall) => Command)[] = [
  allow,
  deny,
  remove,
  otherwise,
  show,
  log,
  stop,
  start,
];

/** What the administrator of `firewall` can type. Errors of its lines: FIREWALL_*. */
export function firewallConsole(firewall: Firewall, trace: Trace): Console {
  return new Console({
    owner: firewall.name,
    title: 'Firewall',
    trace,
    screen: () => firewall.screen(),
    commands: () => COMMANDS.map((commandOf) => commandOf(firewall)),
  });
}
