/** Fuzz target of the flash image reader. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { SeededRandom } from '../../sim/random.ts';
import { fromAscii } from '../../sim/octets.ts';
import { readFlashImage } from './flash-image.ts';
import { Flash } from './flash.ts';

function used(): Flash {
  const flash = new Flash(new SeededRandom('flash sample').stream('keys'));
  flash.write('settings', fromAscii('first'));
  flash.write('settings', fromAscii('second'));
  flash.write('old', fromAscii('gone'));
  flash.delete('old');
  flash.write('secret', fromAscii('erased'));
  flash.sanitise('secret');
  return flash;
}

/** The reader of images, from chips that have seen some use. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'flash image',
    samples: [used().image(), new Flash(new SeededRandom('empty').stream('keys')).image()],
    parse: readFlashImage,
  },
];
