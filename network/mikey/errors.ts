/** Codes of the errors that keys, identities and key agreement can cause. Message parsing has its own table. */
import { errorsOf } from '../../sim/errors.ts';

/** What can be wrong with numbers, months, keys and points, by code; messages have a table of their own. */
export const MIKEY_CRYPTO_CODES = {
  MIKEY_NUMBER_CHARACTERS: {
    summary:
      'a telephone number holds something other than ASCII digits, single spaces and the separators - . ( )',
    fix: 'write the number as +447700900123; single spaces and - . ( ) between the digits are passed over',
  },
  MIKEY_NUMBER_NATIONAL: {
    summary: 'a telephone number is written in national form',
    fix: 'write the number in global form: + and the country code, as in +447700900123',
  },
  MIKEY_NUMBER_PARAMETERS: {
    summary: 'a tel URI carries parameters, which RFC 6509 identifiers do not have',
    fix: 'leave out everything from the semicolon on; an extension is not an identity here',
  },
  MIKEY_NUMBER_LENGTH: {
    summary: 'a telephone number has fewer than 7 or more than 15 digits (ITU-T E.164)',
    fix: 'check the number for missing or repeated digits',
  },
  MIKEY_NUMBER_COUNTRY: {
    summary: 'the country code starts with 0, or a trunk 0 follows the country code 44',
    fix: 'drop the trunk 0 after the country code: +447700900123, not +4407700900123',
  },
  MIKEY_PERIOD_INVALID: {
    summary: 'a key period is not a month of the years 0000 to 9999 written YYYY-MM',
    fix: 'write the period as year and month, as in 2015-10',
  },
  MIKEY_MASTER_SECRET_INVALID: {
    summary: 'a master secret is outside its range, or cannot make a key for this identifier',
    fix: 'generate new master secrets; KSAK has 32 octets and is 1..n-1, z_T has 128 octets and is 2..q-1',
  },
  MIKEY_KMS_KEY_INVALID: {
    summary: 'a public key of the key management system is not a point of its curve',
    fix: 'take KPAK (65 octets) and Z (257 octets) from the key management system again',
  },
  MIKEY_SSK_INVALID: {
    summary: 'the SSK or PVT does not belong to this identifier and KPAK (RFC 6507 5.1.2)',
    fix: 'discard the keys and ask for new ones; check the number, the period and which KMS issued them',
  },
  MIKEY_RSK_INVALID: {
    summary: 'the RSK does not belong to this identifier and Z (RFC 6508 6.1.2)',
    fix: 'discard the keys and ask for new ones; check the number, the period and which KMS issued them',
  },
  MIKEY_SAKKE_REFUSED: {
    summary: 'SAKKE encapsulated data does not open under this RSK and identifier (RFC 6508 6.2.2)',
    fix: 'the sender must encapsulate to this number, in this period, under the same KMS; otherwise the data was altered',
  },
  MIKEY_SIGNATURE_MALFORMED: {
    summary: 'an ECCSI signature cannot be taken apart',
    fix: 'give the 129 octets r, s and PVT of a captured SIGN payload, with s not zero',
  },
} as const;

/** Makes an error with one of the codes of {@link MIKEY_CRYPTO_CODES}. */
export const mikeyCryptoError = errorsOf(MIKEY_CRYPTO_CODES);
