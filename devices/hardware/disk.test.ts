import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import { codeOf } from '../testbed.fixture.ts';
import {
  copyFiles,
  DISK_KINDS,
  diskTakenUp,
  newDisk,
  readDiskImage,
  treated,
  type DiskKind,
  type Treatment,
} from './disk.ts';
import { MagneticDisk } from './magnetic-disk.ts';

const random = () => new SeededRandom('disks').stream('keys');
const SECRET = 'a key that opens something';

/** What can still be read of the secret after a treatment: live, remnant, or no more; and how much is left that cannot be read. */
function leftAfter(kind: DiskKind, treatment: Treatment): string {
  const disk = newDisk(kind, random());
  disk.write('other', new Uint8Array(700));
  disk.write('key', fromAscii(SECRET));
  const left = treated(disk, treatment);
  if (left === undefined) return 'nothing';
  const { live, remnants, unreadable } = readDiskImage(left.image());
  if ([...live.values()].some(({ value }) => toAscii(value) === SECRET)) return 'live';
  if (remnants.some(({ value }) => toAscii(value) === SECRET)) return 'remnant';
  return unreadable > 0 ? 'unreadable' : 'no trace';
}

test('what comes of a treatment is up to the medium', (t) => {
  const all = (kind: DiskKind): readonly string[] =>
    (['delete', 'overwrite', 'key-erase', 'degauss', 'destroy'] as const).map((each) =>
      leftAfter(kind, each),
    );
  t.deepEqual(all('ssd'), ['remnant', 'remnant', 'unreadable', 'live', 'nothing']);
  t.deepEqual(all('magnetic'), ['remnant', 'unreadable', 'live', 'nothing', 'nothing']);
});

test('a file that is written anew leaves the old one, and a copy of the disk does not', (t) => {
  for (const kind of DISK_KINDS) {
    const disk = newDisk(kind, random());
    disk.write('key', fromAscii('old'));
    disk.write('key', fromAscii('new'));
    t.deepEqual(disk.read('key'), fromAscii('new'));
    t.is(readDiskImage(disk.image()).remnants.length, 1, kind);
    const copy = newDisk(kind, random());
    copyFiles(disk, copy);
    t.deepEqual([copy.names(), readDiskImage(copy.image()).remnants], [['key'], []], kind);
  }
});

test('a disk is taken up as it was kept, remnants included', (t) => {
  for (const kind of DISK_KINDS) {
    const disk = newDisk(kind, random());
    disk.write('a', fromAscii('1'));
    disk.write('b', fromAscii('2'));
    disk.delete('a');
    t.deepEqual(diskTakenUp(random(), disk.save()).image(), disk.image(), kind);
  }
});

test('sanitising a file of a magnetic disk writes over all that was ever of that name', (t) => {
  const disk = new MagneticDisk();
  disk.write('key', fromAscii('first'));
  disk.write('other', fromAscii('stays'));
  disk.write('key', fromAscii('second'));
  t.is(disk.sanitise('key'), 2);
  const { live, remnants, unreadable } = readDiskImage(disk.image());
  t.deepEqual([[...live.keys()], remnants, unreadable], [['other'], [], 2]);
  t.is(disk.read('key'), undefined);
});

test('a full magnetic disk uses free sectors again, and refuses what does not fit', (t) => {
  const disk = new MagneticDisk(3);
  disk.write('a', fromAscii('1'));
  disk.write('b', fromAscii('2'));
  disk.write('c', fromAscii('3'));
  t.is(
    codeOf(() => disk.write('d', fromAscii('4'))),
    'HARDWARE_DISK_FULL',
  );
  disk.delete('b');
  disk.write('d', fromAscii('4'));
  t.deepEqual([disk.names(), readDiskImage(disk.image()).remnants], [['a', 'c', 'd'], []]);
  t.is(
    codeOf(() => disk.write('', fromAscii('4'))),
    'HARDWARE_DISK_FILE',
  );
});

test('what is no image is refused with its place', (t) => {
  const image = new MagneticDisk().image();
  t.is(
    codeOf(() => readDiskImage(image.subarray(0, 6))),
    'HARDWARE_DISK_IMAGE',
  );
  t.is(
    codeOf(() => readDiskImage(fromAscii('CDMDx'))),
    'HARDWARE_DISK_IMAGE',
  );
  t.is(
    codeOf(() => readDiskImage(new Uint8Array(20))),
    'HARDWARE_FLASH_IMAGE',
  );
});
