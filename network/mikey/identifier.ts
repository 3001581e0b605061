/**
 * The identifier that keys are made for (RFC 6509 section 3.2): the month, so that keys run out, and the number.
 *
 *      0                   1                   2
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |2 0 1 1 - 0 2|0|t e l : + 4 4 7 7 0 0 9 0 0 1 2 3|0|    octets; both NULs are part of it
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
import { fromAscii } from '../../sim/octets.ts';
import type { Period } from './period.ts';
import type { TelNumber } from './tel-number.ts';

/** Octets of `YYYY-MM` NUL `tel:+number` NUL: 21 to 29 of them. SAKKE reads them as one big-endian integer. */
export function identifierOf(number: TelNumber, period: Period): Uint8Array {
  return fromAscii(`${period}\0tel:${number}\0`);
}
