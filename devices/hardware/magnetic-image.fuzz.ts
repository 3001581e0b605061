/** Fuzz target of the reader of magnetic disks. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { fromAscii } from '../../sim/octets.ts';
import { MagneticDisk } from './magnetic-disk.ts';
import { readMagneticImage } from './magnetic-image.ts';

function used(): MagneticDisk {
  const disk = new MagneticDisk();
  disk.write('settings', fromAscii('first'));
  disk.write('settings', fromAscii('second'));
  disk.write('old', fromAscii('gone'));
  disk.delete('old');
  disk.write('secret', fromAscii('erased'));
  disk.sanitise('secret');
  return disk;
}

/** The reader of images, from disks that have seen some use. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'magnetic disk image',
    samples: [used().image(), new MagneticDisk().image()],
    parse: readMagneticImage,
  },
];
