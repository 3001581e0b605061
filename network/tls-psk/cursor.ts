/**
 * A cursor over the octets of one message, with TLS's vectors (RFC 5246 section 4.3): a length in front, a floor and a
 * ceiling. Everything that does not fit is TLS_MALFORMED with the octet offset in the message.
 */
import { tlsError } from './errors.ts';

export class Cursor {
  readonly #octets: Uint8Array;
  /** What is read, for messages: `ClientHello`. */
  readonly #name: string;
  #at = 0;

  constructor(octets: Uint8Array, name: string) {
    this.#octets = octets;
    this.#name = name;
  }

  get done(): boolean {
    return this.#at === this.#octets.length;
  }

  /** A copy of the next `length` octets. */
  take(length: number, field: string): Uint8Array {
    const end = this.#at + length;
    if (end > this.#octets.length)
      throw this.#malformed(`${field} needs ${length} octets, ${this.#octets.length - this.#at} are left`);
    const taken = Uint8Array.from(this.#octets.subarray(this.#at, end));
    this.#at = end;
    return taken;
  }

  /** Big-endian integer of 1 to 3 octets. */
  integer(octets: 1 | 2 | 3, field: string): number {
    let value = 0;
    for (const octet of this.take(octets, field)) value = value * 256 + octet;
    return value;
  }

  /** A vector: a length of `prefix` octets, then that many octets, `min` to `max` of them. */
  vector(prefix: 1 | 2, field: string, min: number, max: number): Uint8Array {
    const before = this.#at;
    const length = this.integer(prefix, `length of ${field}`);
    if (length < min || length > max) {
      this.#at = before;
      throw this.#malformed(`${field} has ${length} octets, allowed are ${min} to ${max}`);
    }
    return this.take(length, field);
  }

  /** States that the message ends here. */
  end(): void {
    if (!this.done) throw this.#malformed(`${this.#octets.length - this.#at} octets are left over`);
  }

  #malformed(detail: string): Error {
    return tlsError('TLS_MALFORMED', `${this.#name}: ${detail}`, { where: { offset: this.#at } });
  }
}

/** The vector that {@link Cursor.vector} reads. */
export function vector(prefix: 1 | 2, octets: Uint8Array): Uint8Array {
  const out = new Uint8Array(prefix + octets.length);
  if (prefix === 2) out[0] = octets.length >>> 8;
  out[prefix - 1] = octets.length & 0xff;
  out.set(octets, prefix);
  return out;
}
