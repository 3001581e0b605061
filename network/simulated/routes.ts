/**
 * Who is joined to whom on the simulated network, and the way from one to another: the shortest over routers, worked out once per
 * pair of hosts and forgotten when anything changes.
 */
import type { Packet } from '../packet.ts';
import { AddressPlan } from './address-plan.ts';
import { networkError } from './errors.ts';
import type { FlowPacket } from './flow.ts';
import type { Host } from './host.ts';
import type { Link } from './link.ts';
import { UNBOUNDED, type InterfaceMtu } from './segment.ts';

/** Whether a router passes a packet on. */
export type PacketFilter = (packet: Packet) => boolean;

/** A name on the network, whether or not a device is attached there. */
export interface NetworkSite {
  host: Host | undefined;
  links: Link[];
  /** The link that is down while its host is at another address. */
  away: Link | undefined;
  /** First link on the way to each destination asked for so far; undefined when there is no way. */
  routes: Map<string, Link | undefined> | undefined;
  /** What hands over packets that reached it; made for the first link that leads there. */
  arrival: ((packet: FlowPacket) => void) | undefined;
}

/** The sites, links and routers of one fabric. */
export class Routes {
  /** Numbers of all names, in the order in which they have been asked for. */
  readonly plan = new AddressPlan();
  readonly #sites = new Map<string, NetworkSite>();
  readonly #links = new Map<string, Link>();
  readonly #routers = new Map<string, PacketFilter>();
  /** The links on which somebody is diverted; looked for once, until anything changes. */
  #diverted: readonly Link[] | undefined;
  #version = 0;

  /** Rises whenever a way may have become another one. */
  get version(): number {
    return this.#version;
  }

  /** All names that have been asked for, in that order. */
  get hosts(): readonly string[] {
    return [...this.#sites.keys()];
  }

  /** In the order in which they were joined. */
  get links(): readonly Link[] {
    return [...this.#links.values()];
  }

  isKnown(name: string): boolean {
    return this.#sites.has(name);
  }

  linkNamed(name: string): Link | undefined {
    return this.#links.get(name);
  }

  routerNamed(name: string): PacketFilter | undefined {
    return this.#routers.get(name);
  }

  /** The site of this name, made when there is none. */
  site(name: string): NetworkSite {
    let site = this.#sites.get(name);
    if (site === undefined) {
      site = { host: undefined, links: [], away: undefined, routes: undefined, arrival: undefined };
      this.#sites.set(name, site);
      this.plan.add(name);
    }
    return site;
  }

  /** The hosts that are attached, by the names that they were attached by. */
  get attached(): ReadonlyMap<string, Host> {
    const attached = new Map<string, Host>();
    for (const [name, { host }] of this.#sites) if (host?.name === name) attached.set(name, host);
    return attached;
  }

  addRouter(name: string, filter: PacketFilter): void {
    this.#routers.set(name, filter);
    this.forget();
  }

  /** That a link may have this name and these ends. Errors: NETWORK_LINK_TAKEN. */
  checkFree(name: string, a: string, b: string): void {
    if (this.#links.has(name)) throw networkError('NETWORK_LINK_TAKEN', `there is a link ${name} already`);
    const joined = this.#sites.get(a)?.links.some((link) => link.ends.includes(b));
    if (a === b || joined === true)
      throw networkError('NETWORK_LINK_TAKEN', `link ${name}: ${a} and ${b} are joined already`);
  }

  /** Precondition: it is free ({@link checkFree}). */
  join(link: Link): void {
    this.#links.set(link.name, link);
    for (const end of link.ends) {
      const site = this.site(end);
      // A phone has one link: a list of one that was made so has no room for more.
      if (site.links.length === 0) site.links = [link];
      else site.links.push(link);
    }
    this.forget();
  }

  /** Works the ways out anew when they are next asked for. */
  forget(): void {
    this.#version++;
    this.#diverted = undefined;
    for (const site of this.#sites.values()) site.routes = undefined;
  }

  /** First link on the way from `sender`, whose site is given, to `destination`; undefined when there is no way. */
  linkToward(destination: string, sender: string, site: NetworkSite): Link | undefined {
    const routes = (site.routes ??= new Map<string, Link | undefined>());
    let link = routes.get(destination);
    if (link === undefined && !routes.has(destination)) {
      link = this.#route(sender, destination);
      routes.set(destination, link);
    }
    return link;
  }

  /** The MTU of the interface over which the address `local` reaches `remote` now. */
  mtuToward(local: string, remote: string): InterfaceMtu {
    return this.linkToward(remote, local, this.site(local))?.mtuAt(local, remote) ?? UNBOUNDED;
  }

  /** First link of the shortest way; a way over a diverted link comes first, for the attacker's answers must go back there. */
  #route(from: string, to: string): Link | undefined {
    this.#diverted ??= this.links.filter((link) => link.isDiverted);
    for (const link of this.#diverted) if (link.isDiversion(from, to)) return link;
    const visited = new Set([from]);
    const start = this.site(from);
    // A server has a link to each phone, a phone few: the one that joins the two, which is the shortest way, is looked for there.
    const joining = this.#sites.get(to)?.links.find((link) => link.ends.includes(from));
    if (joining !== undefined && joining !== start.away) return joining;
    const links = start.links.filter((link) => link !== start.away);
    let frontier = links.map((link) => ({ first: link, via: link, at: from }));
    while (frontier.length > 0) {
      const next: typeof frontier = [];
      for (const { first, via, at } of frontier) {
        const end = via.ends[0] === at ? via.ends[1] : via.ends[0];
        if (end === to) return first;
        if (visited.has(end) || !this.#routers.has(end)) continue;
        visited.add(end);
        for (const link of this.#sites.get(end)?.links ?? []) next.push({ first, via: link, at: end });
      }
      frontier = next;
    }
    return undefined;
  }
}
