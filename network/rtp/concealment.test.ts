import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { Concealer, CONCEALMENT_DELAY } from './concealment.ts';
import { Ear } from './ear.ts';
import { decodeG711, encodeG711 } from './g711.ts';
import { pitchOf } from './pitch.ts';

const FRAME = 160;

/** A voice: pulses every `period` samples, each ringing out in the same whole numbers. */
function voice(samples: number, period: number): Int16Array {
  const shape = [9_000, -7_000, 6_000, -4_000, 3_000, -2_200, 1_500, -1_000, 700, -500, 300, -200];
  return Int16Array.from({ length: samples }, (_, n) => {
    const at = n % period;
    const from = shape[Math.floor(at / 3)] ?? 0;
    const to = shape[Math.floor(at / 3) + 1] ?? 0;
    return Math.trunc((from * (3 - (at % 3)) + to * (at % 3)) / 3);
  });
}

/** What is heard of a voice of which the frames `lost` are missing, as it was without the delay. */
function heardOf(said: Int16Array, lost: readonly number[], conceal = new Concealer()): Int16Array {
  const heard = new Int16Array(said.length);
  for (let n = 0; n * FRAME < said.length; n++) {
    const frame = said.slice(n * FRAME, (n + 1) * FRAME);
    heard.set(lost.includes(n) ? conceal.missing(FRAME) : conceal.heard(frame), n * FRAME);
  }
  return heard.slice(CONCEALMENT_DELAY);
}

const energy = (samples: Int16Array): number => samples.reduce((sum, sample) => sum + sample * sample, 0);
const difference = (a: Int16Array, b: Int16Array): Int16Array =>
  a.map((sample, n) => Math.max(-32_768, Math.min(32_767, sample - (b[n] ?? 0))));
const frame = (samples: Int16Array, n: number): Int16Array => samples.slice(n * FRAME, (n + 1) * FRAME);

test('without loss a voice is heard as it is, 30 samples late', (t) => {
  const said = voice(10 * FRAME, 73);
  t.is(CONCEALMENT_DELAY, 30);
  t.deepEqual(heardOf(said, []), said.slice(0, -CONCEALMENT_DELAY));
});

test('the pitch of a voice is found, through noise too', (t) => {
  const random = new SeededRandom('pitch').stream('noise');
  for (const period of [40, 41, 57, 73, 98, 119, 120]) {
    const said = voice(390, period).map((sample) => sample + random.below(401) - 200);
    // A multiple that fits resembles just as well: it is the same voice.
    t.is(pitchOf(said) % period, 0, `${period}: ${pitchOf(said)}`);
  }
  t.true([40, 120].includes(pitchOf(new Int16Array(390))), 'silence has any');
});

test('a lost frame of an even voice is nearly what was said; silence in its place is not', (t) => {
  for (const period of [45, 64, 80, 107]) {
    const said = voice(20 * FRAME, period);
    const heard = heardOf(said, [10]);
    const lost = frame(said, 10);
    const error = energy(difference(frame(heard, 10), lost));
    t.true(error < energy(lost) / 5, `${period}: ${error / energy(lost)}`);
    // Planted: a phone that plays silence for what is lost.
    t.true(energy(difference(new Int16Array(FRAME), lost)) > 4 * error);
  }
});

test('a long gap fades to silence in 60 ms, and speech is back in full after it', (t) => {
  const said = voice(30 * FRAME, 64);
  const heard = heardOf(said, [10, 11, 12, 13, 14]);
  const loudness = [9, 10, 11, 12, 13, 14].map((n) => energy(frame(heard, n)) / energy(frame(said, n)));
  t.true(
    loudness.every((now, n) => n === 0 || now <= (loudness[n - 1] ?? 0) + 0.02),
    loudness.join(' '),
  );
  const silentFrom = 10 * FRAME + 480;
  t.true(heard.slice(silentFrom, 15 * FRAME).every((sample) => sample === 0));
  t.true((loudness[1] ?? 0) > 0.7 && (loudness[2] ?? 0) < 0.7 && (loudness[3] ?? 0) < 0.15);
  t.deepEqual(heard.slice(16 * FRAME), said.slice(16 * FRAME, -CONCEALMENT_DELAY));
});

test('joins do not click: no step is larger than those of the voice itself', (t) => {
  const said = voice(40 * FRAME, 91);
  const heard = heardOf(said, [10, 20, 21, 30, 31, 32]);
  const step = (samples: Int16Array): number =>
    samples.reduce((most, sample, n) => Math.max(most, Math.abs(sample - (samples[n - 1] ?? sample))), 0);
  t.true(step(heard) <= 1.5 * step(said), `${step(heard)} and ${step(said)}`);
});

test('a gap before anything was heard is silence', (t) => {
  t.true(new Concealer().missing(FRAME).every((sample) => sample === 0));
});

test('concealment is the same today as it was: seed 1 never changes', (t) => {
  const random = new SeededRandom('1').stream('concealment');
  const said = voice(20 * FRAME, 83).map((sample) => sample + random.below(2_001) - 1_000);
  const heard = heardOf(said, [5, 9, 10, 15, 16, 17, 18]);
  let sum = 0;
  for (const sample of heard) sum = (Math.imul(sum, 31) + sample) | 0;
  t.is(sum, 833_602_647);
});

test('an ear decodes, conceals and remembers', (t) => {
  const said = voice(20 * FRAME, 64);
  const octets = encodeG711(said);
  const ear = new Ear();
  for (let n = 0; n < 20; n++) ear.hear(n === 10 ? undefined : octets.subarray(n * FRAME, (n + 1) * FRAME));
  t.deepEqual(ear.samples().slice(CONCEALMENT_DELAY), heardOf(decodeG711(octets), [10]));
  ear.hear(new Uint8Array(3));
  t.is(ear.samples().length, 21 * FRAME, 'a frame of another length counts as missing');
});
