/**
 * Reads the fields of a binary format in order, and never past its end. What is read is counted from the first octet that was
 * handed in, so an offset in an error is one of the file or packet, also inside a part of it.
 *
 * The reader knows no error codes: each format hands in how it refuses octets that end too early. Formats with fields of their
 * own (a vector of TLS, a month on a disc) extend it or hold one.
 *
 *     const reader = new OctetReader(octets, { refuse: ({ field, end }) => rtpError('RTCP_TRUNCATED', ..., { where: { offset: end } }) });
 *     const type = reader.u8('type');
 *     const body = reader.within(reader.u16('length'), 'body');      // a reader of these octets alone
 */

/** A field that does not fit into the octets that are left. */
export interface OctetShortage {
  /** What was to be read, as the caller named it. */
  readonly field: string;
  /** 0-based offset of its first octet. */
  readonly offset: number;
  /** Octets that it takes. */
  readonly needed: number;
  /** Offset behind the last octet that may be read; less than `offset + needed`. */
  readonly end: number;
}

/** Makes the error of the format that is read. */
export type OctetRefusal = (shortage: OctetShortage) => Error;

/** Which part of the octets is read, in which order of octets, and how it is refused that they end too early. */
export interface OctetReaderOptions {
  readonly refuse: OctetRefusal;
  /** Offset of the first octet to read; 0 unless it is given. */
  readonly start?: number;
  /** Offset behind the last octet to read; the end of the octets unless it is given. */
  readonly end?: number;
  /** Whether numbers have their lowest octet first. On the wire they have not. */
  readonly littleEndian?: boolean;
}

/** A place in octets that moves on with each field that is read. A field that does not fit is refused and moves nothing. */
export class OctetReader {
  readonly #octets: Uint8Array;
  readonly #view: DataView;
  readonly #refuse: OctetRefusal;
  readonly #end: number;
  readonly #littleEndian: boolean;
  #at: number;

  /** Precondition: 0 <= start <= end <= octets.length. */
  constructor(
    octets: Uint8Array,
    { refuse, start = 0, end = octets.length, littleEndian = false }: OctetReaderOptions,
  ) {
    this.#octets = octets;
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    this.#refuse = refuse;
    this.#at = start;
    this.#end = end;
    this.#littleEndian = littleEndian;
  }

  /** Offset of the next octet. */
  get offset(): number {
    return this.#at;
  }

  /** Octets that are left. */
  get remaining(): number {
    return this.#end - this.#at;
  }

  /** The next octet, which is not taken; undefined at the end. */
  get next(): number | undefined {
    return this.remaining > 0 ? this.#octets[this.#at] : undefined;
  }

  u8(field = 'an octet'): number {
    return this.#view.getUint8(this.#take(1, field));
  }

  u16(field = 'a number of 2 octets'): number {
    return this.#view.getUint16(this.#take(2, field), this.#littleEndian);
  }

  u24(field = 'a number of 3 octets'): number {
    const at = this.#take(3, field);
    const [outer, inner] = [this.#view.getUint8(at), this.#view.getUint8(at + 2)];
    const middle = this.#view.getUint8(at + 1) << 8;
    return this.#littleEndian ? (inner << 16) | middle | outer : (outer << 16) | middle | inner;
  }

  u32(field = 'a number of 4 octets'): number {
    return this.#view.getUint32(this.#take(4, field), this.#littleEndian);
  }

  u64(field = 'a number of 8 octets'): bigint {
    return this.#view.getBigUint64(this.#take(8, field), this.#littleEndian);
  }

  /** A copy of the next `length` octets. */
  octets(length: number, field = 'octets'): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.view(length, field));
  }

  /** The next `length` octets as a view of what was handed in: a change of one is a change of the other. */
  view(length: number, field = 'octets'): Uint8Array {
    const at = this.#take(length, field);
    return this.#octets.subarray(at, at + length);
  }

  /** A reader of the next `length` octets alone, which refuses as this one does; this one goes on behind them. */
  within(length: number, field = 'octets'): OctetReader {
    const start = this.#take(length, field);
    return new OctetReader(this.#octets, {
      refuse: this.#refuse,
      start,
      end: start + length,
      littleEndian: this.#littleEndian,
    });
  }

  /** Offset of the next `length` octets, which are taken. */
  #take(length: number, field: string): number {
    const offset = this.#at;
    if (length > this.#end - offset) throw this.#refuse({ field, offset, needed: length, end: this.#end });
    this.#at = offset + length;
    return offset;
  }
}
