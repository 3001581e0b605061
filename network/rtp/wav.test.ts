import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { toHex } from '../../sim/octets.ts';
import type { RtpCode } from './errors.ts';
import { readWav, writeWav } from './wav.ts';

const valid = writeWav(Int16Array.of(1, -2, 0x7fff));

function changed(at: number, ...values: number[]): Uint8Array {
  const octets = valid.slice();
  octets.set(values, at);
  return octets;
}

function refused(octets: Uint8Array): [string, number | undefined] | undefined {
  try {
    readWav(octets);
    return undefined;
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    return [error.code, error.where.offset];
  }
}

test('a file has the canonical header', (t) => {
  t.is(
    toHex(valid),
    '524946462a000000' + // RIFF, 42
      '57415645666d742010000000' + // WAVE, fmt, 16
      '01000100401f0000803e000002001000' + // PCM, mono, 8000, 16000, 2, 16
      '6461746106000000' + // data, 6
      '0100feffff7f',
  );
});

test('samples survive being written and read', (t) => {
  fc.assert(
    fc.property(fc.int16Array({ maxLength: 500 }), (samples) => {
      t.deepEqual(readWav(writeWav(samples)), samples);
    }),
  );
});

test('a file is read wherever it lies in memory', (t) => {
  const memory = new Uint8Array(valid.length + 1);
  memory.set(valid, 1);
  t.deepEqual(readWav(memory.subarray(1)), Int16Array.of(1, -2, 0x7fff));
});

const refusals: readonly [string, Uint8Array, RtpCode, number][] = [
  ['nothing', new Uint8Array(0), 'WAV_TRUNCATED', 0],
  ['part of the header', valid.subarray(0, 43), 'WAV_TRUNCATED', 43],
  ['part of the samples', valid.subarray(0, 48), 'WAV_TRUNCATED', 48],
  ['octets behind the samples', Uint8Array.of(...valid, 0), 'WAV_LENGTH', 40],
  ['an odd number of octets', Uint8Array.of(...changed(4, 43).with(40, 7), 0), 'WAV_LENGTH', 40],
  ['lengths that disagree', changed(4, 43), 'WAV_LENGTH', 4],
  ['another kind of file', changed(0, 0x58), 'WAV_FORMAT', 0],
  ['mu-law samples', changed(20, 7), 'WAV_FORMAT', 20],
  ['two channels', changed(22, 2), 'WAV_FORMAT', 22],
  ['another rate', changed(24, 0x80), 'WAV_FORMAT', 24],
  ['8 bits', changed(34, 8), 'WAV_FORMAT', 34],
];

for (const [what, octets, code, offset] of refusals) {
  test(`a WAV file is refused with its place: ${what}`, (t) => {
    t.deepEqual(refused(octets), [code, offset]);
  });
}
