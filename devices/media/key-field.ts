/**
 * The keys as they appear in every carried format. Fixed lengths, points uncompressed.
 *
 *     +---------------------------------+     +---------------------------------+
 *     |       SSK, 32 octets            |     |       KPAK, 65 octets           |
 *     +---------------------------------+     +---------------------------------+
 *     |       PVT, 65 octets            |     |       Z, 257 octets             |
 *     +---------------------------------+     +---------------------------------+
 *     |       RSK, 257 octets           |          public keys of a KMS
 *     +---------------------------------+
 *        one user's keys of one month
 *
 * Source: RFC 6507 5.1 (SSK, PVT, KPAK), RFC 6508 6.1 (RSK, Z), parameter set 1.
 */
import { createHash } from 'node:crypto';
import type { KmsPublic, Period, TelNumber, UserKeys } from '../../network/mikey/index.ts';
import type { FieldReader } from './field-reader.ts';
import type { FieldWriter } from './field-writer.ts';

/** Length of a PSK as calldrill issues them: 256 bits. */
export const PSK_OCTETS = 32;
/** Octets of the update key that an enrolment hands out. */
export const UPDATE_KEY_OCTETS = 32;
const SSK_OCTETS = 32;
const PVT_OCTETS = 65;
const RSK_OCTETS = 257;
const KPAK_OCTETS = 65;
const Z_OCTETS = 257;

/** SSK, PVT and RSK, 354 octets; number and month stand elsewhere and are given. Errors: MEDIA_TRUNCATED, MEDIA_VALUE. */
export function readUserKeys(reader: FieldReader, number: TelNumber, period: Period): UserKeys {
  const ssk = reader.octets(SSK_OCTETS);
  const pvt = reader.point(PVT_OCTETS);
  const rsk = reader.point(RSK_OCTETS);
  return { number, period, ssk, pvt, rsk };
}

/** SSK, PVT and RSK in this order, 354 octets. */
export function writeUserKeys(writer: FieldWriter, { ssk, pvt, rsk }: UserKeys): FieldWriter {
  return writer.octets(ssk, SSK_OCTETS).point(pvt, PVT_OCTETS).point(rsk, RSK_OCTETS);
}

/** KPAK and Z, 322 octets. Errors: MEDIA_TRUNCATED, MEDIA_VALUE. */
export function readKmsPublic(reader: FieldReader): KmsPublic {
  const kpak = reader.point(KPAK_OCTETS);
  const z = reader.point(Z_OCTETS);
  return { kpak, z };
}

/** KPAK and Z in this order, 322 octets. */
export function writeKmsPublic(writer: FieldWriter, { kpak, z }: KmsPublic): FieldWriter {
  return writer.point(kpak, KPAK_OCTETS).point(z, Z_OCTETS);
}

/** Names a KPAK where a whole one would be too long to read: the first 16 hex digits of SHA-256 over its octets. */
export function kpakName({ kpak }: Pick<KmsPublic, 'kpak'>): string {
  return createHash('sha256').update(kpak).digest('hex').slice(0, 16);
}

/** Names a KMS: SHA-256 over KPAK and Z, 32 octets. */
export function kmsFingerprint({ kpak, z }: KmsPublic): Uint8Array {
  return new Uint8Array(createHash('sha256').update(kpak).update(z).digest());
}
