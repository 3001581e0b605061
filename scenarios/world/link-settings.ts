/**
 * What a scenario may set on its links, and the parameters that come of it: the profile, over it the settings for all links, over those
 * the link's own; in each, single values first, then `netem`, then what holds in one direction only.
 */
import {
  DELAY_MS_MAX,
  PROFILES,
  readNetem,
  type LinkParameters,
  type ProfileName,
} from '../../network/simulated/index.ts';
import { deploymentOf, type Deployment } from '../../devices/deployment.ts';
import {
  crsNamesOf,
  FIREWALL,
  linkOf,
  siteLinkOf,
  type ResolvedScreenplay,
  type Settings,
  type SettingTable,
  type Site,
  type DeclaredWorld,
} from '../language/index.ts';
import { MDM } from '../language/standing.ts';
import { phonesOf, type Phone } from './phones.ts';

const DEFAULT_PROFILE: ProfileName = 'home-wifi';
const SOURCE = 'tc-netem(8)';

const probability = (summary: string) =>
  ({ kind: 'number', default: 0, min: 0, max: 1, summary, source: SOURCE }) as const;
const milliseconds = (summary: string) =>
  ({ kind: 'number', default: 0, min: 0, max: DELAY_MS_MAX, summary, source: SOURCE }) as const;
const netem = (summary: string) =>
  ({ kind: 'text', default: '', summary, source: SOURCE, check: checkNetem }) as const;

/** Delays in milliseconds, probabilities from 0 to 1, and texts in netem's words, which are checked as they are read. */
export const LINK_SETTINGS: SettingTable = {
  delayMs: milliseconds('One-way delay in milliseconds'),
  jitterMs: milliseconds('Spread of the delay in milliseconds'),
  lossRandom: probability('Probability that a packet is lost'),
  duplicate: probability('Probability that a packet arrives twice'),
  netem: netem("Anything else, in netem's words: delay 100ms 20ms 25% loss gemodel 5% 30%"),
  up: netem('The same, toward the server only'),
  down: netem('The same, from the server only'),
};

/** A text is checked over a delay with jitter, for it may refine what the profile says. */
function checkNetem(text: string): void {
  readNetem(text, { delayMs: 1, jitterMs: 1 });
}

/** One link as it is when a run begins. */
export interface LinkSetUp {
  readonly name: string;
  /** The host that uses the server, and the server. */
  readonly ends: readonly [string, string];
  /** Toward the server. */
  readonly up: LinkParameters;
  readonly down: LinkParameters;
}

/** What a link does to packets, each way. */
export type LinkWays = Pick<LinkSetUp, 'up' | 'down'>;

/** What a site's radio or wire is like, when the scenario does not say. */
const PROFILE_OF: Readonly<Record<Site['kind'], ProfileName>> = {
  fixed: 'home-wifi',
  cell: '4g',
  visited: '3g',
  vpn: 'home-wifi',
};

/**
 * What a tunnel takes of each packet, unless the scenario says otherwise. `mtu`: 1,500 octets less the 80 that WireGuard adds over IPv6,
 * and so its default (J. A. Donenfeld, "Header / MTU sizes for Wireguard", WireGuard mailing list, 11 December 2017). `overhead`: an ESP
 * tunnel with AES-CBC and HMAC-SHA1-96 adds 73 octets at the most: an IPv4 header of 20, SPI and sequence number 8, IV 16,
 * padding and trailer 17, ICV 12 (RFC 4303 2, RFC 3602, RFC 2404). The one and the other fit into 1,500 together.
 */
const TUNNEL = { mtuOctets: 1420, overheadOctets: 73 } as const;

/** The parameters of a phone's link at home. Errors: NETWORK_NETEM_SYNTAX, NETWORK_LINK_PARAMETER. */
export function parametersOf(name: string, { world }: ResolvedScreenplay, deployment: Deployment): LinkWays {
  const { network } = world;
  const own = ownOf(name, world);
  const chosen = deployment['network-profile'];
  const asWritten = network.profile ?? DEFAULT_PROFILE;
  const profile = own?.profile ?? (chosen === 'as-written' ? asWritten : chosen);
  return layered(profile, [network.settings, own?.settings ?? {}]);
}

/** The parameters of a phone's link at a site. Errors: as {@link parametersOf}. */
export function siteParametersOf(name: string, { world }: ResolvedScreenplay, site: Site): LinkWays {
  const own = ownOf(name, world);
  // A tunnel is as good as the network that carries it, unless it is said to be otherwise.
  const carrier = world.topology.sites.find((each) => each.name === site.through);
  const profile = own?.profile ?? site.profile ?? carrier?.profile ?? PROFILE_OF[(carrier ?? site).kind];
  const layers = [carrier?.settings ?? {}, site.settings, own?.settings ?? {}];
  if (site.kind !== 'vpn') return layered(profile, layers);
  const { up, down } = layered(profile, [{ netem: `mtu ${TUNNEL.mtuOctets}` }, ...layers]);
  return { up: tunnelled(up), down: tunnelled(down) };
}

/** Counts what the tunnel adds to each packet, where a rate counts packets and names no overhead of its own. */
function tunnelled(parameters: LinkParameters): LinkParameters {
  const { rate } = parameters;
  if (rate === undefined || rate.overheadOctets !== undefined) return parameters;
  return { ...parameters, rate: { ...rate, overheadOctets: TUNNEL.overheadOctets } };
}

/** Those of a link between sites and servers: perfect, unless the scenario names it. Errors: as {@link parametersOf}. */
export function wireParametersOf(name: string, { world }: ResolvedScreenplay): LinkWays {
  const own = ownOf(name, world);
  return layered(own?.profile ?? 'perfect', [own?.settings ?? {}]);
}

function ownOf(
  name: string,
  { network }: DeclaredWorld,
): DeclaredWorld['network']['links'][number] | undefined {
  return network.links.find((link) => link.name === name);
}

function layered(profile: string, layers: readonly Settings[]): LinkWays {
  const base = Object.entries(PROFILES).find(([each]) => each === profile)?.[1].parameters ?? {};
  const both = layers.reduce<LinkParameters>(
    (below, { netem: text = '', up: _up, down: _down, ...values }) => {
      return readNetem(String(text), { ...below, ...values });
    },
    base,
  );
  const oneWay = (direction: 'up' | 'down'): LinkParameters =>
    layers.reduce((below, settings) => readNetem(String(settings[direction] ?? ''), below), both);
  return { up: oneWay('up'), down: oneWay('down') };
}

/** Every link of a scenario that is not an attacker's: the wires first, then each phone's. */
export function linksOf(screenplay: ResolvedScreenplay): readonly LinkSetUp[] {
  const deployment = deploymentOf(screenplay.parameters);
  const { topology } = screenplay.world;
  const { firewall } = topology;
  const gateOf = (crs: string): string => (firewall?.protects === crs ? FIREWALL : crs);
  const wire = (from: string, crs: string, to: string): LinkSetUp => ({
    name: linkOf(from, crs),
    ends: [from, to],
    ...wireParametersOf(linkOf(from, crs), screenplay),
  });
  const wires = [
    ...(firewall === undefined ? [] : [wire(FIREWALL, firewall.protects, firewall.protects)]),
    ...topology.sites.flatMap(({ name }) =>
      crsNamesOf(screenplay.world).map((crs) => wire(name, crs, gateOf(crs))),
    ),
  ];
  const linksOfPhone = ({ name: host, end, crs }: Phone): readonly LinkSetUp[] => {
    const home = linkOf(end, crs);
    const toMdm = `${host}-${MDM}`;
    return [
      { name: home, ends: [host, gateOf(crs)], ...parametersOf(home, screenplay, deployment) },
      { name: toMdm, ends: [host, MDM], ...parametersOf(toMdm, screenplay, deployment) },
      ...topology.sites.map((site): LinkSetUp => {
        const name = siteLinkOf(end, site.name);
        return { name, ends: [host, site.name], ...siteParametersOf(name, screenplay, site) };
      }),
    ];
  };
  return [...wires, ...phonesOf(screenplay).flatMap(linksOfPhone)];
}
