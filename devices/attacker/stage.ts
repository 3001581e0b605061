/**
 * The stage: the world as an attack meets it. The first half is what anybody can do or see; `truth` is the examiner's and
 * serves the two controls of a probe only: a key that must open it and a key that must not.
 */
import type { Clock, Micros } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Attachment } from '../../network/fabric.ts';
import type { KmsPublic, Period, TelNumber } from '../../network/mikey/index.ts';
import type { Link } from '../../network/simulated/index.ts';
import type { TapListener } from '../../network/tap.ts';
import type { Account } from '../account.ts';
import type { Console } from '../console/index.ts';
import type { ReachedCrs } from '../crs/index.ts';
import type { Deployment } from '../deployment.ts';
import type { Handset, ReachedHandset } from '../handset/index.ts';
import type { Flash, QrReader } from '../hardware/index.ts';
import type { SeenThing } from '../kind.ts';
import type { HeldMaster, Holdings } from './holdings.ts';

/** A call as the trace has it, to say which recording is meant. */
export interface CallFacts {
  readonly name: string;
  readonly csb: string;
  readonly from: TelNumber;
  readonly to: TelNumber;
  /** When the I_MESSAGE went out that `csb` is of. */
  readonly began: Micros;
  readonly ended: Micros;
  /** Media before it are not meant. */
  readonly heardFrom: Micros;
  /** The phones at its two ends; the callee's is undefined when none heard of it. */
  readonly caller: string;
  readonly callee: string | undefined;
}

/**
 * What only the examiner knows: keys that really fit, and keys that are right in form and really do not. The KMS of a user is the one that their
 * phone trusts, and that of their account where they have no phone with keys.
 */
export interface Truth {
  /** What the KMS of a user tells everybody. */
  kmsOf(user: string): KmsPublic;
  /** KSAK and z_T of each CMS. */
  readonly masters: readonly HeldMaster[];
  /** Every PSK, update key and key of a month that was ever issued for these users. */
  holdingsOf(user: string, period: Period): Holdings;
  /** All PSKs ever issued, to anybody. */
  readonly psks: Holdings['psks'];
  /** What recorded sessions open with whose PSK does not do, as their key exchange was ephemeral. */
  readonly sessionKeys: Holdings['sessionKeys'];
  /** Keys of a number that nobody has, issued by the KMS of a user: right in form, and wrong. */
  bystander(user: string, period: Period): Holdings;
}

/** Everything around an attacker that an attack may look at or use. */
export interface AttackStage {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly deployment: Deployment;
  /** All rendezvous servers by name, that of every world first. */
  readonly servers: ReadonlyMap<string, ReachedCrs>;
  readonly truth: Truth;
  /** KPAK and Z of each KMS, which are no secret. */
  readonly kmsKeys: readonly KmsPublic[];
  /** Unix milliseconds now. */
  readonly unixMs: number;
  readonly userNames: readonly string[];
  accountOf(user: string): Account;
  /** The CRS that the users of somebody's account connect to. */
  crsOf(user: string): ReachedCrs;
  nameOf(number: string): string;
  numberOf(user: string): TelNumber;
  /** The phone that a user has in use. */
  handsetOf(user: string): ReachedHandset | undefined;
  /** The phone that a user has in hand and that was wiped; undefined when there is none. */
  wipedPhoneOf(user: string): ReachedHandset | undefined;
  /** The phones that are somebody's own, in their hands and with keys: an attacker's too. */
  phonesOf(holder: string): readonly ReachedHandset[];
  /** A phone of somebody else with this number that `holder` has taken and has in hand; undefined when there is none. */
  takenPhone(holder: string, number: TelNumber): ReachedHandset | undefined;
  /** Octets of the storage of a device that somebody has in hand; undefined of what they do not have, and of what has none. */
  storageInHand(holder: string, device: string): Uint8Array | undefined;
  phoneNamed(name: string): ReachedHandset | undefined;
  consoleOf(device: string): Console | undefined;
  /** The links that a phone's traffic takes to its CRS now, its own first; none of what is no phone. */
  linksOf(phone: string): readonly Link[];
  /** Shows each packet that crosses the link of a phone or a place of the attacker's, until the returned function is called. */
  listenTo(host: string, listener: TapListener): () => void;
  /**
   * The call of a name such as `alice-to-bob#1`; with `since`, Unix milliseconds, what of it came from then on, under the keys that it had then.
   * Errors: ATTACK_NO_CALL.
   */
  call(name: string, since?: number): CallFacts;
  /** Calls that really went through a CRS: `+447700900001 +447700900002` -> how many. */
  callGraph(crs: string): ReadonlyMap<string, number>;
  /** The SSV of a call, 16 octets: the examiner's. */
  ssvOf(csb: string): Uint8Array;
  /** Keys that were erased from what this attacker seized before it did, as {@link Holdings} has them. */
  erasedFor(attacker: string): readonly string[];
  /** The same of what was destroyed before this attacker came for it, and of what it has and no reader can read. */
  goneFor(attacker: string): Pick<Holdings, 'destroyed' | 'unreadable'>;
  /** What somebody finds on a thing that they have in hand. */
  lookAt(holder: string, thing: string): SeenThing | undefined;
  /** Writes octets on a thing that somebody has in hand, where nobody looks for them; false when they do not have it. */
  hideOn(holder: string, thing: string, octets: Uint8Array): boolean;
  readonly readQr: QrReader;
  /** A phone with this storage in the hands of `holder`, whoever's keys are in it. */
  clone(name: string, holder: string, flash: Flash, attachment: Attachment): Handset;
  /** A new place on the network for the attacker, with a link to each CRS. */
  attach(name: string): Attachment;
  /** The examiner's: a place on the wire of a CRS, behind whatever guards it. */
  attachInside(name: string, crs: string): Attachment;
}
