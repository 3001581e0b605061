/** Writes the fields that `FieldReader` reads. What it is given wrong is refused here, not found by the reader. */
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import { assert } from '../../sim/errors.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import { mediaError } from './errors.ts';
import { PERIOD_OCTETS, UNCOMPRESSED } from './field-reader.ts';
import { NUMBER_TEXT, type TextKind } from './text-kind.ts';

/** Collects fields in order; `octets` is all of them. */
export class FieldWriter {
  readonly #parts: Uint8Array[] = [];

  begin(magic: string, version: number): this {
    return this.octets(fromAscii(magic), magic.length).u8(version);
  }

  u8(value: number): this {
    return this.#integer(value, 1);
  }

  u16(value: number): this {
    return this.#integer(value, 2);
  }

  u32(value: number): this {
    return this.#integer(value, 4);
  }

  u53(value: number): this {
    return this.#integer(value, 8);
  }

  octets(value: Uint8Array, length: number): this {
    assert(value.length === length, `a field of ${length} octets is given ${value.length}`);
    this.#parts.push(value);
    return this;
  }

  /** Errors: MEDIA_VALUE. */
  point(value: Uint8Array, length: number): this {
    if (value[0] !== UNCOMPRESSED) throw mediaError('MEDIA_VALUE', 'a point is not uncompressed');
    return this.octets(value, length);
  }

  /** Errors: MEDIA_VALUE. */
  text(value: string, kind: TextKind): this {
    if (!kind.pattern.test(value)) {
      throw mediaError('MEDIA_VALUE', `${JSON.stringify(value)} is not ${kind.what}`);
    }
    return this.u8(value.length).octets(fromAscii(value), value.length);
  }

  number(value: TelNumber): this {
    return this.text(value, NUMBER_TEXT);
  }

  period(value: Period): this {
    return this.octets(fromAscii(value), PERIOD_OCTETS);
  }

  /** Everything so far. */
  finish(): Uint8Array {
    return concat(...this.#parts);
  }

  /** Errors: MEDIA_VALUE when the number does not fit. */
  #integer(value: number, length: number): this {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
      throw mediaError('MEDIA_VALUE', `${value} does not fit a whole number of ${length} octets`);
    }
    const octets = new Uint8Array(8);
    new DataView(octets.buffer).setBigUint64(0, BigInt(value));
    this.#parts.push(octets.subarray(8 - length));
    return this;
  }
}
