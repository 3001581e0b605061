/**
 * A magnetic disk: sectors that keep what was written in them until something else is written in the same place. A file has a run of sectors.
 * Deleting it takes it out of the directory and leaves its sectors; a file that is written anew gets another run, and the old one is free. Free
 * sectors are used again only when the disk has been filled once. Overwriting really writes every sector, which is the difference to flash.
 *
 * Remanence, by which a laboratory may read what was overwritten once, is not modelled.
 */
import type { Kept } from '../../sim/kept.ts';
import { hardwareError } from './errors.ts';
import {
  encodeMagneticImage,
  fileIn,
  filesIn,
  SECTOR_OCTETS,
  sectorsOfFile,
  WRITTEN_OVER,
} from './magnetic-image.ts';

/** 16 MiB, as flash has. */
const SECTORS = 32_768;
const VALUE_OCTETS_MAX = 65_536;
const NAME = /^[\x20-\x7e]{1,64}$/;

/** A disk as a plain value. */
export type MagneticDiskState = {
  readonly capacitySectors: number;
  /** Those that were ever written, one after the other. */
  readonly sectors: Uint8Array;
  /** Name and first sector of each file, in the order of their coming. */
  readonly directory: readonly (readonly [name: string, sector: number])[];
  /** Where the next file is looked for a place from. */
  readonly next: number;
  readonly sequence: number;
};

/** Files in runs of sectors, and what is left of those that are none any more. */
export class MagneticDisk implements Kept<MagneticDiskState> {
  readonly #capacity: number;
  #sectors: Uint8Array = new Uint8Array(0);
  readonly #directory = new Map<string, number>();
  #next = 0;
  #sequence = 0;

  /** `capacitySectors` of 512 octets each. */
  constructor(capacitySectors: number = SECTORS) {
    this.#capacity = capacitySectors;
  }

  /** The disk that was kept. */
  static takenUp({ capacitySectors, sectors, directory, next, sequence }: MagneticDiskState): MagneticDisk {
    const disk = new MagneticDisk(capacitySectors);
    disk.#sectors = sectors.slice();
    for (const [name, sector] of directory) disk.#directory.set(name, sector);
    disk.#next = next;
    disk.#sequence = sequence;
    return disk;
  }

  save(): MagneticDiskState {
    return {
      capacitySectors: this.#capacity,
      sectors: this.#sectors.slice(),
      directory: [...this.#directory],
      next: this.#next,
      sequence: this.#sequence,
    };
  }

  read(name: string): Uint8Array | undefined {
    const at = this.#directory.get(name);
    return at === undefined ? undefined : fileIn(this.#sectors, at)?.value;
  }

  names(): readonly string[] {
    return [...this.#directory.keys()].sort();
  }

  /** Errors: HARDWARE_DISK_FILE, HARDWARE_DISK_FULL. */
  write(name: string, value: Uint8Array): void {
    if (!NAME.test(name) || value.length > VALUE_OCTETS_MAX)
      throw hardwareError(
        'HARDWARE_DISK_FILE',
        `${JSON.stringify(name)} with ${value.length} octets is no file`,
      );
    const file = sectorsOfFile({ name, value, sequence: this.#sequence + 1 });
    const count = file.length / SECTOR_OCTETS;
    const at = this.#placeFor(count);
    if (at === undefined)
      throw hardwareError('HARDWARE_DISK_FULL', `${name} needs ${count} sectors in a row`);
    this.#put(at, file);
    this.#sequence++;
    this.#next = at + count;
    this.#directory.delete(name);
    this.#directory.set(name, at);
  }

  delete(name: string): boolean {
    return this.#directory.delete(name);
  }

  /** Writes over the file's sectors, and over what is left of earlier ones of its name. */
  sanitise(name: string): number {
    const found = filesIn(this.#sectors).filter((file) => file.name === name);
    for (const { sector, sectors } of found)
      this.#put(sector, new Uint8Array(sectors * SECTOR_OCTETS).fill(WRITTEN_OVER));
    this.#directory.delete(name);
    return found.length;
  }

  /** Writes over every sector, whatever is in it. */
  wipe(): number {
    const files = filesIn(this.#sectors).length;
    this.#sectors = new Uint8Array(this.#sectors.length).fill(WRITTEN_OVER);
    this.#directory.clear();
    return files;
  }

  image(): Uint8Array {
    return encodeMagneticImage(this.#sectors, [...this.#directory.values()]);
  }

  /** Writes sectors where they are to be; nothing that was there before stays. */
  #put(at: number, octets: Uint8Array): void {
    const end = at * SECTOR_OCTETS + octets.length;
    const sectors = new Uint8Array(Math.max(end, this.#sectors.length));
    sectors.set(this.#sectors);
    sectors.set(octets, at * SECTOR_OCTETS);
    this.#sectors = sectors;
  }

  /** The first run of this many free sectors, from where the last file ended on; undefined when there is none. */
  #placeFor(count: number): number | undefined {
    if (this.#next + count <= this.#capacity && this.#isFree(this.#next, count)) return this.#next;
    for (let at = 0; at + count <= this.#capacity; at++) if (this.#isFree(at, count)) return at;
    return undefined;
  }

  #isFree(at: number, count: number): boolean {
    for (const sector of this.#directory.values()) {
      const file = fileIn(this.#sectors, sector);
      if (file !== undefined && sector < at + count && at < sector + file.sectors) return false;
    }
    return true;
  }
}
