/**
 * What a QR code carries to make a KMS known to phones of another one: its public keys, and which numbers it serves. There is no secret in it. It
 * is believed because a CMS showed it on its screen, as an enrolment is; nobody signs it.
 *
 *     +---------------------------------------------------------------+
 *     |        "CDKM"  (43 44 4B 4D), version (1)                     |
 *     +---------------------------------------------------------------+
 *     |  length (1) | account                                         |
 *     +---------------------------------------------------------------+
 *     |        KPAK, Z                                                |
 *     +---------------------------------------------------------------+
 *     |  count (1)  | count times: length (1) | telephone number      |
 *     +---------------------------------------------------------------+
 *
 * The numbers are in the order of their digits, each once, so that one community has one form. At most 937 octets.
 */
import type { KmsPublic, TelNumber } from '../../network/mikey/index.ts';
import { FieldReader } from './field-reader.ts';
import { FieldWriter } from './field-writer.ts';
import { readKmsPublic, writeKmsPublic } from './key-field.ts';
import { ACCOUNT } from './text-kind.ts';

const MAGIC = 'CDKM';
const VERSION = 1;
/** Numbers in one code of a KMS: more would make a QR code that cameras cannot be relied on to read. */
export const COMMUNITY_NUMBERS_MAX = 32;

/** A KMS as phones of another one know it: who runs it, its public keys, and the numbers that it serves. */
export interface KmsCommunity {
  /** The name of its account on the CRS. */
  readonly account: string;
  readonly kms: KmsPublic;
  readonly numbers: readonly TelNumber[];
}

/** At most 937 octets. Errors: MEDIA_VALUE. */
export function encodeKmsCode(community: KmsCommunity): Uint8Array {
  return writeCommunity(
    new FieldWriter().begin(MAGIC, VERSION).text(community.account, ACCOUNT),
    community,
  ).finish();
}

/** Errors: MEDIA_MAGIC, MEDIA_VERSION, MEDIA_TRUNCATED, MEDIA_TRAILING, MEDIA_VALUE. */
export function parseKmsCode(octets: Uint8Array): KmsCommunity {
  const reader = new FieldReader(octets, 'a code of a KMS');
  reader.begin(MAGIC, VERSION);
  const account = reader.text(ACCOUNT);
  const community = { account, ...readCommunity(reader) };
  reader.end();
  return community;
}

/** Whether octets that a camera has read are meant to be one. */
export function isKmsCode(octets: Uint8Array): boolean {
  return Array.from(MAGIC).every((letter, at) => octets[at] === letter.charCodeAt(0));
}

/** Public keys and numbers, as a phone keeps them too. Errors: MEDIA_VALUE. */
export function writeCommunity(
  writer: FieldWriter,
  { kms, numbers }: Omit<KmsCommunity, 'account'>,
): FieldWriter {
  const sorted = [...new Set(numbers)].sort();
  writeKmsPublic(writer, kms).u8(sorted.length);
  for (const number of sorted) writer.number(number);
  return writer;
}

/** Errors: MEDIA_TRUNCATED, MEDIA_VALUE. */
export function readCommunity(reader: FieldReader): Omit<KmsCommunity, 'account'> {
  const kms = readKmsPublic(reader);
  const count = reader.u8();
  if (count > COMMUNITY_NUMBERS_MAX)
    throw reader.refuse(
      'MEDIA_VALUE',
      `a code has ${COMMUNITY_NUMBERS_MAX} numbers at the most`,
      reader.offset - 1,
    );
  const numbers: TelNumber[] = [];
  for (let left = count; left > 0; left--) {
    const at = reader.offset;
    const number = reader.number();
    if (number <= (numbers.at(-1) ?? ''))
      throw reader.refuse('MEDIA_VALUE', 'the numbers of a code are sorted, each once', at);
    numbers.push(number);
  }
  return { kms, numbers };
}
