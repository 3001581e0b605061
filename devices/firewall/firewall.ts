/**
 * The hardware firewall in front of the CRS (clause para-17-b2): a router that passes on what its rules allow.
 *
 * Its rules speak about packets toward the protected side; the first that does decides, and the policy where none does. What comes from
 * the protected side passes: an answer needs no rule, and the CRS opens nothing by itself. From one host outside to another nothing
 * passes. It looks at addresses and ports only,
 * and keeps no state of connections.
 */
import type { Kept } from '../../sim/kept.ts';
import type { Packet } from '../../network/packet.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import type { ChartValue } from '../chart-table.ts';
import { Statechart } from '../statechart.ts';
import { DropLog, type DropLine, type DropLogState } from './drop-log.ts';
import { firewallError } from './errors.ts';
import './events.ts';
import { firewallMachine } from './machine.ts';
import { parseRule, ruleText, speaksAbout, STANDARD_RULES, type Action, type Rule } from './rule.ts';

/** Whom it protects, with which rules from the beginning, and what happens where they are silent. */
export interface FirewallOptions {
  readonly name: string;
  /** Host name of what it protects. */
  readonly protects: string;
  /** What happens to a packet that no rule speaks about. Default `deny`. */
  readonly policy?: Action;
  /** In order. Default {@link STANDARD_RULES}. */
  readonly rules?: readonly string[];
  /** What one was; policy and rules are those of it then. */
  readonly kept?: FirewallState | undefined;
}

/** A firewall as a plain value. */
export type FirewallState = {
  readonly chart: ChartValue;
  readonly policy: Action;
  /** In order, as they are typed. */
  readonly rules: readonly string[];
  readonly log: DropLogState;
};

const RULES_MAX = 256;

/** A packet filter without memory of connections: each packet is judged by itself, in the order of the rules. */
export class Firewall implements Physical, Kept<FirewallState> {
  readonly name: string;
  readonly #ports: Ports;
  readonly #protects: string;
  readonly #chart: Statechart<typeof firewallMachine>;
  readonly #log: DropLog;
  #rules: readonly Rule[];
  #policy: Action;

  /** Errors: FIREWALL_RULE. */
  constructor(ports: Ports, options: FirewallOptions) {
    const { name, protects, policy = 'deny', rules = STANDARD_RULES, kept } = options;
    this.name = name;
    this.#ports = ports;
    this.#protects = protects;
    this.#policy = kept?.policy ?? policy;
    this.#rules = (kept?.rules ?? rules).map(parseRule);
    this.#log = new DropLog(kept?.log);
    this.#chart = new Statechart(firewallMachine, {
      clock: ports.clock,
      name: `firewall:${name}`,
      input: undefined,
      kept: kept?.chart,
    }).start();
    if (kept === undefined) this.#tell('its-makers');
  }

  save(): FirewallState {
    return { chart: this.#chart.save(), policy: this.#policy, rules: this.rules, log: this.#log.save() };
  }

  get isFiltering(): boolean {
    return this.#chart.value === 'filtering';
  }

  get rules(): readonly string[] {
    return this.#rules.map(ruleText);
  }

  get policy(): Action {
    return this.#policy;
  }

  get dropped(): readonly DropLine[] {
    return this.#log.lines;
  }

  /** For the network: whether a packet is passed on. One that a rule or the policy drops is in the log. */
  passes(packet: Packet): boolean {
    if (!this.isFiltering) return false;
    if (packet.from.host === this.#protects) return true;
    // Two hosts outside have nothing to say to each other through it.
    if (packet.to.host !== this.#protects) return this.#drop(packet, 0);
    const rule = this.#rules.findIndex((each) => speaksAbout(each, packet));
    const policy = this.#ports.rules.holds('firewall.default-deny') ? this.#policy : 'allow';
    if ((this.#rules[rule]?.action ?? policy) === 'allow') return true;
    return this.#drop(packet, rule + 1);
  }

  /** Adds a rule behind the others. Errors: FIREWALL_RULE, FIREWALL_FULL. */
  addRule(text: string, by: string): string {
    const rule = parseRule(text);
    if (this.#rules.length >= RULES_MAX)
      throw firewallError('FIREWALL_FULL', `${RULES_MAX} rules are enough for any server`);
    this.#rules = [...this.#rules, rule];
    this.#tell(by);
    return `Rule ${this.#rules.length}: ${ruleText(rule)}.`;
  }

  /** Takes a rule out, by its number. Errors: FIREWALL_NO_RULE. */
  removeRule(number: number, by: string): string {
    const rule = this.#rules[number - 1];
    if (rule === undefined)
      throw firewallError('FIREWALL_NO_RULE', `there is no rule ${number}, but ${this.#rules.length} rules`);
    this.#rules = this.#rules.filter((each) => each !== rule);
    this.#tell(by);
    return `Removed: ${ruleText(rule)}.`;
  }

  setPolicy(policy: Action, by: string): string {
    this.#policy = policy;
    this.#tell(by);
    return `What no rule speaks about: ${policy}.`;
  }

  stop(by: string): string {
    if (!this.isFiltering) return 'It is stopped already.';
    this.#chart.send({ type: 'STOP' });
    this.#ports.trace.append('firewall.stopped', this.name, { by });
    return 'Stopped: nothing passes.';
  }

  start(by: string): string {
    if (this.isFiltering) return 'It filters already.';
    this.#chart.send({ type: 'START' });
    this.#ports.trace.append('firewall.started', this.name, { by });
    return 'It filters again.';
  }

  log(): readonly string[] {
    const { lines, madeRoom } = this.#log;
    return [
      `${lines.length} lines${madeRoom > 0 ? `, ${madeRoom} made room` : ''}`,
      ...lines.map(
        ({ protocol, source, port, count }) => `dropped ${protocol} ${port} from ${source} (${count} times)`,
      ),
    ];
  }

  screen(): readonly string[] {
    return [
      `${this.isFiltering ? 'filters' : 'stopped'}, in front of ${this.#protects}`,
      ...this.rules.map((rule, index) => `${index + 1}. ${rule}`),
      `otherwise: ${this.#policy}`,
      `log: ${this.#log.lines.length} lines`,
    ];
  }

  #drop({ protocol, from, to }: Packet, rule: number): false {
    const { clock, trace } = this.#ports;
    const isNew = this.#log.add(protocol, from.host, to.port, clock.now());
    if (isNew)
      trace.append('firewall.dropped', this.name, { protocol, source: from.host, port: to.port, rule });
    return false;
  }

  #tell(by: string): void {
    const { rules, policy } = this;
    this.#ports.trace.append('firewall.rules-set', this.name, { rules, count: rules.length, policy, by });
  }
}
