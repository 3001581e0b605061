/** What a phone is given when it is made: its place, its owner, and what a world lends it of eyes, ears and the network. */
import type { Attachment } from '../../network/fabric.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { Hear, Talk } from '../../network/rtp/index.ts';
import type { Contacts } from '../contacts.ts';
import type { Flash, QrReader } from '../hardware/index.ts';
import type { Platform } from './install-gate.ts';

/** One phone, with the platform and version that the install gate looks at. */
export interface HandsetOptions extends Platform {
  /** Its host name: `alice-phone`. */
  readonly name: string;
  /** Whose it is, as the scenario names people. */
  readonly user: string;
  readonly attachment: Attachment;
  /** Puts its radio out of reach, or back. */
  shield?(shielded: boolean): void;
  /** Goes over to another network, or `home`; returns its address there, or undefined when there is no such site. */
  roam?(site: string): string | undefined;
  readonly contacts: Contacts;
  readonly readQr: QrReader;
  /** The number of the SIM in it, if there is one. */
  simNumber?(): TelNumber | undefined;
  /** Another VoIP application that it comes with. */
  readonly otherVoip?: string;
  /** The version of the app from which on it takes a message twice: a fault of the product. None when left out. */
  readonly faultyApp?: string;
  /** What its user says in calls; silence when there is none. */
  readonly talk?: Talk;
  /** Attaches an ear to the call with this CSB ID: what its user hears is handed out as it is played. */
  readonly listen?: (csb: string) => Hear;
  /** How its clock differs from the right time when the phone is switched on. Milliseconds. */
  readonly clockOffsetMs?: number;
  /** False when its clock does not follow the network's; it does when left out. */
  readonly takesNetworkTime?: boolean;
  /** Parts per million by which its clock runs fast; negative when slow. */
  readonly clockDriftPpm?: number;
  /** How far local time is ahead of UTC where it is. Minutes. */
  readonly zoneMinutes?: number;
  /** Storage that it starts with: a clone has the octets of another phone. */
  readonly flash?: Flash;
  /** Numbers the calls between two users over all phones of this world. */
  nextCall(from: string, to: string): string;
}
