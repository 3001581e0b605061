/**
 * HDR, the common header (RFC 3830 section 6.1). RFC 6509 fixes the data type (26) and that V is 0 and ignored: the
 * message is never answered.
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !    version    !   data type   ! next payload  !V! PRF func    !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                            CSB ID                             !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! #CS           ! CS ID map type! CS ID map info                ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
import { mikeyError } from '../message-errors.ts';
import type { Prf } from '../prf.ts';
import { nextPayloadNote } from './payload-type.ts';
import type { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import { MAP_TYPES, readSessionMap, writeSessionMap, type SessionMap } from './session-map.ts';
import type { Writer } from './writer.ts';

/** What the first payload of a message says of the rest: which PRF derives the keys, and of which crypto sessions. */
export interface Header {
  readonly kind: 'HDR';
  /** The V bit: "send me a verification message". Ignored in a SAKKE message. */
  readonly verify: boolean;
  readonly prf: Prf;
  /** 32 bits, random, unique per pair of initiator and responder. */
  readonly csbId: number;
  readonly map: SessionMap;
}

const VERSION = 1;
/** RFC 6509. */
const SAKKE_MESSAGE = 26;

const PRFS = new Registry<Prf>([
  [0, 'MIKEY-1'],
  [1, 'PRF-HMAC-SHA-256'],
]);

/** Reads HDR and the type of the payload behind it. Errors: MIKEY_VERSION, MIKEY_DATA_TYPE, MIKEY_PRF, and those of the map. */
export function readHeader(reader: Reader): { header: Header; next: number } {
  const version = reader.uint8('version');
  if (version !== VERSION)
    reader.object(
      mikeyError('MIKEY_VERSION', `version ${version} is not ${VERSION}`, { where: { offset: 0 } }),
    );
  const dataType = reader.uint8('data type', (value) => (value === SAKKE_MESSAGE ? 'SAKKE msg' : undefined));
  if (dataType !== SAKKE_MESSAGE)
    reader.object(
      mikeyError('MIKEY_DATA_TYPE', `data type ${dataType} is not ${SAKKE_MESSAGE}`, {
        where: { offset: 1 },
      }),
    );
  const next = reader.uint8('next payload', nextPayloadNote);
  const prfOffset = reader.offset;
  const flags = reader.uint8('V and PRF func', noteOnFlags);
  const prf = PRFS.nameOf(flags & 0x7f);
  if (prf === undefined)
    reader.object(
      mikeyError('MIKEY_PRF', `PRF func ${flags & 0x7f} is unknown`, { where: { offset: prfOffset } }),
    );
  const csbId = reader.identifier('CSB ID');
  const count = reader.uint8('#CS');
  const typeOffset = reader.offset;
  const typeNumber = reader.uint8('CS ID map type', (value) => MAP_TYPES.nameOf(value));
  const map = readSessionMap(reader, typeNumber, count, typeOffset);
  return { header: { kind: 'HDR', verify: flags >> 7 === 1, prf: prf ?? 'MIKEY-1', csbId, map }, next };
}

/** Writes what {@link readHeader} reads; `next` is the type of the payload behind it. */
export function writeHeader(writer: Writer, header: Header, next: number): void {
  writer.uint8(VERSION).uint8(SAKKE_MESSAGE).uint8(next);
  writer.uint8((header.verify ? 0x80 : 0) | PRFS.numberOf(header.prf)).uint32(header.csbId);
  writer.uint8(header.map.sessions.length).uint8(MAP_TYPES.numberOf(header.map.type));
  writeSessionMap(writer, header.map);
}

function noteOnFlags(flags: number): string {
  const verify = flags >> 7 === 1 ? 'V 1 (must be 0, ignored)' : 'V 0';
  return `${verify}, ${PRFS.nameOf(flags & 0x7f) ?? 'unknown PRF'}`;
}
