/**
 * The records that the app keeps in a phone's flash. A record's name says its kind, so that a thief who reads the chip
 * knows what each one is; the value begins with a version octet.
 *
 *     settings          version (1) | length (1) | number | length (1) | CRS host | CRS port (2)
 *     kms               version (1) | KPAK (65) | Z (257)
 *     former-kms        version (1) | KPAK (65) | Z (257), where that of an earlier code is still trusted
 *     community/red     version (1) | KPAK (65) | Z (257) | count (1) | count times: length (1) | number, of a KMS whose code was scanned
 *     update-key        version (1) | update key (32)
 *     psk/2015-10       version (1) | length (1) | PSK identity | PSK (32)
 *     keys/2015-10      version (1) | length (1) | number | SSK (32) | PVT (65) | RSK (257)
 *     call/00000001     version (1) | direction (1) | length (1) | number | begun (8) | lasted (4) | SSV length (1) | SSV
 *
 * Direction 0 is incoming, 1 outgoing. Begun is in milliseconds since 1970 by the phone's own clock, lasted in
 * milliseconds. The SSV has 16 octets, or none: most deployments do not keep it.
 */
import type { Address } from '../../network/fabric.ts';
import {
  parsePeriod,
  type KmsPublic,
  type Period,
  type TelNumber,
  type UserKeys,
} from '../../network/mikey/index.ts';
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
import { readCommunity, writeCommunity, type KmsCommunity } from './kms-code.ts';
import { HOST, PSK_IDENTITY } from './text-kind.ts';

const VERSION = 1;
const SSV_OCTETS = 16;
const DIRECTIONS = ['incoming', 'outgoing'] as const;
const NAME =
  /^(settings|kms|former-kms|update-key|(?:psk|keys)\/(\d{4}-(?:0[1-9]|1[0-2]))|call\/(\d{8})|community\/([\x21-\x7e]{1,64}))$/;

/** What an enrolled phone knows of itself: its number, and the only CRS that it connects to. */
export interface PhoneSettings {
  readonly number: TelNumber;
  readonly crs: Address;
}

/** One line of the call history. */
export interface CallRecord {
  /** The verified identity of the other end. */
  readonly peer: TelNumber;
  readonly direction: (typeof DIRECTIONS)[number];
  /** By the phone's own clock. */
  readonly begunUnixMs: number;
  readonly lastedMs: number;
  /** 16 octets, where the deployment keeps it. */
  readonly ssv?: Uint8Array;
}

/** One record of the app, told apart by its name in the flash. */
export type PhoneRecord =
  | { readonly kind: 'settings'; readonly settings: PhoneSettings }
  | { readonly kind: 'kms'; readonly kms: KmsPublic }
  | { readonly kind: 'former-kms'; readonly kms: KmsPublic }
  | { readonly kind: 'community'; readonly community: KmsCommunity }
  | { readonly kind: 'update-key'; readonly updateKey: Uint8Array }
  | { readonly kind: 'psk'; readonly period: Period; readonly psk: PresharedKey }
  | { readonly kind: 'keys'; readonly keys: UserKeys }
  | { readonly kind: 'call'; readonly sequence: number; readonly call: CallRecord };

/** The name under which a record of this kind is kept. Months and calls are given with it. */
export const phoneRecordName = {
  settings: 'settings',
  kms: 'kms',
  formerKms: 'former-kms',
  community: (account: string): string => `community/${account}`,
  updateKey: 'update-key',
  psk: (period: Period): string => `psk/${period}`,
  keys: (period: Period): string => `keys/${period}`,
  call: (sequence: number): string => `call/${String(sequence).padStart(8, '0')}`,
} as const;

/** Errors: MEDIA_VALUE. */
export function encodePhoneRecord(record: PhoneRecord): {
  readonly name: string;
  readonly value: Uint8Array;
} {
  const writer = new FieldWriter().u8(VERSION);
  switch (record.kind) {
    case 'settings': {
      const { number, crs } = record.settings;
      return named(phoneRecordName.settings, writer.number(number).text(crs.host, HOST).u16(crs.port));
    }
    case 'kms':
      return named(phoneRecordName.kms, writeKmsPublic(writer, record.kms));
    case 'former-kms':
      return named(phoneRecordName.formerKms, writeKmsPublic(writer, record.kms));
    case 'community':
      return named(
        phoneRecordName.community(record.community.account),
        writeCommunity(writer, record.community),
      );
    case 'update-key':
      return named(phoneRecordName.updateKey, writer.octets(record.updateKey, UPDATE_KEY_OCTETS));
    case 'psk': {
      const { identity, psk } = record.psk;
      return named(
        phoneRecordName.psk(record.period),
        writer.text(identity, PSK_IDENTITY).octets(psk, PSK_OCTETS),
      );
    }
    case 'keys':
      return named(
        phoneRecordName.keys(record.keys.period),
        writeUserKeys(writer.number(record.keys.number), record.keys),
      );
    case 'call':
      return named(phoneRecordName.call(record.sequence), writeCall(writer, record.call));
  }
}

/**
 * Reads a record; undefined when the name is of no kind that the app writes.
 * Errors: MEDIA_VERSION, MEDIA_TRUNCATED, MEDIA_TRAILING, MEDIA_VALUE.
 */
export function parsePhoneRecord(name: string, value: Uint8Array): PhoneRecord | undefined {
  const [, kind, month, call, account] = NAME.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const reader = new FieldReader(value, `the record ${name}`);
  reader.version(VERSION);
  const record: PhoneRecord =
    account === undefined
      ? readRecord(reader, kind, month, call)
      : { kind: 'community', community: { account, ...readCommunity(reader) } };
  reader.end();
  return record;
}

function readRecord(
  reader: FieldReader,
  kind: string,
  month: string | undefined,
  call: string | undefined,
): PhoneRecord {
  if (call !== undefined) return { kind: 'call', sequence: Number(call), call: readCall(reader) };
  if (month !== undefined) {
    const period = parsePeriod(month);
    return kind.startsWith('psk/')
      ? { kind: 'psk', period, psk: { identity: reader.text(PSK_IDENTITY), psk: reader.octets(PSK_OCTETS) } }
      : { kind: 'keys', keys: readUserKeys(reader, reader.number(), period) };
  }
  if (kind === phoneRecordName.kms) return { kind: 'kms', kms: readKmsPublic(reader) };
  if (kind === phoneRecordName.formerKms) return { kind: 'former-kms', kms: readKmsPublic(reader) };
  if (kind === phoneRecordName.updateKey) {
    return { kind: 'update-key', updateKey: reader.octets(UPDATE_KEY_OCTETS) };
  }
  const number = reader.number();
  return { kind: 'settings', settings: { number, crs: { host: reader.text(HOST), port: reader.u16() } } };
}

function writeCall(
  writer: FieldWriter,
  { direction, peer, begunUnixMs, lastedMs, ssv }: CallRecord,
): FieldWriter {
  writer.u8(DIRECTIONS.indexOf(direction)).number(peer).u53(begunUnixMs).u32(lastedMs);
  return ssv === undefined ? writer.u8(0) : writer.u8(SSV_OCTETS).octets(ssv, SSV_OCTETS);
}

function readCall(reader: FieldReader): CallRecord {
  const direction = DIRECTIONS[reader.u8()];
  if (direction === undefined) {
    throw reader.refuse('MEDIA_VALUE', 'the direction of a call is not known', reader.offset - 1);
  }
  const call = { direction, peer: reader.number(), begunUnixMs: reader.u53(), lastedMs: reader.u32() };
  const ssvOctets = reader.u8();
  if (ssvOctets === 0) return call;
  if (ssvOctets !== SSV_OCTETS) throw reader.refuse('MEDIA_VALUE', 'an SSV has 16 octets', reader.offset - 1);
  return { ...call, ssv: reader.octets(SSV_OCTETS) };
}

function named(name: string, value: FieldWriter): { readonly name: string; readonly value: Uint8Array } {
  return { name, value: value.finish() };
}
