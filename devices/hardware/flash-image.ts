/**
 * The image of flash storage: what comes off the chip, and the strict reader of it that a thief uses.
 *
 *     +---------------------------------------------------------------+
 *     |                     "CDFL"  (43 44 46 4C)                     |
 *     +---------------+-----------------------------------------------+
 *     |  version (1)  |              number of records n
 *     +---------------+-----------------------------------------------+
 *        (n, cont.)   |                                               |
 *     +---------------+                                               +
 *     :   n key slots of 16 octets; slot i holds the key of record i  :
 *     +---------------------------------------------------------------+
 *     :              the log: n records, oldest first                 :
 *     +---------------------------------------------------------------+
 *     :    free space: 0xFF up to a whole number of 4,096-octet pages :
 *     +---------------------------------------------------------------+
 *
 * Big-endian. A slot of sixteen zero octets is an erased key. Version 2 is the image of a device that is locked: its slots are sealed with AES-128-ECB
 * under a key that is not on the chip (a random key in each, so no two blocks are equal), and none of them opens its record. Pages are counted from the first octet of the log.
 */
import { createCipheriv } from 'node:crypto';
import { CalldrillError } from '../../sim/errors.ts';
import { OctetReader } from '../../sim/octet-reader.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import { hardwareError } from './errors.ts';
import {
  FLASH_KEY_OCTETS,
  FLASH_LOG_OCTETS_MAX,
  openRecord,
  readRecordHeader,
  type FlashRecordKind,
  type OpenRecord,
} from './flash-record.ts';

/** What an image begins with, in ASCII. */
export const FLASH_IMAGE_MAGIC = 'CDFL';
const VERSION = 1;
const VERSION_LOCKED = 2;
const VERSION_AT = 4;
const HEADER_OCTETS = 9;
const PAGE_OCTETS = 4096;
const FREE = 0xff;

/** An old record that still opens: the name was written again or deleted since. */
export interface FlashRemnant {
  readonly name: string;
  readonly value: Uint8Array;
  readonly sequence: number;
}

/** A record that the device itself would still find. */
export interface FlashLive {
  readonly value: Uint8Array;
  readonly sequence: number;
}

/** All that can be read off a chip by somebody who has only the chip. */
export interface FlashContents {
  /** By name, in the order in which they were written. */
  readonly live: ReadonlyMap<string, FlashLive>;
  /** Oldest first. */
  readonly remnants: readonly FlashRemnant[];
  /** Records whose key is gone. */
  readonly unreadable: number;
}

/** The whole image of a chip with these key slots and this log. */
export function encodeFlashImage(keys: Uint8Array, log: Uint8Array): Uint8Array {
  const logAt = HEADER_OCTETS + keys.length;
  const image = new Uint8Array(logAt + log.length + freeOctets(log.length)).fill(FREE);
  image.set(fromAscii(FLASH_IMAGE_MAGIC));
  const view = new DataView(image.buffer);
  view.setUint8(4, VERSION);
  view.setUint32(5, keys.length / FLASH_KEY_OCTETS);
  image.set(keys, HEADER_OCTETS);
  image.set(log, logAt);
  return image;
}

/** The image of the same chip while its device is locked: the slots are sealed under `key`, 16 octets. Precondition: it is an image of version 1. */
export function lockedImage(image: Uint8Array, key: Uint8Array): Uint8Array {
  const locked = image.slice();
  const slots = new DataView(image.buffer, image.byteOffset).getUint32(5);
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  locked.set(
    cipher.update(image.subarray(HEADER_OCTETS, HEADER_OCTETS + slots * FLASH_KEY_OCTETS)),
    HEADER_OCTETS,
  );
  locked[VERSION_AT] = VERSION_LOCKED;
  return locked;
}

/** A record of an image: its place in the log, its slot (zeros once erased), and what it says, unless its key is gone. */
export interface ReadRecord {
  readonly kind: FlashRecordKind;
  readonly key: Uint8Array;
  readonly sealed: Uint8Array;
  readonly open: OpenRecord | undefined;
}

/** Every record of an image, oldest first. Errors: HARDWARE_FLASH_IMAGE with the octet offset. */
export function recordsOfImage(octets: Uint8Array): readonly ReadRecord[] {
  const { keys, log, isLocked } = parseImageHeader(octets);
  const logAt = log.offset;
  const records: ReadRecord[] = [];
  for (let sequence = 1; keys.remaining > 0; sequence++) {
    const at = log.offset;
    const header = readRecordHeader(log);
    if (header.sequence !== sequence) throw refuse(`record ${sequence} should be here`, at + 2);
    log.view(header.sealedOctets);
    const key = keys.octets(FLASH_KEY_OCTETS);
    const erased = key.every((octet) => octet === 0);
    records.push({
      kind: header.kind,
      key,
      sealed: octets.slice(at, log.offset),
      open: erased ? undefined : opened(() => openRecord(octets, at, header, key), isLocked),
    });
  }
  requireFreeSpace(octets, log.offset, freeOctets(log.offset - logAt));
  return records;
}

/** Of a locked device the slot is tried as it is, like any other: if it were the key, it would open. Errors: HARDWARE_FLASH_IMAGE, unless it is locked. */
function opened(open: () => OpenRecord, isLocked: boolean): OpenRecord | undefined {
  try {
    return open();
  } catch (error) {
    if (isLocked && error instanceof CalldrillError) return undefined;
    throw error;
  }
}

/** Reads everything that can be read from a chip. Errors: HARDWARE_FLASH_IMAGE with the octet offset. */
export function readFlashImage(octets: Uint8Array): FlashContents {
  const newest = new Map<string, OpenRecord>();
  const remnants: FlashRemnant[] = [];
  let unreadable = 0;
  for (const { open: record } of recordsOfImage(octets)) {
    if (record === undefined) {
      unreadable++;
      continue;
    }
    const before = newest.get(record.name);
    if (before?.kind === 'value') remnants.push(remnantOf(before));
    // Re-inserted, so that the map is in the order of writing.
    newest.delete(record.name);
    newest.set(record.name, record);
  }
  const live = new Map<string, FlashLive>();
  for (const { kind, name, value, sequence } of newest.values()) {
    if (kind === 'value') live.set(name, { value, sequence });
  }
  return { live, remnants: remnants.sort((a, b) => a.sequence - b.sequence), unreadable };
}

/** Readers of the key area and of the log, up to the end of the image. */
function parseImageHeader(octets: Uint8Array): {
  readonly keys: OctetReader;
  readonly log: OctetReader;
  readonly isLocked: boolean;
} {
  const reader = new OctetReader(octets, { refuse: ({ end }) => refuse('the image is cut off', end) });
  const header = reader.within(HEADER_OCTETS);
  if (toAscii(header.view(FLASH_IMAGE_MAGIC.length)) !== FLASH_IMAGE_MAGIC)
    throw refuse('not a flash image', 0);
  const version = header.u8();
  if (version !== VERSION && version !== VERSION_LOCKED)
    throw refuse(`version ${version} is not known`, VERSION_AT);
  const keys = reader.within(header.u32() * FLASH_KEY_OCTETS);
  if (reader.remaining > FLASH_LOG_OCTETS_MAX) throw refuse('larger than any flash storage', octets.length);
  return { keys, log: reader, isLocked: version === VERSION_LOCKED };
}

function remnantOf({ name, value, sequence }: OpenRecord): FlashRemnant {
  return { name, value, sequence };
}

function freeOctets(logOctets: number): number {
  return (PAGE_OCTETS - (logOctets % PAGE_OCTETS)) % PAGE_OCTETS;
}

function requireFreeSpace(octets: Uint8Array, from: number, length: number): void {
  if (octets.length !== from + length) throw refuse('the last page is not whole', octets.length);
  const used = octets.subarray(from).findIndex((octet) => octet !== FREE);
  if (used >= 0) throw refuse('free space is not free', from + used);
}

function refuse(detail: string, offset: number) {
  return hardwareError('HARDWARE_FLASH_IMAGE', detail, { where: { offset } });
}
