/**
 * SAKKE, the SSV sealed to the responder (RFC 6509).
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Next payload  ! SAKKE params  !   ID scheme   ! SAKKE data
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *    length       ! SAKKE data (04 || Rx || Ry || H)              ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 * With parameter set 1 the data has 1 + 2*128 + 16 = 273 octets: RFC 6508 section 4 adds n to octets, but n is in bits.
 */
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** The secret of the call, encapsulated for one identity and month (RFC 6509 section 4.2). */
export interface Sakke {
  readonly kind: 'SAKKE';
  /** 1 is the tel URI with monthly keys (RFC 6509), 2 the hashed identifier of 3GPP, 240..254 are private. */
  readonly idScheme: number;
  /** 273 octets: 04 || Rx (128) || Ry (128) || H (16). */
  readonly data: Uint8Array;
}

/** Identifier scheme "tel URI with monthly keys". */
export const TEL_URI_MONTHLY = 1;

const PARAMETER_SET_1 = 1;
const DATA_OCTETS = 273;
const HASHED_3GPP = 2;
const PRIVATE_FIRST = 240;
const PRIVATE_LAST = 254;

/** Reads what follows the next-payload octet of SAKKE: parameters (1), ID scheme (1), length (2), data. Errors: MIKEY_SAKKE. */
export function readSakke(reader: Reader): Sakke {
  const start = reader.offset;
  const parameters = reader.uint8('params', (value) =>
    value === PARAMETER_SET_1 ? 'parameter set 1, 112-bit strength' : undefined,
  );
  if (parameters !== PARAMETER_SET_1)
    reader.object(refusal(`SAKKE parameter set ${parameters} is unknown`, start));
  const idScheme = reader.uint8('ID scheme', noteOnScheme);
  if (noteOnScheme(idScheme) === undefined)
    reader.object(refusal(`ID scheme ${idScheme} is not assigned`, start + 1));
  const length = reader.uint16('data length');
  if (length !== DATA_OCTETS)
    reader.object(refusal(`SAKKE data has ${length} octets, parameter set 1 has ${DATA_OCTETS}`, start + 2));
  return { kind: 'SAKKE', idScheme, data: reader.bytes('data', length) };
}

/** Writes what {@link readSakke} reads, always with parameter set 1. */
export function writeSakke(writer: Writer, { idScheme, data }: Sakke): void {
  writer.uint8(PARAMETER_SET_1).uint8(idScheme).uint16(data.length).bytes(data);
}

function noteOnScheme(scheme: number): string | undefined {
  if (scheme === TEL_URI_MONTHLY) return 'tel URI with monthly keys';
  if (scheme === HASHED_3GPP) return 'hashed identifier of 3GPP TS 33.180';
  return scheme >= PRIVATE_FIRST && scheme <= PRIVATE_LAST ? 'private use' : undefined;
}

function refusal(detail: string, offset: number) {
  return mikeyError('MIKEY_SAKKE', detail, { where: { offset } });
}
