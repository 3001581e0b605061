/**
 * Kinds of devices. A kind is all that the rooms above know of a device: what it is called in a scenario, what may be set on it, how it
 * is built and typed at. A value of kinds is handed to the loader, to the world and to the documentation; none of them knows one
 * device by name, and there is no registry that a file could add itself to unseen. The console is put together here and not inside
 * the device: a console knows its device, and a device knows nothing of consoles.
 */
import type { AnyStateMachine } from 'xstate';
import type { KeptValue } from '../sim/kept.ts';
import type { Attachment } from '../network/fabric.ts';
import type { Hear, Talk } from '../network/rtp/index.ts';
import type { Link, PacketFilter, SimulatedFabric } from '../network/simulated/index.ts';
import type { TappableLink } from '../network/tap.ts';
import type { TelNumber } from '../network/mikey/index.ts';
import type { Account } from './account.ts';
import type { Console } from './console/index.ts';
import type { Contacts } from './contacts.ts';
import type { Secret } from '../sim/secret.ts';
import type { GrayImage, Paper, QrReader } from './hardware/index.ts';
import type { Physical } from './physical.ts';
import type { Ports } from './ports.ts';
import type { RuleTable } from './rules.ts';
import type { SettingsOf, SettingTable } from './settings.ts';
import type { Told } from './told.ts';

/** The network of the place where devices stand. */
export interface PremisesNetwork {
  /** The simulated network with all that can be done to one; undefined where packets travel over sockets. */
  readonly simulated: SimulatedFabric | undefined;
  attach(host: string): Attachment;
  /** Links from a host that is nobody's phone to every CRS. */
  joinStranger(host: string): void;
  /** A link from a host to a CRS itself, past the firewall in front of it. */
  joinInside(host: string, crs: string): void;
  /** All links of a phone: to its CRS, to the MDM, and at each site. A phone of this process is attached by then. */
  joinPhone(phone: string): void;
  /** Puts a phone where the scenario wants it at the beginning. */
  placePhone(phone: string): void;
  /** Moves a phone to a site, or `home`; its address there, or undefined when there is no such site. */
  move(phone: string, site: string): string | undefined;
  unplug(host: string): void;
  plug(host: string): void;
  /** Puts a router in front of a CRS, which goes on with what it lets pass. Comes before anything is joined. */
  addFirewall(protects: string, passes: PacketFilter): void;
  linkNamed(name: string): TappableLink | undefined;
  /** A key log of the sessions with an ephemeral key exchange, as far as this process opened them: the examiner's. */
  readonly sessionKeys: readonly string[];
  /** The country that an address is of; undefined of addresses at home. */
  countryOf(host: string): string | undefined;
  /** The simulated links that a phone's traffic takes to its CRS now, its own first; none of what is no phone. */
  linksOfPhone(phone: string): readonly Link[];
}

/** A thing in somebody's hand, as far as eyes and machines can tell. */
export interface SeenThing {
  readonly picture: GrayImage | undefined;
  readonly octets: Uint8Array | undefined;
  /** Octets beside them that only whoever looks for them finds. */
  readonly hidden?: Uint8Array | undefined;
  /** The pieces that it is in, in no order; undefined of what is whole. */
  readonly pieces?: readonly GrayImage[] | undefined;
  /** Nothing is left of it that a reader could be put to. */
  readonly destroyed?: boolean;
  /** What is on it, whether or not anybody can read it: the examiner's. */
  readonly shows: readonly Secret[];
}

/** The place a device stands in, as far as a device may reach around: what it is plugged into, and what else stands there. */
export interface Premises {
  readonly ports: Ports;
  /** Who has which number. */
  readonly contacts: Contacts;
  readonly network: PremisesNetwork;
  readonly readQr: QrReader;
  /** Names of the users of the service. */
  readonly users: readonly string[];
  /** The account that a user is with; whoever is no user is with the one of every world. */
  accountOf(user: string): Account;
  /** The account that a CMS makes keys for: one of its own name when the scenario gives it none. */
  accountOfCms(cms: string): Account;
  /** The devices of a kind that stand already, by name. */
  ofKind<Device>(kind: DeviceKind<Device>): ReadonlyMap<string, Device>;
  consoleOf(name: string): Console | undefined;
  /** The person or device that has a thing in hand. */
  holderOf(thing: string): string;
  /** The number of the SIM in a phone; undefined when there is none, or a dead one. */
  simNumberIn(phone: string): TelNumber | undefined;
  /** What somebody finds on a thing that they have in hand: the pixels on it and the octets; undefined of what they do not have. */
  lookAt(holder: string, thing: string): SeenThing | undefined;
  /** Writes octets on a thing that somebody has in hand, where nobody looks for them; false when they do not have it, or it takes none. */
  hideOn(holder: string, thing: string, octets: Uint8Array): boolean;
  /** Somebody takes a sheet out of a printer. */
  takePaper(paper: Paper, holder: string): void;
  /** Numbers the calls between two users over all phones: `alice-to-bob#1`. */
  nextCall(from: string, to: string): string;
  /** What a user says in calls; undefined when nobody recorded a voice. */
  voiceOf(user: string): Talk | undefined;
  /** What attaches an ear to calls of a phone; undefined when nobody listens. */
  earOf(phone: string, user: string): ((csb: string) => Hear) | undefined;
}

/** A device as a scenario declares it, or as it stands there without being declared. */
export interface Declared<Table extends SettingTable = SettingTable> {
  readonly name: string;
  /** Links that it records from the beginning. */
  readonly taps: readonly string[];
  readonly settings: SettingsOf<Table>;
}

/** A device in its place. */
export interface Standing<Device, State extends KeptValue = KeptValue> {
  readonly device: Device;
  readonly console: Console;
  /** What a hand can do to it; left out of what nobody can touch. */
  readonly physical?: Physical;
  /** Who has it in hand at the beginning; where it stands when left out. */
  readonly holder?: string;
  /** What it is now, for `build` to take up again. Asked only when it is at rest. */
  readonly save: () => State;
  /** Why it cannot be kept now, such as a call or an attack; undefined when it is at rest. Its timers and streams are asked themselves. */
  readonly unrest: () => string | undefined;
}

/** Its pages of the documentation. */
export interface Manual {
  /** Heading of its commands: `Rendezvous server (CRS)`. */
  readonly title: string;
  /** Who types there, as a sentence. */
  readonly about: string;
  /** The statecharts that it goes by. */
  readonly machines: readonly {
    readonly title: string;
    readonly about: string;
    readonly machine: AnyStateMachine;
  }[];
}

/** All that is known of a kind of device outside its folder. */
export interface DeviceKind<
  Device = unknown,
  Table extends SettingTable = SettingTable,
  State extends KeptValue = KeptValue,
> {
  /** What a scenario calls it: `kind: attacker`. */
  readonly name: string;
  /** The name of the one that stands in every world without being declared. */
  readonly standing?: string;
  /** True when further devices of a standing kind may be declared. */
  readonly several?: boolean;
  /** Who looks after the one of this name, where that is somebody's office. That person is in every world that it is in. */
  office?(name: string): string;
  /** True for attackers: they act by themselves (`by: thief`) and may tap links. */
  readonly attacks: boolean;
  /** True when it must never be on a network. */
  readonly offline?: boolean;
  /** True when it has a link to a CRS, named `<device>-<crs>`. */
  readonly linked: boolean;
  /** False when a scenario declares it elsewhere than among the devices of its world. */
  readonly declarable?: boolean;
  /** What may be set on it, beside `kind`, `clock` and `taps`. */
  readonly settings: Table;
  /** Its part of what devices promise; a planted violation breaks one. Named `<kind>.<rule>`. */
  readonly rules: RuleTable;
  /** What it puts into the trace, and what becomes of that. */
  readonly told: Told;
  readonly manual: Manual;
  /**
   * Puts it together, with its links and its console; undefined where it cannot stand, such as a firewall between sockets. With what was
   * kept of it, it is taken up where it was: it tells nothing of its beginning and draws nothing.
   */
  build(premises: Premises, declared: Declared<Table>, kept?: State): Standing<Device, State> | undefined;
}

/** Kinds in the order in which a world builds their devices: what is looked up stands before who looks for it. */
export type DeviceKinds = readonly DeviceKind[];

/** A kind, with the types of its device, its settings and what is told of it taken from what is given. */
export function deviceKind<
  Device,
  const Table extends SettingTable,
  const Tells extends Told,
  State extends KeptValue = KeptValue,
>(
  kind: DeviceKind<Device, Table, State> & { readonly told: Tells },
): DeviceKind<Device, Table, State> & { readonly told: Tells } {
  return kind;
}
