/**
 * A cursor over the octets of one message, with TLS's vectors (RFC 5246 section 4.3): a length in front, a floor and a
 * ceiling. Everything that does not fit is TLS_MALFORMED with the octet offset in the message.
 */
import { OctetReader } from '../../sim/octet-reader.ts';
import { tlsError } from './errors.ts';

/** Reads the fields of one handshake message. Errors: TLS_MALFORMED, with the message's name. */
export class Cursor extends OctetReader {
  /** What is read, for messages: `ClientHello`. */
  readonly #name: string;

  /** `name` is the message's, as errors say it. */
  constructor(octets: Uint8Array, name: string) {
    super(octets, {
      refuse: ({ field, offset, needed, end }) =>
        malformed(name, `${field} needs ${needed} octets, ${end - offset} are left`, offset),
    });
    this.#name = name;
  }

  /** A vector: a length of `prefix` octets, then that many octets, `min` to `max` of them. */
  vector(prefix: 1 | 2, field: string, min: number, max: number): Uint8Array {
    const { offset } = this;
    const length = prefix === 1 ? this.u8(`length of ${field}`) : this.u16(`length of ${field}`);
    if (length < min || length > max)
      throw malformed(this.#name, `${field} has ${length} octets, allowed are ${min} to ${max}`, offset);
    return this.octets(length, field);
  }

  /** States that the message ends here. */
  end(): void {
    if (this.remaining > 0)
      throw malformed(this.#name, `${this.remaining} octets are left over`, this.offset);
  }
}

function malformed(name: string, detail: string, offset: number): Error {
  return tlsError('TLS_MALFORMED', `${name}: ${detail}`, { where: { offset } });
}

/** The vector that {@link Cursor.vector} reads. */
export function vector(prefix: 1 | 2, octets: Uint8Array): Uint8Array {
  const out = new Uint8Array(prefix + octets.length);
  if (prefix === 2) out[0] = octets.length >>> 8;
  out[prefix - 1] = octets.length & 0xff;
  out.set(octets, prefix);
  return out;
}
