/**
 * EXT, the General Extension (RFC 3830 section 6.15), part of the signed octets in any message. RFC 4567 needs it: type 1
 * lists the key managements that the SDP offered, so that nobody on the way can strike one out.
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Next payload  !     Type      !            Length             !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Data                                                          ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
import { toAscii, toHex } from '../../../sim/octets.ts';
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import type { Writer } from './writer.ts';

/** A general extension: data of a vendor, or the key managements that the SDP offered. */
export interface Extension {
  readonly kind: 'EXT';
  /** `other` only in a message that is looked at: it is never read. */
  readonly type: 'vendor' | 'SDP IDs' | 'other';
  readonly data: Uint8Array;
}

const TYPES = new Registry<Extension['type']>([
  [0, 'vendor'],
  [1, 'SDP IDs'],
]);

/** Reads what follows the next-payload octet of EXT: type (1), length (2), data. Errors: MIKEY_EXTENSION. */
export function readExtension(reader: Reader): Extension {
  const offset = reader.offset;
  const number = reader.uint8('type', (value) => TYPES.nameOf(value));
  const type = TYPES.nameOf(number);
  if (type === undefined)
    reader.object(
      mikeyError('MIKEY_EXTENSION', `extension type ${number} is unknown`, { where: { offset } }),
    );
  const show = type === 'SDP IDs' ? toAscii : toHex;
  return { kind: 'EXT', type: type ?? 'other', data: reader.bytes('data', reader.uint16('length'), show) };
}

/** Writes what {@link readExtension} reads. */
export function writeExtension(writer: Writer, { type, data }: Extension): void {
  writer.uint8(TYPES.numberOf(type)).uint16(data.length).bytes(data);
}
