/**
 * Reads the fields that the carried formats are made of, strictly: whole numbers (big-endian), octets of fixed length, texts
 * with a length octet in front. Every refusal names the octet where it was met.
 */
import { canonicalNumber, parsePeriod, type Period, type TelNumber } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { OctetReader } from '../../sim/octet-reader.ts';
import { toAscii } from '../../sim/octets.ts';
import { mediaError, type MEDIA_CODES } from './errors.ts';
import { NUMBER_TEXT, type TextKind } from './text-kind.ts';

/** `YYYY-MM`. */
export const PERIOD_OCTETS = 7;
/** First octet of an uncompressed point (SEC 1, 2.3.3). */
export const UNCOMPRESSED = 0x04;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

type TruncatedCode = 'MEDIA_TRUNCATED' | 'MEDIA_DISC_TRUNCATED';

/** Goes through octets once, from the front; `end` refuses what is left over. */
export class FieldReader extends OctetReader {
  readonly #what: string;

  /** `what` names the format in messages: `a QR payload`. */
  constructor(octets: Uint8Array, what: string, truncated: TruncatedCode = 'MEDIA_TRUNCATED') {
    super(octets, {
      refuse: ({ end }) => mediaError(truncated, `${what} ends inside a field`, { where: { offset: end } }),
    });
    this.#what = what;
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
      throw this.refuse('MEDIA_VERSION', `version ${found} of ${this.#what} is not known`, this.offset - 1);
    }
  }

  /** A whole number of 8 octets that is below 2^53. Errors: MEDIA_VALUE. */
  u53(): number {
    const at = this.offset;
    const value = this.u64();
    if (value > MAX_SAFE) throw this.refuse('MEDIA_VALUE', 'a number is too large', at);
    return Number(value);
  }

  /** A point, uncompressed: 04, x, y (SEC 1, 2.3.3). Errors: MEDIA_VALUE. */
  point(length: number): Uint8Array {
    const at = this.offset;
    const point = this.octets(length);
    if (point[0] !== UNCOMPRESSED) throw this.refuse('MEDIA_VALUE', 'a point is not uncompressed', at);
    return point;
  }

  /** Errors: MEDIA_VALUE. */
  text(kind: TextKind): string {
    const at = this.offset;
    const text = toAscii(this.octets(this.u8()));
    if (!kind.pattern.test(text)) throw this.refuse('MEDIA_VALUE', `this is not ${kind.what}`, at);
    return text;
  }

  /** A telephone number in its canonical form only. Errors: MEDIA_VALUE. */
  number(): TelNumber {
    const at = this.offset;
    const text = this.text(NUMBER_TEXT);
    return this.#checked(at, () => canonicalNumber(text));
  }

  /** A month, `YYYY-MM`. Errors: MEDIA_VALUE. */
  period(): Period {
    const at = this.offset;
    const text = toAscii(this.octets(PERIOD_OCTETS));
    return this.#checked(at, () => parsePeriod(text));
  }

  /** Errors: MEDIA_TRAILING. */
  end(): void {
    if (this.remaining > 0) throw this.refuse('MEDIA_TRAILING', `octets follow ${this.#what}`);
  }

  refuse(code: keyof typeof MEDIA_CODES, detail: string, offset: number = this.offset, cause?: unknown) {
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
}
