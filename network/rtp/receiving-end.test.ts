import test from 'ava';
import { MILLISECOND } from '../../sim/clock.ts';
import { Ear } from './ear.ts';
import { decodeG711, encodeG711 } from './g711.ts';
import { ReceivingEnd } from './receiving-end.ts';
import { serialiseRtp } from './rtp.ts';

const FRAME = 20 * MILLISECOND;
const octets = encodeG711(Int16Array.from({ length: 100 * 160 }, (_, n) => ((n * 37) % 2_000) - 1_000));

function packet(n: number, ssrc = 5): Uint8Array {
  return serialiseRtp({
    marker: false,
    payloadType: 0,
    sequence: (65_500 + n) & 0xffff,
    timestamp: (0xffff_f000 + n * 160) >>> 0,
    ssrc,
    csrcs: [],
    payload: octets.subarray(n * 160, (n + 1) * 160),
    paddingOctets: 0,
  });
}

/** Hands over a packet with octets behind it that are not its own, and writes over all of them afterwards. */
function add(end: ReceivingEnd, octetsOfPacket: Uint8Array, now: number): void {
  const memory = new Uint8Array(400).fill(0xee);
  memory.set(octetsOfPacket);
  end.add(memory, octetsOfPacket.length, now);
  memory.fill(0xdd);
}

test('what arrives is measured, put in order and heard, over every turn of the counters', (t) => {
  const ear = new Ear();
  const end = new ReceivingEnd((frame) => ear.hear(frame));
  t.is(end.ssrc, undefined);
  for (let n = 0; n < 100; n++) {
    if (n === 60) continue;
    // Every eleventh packet is overtaken by the one behind it, so it is number 59 that is lost.
    const other = n % 11 === 4 ? n + 1 : n % 11 === 5 ? n - 1 : n;
    add(end, packet(other), 1_000_000 + n * FRAME);
  }
  const { heard, missing, bursts, discarded } = end.end(1_000_000 + 130 * FRAME);
  t.deepEqual([end.ssrc, end.lastAt], [5, 1_000_000 + 99 * FRAME]);
  t.deepEqual([end.reception.expected, end.reception.lost], [100, 1]);
  t.deepEqual([heard, missing, bursts, discarded], [99, 1, 1, 0]);
  const said = decodeG711(octets);
  t.deepEqual(ear.samples().slice(30, 59 * 160 - 100), said.slice(0, 59 * 160 - 130));
});

test('a stream has one source', (t) => {
  const end = new ReceivingEnd();
  add(end, packet(0), 0);
  t.throws(() => add(end, packet(1, 6), FRAME), { message: /one SSRC/ });
});
