/**
 * A disc drive: holds one disc, and leaves the machine's name on each that was in it.
 *
 * The disc has one owner, the things of the world, which know it wherever it is. So a device keeps of its drive only the name of the disc
 * that is in, and hands that to the drive that it makes when it is taken up; whoever takes up the things then gives the disc back to the
 * drive ({@link DiscDrive.giveBack}): nothing is inserted, so nobody is told and the disc gets no further mark.
 */
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import { hardwareError } from './errors.ts';
import type { OpticalDisc } from './optical-disc.ts';

/** The disc that is in now, under the name that is written on it. */
export interface InsertedDisc {
  readonly disc: OpticalDisc;
  /** What people call it: `disc-1`. */
  readonly name: string;
}

/** A drive as a plain value. */
export type DiscDriveState = {
  /** What the disc that is in is called; undefined when there is none. */
  readonly disc: string | undefined;
};

/** Takes one disc at a time; inserting a second one is refused. */
export class DiscDrive implements Kept<DiscDriveState> {
  readonly #device: string;
  readonly #onChange: ((inserted: boolean) => void) | undefined;
  #inserted: InsertedDisc | undefined;
  /** The disc that it was kept with and that it has not been given back. */
  #awaited: string | undefined;

  /** `onChange` is told when a disc went in, or came out. One that was kept with a disc waits to be given it back. */
  constructor(device: string, onChange?: (inserted: boolean) => void, kept?: DiscDriveState) {
    this.#device = device;
    this.#onChange = onChange;
    this.#awaited = kept?.disc;
  }

  save(): DiscDriveState {
    return { disc: this.#inserted?.name ?? this.#awaited };
  }

  /** The disc that it was kept with. */
  giveBack(disc: OpticalDisc, name: string): void {
    assert(name === this.#awaited, `the drive of ${this.#device} was kept with this disc in it`);
    this.#awaited = undefined;
    this.#inserted = { disc, name };
  }

  get inserted(): InsertedDisc | undefined {
    assert(this.#awaited === undefined, `the drive of ${this.#device} has been given back its disc`);
    return this.#inserted;
  }

  /** Errors: HARDWARE_DRIVE_OCCUPIED, HARDWARE_DISC_DESTROYED. */
  insert(disc: OpticalDisc, name: string): void {
    if (this.inserted !== undefined) {
      throw hardwareError(
        'HARDWARE_DRIVE_OCCUPIED',
        `${this.inserted.name} is in the drive of ${this.#device}`,
      );
    }
    disc.insert(this.#device);
    this.#inserted = { disc, name };
    this.#onChange?.(true);
  }

  eject(): InsertedDisc | undefined {
    const { inserted } = this;
    this.#inserted = undefined;
    if (inserted !== undefined) this.#onChange?.(false);
    return inserted;
  }
}
