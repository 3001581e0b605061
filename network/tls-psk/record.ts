/**
 * The record layer's framing (RFC 5246 section 6.2.1): cutting an octet stream into records, whatever pieces it arrives in.
 * What a protected record hides is `protection.ts`.
 */
import { tlsError } from './errors.ts';
import { OctetQueue } from './octet-queue.ts';

/** The numbers of the four kinds of records (RFC 5246 section 6.2.1). */
export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
/** A number out of {@link CONTENT}: what the fragment of a record is. */
export type ContentType = (typeof CONTENT)[keyof typeof CONTENT];

/** The version that every record says once it is agreed: 3.3, two octets (RFC 5246 section 6.2.1). */
export const TLS_1_2 = 0x0303;

/** Octets of content in one record (RFC 5246 section 6.2.1). */
export const FRAGMENT_OCTETS_MAX = 2 ** 14;
/** Octets that IV, MAC and padding may add (RFC 5246 section 6.2.3). */
const PROTECTION_OCTETS_MAX = 2048;
const HEADER_OCTETS = 5;

/** One record as it was cut from the stream; its fragment may still be sealed. */
export interface TlsRecord {
  readonly type: ContentType;
  readonly version: number;
  readonly fragment: Uint8Array;
}

/** A record of at most 2^14 + 2048 octets. The version of a client's first one is 0x0301 (RFC 5246 appendix E.1). */
export function encodeRecord(type: ContentType, fragment: Uint8Array, version = TLS_1_2): Uint8Array {
  const out = new Uint8Array(HEADER_OCTETS + fragment.length);
  out[0] = type;
  out[1] = version >>> 8;
  out[2] = version & 0xff;
  out[3] = fragment.length >>> 8;
  out[4] = fragment.length & 0xff;
  out.set(fragment, HEADER_OCTETS);
  return out;
}

/**
 * Cuts a stream into records.
 *
 * ```
 * +----------+-------------+------------+---------------------+
 * | type (1) | version (2) | length (2) | fragment (length)   |   RFC 5246 section 6.2.1
 * +----------+-------------+------------+---------------------+
 * ```
 *
 * Buffers one record at most beside what was pushed and not yet asked for.
 */
export class RecordReader {
  /** There is none when nothing waits. */
  #waiting: OctetQueue | undefined;
  #offset: number;

  /** `offset` is the number of octets of the stream that were read before. */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** Octets of the stream that are read: all before those that wait. */
  get offset(): number {
    return this.#offset;
  }

  /** Adds octets of the stream; they are copied. */
  push(octets: Uint8Array): void {
    (this.#waiting ??= new OctetQueue()).push(octets);
  }

  /** Octets pushed that no record has taken yet. */
  get waiting(): number {
    return this.#waiting?.length ?? 0;
  }

  /**
   * The next record, or undefined until it is there whole. `isProtected` allows the length of a protected record;
   * `version` is demanded when it is given (before it is agreed, any 3.x is taken).
   *
   * Errors, as soon as the header shows them: TLS_UNEXPECTED_MESSAGE (content type), TLS_VERSION_UNSUPPORTED,
   * TLS_RECORD_OVERFLOW; offsets are in the stream.
   */
  next(isProtected: boolean, version?: number): TlsRecord | undefined {
    const waiting = this.#waiting;
    if (waiting === undefined || waiting.length < HEADER_OCTETS) return undefined;
    const [type, major, minor] = [waiting.at(0), waiting.at(1), waiting.at(2)];
    const where = { offset: this.#offset };
    if (!isContentType(type)) throw tlsError('TLS_NOT_TLS', `record of unknown type ${type}`, { where });
    const found = major * 256 + minor;
    if (major !== 3 || (version !== undefined && found !== version))
      throw tlsError('TLS_VERSION_UNSUPPORTED', `record of version ${major}.${minor}`, { where });
    const length = waiting.at(3) * 256 + waiting.at(4);
    const limit = FRAGMENT_OCTETS_MAX + (isProtected ? PROTECTION_OCTETS_MAX : 0);
    if (length > limit)
      throw tlsError('TLS_RECORD_OVERFLOW', `record of ${length} octets, at most ${limit}`, { where });
    const octets = HEADER_OCTETS + length;
    if (waiting.length < octets) return undefined;
    const fragment = waiting.take(octets).subarray(HEADER_OCTETS);
    if (waiting.length === 0) this.#waiting = undefined;
    this.#offset += octets;
    return { type, version: found, fragment };
  }
}

function isContentType(type: number): type is ContentType {
  return type >= CONTENT.changeCipherSpec && type <= CONTENT.applicationData;
}
