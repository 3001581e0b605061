/**
 * The cast: who and what takes part in a world, by name. The loader checks references against it and the runner builds the
 * same devices and links from it, so the two cannot disagree.
 */
import type { DeclaredWorld } from './screenplay.ts';
import type { KindWords } from './vocabulary.ts';

export interface Cast {
  readonly users: ReadonlySet<string>;
  /** Who may type: users, people and attackers. */
  readonly people: ReadonlySet<string>;
  /** Kind of each device by its name, standing devices and users' handsets included. */
  readonly devices: ReadonlyMap<string, string>;
  /**
   * `<user>-crs` for each user's handset and `<device>-crs` for each other device that has a link; `<site>-crs`, `firewall-crs`,
   * and `<user>-<site>` or `<device>-<site>` for each phone.
   */
  readonly links: ReadonlySet<string>;
  /** Those of the links that are tunnels. */
  readonly tunnels: ReadonlySet<string>;
}

/** The firewall in front of the CRS, in worlds that have one. */
export const FIREWALL = 'firewall';

/** Where a phone is that has not roamed. */
export const HOME = 'home';

/** The name of a user's own handset. */
export function handsetOf(user: string): string {
  return `${user}-phone`;
}

/** The name of the link between a user or a device and the CRS. */
export function linkOf(end: string): string {
  return `${end}-crs`;
}

/** The name of the link of a user's handset, or of another phone, in a site. */
export function siteLinkOf(end: string, site: string): string {
  return `${end}-${site}`;
}

export function castOf(
  world: Pick<DeclaredWorld, 'users' | 'people' | 'devices' | 'topology'>,
  kinds: Readonly<Record<string, KindWords>>,
): Cast {
  const people = new Set<string>(world.people);
  const devices = new Map<string, string>();
  const links = new Set<string>();
  const tunnels = new Set<string>();
  const phones: string[] = [];
  for (const [kind, { standing, linked }] of Object.entries(kinds)) {
    if (standing === undefined) continue;
    devices.set(standing, kind);
    if (linked) links.add(linkOf(standing));
  }
  for (const user of world.users) {
    people.add(user.name);
    if (user.handset === undefined) continue;
    devices.set(handsetOf(user.name), 'handset');
    links.add(linkOf(user.name));
    phones.push(user.name);
  }
  for (const device of world.devices) {
    devices.set(device.name, device.kind);
    // A kind that the loader refused is taken for everything, so that one mistake is one problem.
    const kind = kinds[device.kind];
    if (kind?.attacks ?? true) people.add(device.name);
    if (kind?.linked ?? true) links.add(linkOf(device.name));
    if (device.handset !== undefined) phones.push(device.name);
  }
  const { firewall, sites } = world.topology;
  if (firewall !== undefined) {
    devices.set(FIREWALL, FIREWALL);
    links.add(linkOf(FIREWALL));
  }
  for (const { name, kind } of sites) {
    links.add(linkOf(name));
    for (const phone of phones) {
      links.add(siteLinkOf(phone, name));
      if (kind === 'vpn') tunnels.add(siteLinkOf(phone, name));
    }
  }
  return { users: new Set(world.users.map(({ name }) => name)), people, devices, links, tunnels };
}
