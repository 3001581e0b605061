/** The place where the devices of a world stand: what each may reach around is made of the world's network, people and things. */
import type { Kept, KeptValue } from '../../sim/kept.ts';
import type { Console } from '../../devices/console/index.ts';
import type { Contacts } from '../../devices/contacts.ts';
import type { DeviceKind, Premises, PremisesNetwork, Standing } from '../../devices/kind.ts';
import type { Ports } from '../../devices/ports.ts';
import { speech } from '../../network/rtp/index.ts';
import { SimulatedFabric } from '../../network/simulated/index.ts';
import { accountOf, accountOfCms, type ResolvedScreenplay } from '../language/index.ts';
import type { Assets } from './assets.ts';
import type { CallNames } from './call-names.ts';
import type { Listen } from './earpiece.ts';
import type { Things } from './people/things.ts';
import { sheet } from './things/paper.ts';
import { simNumberIn } from './things/sim.ts';
import { phonesOf, voiceOf } from './phones.ts';
import type { WorldNetwork } from './physics.ts';
import type { Topology } from './topology.ts';

/** What a place is made of. */
export interface PremisesOptions {
  readonly ports: Ports;
  readonly contacts: Contacts;
  readonly screenplay: ResolvedScreenplay;
  readonly assets: Assets;
  readonly fabric: WorldNetwork;
  readonly topology: Topology;
  readonly things: Things;
  readonly consoles: ReadonlyMap<string, Console>;
  readonly devices: StandingDevices;
  readonly calls: CallNames;
  readonly listen: Listen | undefined;
}

/** What each device is, by its name; each in the form of its kind. */
export type DeviceStates = { readonly [name: string]: KeptValue };

/** The devices that stand in a world by now, each under its kind. */
export class StandingDevices implements Kept<DeviceStates> {
  readonly #byKind = new Map<string, Map<string, unknown>>();
  readonly #standing = new Map<string, Standing<unknown>>();

  add<Device>(kind: DeviceKind<Device>, name: string, standing: Standing<Device>): void {
    const known = this.#byKind.get(kind.name) ?? new Map<string, unknown>();
    this.#byKind.set(kind.name, known.set(name, standing.device));
    this.#standing.set(name, standing);
  }

  /** Why one of them cannot be kept now; undefined when all are at rest. */
  get unrest(): string | undefined {
    for (const { unrest } of this.#standing.values()) {
      const reason = unrest();
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** At rest only. */
  save(): DeviceStates {
    return Object.fromEntries([...this.#standing].map(([name, standing]) => [name, standing.save()]));
  }

  /** In the order in which they were built. */
  ofKind<Device>(kind: DeviceKind<Device>): ReadonlyMap<string, Device> {
    const known = this.#byKind.get(kind.name) ?? new Map<string, unknown>();
    // Only `add` fills it, with what a kind of this name has built.
    return known as ReadonlyMap<string, Device>;
  }
}

/** The place as the kinds of devices see it. */
export function premisesOf(options: PremisesOptions): Premises {
  const { ports, contacts, screenplay, assets, things, consoles, devices, calls, listen } = options;
  return {
    ports,
    contacts,
    readQr: assets.readQr,
    network: networkOf(options),
    users: screenplay.world.users.map(({ name }) => name),
    accountOf: (user) => accountOf(screenplay.world, user),
    accountOfCms: (cms) => accountOfCms(screenplay.world, cms),
    ofKind: (kind) => devices.ofKind(kind),
    consoleOf: (name) => consoles.get(name),
    holderOf: (thing) => things.placeOf(thing),
    simNumberIn: (phone) => simNumberIn(things, phone),
    lookAt: (holder, thing) => {
      if (!things.at(holder).includes(thing)) return undefined;
      const found = things.find(thing);
      return {
        picture: found.picture?.(),
        octets: found.octets?.(),
        hidden: found.hidden?.(),
        pieces: found.pieces?.(),
        destroyed: found.destroyed === true,
        shows: found.shows ?? found.secrets ?? [],
      };
    },
    hideOn: (holder, thing, octets) => {
      const found = things.at(holder).includes(thing) ? things.find(thing) : undefined;
      found?.hide?.(octets);
      return found?.hide !== undefined;
    },
    takePaper: (paper, holder) => things.add(sheet(paper), holder),
    nextCall: (from, to) => calls.next(from, to),
    voiceOf: (user) => {
      const voice = assets.speech[voiceOf(screenplay, user, assets.speech.length)];
      return voice === undefined ? undefined : speech(voice);
    },
    earOf: (device, user) => (listen === undefined ? undefined : (csb) => listen({ device, user, csb })),
  };
}

function networkOf({ fabric, topology, screenplay }: PremisesOptions): PremisesNetwork {
  return {
    simulated: fabric instanceof SimulatedFabric ? fabric : undefined,
    attach: (host) => fabric.attach(host),
    joinStranger: (host) => topology.joinStranger(host),
    joinInside: (host, crs) => topology.joinInside(host, crs),
    joinPhone: (phone) => {
      for (const each of phonesOf(screenplay)) if (each.name === phone) topology.joinPhone(each);
    },
    placePhone: (phone) => topology.placePhone(phone),
    move: (phone, site) => topology.move(phone, site),
    unplug: (host) => fabric.unplug(host),
    plug: (host) => fabric.plug(host),
    addFirewall: (protects, passes) => topology.addFirewall(protects, passes),
    linkNamed: (name) => topology.tappable(name),
    get sessionKeys() {
      return fabric.sessionKeys;
    },
    countryOf: (host) => topology.countryOf(host),
    linksOfPhone: (phone) => topology.linksOfPhone(phone),
  };
}
