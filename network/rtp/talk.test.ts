import { readFileSync } from 'node:fs';
import test from 'ava';
import * as fc from 'fast-check';
import { decodeG711 } from './g711.ts';
import { FRAME_MS, FRAME_OCTETS, silence, speech } from './talk.ts';

const shipped = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../network/rtp/speech/${name}`, import.meta.url)));

test('frames follow each other without a gap, over and over', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 700 }), (octets) => {
      const talk = speech(octets);
      for (let n = 0; n < 12; n++) {
        const frame = talk.frame(n);
        t.is(frame.length, FRAME_OCTETS);
        t.true(frame.every((octet, i) => octet === octets[(n * FRAME_OCTETS + i) % octets.length]));
      }
    }),
  );
});

test('a frame far on in a call is found without the ones before it', (t) => {
  const octets = Uint8Array.from({ length: 1_000 }, (_, i) => i & 0xff);
  t.is(speech(octets).frame(10_000_000)[0], octets[(10_000_000 * FRAME_OCTETS) % 1_000]);
});

test('silence is zero', (t) => {
  t.true(silence.frame(0).every((octet) => octet === 0xff));
  t.is(silence.frame(12_345).length, FRAME_OCTETS);
});

test('an empty speech file is refused', (t) => {
  t.throws(() => speech(new Uint8Array(0)), { code: 'RTP_SPEECH' });
});

test('the shipped speech is about ten seconds each way, audible, and differs', (t) => {
  const caller = shipped('caller.ulaw');
  const callee = shipped('callee.ulaw');
  t.notDeepEqual(caller, callee);
  for (const octets of [caller, callee]) {
    const seconds = (octets.length / FRAME_OCTETS) * (FRAME_MS / 1_000);
    t.true(seconds >= 8 && seconds <= 12, `${seconds} s`);
    const samples = decodeG711(octets);
    const loud = samples.filter((sample) => Math.abs(sample) > 2_000).length / samples.length;
    t.true(loud > 0.1, `${loud} of the samples are loud`);
    t.true(
      samples.every((sample) => Math.abs(sample) < 32_000),
      'nothing is clipped',
    );
  }
});
