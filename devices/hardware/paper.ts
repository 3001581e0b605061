/**
 * A printed sheet. It can be photographed by whoever holds it, as often as they like, until it is destroyed; para-24 wants
 * it marked with the system's classification and destroyed as soon as it was used.
 */
import { hardwareError } from './errors.ts';
import type { Secret } from '../../sim/secret.ts';
import type { GrayImage } from './gray-image.ts';

/** A QR code on a sheet with its marking, readable until it is torn up or burnt. */
export class Paper {
  /** What people call it: `alice-qr`. */
  readonly label: string;
  /** Classification printed on the sheet; undefined when it was forgotten. */
  readonly marking: string | undefined;
  /** What whoever reads it learns. */
  readonly secrets: readonly Secret[];
  #image: GrayImage | undefined;

  constructor(label: string, image: GrayImage, marking: string | undefined, secrets: readonly Secret[] = []) {
    this.label = label;
    this.marking = marking;
    this.secrets = secrets;
    this.#image = image;
  }

  get destroyed(): boolean {
    return this.#image === undefined;
  }

  /** A picture of the sheet. Errors: HARDWARE_PAPER_DESTROYED. */
  image(): GrayImage {
    if (this.#image === undefined) {
      throw hardwareError('HARDWARE_PAPER_DESTROYED', `${this.label} was destroyed`);
    }
    return this.#image;
  }

  /** Something happens to the sheet (see `smudge`, `crop`, `blur`). Errors: HARDWARE_PAPER_DESTROYED. */
  damage(accident: (image: GrayImage) => GrayImage): void {
    this.#image = accident(this.image());
  }

  /** Shreds, pulps or burns it. Harmless when done twice. */
  destroy(): void {
    this.#image = undefined;
  }
}
