/**
 * What a hand can do to a device. Each device has only the parts it really has: a handset has no disc drive, a CMS no radio.
 * People act through these, and through the consoles; nothing else reaches into a device.
 */
import type { Secret } from '../sim/secret.ts';
import type { DiscDrive, Disk, DiskKind, GrayImage, Treatment } from './hardware/index.ts';

/** Where a computer has its disk. */
export interface DiskBay {
  readonly kind: DiskKind;
  /** Takes the disk out, as it is, and puts a new one in with what the computer finds on the old one. Throws what guards it throws. */
  replace(by: string): Disk;
  /** Its octets past whatever guards it: for who audits the world, and for no person in it. Left out where nothing guards it. */
  asItLies?(): Uint8Array;
}

/** Acts of a hand, each only where the device has the part; `extract` is what a thief gets from its chips. */
export interface Physical {
  readonly name: string;
  readonly drive?: DiscDrive;
  /** The QR code on its screen now. */
  shownQr?(): GrayImage | undefined;
  /** What whoever reads that code learns; nothing while there is none. */
  shownSecrets?(): readonly Secret[];
  /** Points its camera at an image. Throws what reading and enrolling throw. */
  scan?(image: GrayImage): void;
  /** Octets of its storage, as somebody with full extraction gets them. Throws what guards it throws. */
  extract?(by: string): Uint8Array;
  /** Its disk, where it has one that can be taken out. */
  readonly disk?: DiskBay;
  /** What hands can do to the flash that is built into it. */
  treat?(treatment: Treatment): void;
  /** What it has written about what happened on it, line by line, as whoever has the machine reads it. */
  logLines?(): readonly string[];
  /** Somebody puts a network cable into it, or takes it out: only a device that must not have one takes notice. */
  plugCable?(plugged: boolean, by: string): void;
  /** Puts it out of reach of every network (a shielded bag), or back. */
  shield?(shielded: boolean): void;
  /** Whether a network reaches it now: it is on, and in no shielded bag. */
  reachable?(): boolean;
}
