/**
 * The disk of a computer: names to octets, on flash (an SSD) or on magnetic platters. A device only writes and deletes; which of the two it is
 * shows when somebody takes the disk out, and treats it for disposal (clauses para-50 and para-51).
 *
 * What a treatment does is what the medium makes of it, and not what it is called: wear levelling writes elsewhere than it is told, a magnet does
 * nothing to flash, and on a disk that is in clear there is no key to erase.
 */
import type { Kept } from '../../sim/kept.ts';
import { toAscii } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { FLASH_IMAGE_MAGIC, readFlashImage, type FlashContents } from './flash-image.ts';
import { Flash, type FlashState } from './flash.ts';
import { MAGNETIC_IMAGE_MAGIC, readMagneticImage } from './magnetic-image.ts';
import { MagneticDisk, type MagneticDiskState } from './magnetic-disk.ts';

/** What a disk can be made of. */
export const DISK_KINDS = ['ssd', 'magnetic'] as const;

/** Flash as in a phone, or platters. */
export type DiskKind = (typeof DISK_KINDS)[number];

/** A disk as a plain value. */
export type DiskState = FlashState | MagneticDiskState;

/** A disk, as the computer that it is in writes on it. */
export interface Disk extends Kept<DiskState> {
  /** Writes a file; what the name held before may stay somewhere. */
  write(name: string, value: Uint8Array): void;
  /** A copy of a file; undefined when there is none. */
  read(name: string): Uint8Array | undefined;
  /** Names of the files, sorted. */
  names(): readonly string[];
  /** Deletes as a file system does. False when there was none. */
  delete(name: string): boolean;
  /** Makes a file and what is left of it unreadable, and tells how many pieces that were. */
  sanitise(name: string): number;
  /** Makes everything unreadable; the same number. */
  wipe(): number;
  /** All octets, in the form that {@link readDiskImage} reads. */
  image(): Uint8Array;
}

/** An empty disk of the kind; `random` makes the keys of flash. */
export function newDisk(kind: DiskKind, random: RandomSource): Disk {
  return kind === 'ssd' ? new Flash(random) : new MagneticDisk();
}

/** The disk that was kept. */
export function diskTakenUp(random: RandomSource, kept: DiskState): Disk {
  return 'sectors' in kept ? MagneticDisk.takenUp(kept) : Flash.takenUp(random, kept);
}

/** Copies what the computer finds on a disk onto another one: what was deleted or replaced stays behind. */
export function copyFiles(from: Disk, to: Disk): void {
  for (const name of from.names()) {
    const value = from.read(name);
    if (value !== undefined) to.write(name, value);
  }
}

/** What can be read off a disk by somebody who has nothing else. Errors: HARDWARE_FLASH_IMAGE, HARDWARE_DISK_IMAGE. */
export function readDiskImage(image: Uint8Array): FlashContents {
  const isMagnetic = toAscii(image.subarray(0, MAGNETIC_IMAGE_MAGIC.length)) === MAGNETIC_IMAGE_MAGIC;
  return isMagnetic ? readMagneticImage(image) : readFlashImage(image);
}

/** Whether octets are those of a disk or a chip, by what they begin with. */
export function isDiskImage(octets: Uint8Array): boolean {
  return [FLASH_IMAGE_MAGIC, MAGNETIC_IMAGE_MAGIC].includes(toAscii(octets.subarray(0, 4)));
}

/** What somebody can do to a medium before it leaves the house. */
export const TREATMENTS = ['delete', 'overwrite', 'key-erase', 'degauss', 'destroy'] as const;

/** One of them. */
export type Treatment = (typeof TREATMENTS)[number];

/** Octets of one piece of what flash is filled up with. */
const FILL_OCTETS = 16_384;

/** Treats a disk; undefined when there is nothing left that a reader could be put to. */
export function treated(disk: Disk, treatment: Treatment): Disk | undefined {
  const isMagnetic = disk instanceof MagneticDisk;
  switch (treatment) {
    case 'delete':
      for (const name of disk.names()) disk.delete(name);
      return disk;
    case 'overwrite':
      if (isMagnetic) disk.wipe();
      else overwriteFlash(disk);
      return disk;
    case 'key-erase':
      // Magnetic disks here are in clear: there is no key that anything hangs on.
      if (!isMagnetic) disk.wipe();
      return disk;
    case 'degauss':
      return isMagnetic ? undefined : disk;
    case 'destroy':
      return undefined;
  }
}

/** Fills the chip with as much as there was on it. The controller puts all of that where nothing is yet. */
function overwriteFlash(disk: Disk): void {
  const octets = disk.image().length;
  for (const name of disk.names()) disk.delete(name);
  for (let n = 0; n * FILL_OCTETS < octets; n++) disk.write(`fill/${n}`, new Uint8Array(FILL_OCTETS));
}
