/**
 * The network of a world, built from its topology. In the usual star a phone has one link to its CRS, `alice-crs`. A firewall stands
 * between all of them and one CRS. A site is a router with a link to each CRS, `visited-fr-crs`, and one to each phone,
 * `alice-visited-fr`; a phone is at home or at one of the sites, where its address is `alice-phone.visited-fr`.
 */
import type { Kept } from '../../sim/kept.ts';
import type { RandomStreams } from '../../sim/random.ts';
import {
  carrying,
  SimulatedFabric,
  Tunnel,
  TUNNEL_KEY_OCTETS,
  type Link,
  type PacketFilter,
} from '../../network/simulated/index.ts';
import type { TappableLink } from '../../network/tap.ts';
import type { Deployment } from '../../devices/deployment.ts';
import type { Ports } from '../../devices/ports.ts';
import type { Rules } from '../../devices/rules.ts';
import {
  crsNamesOf,
  FIREWALL,
  HOME,
  linkOf,
  siteLinkOf,
  type ResolvedScreenplay,
  type Site,
} from '../language/index.ts';
import { worldError } from './errors.ts';
import { parametersOf, siteParametersOf, wireParametersOf, type LinkWays } from './link-settings.ts';
import type { WorldNetwork } from './physics.ts';
import { MDM } from '../language/standing.ts';
import type { Phone } from './phones.ts';

/** Where each phone is, as a plain value (at home, or at which site), and what seals the tunnels. */
export type TopologyState = {
  readonly sites: { readonly [phone: string]: string };
  /** Of each tunnel, by the name of its link: the key that its two ends have. */
  readonly tunnelKeys: { readonly [link: string]: Uint8Array };
};

/** Joins devices to the network as they are made, and moves phones between their sites. */
export class Topology implements Kept<TopologyState> {
  readonly #network: WorldNetwork;
  readonly #screenplay: ResolvedScreenplay;
  readonly #deployment: Deployment;
  readonly #servers: readonly string[];
  /** The CRS that is behind the firewall. */
  #guarded: string | undefined;
  /** Each phone's links by site, and where it is. */
  readonly #phones = new Map<
    string,
    { readonly links: Map<string, Link>; readonly crs: string; site: string }
  >();
  #sitesAreJoined = false;
  readonly #kept: TopologyState;
  readonly #random: RandomStreams;
  readonly #rules: Rules;
  /** By the name of the link that carries them; the keys by that of the link inside. */
  readonly #tunnels = new Map<string, Tunnel[]>();
  readonly #tunnelKeys = new Map<string, Uint8Array>();

  /** Throws WORLD_SIMULATED_ONLY for a scenario with sites on a network that is not simulated. */
  constructor(
    network: WorldNetwork,
    screenplay: ResolvedScreenplay,
    { deployment, random, rules }: Pick<Ports, 'deployment' | 'random' | 'rules'>,
    kept: TopologyState = { sites: {}, tunnelKeys: {} },
  ) {
    this.#kept = kept;
    this.#random = random;
    this.#rules = rules;
    this.#network = network;
    this.#screenplay = screenplay;
    this.#deployment = deployment;
    this.#servers = crsNamesOf(screenplay.world);
    const { sites } = screenplay.world.topology;
    if (sites.length > 0 && this.#simulated === undefined)
      throw worldError('WORLD_SIMULATED_ONLY', `'${screenplay.id}' has networks that phones roam to`);
  }

  save(): TopologyState {
    return {
      sites: Object.fromEntries([...this.#phones].map(([phone, { site }]) => [phone, site])),
      tunnelKeys: Object.fromEntries(this.#tunnelKeys),
    };
  }

  /** Puts the firewall in front of a CRS. Comes before anything is joined. */
  addFirewall(protects: string, passes: PacketFilter): void {
    const fabric = this.#simulated;
    if (fabric === undefined) return;
    fabric.addRouter(FIREWALL, passes);
    this.#wire(linkOf(FIREWALL, protects), FIREWALL, protects);
    this.#guarded = protects;
  }

  /** Links from a host that is nobody's phone to every CRS, or to the firewall in front of one. */
  joinStranger(host: string): void {
    for (const crs of this.#servers) this.#join(host, host, crs);
  }

  /** A wire from a host to a CRS, past the firewall in front of it. */
  joinInside(host: string, crs: string): void {
    this.#wire(linkOf(host, crs), host, crs);
  }

  /** A phone's links: to the MDM, at home, and at each site. */
  joinPhone({ name: phone, end, crs }: Pick<Phone, 'name' | 'end' | 'crs'>): void {
    this.#join(phone, end, crs);
    const toMdm = `${phone}-${MDM}`;
    this.#link(toMdm, phone, MDM, parametersOf(toMdm, this.#screenplay, this.#deployment));
    const fabric = this.#simulated;
    const home = fabric?.linkNamed(linkOf(end, crs));
    if (fabric === undefined || home === undefined) return;
    const { sites } = this.#screenplay.world.topology;
    const links = new Map([[HOME, home]]);
    this.#phones.set(phone, { links, crs, site: this.#kept.sites[phone] ?? HOME });
    if (sites.length === 0) return;
    this.#joinSites(fabric, sites);
    fabric.addAddress(phone, phone, home);
    for (const site of sites) {
      const name = siteLinkOf(end, site.name);
      const address = addressAt(phone, site.name);
      const { up, down } = siteParametersOf(name, this.#screenplay, site);
      const link = fabric.link(name, address, site.name, up, down);
      fabric.addAddress(phone, address, link);
      links.set(site.name, link);
    }
    for (const { name, through } of sites) this.#dig(phone, name, through, links);
  }

  /** A phone's link to a VPN is the inside of a tunnel through the network that carries it. */
  #dig(phone: string, vpn: string, through: string | undefined, links: ReadonlyMap<string, Link>): void {
    const [inner, outer] = [links.get(vpn), links.get(through ?? '')];
    if (through === undefined || inner === undefined || outer === undefined) return;
    const { name } = inner;
    const key =
      this.#kept.tunnelKeys[name] ?? this.#random.stream(`tunnel:${name}`).octets(TUNNEL_KEY_OCTETS);
    this.#tunnelKeys.set(name, key);
    const seals = this.#rules.holds('net.tunnel-seals');
    const tunnel = new Tunnel({ inner, outer, phone: addressAt(phone, through), gateway: vpn, key, seals });
    this.#tunnels.set(outer.name, [...(this.#tunnels.get(outer.name) ?? []), tunnel]);
  }

  /** The link of this name as whoever taps it sees it: with what the tunnels through it put on it. */
  tappable(name: string): TappableLink | undefined {
    const link = this.#network.linkNamed(name);
    const tunnels = this.#tunnels.get(name);
    return link === undefined || tunnels === undefined ? link : carrying(link, tunnels);
  }

  /** Puts a phone where the scenario wants it at the beginning. */
  placePhone(phone: string): void {
    const site = this.#screenplay.world.topology.at.get(phone);
    if (site !== undefined) this.move(phone, site);
  }

  /** Moves a phone to a site, or home. Returns its address there; undefined when there is no such site, or it cannot roam. */
  move(phone: string, site: string): string | undefined {
    const known = this.#phones.get(phone);
    if (known?.links.has(site) !== true) return undefined;
    const address = addressAt(phone, site);
    if (known.site !== site) {
      known.site = site;
      this.#simulated?.move(phone, address);
    }
    return address;
  }

  /** The country that an address is of: that of the site in its name. */
  countryOf(host: string): string | undefined {
    return this.#screenplay.world.topology.sites.find(({ name }) => host.endsWith(`.${name}`))?.country;
  }

  /** The links that a phone's traffic takes to its CRS now, its own first. */
  linksOfPhone(phone: string): readonly Link[] {
    const known = this.#phones.get(phone);
    const links: Link[] = [];
    if (known === undefined) return links;
    let next = known.links.get(known.site);
    while (next !== undefined) {
      links.push(next);
      next = this.#simulated?.linkNamed(linkOf(next.ends[1], known.crs));
    }
    return links;
  }

  get #simulated(): SimulatedFabric | undefined {
    return this.#network instanceof SimulatedFabric ? this.#network : undefined;
  }

  #joinSites(fabric: SimulatedFabric, sites: readonly Site[]): void {
    if (this.#sitesAreJoined) return;
    this.#sitesAreJoined = true;
    for (const { name } of sites) {
      fabric.addRouter(name);
      for (const crs of this.#servers) this.#wire(linkOf(name, crs), name, this.#gateOf(crs));
    }
  }

  /** A link from a host to a CRS, or to the firewall in front of it; `end` is what it is named after. */
  #join(host: string, end: string, crs: string): void {
    const link = linkOf(end, crs);
    this.#link(link, host, this.#gateOf(crs), parametersOf(link, this.#screenplay, this.#deployment));
  }

  #gateOf(crs: string): string {
    return crs === this.#guarded ? FIREWALL : crs;
  }

  #wire(name: string, a: string, b: string): void {
    this.#link(name, a, b, wireParametersOf(name, this.#screenplay));
  }

  #link(name: string, a: string, b: string, { up, down }: LinkWays): void {
    this.#network.link(name, a, b, up, down);
  }
}

function addressAt(phone: string, site: string): string {
  return site === HOME ? phone : `${phone}.${site}`;
}
