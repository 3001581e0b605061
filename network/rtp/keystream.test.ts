import test from 'ava';
import * as fc from 'fast-check';
import { toHex } from '../../sim/octets.ts';
import { PacketKeystream } from './keystream.ts';
import { INDEX_LIMIT } from './packet-index.ts';
import { referenceKeystream } from './srtp-reference.fixture.ts';

const key = Uint8Array.from({ length: 16 }, (_, i) => 3 * i);
const salt = Uint8Array.from({ length: 14 }, (_, i) => 0xff - 5 * i);
const SSRC = 0x89abcdef;

/** The keystream of one packet, taken from the middle of some zeros; what lies around must stay zero. */
function made(
  keystream: PacketKeystream,
  index: number,
  octets: number,
): { stream: string; around: boolean } {
  const words = new Int32Array((octets >> 2) + 5);
  keystream.xor(index, words, 2, octets);
  const all = new Uint8Array(words.buffer);
  return {
    stream: toHex(all.subarray(8, 8 + octets)),
    around: [...all.subarray(0, 8), ...all.subarray(8 + octets + 3)].every((octet) => octet === 0),
  };
}

const expected = (index: number, octets: number): string =>
  toHex(referenceKeystream({ encryption: key, salt }, BigInt(SSRC), BigInt(index), octets));

test('in whatever order and of whatever length, each packet gets its own keystream', (t) => {
  const packet = fc.record({
    step: fc.oneof(fc.constant(1), fc.integer({ min: -150, max: 150 })),
    octets: fc.oneof(fc.constant(160), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 3_000 })),
  });
  const start = fc.oneof(
    fc.integer({ min: 65_400, max: 65_600 }),
    fc.integer({ min: 2 ** 47, max: 2 ** 47 + 70_000 }),
    fc.constant(0),
  );
  fc.assert(
    fc.property(start, fc.array(packet, { minLength: 1, maxLength: 60, size: 'max' }), (start, packets) => {
      const keystream = new PacketKeystream(key, salt, SSRC);
      let index = start;
      for (const { step, octets } of packets) {
        index = Math.max(0, index + step);
        const { stream, around } = made(keystream, index, octets);
        t.is(stream, expected(index, octets), `index ${index}, ${octets} octets`);
        t.true(around);
      }
    }),
    // Not shrunk: a run is large, and its seed is enough to see it again.
    { numRuns: 60, endOnFailure: true },
  );
});

test('the last packet a key may serve gets its own keystream too', (t) => {
  const keystream = new PacketKeystream(key, salt, SSRC);
  for (let index = INDEX_LIMIT - 70; index < INDEX_LIMIT; index++) {
    t.is(made(keystream, index, 20).stream, expected(index, 20));
  }
});

test('the longest packet is served, and short ones after it', (t) => {
  const keystream = new PacketKeystream(key, salt, SSRC);
  for (const [index, octets] of [
    [10, 160],
    [11, 65_495],
    [12, 160],
    [13, 65_495],
    [9, 65_495],
  ] as const) {
    t.is(made(keystream, index, octets).stream, expected(index, octets), `${index}`);
  }
});

test('more than a datagram cannot happen', (t) => {
  const keystream = new PacketKeystream(key, salt, SSRC);
  t.throws(() => keystream.xor(0, new Int32Array(20_000), 0, 65_537), { message: /fits into a datagram/ });
});
