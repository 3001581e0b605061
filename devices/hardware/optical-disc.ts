/**
 * A CD-R: written once, read anywhere, and carried from hand to hand. It remembers every device it was put into, because
 * para-26 wants a fresh blank for every transfer: whatever was in another machine can carry malicious code to the CMS.
 *
 * A disc is a thing, and it is kept among the things of its world, in hand or in a drive; a drive keeps only its name.
 */
import type { Kept } from '../../sim/kept.ts';
import { hardwareError } from './errors.ts';

/** 80 minutes: 360,000 sectors of 2,048 octets. */
const CAPACITY_OCTETS = 360_000 * 2_048;

/** Written once or not at all; a broken one stays broken. */
export type DiscState = 'blank' | 'burned' | 'destroyed';

/** A disc as a plain value. */
export type OpticalDiscState = {
  readonly serial: string;
  readonly capacityOctets: number;
  /** Names of the devices it was put into, oldest first. */
  readonly insertions: readonly string[];
  /** Undefined when it is blank, and when it was destroyed. */
  readonly octets: Uint8Array | undefined;
  /** A session that the label says nothing of. */
  readonly hidden: Uint8Array | undefined;
  /** A CD-RW, which can be written again and again. */
  readonly rewritable: boolean;
  readonly destroyed: boolean;
};

/** Octets that are burnt once and never changed, with the machines that the disc has been in. */
export class OpticalDisc implements Kept<OpticalDiscState> {
  /** Printed on the hub; what a disc register lists. */
  readonly serial: string;
  readonly #capacityOctets: number;
  readonly #insertions: string[] = [];
  #octets: Uint8Array | undefined;
  #hidden: Uint8Array | undefined;
  #destroyed = false;
  /** A CD-RW: it says of itself what it is, and whoever wants CD-Rs does not burn it. */
  readonly rewritable: boolean;

  constructor(serial: string, capacityOctets: number = CAPACITY_OCTETS, rewritable = false) {
    this.serial = serial;
    this.#capacityOctets = capacityOctets;
    this.rewritable = rewritable;
  }

  /** The disc that was kept. */
  static takenUp(kept: OpticalDiscState): OpticalDisc {
    const { serial, capacityOctets, insertions, octets, hidden, rewritable, destroyed } = kept;
    const disc = new OpticalDisc(serial, capacityOctets, rewritable);
    disc.#insertions.push(...insertions);
    disc.#octets = octets;
    disc.#hidden = hidden;
    disc.#destroyed = destroyed;
    return disc;
  }

  save(): OpticalDiscState {
    return {
      serial: this.serial,
      capacityOctets: this.#capacityOctets,
      insertions: [...this.#insertions],
      octets: this.#octets,
      hidden: this.#hidden,
      rewritable: this.rewritable,
      destroyed: this.#destroyed,
    };
  }

  get state(): DiscState {
    if (this.#destroyed) return 'destroyed';
    return this.#octets === undefined ? 'blank' : 'burned';
  }

  /** Names of the devices it was put into, oldest first. */
  get insertions(): readonly string[] {
    return this.#insertions;
  }

  /** Whether it was in any device other than this one. */
  contaminatedFor(device: string): boolean {
    return this.#insertions.some((each) => each !== device);
  }

  /** Puts the disc into a device. Errors: HARDWARE_DISC_DESTROYED. */
  insert(device: string): void {
    this.#requireWhole();
    this.#insertions.push(device);
  }

  /**
   * Writes the disc, once.
   * Errors: HARDWARE_DISC_WRITTEN, HARDWARE_DISC_CAPACITY, HARDWARE_DISC_DESTROYED.
   */
  burn(octets: Uint8Array): void {
    this.#requireWhole();
    if (this.#octets !== undefined) {
      throw hardwareError('HARDWARE_DISC_WRITTEN', `disc ${this.serial} is already written`);
    }
    if (octets.length === 0 || octets.length > this.#capacityOctets) {
      throw hardwareError(
        'HARDWARE_DISC_CAPACITY',
        `${octets.length} octets cannot be burned on a disc of ${this.#capacityOctets}`,
      );
    }
    this.#octets = octets.slice();
  }

  /** A copy of what was burned. Errors: HARDWARE_DISC_BLANK, HARDWARE_DISC_DESTROYED. */
  read(): Uint8Array {
    this.#requireWhole();
    if (this.#octets === undefined) {
      throw hardwareError('HARDWARE_DISC_BLANK', `disc ${this.serial} is blank`);
    }
    return this.#octets.slice();
  }

  /** Writes a session beside that which is burnt, in place of another such one. Errors: HARDWARE_DISC_DESTROYED. */
  hide(octets: Uint8Array): void {
    this.#requireWhole();
    this.#hidden = octets.slice();
  }

  /** What is in that session; undefined when there is none. */
  get hidden(): Uint8Array | undefined {
    return this.#hidden?.slice();
  }

  /** What a finder copies: the same octets, in their own machine, which leaves no mark on the disc. */
  image(): Uint8Array {
    return this.read();
  }

  /** Destroys the disc; a CD-R cannot be overwritten, so nothing less counts (para-52). Harmless when done twice. */
  destroy(): void {
    this.#destroyed = true;
    this.#octets = undefined;
    this.#hidden = undefined;
  }

  #requireWhole(): void {
    if (this.#destroyed) throw hardwareError('HARDWARE_DISC_DESTROYED', `disc ${this.serial} was destroyed`);
  }
}
