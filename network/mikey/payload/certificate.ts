/**
 * CERT (RFC 3830 section 6.7). RFC 6509 lets a message carry one; identity-based keys need none, so it is kept as it is
 * and never looked into.
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Next Payload  !   Cert Type   ! Cert len                      !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                       Certificate                             ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** A certificate that a message carries and that nobody looks into. */
export interface Certificate {
  readonly kind: 'CERT';
  readonly type: number;
  readonly data: Uint8Array;
}

/** Reads what follows the next-payload octet of CERT: type (1), length (2), data. */
export function readCertificate(reader: Reader): Certificate {
  const type = reader.uint8('type');
  return { kind: 'CERT', type, data: reader.bytes('data', reader.uint16('length')) };
}

/** Writes what {@link readCertificate} reads. */
export function writeCertificate(writer: Writer, { type, data }: Certificate): void {
  writer.uint8(type).uint16(data.length).bytes(data);
}
