/**
 * The image of a magnetic disk, and what somebody finds who looks at every sector, whether the directory names it or not.
 *
 *     +---------------------------------------------------------------+
 *     |                     "CDMD"  (43 44 4D 44)                     |
 *     +---------------+-----------------------------------------------+
 *     |  version (1)  |              number of files n
 *     +---------------+-----------------------------------------------+
 *        (n, cont.)   |     first sectors of the files, n of 4 octets :
 *     +---------------+-----------------------------------------------+
 *     :      the sectors that were ever written, 512 octets each      :
 *     +---------------------------------------------------------------+
 *
 * A file begins with a sector of its own: 0x46 ('F'), length of the name (1), length of the value (4), sequence number (4), name, value, zeros to
 * the end of the sector. Big-endian. A sector that was written over is 0x5A throughout. The directory is in the order of the files' coming.
 */
import { OctetReader } from '../../sim/octet-reader.ts';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import { hardwareError } from './errors.ts';
import type { FlashContents, FlashLive, FlashRemnant } from './flash-image.ts';

/** The least that can be written in one place. */
export const SECTOR_OCTETS = 512;
/** What a sector is filled with that was written over. */
export const WRITTEN_OVER = 0x5a;
/** What an image begins with, in ASCII. */
export const MAGNETIC_IMAGE_MAGIC = 'CDMD';
const VERSION = 1;
const FILE_MARK = 0x46;
const FILE_HEADER_OCTETS = 10;

/** A file as it stands in sectors. */
interface FileOnDisk {
  readonly name: string;
  readonly value: Uint8Array;
  /** The greater, the later it was written. */
  readonly sequence: number;
}

/** Where it stands, and how many sectors it has. */
interface PlacedFile extends FileOnDisk {
  readonly sector: number;
  readonly sectors: number;
}

/** What is written of it: header, name and value, filled up with zeros to the end of the last sector. */
export function sectorsOfFile({ name, value, sequence }: FileOnDisk): Uint8Array {
  const octets = FILE_HEADER_OCTETS + name.length + value.length;
  const file = new Uint8Array(Math.ceil(octets / SECTOR_OCTETS) * SECTOR_OCTETS);
  const view = new DataView(file.buffer);
  view.setUint8(0, FILE_MARK);
  view.setUint8(1, name.length);
  view.setUint32(2, value.length);
  view.setUint32(6, sequence);
  file.set(fromAscii(name), FILE_HEADER_OCTETS);
  file.set(value, FILE_HEADER_OCTETS + name.length);
  return file;
}

/** The file that begins in a sector; undefined where none does, or where it runs past the end. */
export function fileIn(sectors: Uint8Array, sector: number): PlacedFile | undefined {
  const at = sector * SECTOR_OCTETS;
  if (sectors[at] !== FILE_MARK) return undefined;
  const view = new DataView(sectors.buffer, sectors.byteOffset + at, sectors.length - at);
  const [nameOctets, valueOctets, sequence] = [view.getUint8(1), view.getUint32(2), view.getUint32(6)];
  const valueAt = FILE_HEADER_OCTETS + nameOctets;
  if (valueAt + valueOctets > view.byteLength) return undefined;
  return {
    name: toAscii(sectors.subarray(at + FILE_HEADER_OCTETS, at + valueAt)),
    value: sectors.slice(at + valueAt, at + valueAt + valueOctets),
    sequence,
    sector,
    sectors: Math.ceil((valueAt + valueOctets) / SECTOR_OCTETS),
  };
}

/** Every file that can be found in sectors, deleted ones included, in the order of the sectors. */
export function filesIn(sectors: Uint8Array): readonly PlacedFile[] {
  const files: PlacedFile[] = [];
  for (let sector = 0; sector * SECTOR_OCTETS < sectors.length; sector++) {
    const file = fileIn(sectors, sector);
    if (file !== undefined) files.push(file);
  }
  return files;
}

/** The whole image of a disk with these sectors, of which files begin in those of the directory. */
export function encodeMagneticImage(sectors: Uint8Array, directory: readonly number[]): Uint8Array {
  const head = new Uint8Array(9 + 4 * directory.length);
  head.set(fromAscii(MAGNETIC_IMAGE_MAGIC));
  const view = new DataView(head.buffer);
  view.setUint8(4, VERSION);
  view.setUint32(5, directory.length);
  for (const [index, sector] of directory.entries()) view.setUint32(9 + 4 * index, sector);
  return concat(head, sectors);
}

/** Everything that can be read off a disk; what was written over counts as unreadable. Errors: HARDWARE_DISK_IMAGE with the octet offset. */
export function readMagneticImage(octets: Uint8Array): FlashContents {
  const reader = new OctetReader(octets, { refuse: ({ end }) => refuse('the image is cut off', end) });
  if (toAscii(reader.view(4, 'mark')) !== MAGNETIC_IMAGE_MAGIC)
    throw refuse('it does not begin with CDMD', 0);
  if (reader.u8('version') !== VERSION) throw refuse('the version is not 1', 4);
  const count = reader.u32('directory');
  const first = new Set<number>();
  for (let n = 0; n < count; n++) first.add(reader.u32('directory'));
  const sectors = octets.subarray(reader.offset);
  if (sectors.length % SECTOR_OCTETS !== 0) throw refuse('the last sector is cut off', octets.length);
  const live = new Map<string, FlashLive>();
  const remnants: FlashRemnant[] = [];
  for (const { name, value, sequence, sector } of filesIn(sectors)) {
    if (first.has(sector)) live.set(name, { value, sequence });
    else remnants.push({ name, value, sequence });
  }
  return {
    live,
    remnants: remnants.sort((a, b) => a.sequence - b.sequence),
    unreadable: writtenOver(sectors),
  };
}

function writtenOver(sectors: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < sectors.length; at += SECTOR_OCTETS)
    if (sectors.subarray(at, at + SECTOR_OCTETS).every((octet) => octet === WRITTEN_OVER)) count++;
  return count;
}

function refuse(detail: string, offset: number) {
  return hardwareError('HARDWARE_DISK_IMAGE', detail, { where: { offset } });
}
