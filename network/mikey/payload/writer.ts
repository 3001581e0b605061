/** Writes the fields of a payload in order. A number that does not fit its field is a defect of the caller. */
import { assert } from '../../../sim/errors.ts';

/** Puts the fields of a message behind each other, numbers with their highest octet first. */
export class Writer {
  readonly #octets: number[] = [];

  uint8(value: number): this {
    return this.#number(value, 1);
  }

  uint16(value: number): this {
    return this.#number(value, 2);
  }

  uint32(value: number): this {
    return this.#number(value, 4);
  }

  bytes(octets: Uint8Array): this {
    for (const octet of octets) this.#octets.push(octet);
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#octets);
  }

  #number(value: number, length: 1 | 2 | 4): this {
    assert(
      Number.isInteger(value) && value >= 0 && value < 2 ** (8 * length),
      `${value} fits ${length} octets`,
    );
    for (let shift = 8 * (length - 1); shift >= 0; shift -= 8) this.#octets.push((value >>> shift) & 0xff);
    return this;
  }
}
