/**
 * A printed sheet. It can be photographed by whoever holds it, as often as they like, until it is destroyed; para-24 wants
 * it marked with the system's classification and destroyed as soon as it was used.
 *
 * Out of the printer it is a thing, and it is kept among the things of its world; the machine that printed it has forgotten it.
 */
import { hardwareError } from './errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Secret } from '../../sim/secret.ts';
import type { GrayImage } from './gray-image.ts';
import { keptSecret, secretOfKept, type KeptSecret } from './kept-secret.ts';

/** A sheet as a plain value. */
export type PaperState = {
  readonly label: string;
  readonly marking: string | undefined;
  readonly secrets: readonly KeptSecret[];
  /** Undefined when it was destroyed, or is in pieces. */
  readonly image: GrayImage | undefined;
  /** In no order; undefined while it is whole. */
  readonly pieces: readonly GrayImage[] | undefined;
  /** Whether somebody who puts the pieces together can read it. */
  readonly legible: boolean;
};

/** A QR code on a sheet with its marking, readable until it is torn up or burnt. */
export class Paper implements Kept<PaperState> {
  /** What people call it: `alice-qr`. */
  readonly label: string;
  /** Classification printed on the sheet; undefined when it was forgotten. */
  readonly marking: string | undefined;
  /** What whoever reads it learns. */
  readonly secrets: readonly Secret[];
  #image: GrayImage | undefined;
  #pieces: readonly GrayImage[] | undefined;
  #legible = true;

  constructor(label: string, image: GrayImage, marking: string | undefined, secrets: readonly Secret[] = []) {
    this.label = label;
    this.marking = marking;
    this.secrets = secrets;
    this.#image = image;
  }

  /** The sheet that was kept. */
  static takenUp({ label, marking, secrets, image, pieces, legible }: PaperState): Paper {
    const blank = { width: 0, height: 0, pixels: new Uint8Array(0) };
    const paper = new Paper(label, image ?? blank, marking, secrets.map(secretOfKept));
    paper.#image = image;
    paper.#pieces = pieces;
    paper.#legible = legible;
    return paper;
  }

  save(): PaperState {
    const { label, marking, secrets } = this;
    return {
      label,
      marking,
      secrets: secrets.map(keptSecret),
      image: this.#image,
      pieces: this.#pieces,
      legible: this.#legible,
    };
  }

  get destroyed(): boolean {
    return this.#image === undefined && this.#pieces === undefined;
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

  /** It is in these pieces now, which can be read or not by who puts them together. Errors: HARDWARE_PAPER_DESTROYED. */
  shred(pieces: readonly GrayImage[], legible: boolean): void {
    if (this.destroyed) throw hardwareError('HARDWARE_PAPER_DESTROYED', `${this.label} was destroyed`);
    this.#pieces = pieces;
    this.#legible = legible;
    this.#image = undefined;
  }

  get legible(): boolean {
    return this.#legible;
  }

  /** The pieces that it is in, in no order; undefined while it is whole, and when nothing is left. */
  get pieces(): readonly GrayImage[] | undefined {
    return this.#pieces;
  }

  /** Pulps or burns it. Harmless when done twice. */
  destroy(): void {
    this.#image = undefined;
    this.#pieces = undefined;
  }
}
