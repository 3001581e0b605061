/** A disc drive: holds one disc, and leaves the machine's name on each that was in it. */
import { hardwareError } from './errors.ts';
import type { OpticalDisc } from './optical-disc.ts';

/** The disc that is in now, under the name that is written on it. */
export interface InsertedDisc {
  readonly disc: OpticalDisc;
  /** What people call it: `disc-1`. */
  readonly name: string;
}

/** Takes one disc at a time; inserting a second one is refused. */
export class DiscDrive {
  readonly #device: string;
  readonly #onChange: ((inserted: boolean) => void) | undefined;
  #inserted: InsertedDisc | undefined;

  /** `onChange` is told when a disc went in, or came out. */
  constructor(device: string, onChange?: (inserted: boolean) => void) {
    this.#device = device;
    this.#onChange = onChange;
  }

  get inserted(): InsertedDisc | undefined {
    return this.#inserted;
  }

  /** Errors: HARDWARE_DRIVE_OCCUPIED, HARDWARE_DISC_DESTROYED. */
  insert(disc: OpticalDisc, name: string): void {
    if (this.#inserted !== undefined) {
      throw hardwareError(
        'HARDWARE_DRIVE_OCCUPIED',
        `${this.#inserted.name} is in the drive of ${this.#device}`,
      );
    }
    disc.insert(this.#device);
    this.#inserted = { disc, name };
    this.#onChange?.(true);
  }

  eject(): InsertedDisc | undefined {
    const inserted = this.#inserted;
    this.#inserted = undefined;
    if (inserted !== undefined) this.#onChange?.(false);
    return inserted;
  }
}
