/**
 * Reads the fields that the carried formats are made of, strictly: whole numbers (big-endian), octets of fixed length, texts
 * with a length octet in front. Every refusal names the octet where it was met.
 */
import { canonicalNumber, parsePeriod, type Period, type TelNumber } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { toAscii } from '../../sim/octets.ts';
import { mediaError, type MEDIA_CODES } from './errors.ts';
import { NUMBER_TEXT, type TextKind } from './text-kind.ts';

/** `YYYY-MM`. */
export const PERIOD_OCTETS = 7;
/** First octet of an uncompressed point (SEC 1, 2.3.3). */
export const UNCOMPRESSED = 0x04;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

type TruncatedCode = 'MEDIA_TRUNCATED' | 'MEDIA_DISC_TRUNCATED';

export class FieldReader {
  readonly #octets: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  readonly #truncated: TruncatedCode;
  #at = 0;

  /** `what` names the format in messages: `a QR payload`. */
  constructor(octets: Uint8Array, what: string, truncated: TruncatedCode = 'MEDIA_TRUNCATED') {
    this.#octets = octets;
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    this.#what = what;
    this.#truncated = truncated;
  }

  /** Where the next field begins. */
  get offset(): number {
    return this.#at;
  }

  /** Errors: MEDIA_MAGIC, MEDIA_VERSION. */
  begin(magic: string, version: number): void {
    if (toAscii(this.octets(magic.length)) !== magic) {
      throw this.refuse('MEDIA_MAGIC', `this is not ${this.#what}`, 0);
    }
    this.version(version);
  }

  /** Errors: MEDIA_VERSION. */
  version(version: number): void {
    const found = this.u8();
    if (found !== version) {
      throw this.refuse('MEDIA_VERSION', `version ${found} of ${this.#what} is not known`, this.#at - 1);
    }
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  /** A whole number of 8 octets that is below 2^53. Errors: MEDIA_VALUE. */
  u53(): number {
    const at = this.#advance(8);
    const value = this.#view.getBigUint64(at);
    if (value > MAX_SAFE) throw this.refuse('MEDIA_VALUE', 'a number is too large', at);
    return Number(value);
  }

  /** A copy of the next octets. */
  octets(length: number): Uint8Array {
    const at = this.#advance(length);
    return this.#octets.slice(at, at + length);
  }

  /** A point, uncompressed: 04, x, y (SEC 1, 2.3.3). Errors: MEDIA_VALUE. */
  point(length: number): Uint8Array {
    const at = this.#at;
    const point = this.octets(length);
    if (point[0] !== UNCOMPRESSED) throw this.refuse('MEDIA_VALUE', 'a point is not uncompressed', at);
    return point;
  }

  /** Errors: MEDIA_VALUE. */
  text(kind: TextKind): string {
    const at = this.#at;
    const text = toAscii(this.octets(this.u8()));
    if (!kind.pattern.test(text)) throw this.refuse('MEDIA_VALUE', `this is not ${kind.what}`, at);
    return text;
  }

  /** A telephone number in its canonical form only. Errors: MEDIA_VALUE. */
  number(): TelNumber {
    const at = this.#at;
    const text = this.text(NUMBER_TEXT);
    return this.#checked(at, () => canonicalNumber(text));
  }

  /** A month, `YYYY-MM`. Errors: MEDIA_VALUE. */
  period(): Period {
    const at = this.#at;
    const text = toAscii(this.octets(PERIOD_OCTETS));
    return this.#checked(at, () => parsePeriod(text));
  }

  /** Errors: MEDIA_TRAILING. */
  end(): void {
    if (this.#at !== this.#octets.length) {
      throw this.refuse('MEDIA_TRAILING', `octets follow ${this.#what}`);
    }
  }

  refuse(code: keyof typeof MEDIA_CODES, detail: string, offset: number = this.#at, cause?: unknown) {
    return mediaError(code, detail, { where: { offset }, cause });
  }

  /** Turns a refusal of a value into one of this format, at its place. */
  #checked<Value>(at: number, read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      throw this.refuse('MEDIA_VALUE', error.message, at, error);
    }
  }

  #advance(length: number): number {
    const at = this.#at;
    if (at + length > this.#octets.length) {
      throw this.refuse(this.#truncated, `${this.#what} ends inside a field`, this.#octets.length);
    }
    this.#at = at + length;
    return at;
  }
}
