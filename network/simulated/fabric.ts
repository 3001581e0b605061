/**
 * The simulated fabric: hosts, the links between them, and packets in virtual time.
 *
 * A host reaches the hosts it has a link with, and no others: a host does not pass packets on unless it is declared a router.
 * In the usual star each handset has one link to the server (`alice-crs`), so handsets reach each other only through
 * what the server does with their traffic. Routes are shortest paths over routers, worked out once per pair of hosts.
 *
 * A host may have addresses at several places and be at one of them at a time (`move`): its first, `alice-phone`, and
 * `alice-phone.visited-fr`. Each leads over a link of its own, so who sends to the old address reaches the old place in vain.
 *
 *     const fabric = new SimulatedFabric({ clock, random, trace });
 *     const phone = fabric.attach('alice-phone');
 *     const crs = fabric.attach('crs');
 *     const link = fabric.link('alice-crs', 'alice-phone', 'crs', PROFILES['3g'].parameters);
 */
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Attachment, HostNumbers } from '../fabric.ts';
import type { PacketWitness } from '../packet.ts';
import { Arena } from './arena.ts';
import { networkError } from './errors.ts';
import type { FlowPacket } from './flow.ts';
import { FlowLedger } from './flow-ledger.ts';
import type { SimulatedFabricOptions } from './fabric-options.ts';
import type { FabricState } from './fabric-state.ts';
import { HostSide, type HostNetwork } from './host-side.ts';
import { Host } from './host.ts';
import { Link, type LinkState, type LinkSurroundings } from './link.ts';
import type { LinkParameters } from './link-parameters.ts';
import { Partitions } from './partitions.ts';
import { STREAM_LIMITS, type StreamLimits } from './stream-limits.ts';
import { Routes, type NetworkSite, type PacketFilter } from './routes.ts';

/**
 * The network of one world: devices are attached to it, links join them, and a person pulls plugs. Nothing happens on it but in
 * virtual time.
 */
export class SimulatedFabric implements Kept<FabricState> {
  /** A key log of the sessions whose recordings nothing else opens, as their key exchange was ephemeral: the examiner's. */
  readonly sessionKeys: string[];
  readonly #options: SimulatedFabricOptions;
  readonly #kept: FabricState | undefined;
  readonly #keptLinks: ReadonlyMap<string, LinkState>;
  readonly #limits: StreamLimits;
  readonly #routes = new Routes();
  readonly #ledger: FlowLedger;
  readonly #arena = new Arena();
  readonly #unplugged: Set<string>;
  readonly #partitions: Partitions;
  /** What its hosts and links see of it. */
  readonly #toHosts: HostNetwork;
  readonly #toLinks: LinkSurroundings;
  /** The addresses of each host that has several, with the link that leads there. */
  readonly #addresses = new Map<string, Map<string, Link>>();

  /** With what was kept of one, who is attached and joined again finds it as it was; see {@link complete}. */
  constructor(options: SimulatedFabricOptions, kept?: FabricState) {
    this.#options = options;
    this.#kept = kept;
    this.#keptLinks = new Map(kept?.links.map((link) => [link.name, link]));
    this.#unplugged = new Set(kept?.unplugged);
    this.#partitions = new Partitions(kept?.partitions);
    this.sessionKeys = [...(kept?.sessionKeys ?? [])];
    this.#limits = { ...STREAM_LIMITS, ...options.streamLimits };
    // Each has the number again that it had.
    for (const name of kept?.names ?? []) this.#routes.site(name);
    for (const name of options.routers ?? []) this.addRouter(name);
    const { clock, trace, random } = options;
    this.#ledger = new FlowLedger(clock, trace);
    const physics = { clock, trace, random, arena: this.#arena, ledger: this.#ledger };
    this.#toHosts = {
      ...physics,
      numbers: this.numbers,
      limits: this.#limits,
      mtuToward: (local, remote) => this.#routes.mtuToward(local, remote),
      onKeys: (line, keyExchange) => {
        this.#ledger.witness?.keyed(line);
        if (keyExchange !== 'psk') this.sessionKeys.push(line);
      },
      transmit: (packet) => this.#sendOff(packet),
    };
    this.#toLinks = {
      ...physics,
      partitions: this.#partitions,
      isPlugged: (host) => this.#unplugged.size === 0 || !this.#unplugged.has(host),
      arrivalAt: (host) => {
        const site = this.#routes.site(host);
        return (site.arrival ??= (packet) => this.#arrive(host, site, packet));
      },
      onRoutesChanged: () => this.#routes.forget(),
    };
  }

  /** Gives a device its place on the network. Errors: NETWORK_HOST_ATTACHED. */
  attach(name: string): Attachment {
    const site = this.#routes.site(name);
    if (site.host !== undefined) throw networkError('NETWORK_HOST_ATTACHED', `${name} is attached already`);
    site.host = new Host(name, new HostSide(name, this.#toHosts), this.#kept?.hosts[name]);
    return site.host;
  }

  /** Joins two hosts; `back` is for packets toward `a`, when they fare differently. Errors: NETWORK_LINK_TAKEN, NETWORK_LINK_PARAMETER. */
  link(
    name: string,
    a: string,
    b: string,
    parameters: LinkParameters = {},
    back: LinkParameters = parameters,
  ): Link {
    this.#routes.checkFree(name, a, b);
    const link = new Link(name, [a, b], parameters, back, this.#toLinks, this.#keptLinks.get(name));
    this.#routes.join(link);
    return link;
  }

  /** All are attached and joined again: what is left of the network that was kept is nobody's, and comes back too. Every stream is claimed by then. */
  complete(): void {
    const { hosts = {}, links = [] } = this.#kept ?? {};
    for (const name of Object.keys(hosts)) if (this.#routes.site(name).host === undefined) this.attach(name);
    for (const { name, ends } of links)
      if (this.#routes.linkNamed(name) === undefined) this.link(name, ...ends);
    for (const [name, host] of this.#routes.attached)
      assert(host.unclaimed.length === 0, `the streams of ${name} are claimed: ${host.unclaimed.join(', ')}`);
  }

  /** Why it cannot be kept now; undefined when nothing is under way on it. */
  get unrest(): string | undefined {
    if (this.#ledger.isOpen) return 'a second of flows is not over';
    const parts = [...this.#routes.links, ...this.#routes.attached.values()];
    return parts.find(({ unrest }) => unrest !== undefined)?.unrest;
  }

  /** At rest only. */
  save(): FabricState {
    const hosts = [...this.#routes.attached].map(([name, host]) => [name, host.save()] as const);
    return {
      names: this.#routes.hosts,
      hosts: Object.fromEntries(hosts),
      links: this.#routes.links.map((link) => link.save()),
      unplugged: [...this.#unplugged],
      partitions: this.#partitions.save(),
      sessionKeys: [...this.sessionKeys],
    };
  }

  /** Makes a host pass on what is addressed to others, as far as the filter lets it. */
  addRouter(name: string, filter: PacketFilter = () => true): void {
    this.#routes.addRouter(name, filter);
  }

  /**
   * Gives an attached host one more address, at the end of `link`. It is reached there once it has moved. The first address that is
   * given is the one where it is now: its own name. Errors: NETWORK_UNKNOWN_HOST.
   */
  addAddress(host: string, address: string, link: Link): void {
    this.#checkKnown(host);
    const known = this.#addresses.get(host) ?? new Map<string, Link>();
    this.#addresses.set(host, known.set(address, link));
    if (address !== host) this.#partitions.addAddress(address, host);
    const site = this.#routes.site(address);
    site.host = this.#routes.site(host).host;
    const isHere = site.host?.host === address;
    if (known.size > 1 || !isHere) site.away = isHere ? undefined : link;
    this.#routes.forget();
  }

  /**
   * Moves a host to another of its addresses. Its streams end by a reset that nobody hears of; what is still sent to the old
   * address is lost there. Errors: NETWORK_UNKNOWN_HOST (it has no such address).
   */
  move(host: string, address: string): void {
    const known = this.#addresses.get(host);
    if (known?.has(address) !== true)
      throw networkError('NETWORK_UNKNOWN_HOST', `${host} has no address ${address}`);
    const from = this.#routes.site(host).host?.host ?? host;
    for (const [each, link] of known) this.#routes.site(each).away = each === address ? undefined : link;
    this.#routes.forget();
    const { trace } = this.#options;
    const event = trace.append('network.moved', host, { from, to: address });
    trace.because(event, () => this.#routes.site(host).host?.moveTo(address));
  }

  /** The link of this name, if there is one. */
  linkNamed(name: string): Link | undefined {
    return this.#routes.linkNamed(name);
  }

  get links(): readonly Link[] {
    return this.#routes.links;
  }

  /** All names that have been attached or linked, in that order. */
  get hosts(): readonly string[] {
    return this.#routes.hosts;
  }

  /** IPv4 addresses of all names. */
  get numbers(): HostNumbers {
    return this.#routes.plan;
  }

  /** Shows `witness`, and nobody else, every packet from now on. */
  show(witness: PacketWitness): void {
    this.#ledger.witness = witness;
  }

  /** Lets nothing in or out of a host (a Faraday bag, flight mode). Errors: NETWORK_UNKNOWN_HOST. */
  unplug(host: string): void {
    this.#checkKnown(host);
    for (const address of this.#addressesOf(host)) this.#unplugged.add(address);
    this.#options.trace.append('network.unplugged', host, {});
  }

  /** Undoes {@link unplug}. Errors: NETWORK_UNKNOWN_HOST. */
  plug(host: string): void {
    this.#checkKnown(host);
    for (const address of this.#addressesOf(host)) this.#unplugged.delete(address);
    this.#options.trace.append('network.plugged', host, {});
  }

  /**
   * Lets nothing pass between groups of hosts, or with `oneWay` from a group to those after it. What is under way is lost on
   * arrival. Errors: NETWORK_UNKNOWN_HOST, NETWORK_PARTITION.
   */
  split(groups: readonly (readonly string[])[], oneWay = false): void {
    for (const host of groups.flat()) this.#checkKnown(host);
    this.#partitions.split(groups, oneWay);
    const text = groups.map((group) => group.join(' ')).join(oneWay ? ' > ' : ' | ');
    this.#options.trace.append('network.split', 'net', { groups: text });
  }

  /** Lets nothing pass between a host and any other. Errors: NETWORK_UNKNOWN_HOST. */
  isolate(host: string): void {
    this.#checkKnown(host);
    this.#partitions.isolate(host);
    this.#options.trace.append('network.isolated', 'net', { host });
  }

  /** Ends all of {@link split} and {@link isolate}. Links that are cut by themselves stay so. */
  rejoin(): void {
    this.#partitions.heal();
    this.#options.trace.append('network.rejoined', 'net', {});
  }

  /** Puts the flows of the running second into the trace. Called once, when the run ends. */
  flush(): void {
    this.#ledger.flush();
  }

  /** Sends a packet that a host made, from the address that the host gave itself when it opened the socket. */
  #sendOff(packet: FlowPacket): void {
    const { flow } = packet;
    const { host } = packet.from;
    if (flow.routesVersion !== this.#routes.version) {
      flow.firstLink = this.#routes.linkToward(packet.to.host, host, this.#routes.site(host));
      flow.routesVersion = this.#routes.version;
    }
    if (flow.firstLink === undefined) this.#ledger.noRoute(flow);
    else flow.firstLink.send(packet, host);
  }

  #transmit(packet: FlowPacket, sender: string, site: NetworkSite): void {
    const link = this.#routes.linkToward(packet.to.host, sender, site);
    if (link === undefined) this.#ledger.noRoute(packet.flow);
    else link.send(packet, sender);
  }

  #arrive(name: string, site: NetworkSite, packet: FlowPacket): void {
    // A diverted packet keeps the address it was sent to, so only a router looks at the address.
    if (packet.to.host !== name) {
      const filter = this.#routes.routerNamed(name);
      if (filter !== undefined) {
        if (filter(packet)) this.#transmit(packet, name, site);
        else this.#ledger.dropped(packet.flow, name, 'filtered');
        return;
      }
    }
    // A host that is away has only the links left over which it could answer.
    const isAway =
      site.away !== undefined && this.#routes.linkToward(packet.from.host, name, site) === undefined;
    if (site.host === undefined || isAway) this.#ledger.dropped(packet.flow, name, 'not-attached');
    else site.host.receive(packet);
  }

  #addressesOf(host: string): readonly string[] {
    return [host, ...(this.#addresses.get(host)?.keys() ?? [])];
  }

  #checkKnown(name: string): void {
    if (!this.#routes.isKnown(name)) throw networkError('NETWORK_UNKNOWN_HOST', `no host is called ${name}`);
  }
}
