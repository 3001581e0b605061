import test from 'ava';
import * as fc from 'fast-check';
import { SeededRandom } from '../../sim/random.ts';
import { decryptCapture, ROLLOVERS_TRIED } from './capture.ts';
import { serialiseRtp } from './rtp.ts';
import type { SrtpMaster } from './session-keys.ts';
import { SrtpSender } from './srtp-sender.ts';

const SSRC = 0xcafebabe;

const master: SrtpMaster = {
  masterKey: new Uint8Array(16).fill(7),
  masterSalt: new Uint8Array(14).fill(8),
  profile: 'AES_CM_128_HMAC_SHA1_80',
};

const payloadOf = (index: number): Uint8Array => Uint8Array.of(index >> 16, index >> 8, index, 0x55);

/** The SRTP packets of these indices (rising). */
function record(indices: readonly number[], options: Partial<SrtpMaster> = {}, ssrc = SSRC): Uint8Array[] {
  const rolloverCounter = Math.floor((indices[0] ?? 0) / 65_536);
  const sender = new SrtpSender({ ...master, ...options, ssrc, rolloverCounter });
  return indices.map((index) =>
    sender.protect(
      serialiseRtp({
        marker: false,
        payloadType: 0,
        sequence: index % 65_536,
        timestamp: index * 160,
        ssrc,
        csrcs: [],
        payload: payloadOf(index),
        paddingOctets: 0,
      }),
    ),
  );
}

const span = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

const clearOf = (indices: readonly number[]) =>
  indices.map((index) => ({ index, timestamp: index * 160, payload: payloadOf(index) }));

test('a recording opens with the master key, and with no other', (t) => {
  const packets = record(span(100, 50));
  t.deepEqual(decryptCapture(packets, master), { opened: clearOf(span(100, 50)), repeated: 0, refused: 0 });
  for (const wrong of [{ masterKey: new Uint8Array(16) }, { masterSalt: new Uint8Array(14) }]) {
    t.deepEqual(decryptCapture(packets, { ...master, ...wrong }), { opened: [], repeated: 0, refused: 50 });
  }
});

test('in whatever order it was recorded, with losses and doubles, through a rollover', (t) => {
  const scene = fc.record({
    from: fc.oneof(fc.integer({ min: 65_400, max: 65_536 }), fc.integer({ min: 0, max: 10 * 65_536 })),
    lost: fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 199 }),
    doubled: fc.array(fc.integer({ min: 0, max: 199 }), { maxLength: 40 }),
    seed: fc.string(),
  });
  fc.assert(
    fc.property(scene, ({ from, lost, doubled, seed }) => {
      const indices = span(from, 200).filter((index) => !lost.includes(index - from));
      const packets = record(indices);
      const again = doubled.flatMap((i) => packets.slice(i, i + 1));
      const random = new SeededRandom(seed).stream('order');
      const shuffled = [...packets, ...again]
        .map((packet) => ({ packet, rank: random.uint32() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ packet }) => packet);
      t.deepEqual(decryptCapture(shuffled, master), {
        opened: clearOf(indices),
        repeated: again.length,
        refused: 0,
      });
    }),
    // Not shrunk: a scene is large, and its seed is enough to see it again.
    { numRuns: 40, endOnFailure: true },
  );
});

test('a tap that was set up hours into a call finds the rollover counter, up to a limit', (t) => {
  const late = span((ROLLOVERS_TRIED - 1) * 65_536 + 500, 5);
  t.deepEqual(decryptCapture(record(late), master).opened, clearOf(late));
  const tooLate = record(span(ROLLOVERS_TRIED * 65_536 + 500, 5));
  t.deepEqual(decryptCapture(tooLate, master), { opened: [], repeated: 0, refused: 5 });
});

test('a long recording is followed past the rollovers that are tried', (t) => {
  const indices = Array.from({ length: 40 }, (_, i) => 100 + i * 32_000);
  t.true((indices.at(-1) ?? 0) > ROLLOVERS_TRIED * 65_536);
  t.deepEqual(decryptCapture(record(indices), master).opened, clearOf(indices));
});

test('what does not belong to the stream is counted, and does not disturb it', (t) => {
  const mine = record(span(10, 4));
  const other = record(span(10, 2), {}, 0x11111111);
  const spoiled = mine.map((packet) => packet.with(14, (packet[14] ?? 0) ^ 1));
  const capture = [
    ...spoiled,
    new Uint8Array(0),
    new Uint8Array(40),
    ...mine.slice(0, 2),
    ...other,
    ...mine.slice(2),
  ];
  t.deepEqual(decryptCapture(capture, master), { opened: clearOf(span(10, 4)), repeated: 0, refused: 8 });
});

test('a packet that opens but is no RTP inside is refused', (t) => {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const padded = Uint8Array.of(0xa0, 0, 0, 1, 0, 0, 0, 0, 0xca, 0xfe, 0xba, 0xbe, 1, 9);
  t.deepEqual(decryptCapture([sender.protect(padded)], master), { opened: [], repeated: 0, refused: 1 });
});

test('the short tag opens too', (t) => {
  const short = { ...master, profile: 'AES_CM_128_HMAC_SHA1_32' } as const;
  t.is(decryptCapture(record(span(0, 10), short), short).opened.length, 10);
});

test('a key that cannot be one is an error, not a failed attempt', (t) => {
  t.throws(() => decryptCapture([], { ...master, masterKey: new Uint8Array(15) }), { code: 'SRTP_KEY' });
});
