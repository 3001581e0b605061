/**
 * The cast: who and what takes part in a world, by name. The loader checks references against it and the runner builds the
 * same devices and links from it, so the two cannot disagree.
 */
import { accountOf, crsNamesOf } from './accounts.ts';
import type { DeclaredWorld } from './screenplay.ts';
import { CRS } from './standing.ts';
import type { KindWords } from './vocabulary.ts';

/** Every name that a line of the scenario may refer to, by what it names. */
export interface Cast {
  readonly users: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  /** Who may type: users, people and attackers. */
  readonly people: ReadonlySet<string>;
  /** Kind of each device by its name, standing devices and users' handsets included. */
  readonly devices: ReadonlyMap<string, string>;
  /**
   * `<user>-crs` for each user's handset and `<device>-crs` for each other device that has a link; `<site>-crs`, `firewall-crs`,
   * and `<user>-<site>` or `<device>-<site>` for each phone. Where there are several CRSs the name of one stands in place of `crs`.
   */
  readonly links: ReadonlySet<string>;
  /** Names that two links would have. */
  readonly twice: ReadonlySet<string>;
  /** Those of the links that are tunnels. */
  readonly tunnels: ReadonlySet<string>;
}

/** The firewall in front of a CRS, in worlds that have one. */
export const FIREWALL = 'firewall';

/** Where a phone is that has not roamed. */
export const HOME = 'home';

/** The name of a user's own handset. */
export function handsetOf(user: string): string {
  return `${user}-phone`;
}

/** The name of the link between a user or a device and a CRS. */
export function linkOf(end: string, crs: string): string {
  return `${end}-${crs}`;
}

/** The name of the link of a user's handset, or of another phone, in a site. */
export function siteLinkOf(end: string, site: string): string {
  return `${end}-${site}`;
}

/** Whose phone a device of kind `handset` is; its own name when it is nobody's. */
export function ownerOf({ name, settings }: DeclaredWorld['devices'][number]): string {
  return String(settings['owner'] ?? name);
}

/** The cast of a world. What the loader refused is taken for whatever it may be named as, so that one mistake is one problem. */
export function castOf(
  world: Pick<DeclaredWorld, 'users' | 'people' | 'accounts' | 'devices' | 'topology'>,
  kinds: Readonly<Record<string, KindWords>>,
): Cast {
  const people = new Set<string>(world.people);
  const devices = new Map<string, string>();
  const links = new Set<string>();
  const twice = new Set<string>();
  const join = (link: string): void => void (links.has(link) ? twice : links).add(link);
  const servers = crsNamesOf(world);
  const tunnels = new Set<string>();
  const phones: string[] = [];
  for (const [kind, { standing, linked }] of Object.entries(kinds)) {
    if (standing === undefined) continue;
    devices.set(standing, kind);
    if (linked) join(linkOf(standing, CRS));
  }
  for (const user of world.users) {
    people.add(user.name);
    if (user.handset === undefined) continue;
    devices.set(handsetOf(user.name), 'handset');
    join(linkOf(user.name, accountOf(world, user.name).crs));
    phones.push(user.name);
  }
  for (const device of world.devices) {
    devices.set(device.name, device.kind);
    const kind = kinds[device.kind];
    if (kind?.attacks ?? true) people.add(device.name);
    if (kind?.linked ?? true)
      for (const crs of device.handset === undefined ? servers : [accountOf(world, ownerOf(device)).crs])
        join(linkOf(device.name, crs));
    if (device.handset !== undefined) phones.push(device.name);
  }
  const { firewall, sites } = world.topology;
  if (firewall !== undefined) {
    devices.set(FIREWALL, FIREWALL);
    join(linkOf(FIREWALL, firewall.protects));
  }
  for (const { name, kind } of sites) {
    for (const crs of servers) join(linkOf(name, crs));
    for (const phone of phones) {
      join(siteLinkOf(phone, name));
      if (kind === 'vpn') tunnels.add(siteLinkOf(phone, name));
    }
  }
  const users = new Set(world.users.map(({ name }) => name));
  const accounts = new Set(world.accounts.map(({ name }) => name));
  return { users, accounts, people, devices, links, twice, tunnels };
}
