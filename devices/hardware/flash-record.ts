/**
 * One record of flash storage. Its name and value are sealed together, so that a record whose key was erased tells
 * nothing but its length. A key seals one record only, which is why the nonce may be zero.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +---------------+---------------+-------------------------------+
 *     |  0x52 ('R')   |     kind      |        sequence number        |
 *     +---------------+---------------+-------------------------------+
 *     |   sequence number (cont.)     |   length of the sealed part   |
 *     +-------------------------------+-------------------------------+
 *     |       length (cont.)          |                               |
 *     +-------------------------------+                               +
 *     :     AES-128-GCM( name length (1) | name | value ), tag (16)   :
 *     +---------------------------------------------------------------+
 *
 * Kind 1 is a value, kind 2 a deletion (no value). The first 10 octets are the additional authenticated data.
 * Sequence numbers count from 1 without a gap. 0xFF in place of 0x52 is free space.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { OctetReader } from '../../sim/octet-reader.ts';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import { hardwareError } from './errors.ts';

/** Length of the AES-128 key of one record. */
export const FLASH_KEY_OCTETS = 16;
/** How large a chip is at the most, 16 MiB, without its key slots. */
export const FLASH_LOG_OCTETS_MAX = 16 * 1024 * 1024;
const RECORD_HEADER_OCTETS = 10;
const RECORD_MARK = 0x52;
const TAG_OCTETS = 16;
const NONCE = new Uint8Array(12);
const KINDS = ['value', 'deletion'] as const;

/** Whether a record says what a name is now, or that it is nothing any more. */
export type FlashRecordKind = (typeof KINDS)[number];

/** A record whose key was still there: its name and value in clear. */
export interface OpenRecord {
  readonly kind: FlashRecordKind;
  readonly sequence: number;
  readonly name: string;
  readonly value: Uint8Array;
}

/** What can be read of a record without its key. */
export interface RecordHeader {
  readonly kind: FlashRecordKind;
  readonly sequence: number;
  readonly sealedOctets: number;
}

/** Octets that a record takes in the log. */
export function recordOctets(name: string, value: Uint8Array): number {
  return RECORD_HEADER_OCTETS + 1 + name.length + value.length + TAG_OCTETS;
}

/** The whole record, header and sealed part, under a key of 16 octets. */
export function sealRecord(record: OpenRecord, key: Uint8Array): Uint8Array {
  const plain = concat(Uint8Array.of(record.name.length), fromAscii(record.name), record.value);
  const header = new Uint8Array(RECORD_HEADER_OCTETS);
  const view = new DataView(header.buffer);
  view.setUint8(0, RECORD_MARK);
  view.setUint8(1, KINDS.indexOf(record.kind) + 1);
  view.setUint32(2, record.sequence);
  view.setUint32(6, plain.length + TAG_OCTETS);
  const cipher = createCipheriv('aes-128-gcm', key, NONCE);
  cipher.setAAD(header);
  return concat(header, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

/** Reads a header, and nothing behind it. Errors: HARDWARE_FLASH_IMAGE, and what the reader refuses with. */
export function readRecordHeader(reader: OctetReader): RecordHeader {
  const { offset } = reader;
  const header = reader.within(RECORD_HEADER_OCTETS);
  const mark = header.u8();
  const kind = KINDS[header.u8() - 1];
  const sequence = header.u32();
  const sealedOctets = header.u32();
  if (mark !== RECORD_MARK || kind === undefined || sealedOctets < 2 + TAG_OCTETS)
    throw hardwareError('HARDWARE_FLASH_IMAGE', 'no record begins here', { where: { offset } });
  return { kind, sequence, sealedOctets };
}

/** The sequence number of the record at `offset` of a log. Precondition: one begins there. */
export function recordSequenceAt(log: Uint8Array, offset: number): number {
  return readRecordHeader(
    new OctetReader(log.subarray(offset), { refuse: ({ end }) => cutOff(offset + end) }),
  ).sequence;
}

/** Opens the record at `offset` of a log, under its key in the key area. Precondition: both are there. */
export function openRecordAt(log: Uint8Array, offset: number, keys: Uint8Array): OpenRecord {
  const reader = new OctetReader(log.subarray(offset), { refuse: ({ end }) => cutOff(offset + end) });
  const header = readRecordHeader(reader);
  const slot = (header.sequence - 1) * FLASH_KEY_OCTETS;
  return openRecord(log, offset, header, keys.subarray(slot, slot + FLASH_KEY_OCTETS));
}

/** Opens the record at `offset`, all of whose octets exist. Errors: HARDWARE_FLASH_IMAGE. */
export function openRecord(
  octets: Uint8Array,
  offset: number,
  header: RecordHeader,
  key: Uint8Array,
): OpenRecord {
  const body = offset + RECORD_HEADER_OCTETS;
  const end = body + header.sealedOctets;
  const decipher = createDecipheriv('aes-128-gcm', key, NONCE, { authTagLength: TAG_OCTETS });
  decipher.setAAD(octets.subarray(offset, body));
  decipher.setAuthTag(octets.subarray(end - TAG_OCTETS, end));
  const plain = new Uint8Array(decipher.update(octets.subarray(body, end - TAG_OCTETS)));
  try {
    decipher.final();
  } catch (cause) {
    throw hardwareError('HARDWARE_FLASH_IMAGE', 'a record does not open under its key', {
      where: { offset },
      cause,
    });
  }
  const nameEnd = 1 + (plain[0] ?? 0);
  if (nameEnd === 1 || nameEnd > plain.length) {
    throw hardwareError('HARDWARE_FLASH_IMAGE', 'a record has no name', { where: { offset } });
  }
  return {
    kind: header.kind,
    sequence: header.sequence,
    name: toAscii(plain.subarray(1, nameEnd)),
    value: plain.slice(nameEnd),
  };
}

function cutOff(offset: number) {
  return hardwareError('HARDWARE_FLASH_IMAGE', 'a record is cut off', { where: { offset } });
}
