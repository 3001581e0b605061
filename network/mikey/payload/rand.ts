/**
 * RAND, the freshness of the derived keys (RFC 3830 section 6.11). RFC 3830 says it SHOULD have 16 octets or more;
 * calldrill refuses a shorter one. Its length says nothing about the SSV.
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Next payload  ! RAND len      ! RAND                          ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Random octets that the keys of a call are derived with, so that the same secret never gives the same keys. */
export interface Rand {
  readonly kind: 'RAND';
  /** 16..255 octets. */
  readonly rand: Uint8Array;
}

/** What calldrill sends, and the least that it takes (RFC 3830 section 6.11: SHOULD). */
export const RAND_OCTETS = 16;

/** Reads what follows the next-payload octet of RAND: length (1), octets. Errors: MIKEY_RAND. */
export function readRand(reader: Reader): Rand {
  const offset = reader.offset;
  const length = reader.uint8('length');
  if (length < RAND_OCTETS)
    reader.object(
      mikeyError('MIKEY_RAND', `RAND has ${length} octets, ${RAND_OCTETS} are the least`, {
        where: { offset },
      }),
    );
  return { kind: 'RAND', rand: reader.bytes('RAND', length) };
}

/** Writes what {@link readRand} reads. */
export function writeRand(writer: Writer, { rand }: Rand): void {
  writer.uint8(rand.length).bytes(rand);
}
