import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { fuzz } from '../../sim/fuzz.ts';
import { fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { lockedImage, readFlashImage } from './flash-image.ts';
import { FLASH_LOG_OCTETS_MAX, sealRecord } from './flash-record.ts';
import { fuzzTargets } from './flash.fuzz.ts';
import { Flash } from './flash.ts';

const KEYS = 9;
const LOG = KEYS + 2 * 16;

function image(): Uint8Array {
  const flash = new Flash(new SeededRandom('image').stream('keys'));
  flash.write('a', fromAscii('one'));
  flash.write('b', fromAscii('two'));
  return flash.image();
}

function refusal(octets: Uint8Array): { code: string; offset: number | undefined } | undefined {
  try {
    readFlashImage(octets);
    return undefined;
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    return { code: error.code, offset: error.where.offset };
  }
}

function changed(offset: number, ...octets: number[]): Uint8Array {
  const copy = image();
  copy.set(octets, offset);
  return copy;
}

test('the layout is the one that the figure shows', (t) => {
  const octets = image();
  t.deepEqual(octets.subarray(0, KEYS), Uint8Array.of(0x43, 0x44, 0x46, 0x4c, 1, 0, 0, 0, 2));
  t.deepEqual(octets.subarray(LOG, LOG + 10), Uint8Array.of(0x52, 1, 0, 0, 0, 1, 0, 0, 0, 21));
  t.is((octets.length - LOG) % 4096, 0);
  t.is(octets.at(-1), 0xff);
});

test('every bad image is refused with the offset of what is wrong', (t) => {
  const second = LOG + 31;
  const cases: [string, Uint8Array, number][] = [
    ['empty', new Uint8Array(0), 0],
    ['magic', changed(0, 0x58), 0],
    ['version', changed(4, 3), 4],
    ['key area cut off', changed(5, 0x7f), LOG + 4096],
    ['no record', changed(LOG, 0x53), LOG],
    ['kind', changed(LOG + 1, 3), LOG],
    ['sequence', changed(LOG + 5, 9), LOG + 2],
    ['length too short', changed(LOG + 6, 0, 0, 0, 17), LOG],
    ['length too long', changed(LOG + 6, 0, 1), LOG + 4096],
    ['sealed octet', changed(second + 12, 0), second],
    ['key', changed(KEYS, 1, 2, 3), LOG],
    ['free space', changed(LOG + 4000, 0), LOG + 4000],
    ['cut off in a record', image().subarray(0, second + 12), second + 12],
    ['cut off in a header', image().subarray(0, second + 3), second + 3],
    ['half a page', image().subarray(0, 2000), 2000],
  ];
  for (const [what, octets, offset] of cases) {
    t.deepEqual(refusal(octets), { code: 'HARDWARE_FLASH_IMAGE', offset }, what);
  }
});

test('an image of a locked device is read as one whose keys are gone, and one that only says so is read', (t) => {
  const locked = lockedImage(image(), new Uint8Array(16).fill(9));
  t.deepEqual([readFlashImage(locked).live.size, readFlashImage(locked).unreadable], [0, 2]);
  t.is(locked.length, image().length);
  t.true(readFlashImage(changed(4, 2)).live.size > 0, 'its slots open as they are');
});

test('a wrong number of records is refused', (t) => {
  // One too many: a key slot is taken from the log. One too few: the log begins in the key area.
  t.is(refusal(changed(8, 3))?.code, 'HARDWARE_FLASH_IMAGE');
  t.is(refusal(changed(8, 1))?.code, 'HARDWARE_FLASH_IMAGE');
});

test('a sealed record without a name is refused', (t) => {
  for (const name of ['', 'x']) {
    const key = new Uint8Array(16).fill(7);
    const sealed = sealRecord({ kind: 'value', sequence: 1, name, value: fromAscii('v') }, key);
    const octets = new Uint8Array(9 + 16 + 4096).fill(0xff);
    octets.set([0x43, 0x44, 0x46, 0x4c, 1, 0, 0, 0, 1]);
    octets.set(key, 9);
    octets.set(sealed, 25);
    t.is(refusal(octets)?.offset, name === '' ? 25 : undefined);
  }
});

test('an image larger than any storage is refused', (t) => {
  const octets = new Uint8Array(9 + FLASH_LOG_OCTETS_MAX + 1);
  octets.set([0x43, 0x44, 0x46, 0x4c, 1, 0, 0, 0, 0]);
  t.is(refusal(octets)?.code, 'HARDWARE_FLASH_IMAGE');
});

test('fuzz: mutated images are read or refused', (t) => {
  for (const target of fuzzTargets) {
    const outcome = fuzz(target, 3000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 1000 && outcome.read > 0, `${outcome.read} read, ${outcome.refused} refused`);
  }
});
