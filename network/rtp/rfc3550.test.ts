import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { toHex } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { initialSequence, parseRtp, type RtpPacket, rtpHeaderOctets, serialiseRtp } from './rtp.ts';
import type { RtpCode } from './errors.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const uint32 = fc.integer({ min: 0, max: 0xffffffff });

/** Any packet that RFC 3550 allows. */
const packets: fc.Arbitrary<RtpPacket> = fc
  .record({
    marker: fc.boolean(),
    payloadType: fc.integer({ min: 0, max: 127 }),
    sequence: fc.integer({ min: 0, max: 65_535 }),
    timestamp: uint32,
    ssrc: uint32,
    csrcs: fc.array(uint32, { maxLength: 15 }),
    extension: fc.option(
      fc.record({
        profile: fc.integer({ min: 0, max: 65_535 }),
        data: fc
          .array(uint32, { maxLength: 8 })
          .map((words) => new Uint8Array(Uint32Array.from(words).buffer)),
      }),
      { nil: undefined },
    ),
    payload: fc.uint8Array({ maxLength: 400 }),
    paddingOctets: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ extension, ...packet }) => (extension === undefined ? packet : { ...packet, extension }));

function refused(octets: Uint8Array): { code: string; offset: number | undefined } | undefined {
  try {
    parseRtp(octets);
    return undefined;
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    return { code: error.code, offset: error.where.offset };
  }
}

test('section 5.1: every field is read from its place in the figure', (t) => {
  const packet = parseRtp(
    hex('b2 e1 1234 89abcdef cafebabe 00000001 fffffffe bede 0002 0102030405060708 aabbcc 000003'),
  );
  t.deepEqual(packet, {
    marker: true,
    payloadType: 0x61,
    sequence: 0x1234,
    timestamp: 0x89abcdef,
    ssrc: 0xcafebabe,
    csrcs: [1, 0xfffffffe],
    extension: { profile: 0xbede, data: hex('0102030405060708') },
    payload: hex('aabbcc'),
    paddingOctets: 3,
  });
});

test('section 5.1: a packet of speech has a header of 12 octets', (t) => {
  const octets = hex('8000 0007 000000a0 11223344 ffff');
  const packet = parseRtp(octets);
  t.is(rtpHeaderOctets(octets), 12);
  t.is(toHex(packet.payload), 'ffff');
  t.false('extension' in packet);
  t.is(toHex(serialiseRtp(packet)), toHex(octets));
});

test('what is serialised is parsed back, and the other way round', (t) => {
  fc.assert(
    fc.property(packets, (packet) => {
      const octets = serialiseRtp(packet);
      const parsed = parseRtp(octets);
      t.deepEqual(parsed, packet);
      t.is(toHex(serialiseRtp(parsed)), toHex(octets));
    }),
    { numRuns: 500 },
  );
});

const refusals: readonly [string, string, RtpCode, number][] = [
  ['nothing', '', 'RTP_TRUNCATED', 0],
  ['half a header', '8000 0007 0000', 'RTP_TRUNCATED', 6],
  ['version 0', '0000 0007 000000a0 11223344', 'RTP_VERSION', 0],
  ['version 1', '4000 0007 000000a0 11223344', 'RTP_VERSION', 0],
  ['version 3', 'c000 0007 000000a0 11223344', 'RTP_VERSION', 0],
  ['a CSRC that is missing', '8200 0007 000000a0 11223344 00000001', 'RTP_TRUNCATED', 16],
  ['an extension that is missing', '9000 0007 000000a0 11223344', 'RTP_TRUNCATED', 12],
  ['an extension that is cut off', '9000 0007 000000a0 11223344 bede0002 00000000', 'RTP_TRUNCATED', 20],
  ['padding without an octet', 'a000 0007 000000a0 11223344', 'RTP_PADDING', 11],
  ['padding of 0', 'a000 0007 000000a0 11223344 aa00', 'RTP_PADDING', 13],
  ['padding longer than the payload', 'a000 0007 000000a0 11223344 aa03', 'RTP_PADDING', 13],
];

for (const [what, octets, code, offset] of refusals) {
  test(`refused with its place: ${what}`, (t) => {
    t.deepEqual(refused(hex(octets)), { code, offset });
  });
}

test('refused with its place: more than a datagram', (t) => {
  const octets = new Uint8Array(65_508);
  octets[0] = 0x80;
  t.deepEqual(refused(octets), { code: 'RTP_TOO_LONG', offset: 65_507 });
  t.is(refused(octets.subarray(0, 65_507)), undefined);
});

test('padding may be all there is', (t) => {
  const packet = parseRtp(hex('a000 0007 000000a0 11223344 0002'));
  t.is(packet.payload.length, 0);
  t.is(packet.paddingOctets, 2);
});

test('a packet that the format cannot hold is never made', (t) => {
  const valid = parseRtp(hex('8000 0007 000000a0 11223344'));
  for (const wrong of [
    { payloadType: 128 },
    { sequence: 65_536 },
    { sequence: -1 },
    { timestamp: 0.5 },
    { ssrc: 2 ** 32 },
    { csrcs: Array.from({ length: 16 }, () => 0) },
    { paddingOctets: 256 },
    { extension: { profile: 0, data: new Uint8Array(3) } },
    { extension: { profile: 65_536, data: new Uint8Array(4) } },
    { payload: new Uint8Array(65_496) },
  ]) {
    t.throws(() => serialiseRtp({ ...valid, ...wrong }), { message: /assertion failed/ });
  }
});

test('a stream begins below 2^15, anywhere there', (t) => {
  const random = new SeededRandom('rtp').stream('sequence');
  const drawn = Array.from({ length: 1_000 }, () => initialSequence(random));
  t.true(drawn.every((sequence) => sequence >= 0 && sequence < 0x8000));
  t.true(new Set(drawn).size > 900);
  t.true(Math.max(...drawn) > 0x7000);
});
