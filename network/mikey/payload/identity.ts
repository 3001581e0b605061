/**
 * IDR, an identity with its role (RFC 6043). RFC 6509 uses four roles, all optional; 3GPP TS 33.180 adds two
 * for hashed identifiers, which are read but never used here.
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !  Next payload !    ID role    !     ID type   !     ID len
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  ID len (cont)  !           ID data                             ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 * IDRi and IDRr carry the URI inside the RFC 6509 identifier: `tel:+447700900123`, without its NULs and its month.
 */
import { CalldrillError } from '../../../sim/errors.ts';
import { fromAscii, toAscii, toHex } from '../../../sim/octets.ts';
import { canonicalNumber, type TelNumber } from '../tel-number.ts';
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import type { Writer } from './writer.ts';

/** Who somebody is in this message, and in which form that is said. */
export interface Identity {
  readonly kind: 'IDR';
  readonly role: IdentityRole;
  readonly type: IdentityType;
  /** 1..255 octets; printable ASCII in a NAI or URI. */
  readonly data: Uint8Array;
}

/**
 * As what somebody is named: who calls, who is called, or the KMS of one of them (RFC 6043; 3GPP TS 33.180 for the hashed ones). `other` only
 * in a message that is looked at: it is never read.
 */
export type IdentityRole =
  | 'other'
  | 'initiator'
  | 'responder'
  | 'initiator KMS'
  | 'responder KMS'
  | 'hashed initiator'
  | 'hashed responder';

type IdentityType = 'NAI' | 'URI' | 'octets';

const ROLES = new Registry<IdentityRole>([
  [1, 'initiator'],
  [2, 'responder'],
  [6, 'initiator KMS'],
  [7, 'responder KMS'],
  [8, 'hashed initiator'],
  [9, 'hashed responder'],
]);

const TYPES = new Registry<IdentityType>([
  [0, 'NAI'],
  [1, 'URI'],
  [2, 'octets'],
]);

const IDENTITY_OCTETS_MAX = 255;
const PRINTABLE = /^[\x21-\x7e]+$/;
const SCHEME = 'tel:';

/** Reads what follows the next-payload octet of IDR: role (1), type (1), length (2), data. Errors: MIKEY_IDENTITY. */
export function readIdentity(reader: Reader): Identity {
  const start = reader.offset;
  const roleNumber = reader.uint8('role', (value) => ROLES.nameOf(value));
  const role = ROLES.nameOf(roleNumber);
  if (role === undefined)
    reader.object(refusal(`ID role ${roleNumber} has no place in a SAKKE message`, start));
  const typeNumber = reader.uint8('type', (value) => TYPES.nameOf(value));
  const type = TYPES.nameOf(typeNumber);
  if (type === undefined) reader.object(refusal(`ID type ${typeNumber} is unknown`, start + 1));
  const length = reader.uint16('length');
  if (length < 1 || length > IDENTITY_OCTETS_MAX)
    reader.object(refusal(`an identity of ${length} octets is not 1..${IDENTITY_OCTETS_MAX}`, start + 2));
  const dataOffset = reader.offset;
  const data = reader.bytes('data', length, (octets) =>
    isPrintable(octets) ? toAscii(octets) : toHex(octets),
  );
  if ((type === 'NAI' || type === 'URI') && !isPrintable(data))
    reader.object(refusal(`a ${type} is printable ASCII, ${toHex(data)} is not`, dataOffset));
  return { kind: 'IDR', role: role ?? 'other', type: type ?? 'octets', data };
}

/** Writes what {@link readIdentity} reads. */
export function writeIdentity(writer: Writer, { role, type, data }: Identity): void {
  writer.uint8(ROLES.numberOf(role)).uint8(TYPES.numberOf(type)).uint16(data.length).bytes(data);
}

/** The identity of the user of a number: IDRi or IDRr. */
export function telIdentity(role: 'initiator' | 'responder', number: TelNumber): Identity {
  return { kind: 'IDR', role, type: 'URI', data: fromAscii(`${SCHEME}${number}`) };
}

/** The identity of a KMS, by its URI: IDRkmsi or IDRkmsr. */
export function kmsIdentity(role: 'initiator KMS' | 'responder KMS', uri: string): Identity {
  return { kind: 'IDR', role, type: 'URI', data: fromAscii(uri) };
}

/**
 * The number in an IDRi or IDRr. Only the canonical form is a number: two spellings would be two identifiers.
 *
 * @throws MIKEY_IDENTITY for any other URI, a month in front, separators, parameters.
 */
export function numberIn(identity: Identity): TelNumber {
  const uri = toAscii(identity.data);
  const number = uri.startsWith(SCHEME) ? canonicalOrUndefined(uri.slice(SCHEME.length)) : undefined;
  if (identity.type !== 'URI' || number === undefined || `${SCHEME}${number}` !== uri)
    throw mikeyError('MIKEY_IDENTITY', `${JSON.stringify(uri)} is not the tel URI of one global number`);
  return number;
}

function canonicalOrUndefined(text: string): TelNumber | undefined {
  try {
    return canonicalNumber(text);
  } catch (thrown) {
    if (thrown instanceof CalldrillError) return undefined;
    throw thrown;
  }
}

function isPrintable(octets: Uint8Array): boolean {
  return PRINTABLE.test(toAscii(octets));
}

function refusal(detail: string, offset: number) {
  return mikeyError('MIKEY_IDENTITY', detail, { where: { offset } });
}
