/**
 * What a phone holds for one period: SSK and PVT to sign with, RSK to open calls with; and the check it makes when it
 * receives them. An RSK is the same whenever it is issued (RFC 6508 6.1.1 draws nothing), an SSK never is.
 */
import { mikeyCryptoError } from './errors.ts';
import { identifierOf } from './identifier.ts';
import { SakkeReceiver } from './memo.ts';
import type { Period } from './period.ts';
import { signingKeysAreGenuine } from './signing-keys.ts';
import type { TelNumber } from './tel-number.ts';

/** The public keys of a KMS, in the hands of all its users. */
export interface KmsPublic {
  /** KMS public authentication key, [KSAK]G on P-256: 65 octets (RFC 6507 section 4.2). */
  readonly kpak: Uint8Array;
  /** Z_T = [z_T]P: 257 octets (RFC 6508 section 2.2). */
  readonly z: Uint8Array;
}

/** The three keys that a KMS issues to a user for a month (RFC 6507 section 5.1, RFC 6508 section 6.1.1). */
export interface UserKeys {
  readonly number: TelNumber;
  readonly period: Period;
  /** Secret signing key, 32 octets. */
  readonly ssk: Uint8Array;
  /** Public validation token, 65 octets; part of every signature. */
  readonly pvt: Uint8Array;
  /** Receiver secret key, 257 octets. */
  readonly rsk: Uint8Array;
}

/**
 * The phone's check of keys on receipt (RFC 6507 5.1.2; RFC 6508 6.1.2: <[a]P + Z, RSK> = g). It catches keys of another
 * number, period or KMS, and altered ones.
 * @throws MIKEY_SSK_INVALID, MIKEY_RSK_INVALID, MIKEY_KMS_KEY_INVALID
 */
export function validateUserKeys(keys: UserKeys, kms: KmsPublic): void {
  const id = identifierOf(keys.number, keys.period);
  const whose = `${keys.number} in ${keys.period}`;
  if (!signingKeysAreGenuine(keys, id, kms.kpak)) {
    throw mikeyCryptoError('MIKEY_SSK_INVALID', `SSK and PVT are not those of ${whose} under this KPAK`);
  }
  if (!new SakkeReceiver(keys.rsk, id, kms.z).isGenuine()) {
    throw mikeyCryptoError('MIKEY_RSK_INVALID', `the RSK is not that of ${whose} under this Z`);
  }
}
