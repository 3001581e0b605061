/**
 * The update disc: what the CMS burns each month for the CRS. The PSKs are in clear, because the CRS must answer with them;
 * the packages are wrapped under keys that the CRS does not have, or, where a deployment chose so, in clear as well. That
 * difference is what a finder of a lost disc gains (para-43).
 *
 *     +---------------------------------------------------------------+
 *     |        "CDUD"  (43 44 55 44), version (1)                     |
 *     +---------------+-----------------------------------------------+
 *     | protection(1) |   length of the whole file (4)                |
 *     +---------------+-----------------------------------------------+
 *     |  length (1) | serial number of the disc                       |
 *     +---------------------------------------------------------------+
 *     |  length (1) | account on the CRS                              |
 *     +---------------------------------------------------------------+
 *     |        KMS fingerprint, 32 octets                             |
 *     +---------------------------------------------------------------+
 *     |        period, 7 octets          |    number of users n (2)   |
 *     +---------------------------------------------------------------+
 *     :        n users                                                :
 *     +---------------------------------------------------------------+
 *     |        SHA-256 of all octets before it, 32 octets             |
 *     +---------------------------------------------------------------+
 *
 *     a user
 *     +---------------------------------------------------------------+
 *     |  length (1) | telephone number                                |
 *     +---------------------------------------------------------------+
 *     |  length (1) | PSK identity                                    |
 *     +---------------------------------------------------------------+
 *     |        PSK, 32 octets                                         |
 *     +---------------------------------------------------------------+
 *     |  length (2) | key package (see key-package.ts)                |
 *     +---------------------------------------------------------------+
 *
 * Protection 0 is wrapped, 1 clear. The checksum finds accidents; it is no signature, so a forged disc passes it.
 */
import { createHash } from 'node:crypto';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, equal } from '../../sim/octets.ts';
import { mediaError } from './errors.ts';
import { FieldReader } from './field-reader.ts';
import { FieldWriter } from './field-writer.ts';
import { PSK_OCTETS } from './key-field.ts';
import {
  labelOfPackage,
  PACKAGE_OCTETS_MAX,
  parsePackage,
  type PackageForm,
  type PresharedKey,
} from './key-package.ts';
import { ACCOUNT, PSK_IDENTITY, SERIAL } from './text-kind.ts';

const MAGIC = 'CDUD';
const VERSION = 1;
const PROTECTIONS: readonly PackageForm[] = ['wrapped', 'clear'];
const LENGTH_OFFSET = 6;
const FINGERPRINT_OCTETS = 32;
const CHECKSUM_OCTETS = 32;

/** One user's PSK and package of the month, as the CRS gets them. */
export interface DiscUser {
  readonly number: TelNumber;
  /** For the month of the disc. */
  readonly psk: PresharedKey;
  /** In the form that the disc's protection says. */
  readonly package: Uint8Array;
}

/** The head of a disc and its users, in the order in which they are written. */
export interface UpdateDisc {
  /** As printed on the disc: 1 to 32 letters, digits and hyphens. */
  readonly serial: string;
  /** 1 to 64 printable ASCII characters. */
  readonly account: string;
  /** Of the KMS that made the packages; see `kmsFingerprint`. 32 octets. */
  readonly kmsFingerprint: Uint8Array;
  readonly period: Period;
  readonly protection: PackageForm;
  /** At most 65,535. */
  readonly users: readonly DiscUser[];
}

/** Errors: MEDIA_VALUE, MEDIA_DISC_USERS. */
export function encodeUpdateDisc(disc: UpdateDisc): Uint8Array {
  requireConsistent(disc);
  const head = new FieldWriter().begin(MAGIC, VERSION).u8(PROTECTIONS.indexOf(disc.protection)).finish();
  const body = new FieldWriter()
    .text(disc.serial, SERIAL)
    .text(disc.account, ACCOUNT)
    .octets(disc.kmsFingerprint, FINGERPRINT_OCTETS)
    .period(disc.period)
    .u16(disc.users.length);
  for (const user of disc.users) {
    const octets = encodeUser(user);
    body.octets(octets, octets.length);
  }
  const rest = body.finish();
  const length = new FieldWriter().u32(head.length + 4 + rest.length + CHECKSUM_OCTETS).finish();
  return sealUpdateDisc(concat(head, length, rest));
}

/** Appends the checksum to all octets before it. */
export function sealUpdateDisc(content: Uint8Array): Uint8Array {
  return concat(content, createHash('sha256').update(content).digest());
}

/**
 * Reads a disc. Errors: MEDIA_MAGIC, MEDIA_VERSION, MEDIA_DISC_TRUNCATED (at the octet where it ends), MEDIA_TRAILING,
 * MEDIA_CHECKSUM, MEDIA_VALUE, MEDIA_DISC_USERS (a package of which cannot be read, too).
 */
export function parseUpdateDisc(octets: Uint8Array): UpdateDisc {
  const content = verifiedContent(octets);
  const reader = new FieldReader(content, 'an update disc', 'MEDIA_DISC_TRUNCATED');
  reader.begin(MAGIC, VERSION);
  const protection = PROTECTIONS[reader.u8()];
  if (protection === undefined) throw reader.refuse('MEDIA_VALUE', 'the protection is not known', 5);
  reader.u32();
  const serial = reader.text(SERIAL);
  const account = reader.text(ACCOUNT);
  const kmsFingerprint = reader.octets(FINGERPRINT_OCTETS);
  const period = reader.period();
  const users: DiscUser[] = [];
  for (let left = reader.u16(); left > 0; left--) users.push(readUser(reader));
  reader.end();
  const disc: UpdateDisc = { serial, account, kmsFingerprint, period, protection, users };
  requireConsistent(disc);
  return disc;
}

/** The octets before the checksum, once magic, version, length and checksum are right. */
function verifiedContent(octets: Uint8Array): Uint8Array {
  const reader = new FieldReader(octets, 'an update disc', 'MEDIA_DISC_TRUNCATED');
  reader.begin(MAGIC, VERSION);
  reader.u8();
  const length = reader.u32();
  if (octets.length < length) {
    throw reader.refuse(
      'MEDIA_DISC_TRUNCATED',
      `the disc ends after ${octets.length} of ${length} octets`,
      octets.length,
    );
  }
  if (octets.length > length) throw reader.refuse('MEDIA_TRAILING', 'octets follow an update disc', length);
  if (length < reader.offset + CHECKSUM_OCTETS) {
    throw reader.refuse('MEDIA_VALUE', 'the length leaves no room for a checksum', LENGTH_OFFSET);
  }
  const content = octets.subarray(0, length - CHECKSUM_OCTETS);
  if (!equal(sealUpdateDisc(content), octets)) {
    throw reader.refuse('MEDIA_CHECKSUM', 'the checksum does not match', content.length);
  }
  return content;
}

function encodeUser({ number, psk, package: octets }: DiscUser): Uint8Array {
  return new FieldWriter()
    .number(number)
    .text(psk.identity, PSK_IDENTITY)
    .octets(psk.psk, PSK_OCTETS)
    .u16(octets.length)
    .octets(octets, octets.length)
    .finish();
}

function readUser(reader: FieldReader): DiscUser {
  const number = reader.number();
  const identity = reader.text(PSK_IDENTITY);
  const psk = reader.octets(PSK_OCTETS);
  const length = reader.u16();
  if (length > PACKAGE_OCTETS_MAX) {
    throw reader.refuse('MEDIA_VALUE', `a key package of ${length} octets is too long`, reader.offset - 2);
  }
  return { number, psk: { identity, psk }, package: reader.octets(length) };
}

/** Each number and PSK identity once; each package of the disc's month and form; a clear one of the same user and PSK. */
function requireConsistent({ users, period, protection }: UpdateDisc): void {
  const numbers = new Set(users.map(({ number }) => number));
  const identities = new Set(users.map(({ psk }) => psk.identity));
  if (numbers.size < users.length) throw mediaError('MEDIA_DISC_USERS', 'a number is on the disc twice');
  if (identities.size < users.length) {
    throw mediaError('MEDIA_DISC_USERS', 'a PSK identity is on the disc twice');
  }
  for (const user of users) {
    const inside = openLabel(user);
    if (inside.form !== protection || inside.period !== period) {
      throw mediaError(
        'MEDIA_DISC_USERS',
        `the package of ${user.number} is ${inside.form} and of ${inside.period}, on a disc that is ${protection} and of ${period}`,
      );
    }
    if (protection === 'clear') requireOwnPackage(user);
  }
}

/** A package that cannot be read is an error of the disc: its own offset would count from the package. */
function openLabel({ number, package: octets }: DiscUser): ReturnType<typeof labelOfPackage> {
  try {
    return labelOfPackage(octets);
  } catch (cause) {
    if (!(cause instanceof CalldrillError)) throw cause;
    throw mediaError('MEDIA_DISC_USERS', `the package of ${number}: ${cause.message}`, { cause });
  }
}

function requireOwnPackage({ number, psk, package: octets }: DiscUser): void {
  const inside = parsePackage(octets);
  const same = inside.keys.number === number && inside.psk.identity === psk.identity;
  if (!same || !equal(inside.psk.psk, psk.psk)) {
    throw mediaError('MEDIA_DISC_USERS', `the package filed for ${number} holds another number or PSK`);
  }
}
