/**
 * From a master key to the keys of one session (RFC 3711 section 4.3), for SRTP and SRTCP alike: only the label differs.
 *
 * The key derivation rate is 0, so each key is derived once. The label always stands on octet 7 of the salt: erratum 3712
 * to section 4.3.2 and every deployed stack read the SRTCP index as 48 bits here. The text as printed (32 bits, label on
 * octet 9), which the NIST samples follow, yields SRTCP keys that no peer has.
 */
import { createCipheriv } from 'node:crypto';
import { rtpError } from './errors.ts';

/** Protection profiles (RFC 4568 section 6.2). They differ in the length of the tag only. */
export type SrtpProfile = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32';

/** Octets of the tag on an SRTP packet. */
export const TAG_OCTETS: Readonly<Record<SrtpProfile, number>> = {
  AES_CM_128_HMAC_SHA1_80: 10,
  AES_CM_128_HMAC_SHA1_32: 4,
};

/** What two ends of a stream must share. */
export interface SrtpMaster {
  /** 16 octets: the TEK. */
  readonly masterKey: Uint8Array;
  /** 14 octets. */
  readonly masterSalt: Uint8Array;
  readonly profile: SrtpProfile;
}

/** Which key is derived (RFC 3711 section 4.3.1 and 4.3.2). */
export const KEY_LABELS = {
  srtpEncryption: 0,
  srtpAuthentication: 1,
  srtpSalt: 2,
  srtcpEncryption: 3,
  srtcpAuthentication: 4,
  srtcpSalt: 5,
} as const;

type KeyLabel = (typeof KEY_LABELS)[keyof typeof KEY_LABELS];

const MASTER_KEY_OCTETS = 16;
const MASTER_SALT_OCTETS = 14;
const LABEL_AT = 7;

/**
 * The first `length` octets of AES-CM under the master key, with label XOR master salt as initial value.
 *
 * Errors: SRTP_KEY.
 */
export function deriveSessionKey(
  master: Pick<SrtpMaster, 'masterKey' | 'masterSalt'>,
  label: KeyLabel,
  length: number,
): Uint8Array {
  const { masterKey, masterSalt } = master;
  if (masterKey.length !== MASTER_KEY_OCTETS || masterSalt.length !== MASTER_SALT_OCTETS) {
    throw rtpError(
      'SRTP_KEY',
      `a master key of ${masterKey.length} and a master salt of ${masterSalt.length} octets`,
    );
  }
  const initial = new Uint8Array(16);
  initial.set(masterSalt);
  initial[LABEL_AT] = (initial[LABEL_AT] as number) ^ label;
  return new Uint8Array(createCipheriv('aes-128-ctr', masterKey, initial).update(new Uint8Array(length)));
}
