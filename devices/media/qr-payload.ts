/**
 * What a QR code carries to enrol a phone: everything it needs, in clear. Nothing in it makes it single use (para-40), and
 * it holds the update key, so who copies it can follow the user through every later month.
 *
 *     +---------------------------------------------------------------+
 *     |        "CDQR"  (43 44 51 52), version (1)                     |
 *     +---------------------------------------------------------------+
 *     |  length (1) | telephone number                                |
 *     +---------------------------------------------------------------+
 *     |  length (1) | CRS host                        |  CRS port (2) |
 *     +---------------------------------------------------------------+
 *     |  length (1) | PSK identity                                    |
 *     +---------------------------------------------------------------+
 *     |        PSK, 32 octets                                         |
 *     +---------------------------------------------------------------+
 *     |        update key, 32 octets                                  |
 *     +---------------------------------------------------------------+
 *     |        KPAK, Z                                                |
 *     +---------------------------------------------------------------+
 *     |        period, 7 octets                                       |
 *     +---------------------------------------------------------------+
 *     |        SSK, PVT, RSK                                          |
 *     +---------------------------------------------------------------+
 *
 * At most 997 octets. It has no checksum: the QR code has error correction of its own.
 */
import type { Address } from '../../network/fabric.ts';
import type { KmsPublic, UserKeys } from '../../network/mikey/index.ts';
import { FieldReader } from './field-reader.ts';
import { FieldWriter } from './field-writer.ts';
import {
  PSK_OCTETS,
  readKmsPublic,
  readUserKeys,
  UPDATE_KEY_OCTETS,
  writeKmsPublic,
  writeUserKeys,
} from './key-field.ts';
import type { PresharedKey } from './key-package.ts';
import { HOST, PSK_IDENTITY } from './text-kind.ts';

const MAGIC = 'CDQR';
const VERSION = 1;

/** What is in the code that enrols a phone: secrets in clear, for whoever sees it (para-24). */
export interface QrPayload {
  readonly crs: Address;
  /** For the month of `keys`. */
  readonly psk: PresharedKey;
  /** 32 octets. */
  readonly updateKey: Uint8Array;
  readonly kms: KmsPublic;
  /** Whose phone it is, and the keys of one month. */
  readonly keys: UserKeys;
}

/** At most 997 octets. Errors: MEDIA_VALUE. */
export function encodeQrPayload({ crs, psk, updateKey, kms, keys }: QrPayload): Uint8Array {
  const writer = new FieldWriter()
    .begin(MAGIC, VERSION)
    .number(keys.number)
    .text(crs.host, HOST)
    .u16(crs.port)
    .text(psk.identity, PSK_IDENTITY)
    .octets(psk.psk, PSK_OCTETS)
    .octets(updateKey, UPDATE_KEY_OCTETS);
  writeKmsPublic(writer, kms).period(keys.period);
  return writeUserKeys(writer, keys).finish();
}

/** Errors: MEDIA_MAGIC, MEDIA_VERSION, MEDIA_TRUNCATED, MEDIA_TRAILING, MEDIA_VALUE. */
export function parseQrPayload(octets: Uint8Array): QrPayload {
  const reader = new FieldReader(octets, 'an enrolment QR payload');
  reader.begin(MAGIC, VERSION);
  const number = reader.number();
  const host = reader.text(HOST);
  const port = reader.u16();
  const identity = reader.text(PSK_IDENTITY);
  const psk = reader.octets(PSK_OCTETS);
  const updateKey = reader.octets(UPDATE_KEY_OCTETS);
  const kms = readKmsPublic(reader);
  const period = reader.period();
  const keys = readUserKeys(reader, number, period);
  reader.end();
  return { crs: { host, port }, psk: { identity, psk }, updateKey, kms, keys };
}
