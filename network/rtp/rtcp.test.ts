import test from 'ava';
import * as fc from 'fast-check';
import { toHex } from '../../sim/octets.ts';
import { parseRtcp } from './rtcp-read.ts';
import { isRtcp, RTCP_OCTETS_MAX, type RtcpPacket } from './rtcp.ts';
import { serialiseRtcp } from './rtcp-write.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const block = fc.record({
  ssrc: uint32,
  fractionLost: fc.integer({ min: 0, max: 255 }),
  cumulativeLost: fc.integer({ min: -0x800000, max: 0x7fffff }),
  highestSequence: uint32,
  jitter: uint32,
  lastReport: uint32,
  delaySinceLastReport: uint32,
});
const words = fc
  .integer({ min: 0, max: 3 })
  .chain((n) => fc.uint8Array({ minLength: 4 * n, maxLength: 4 * n }));
const blocks = fc.array(block, { maxLength: 4 });
const sender = fc.record({
  ntpSeconds: uint32,
  ntpFraction: uint32,
  rtpTimestamp: uint32,
  packets: uint32,
  octets: uint32,
});
const item = fc.record({
  type: fc.integer({ min: 1, max: 8 }),
  text: fc.uint8Array({ maxLength: 30 }),
});
const report: fc.Arbitrary<RtcpPacket> = fc.oneof(
  fc.record({ kind: fc.constant('SR' as const), ssrc: uint32, sender, blocks, extension: words }),
  fc.record({ kind: fc.constant('RR' as const), ssrc: uint32, blocks, extension: words }),
);
const any: fc.Arbitrary<RtcpPacket> = fc.oneof(
  report,
  fc.record({
    kind: fc.constant('SDES' as const),
    sources: fc.array(fc.record({ ssrc: uint32, items: fc.array(item, { maxLength: 3 }) }), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('BYE' as const),
    ssrcs: fc.array(uint32, { maxLength: 3 }),
    reason: fc.option(fc.uint8Array({ maxLength: 20 }), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('other' as const),
    type: fc.constantFrom(192, 204, 205, 206, 207, 223),
    count: fc.integer({ min: 0, max: 31 }),
    body: words,
  }),
);
const named: RtcpPacket = { kind: 'SDES', sources: [{ ssrc: 7, items: [{ type: 1, text: hex('6162') }] }] };

test('property: a compound reads back as it was', (t) => {
  fc.assert(
    fc.property(report, fc.array(any, { maxLength: 4 }), (first, rest) => {
      const octets = serialiseRtcp([first, named, ...rest]);
      t.true(isRtcp(octets));
      t.deepEqual(parseRtcp(octets), [first, named, ...rest]);
    }),
    { numRuns: 300 },
  );
});

test('the layout is the one of RFC 3550 section 6.4', (t) => {
  const octets = hex(`
    81c8000c 00000001  e8000001 80000000 000000a0 00000002 00000140
             cafebabe  40fffffe 00010005 00000009 00018000 00008000
    81ca0002 00000001  01026162
    81cb0002 00000001  03627965`);
  // The name ends with its word, so four octets of zero must follow; without them it is cut off.
  t.throws(() => parseRtcp(octets), { code: 'RTCP_TRUNCATED' });
  const whole = hex(toHex(octets).replace('81ca00020000000101026162', '81ca0003000000010102616200000000'));
  t.deepEqual(parseRtcp(whole).slice(0, 3), [
    {
      kind: 'SR',
      ssrc: 1,
      sender: { ntpSeconds: 0xe8000001, ntpFraction: 0x80000000, rtpTimestamp: 160, packets: 2, octets: 320 },
      blocks: [
        {
          ssrc: 0xcafebabe,
          fractionLost: 64,
          cumulativeLost: -2,
          highestSequence: 65_541,
          jitter: 9,
          lastReport: 0x18000,
          delaySinceLastReport: 0x8000,
        },
      ],
      extension: new Uint8Array(0),
    },
    { kind: 'SDES', sources: [{ ssrc: 1, items: [{ type: 1, text: hex('6162') }] }] },
    { kind: 'BYE', ssrcs: [1], reason: hex('627965') },
  ]);
  t.is(toHex(serialiseRtcp(parseRtcp(whole))), toHex(whole));
});

const RR = '80c90001 00000001';
const NAME = '81ca0003 00000001 01026162 00000000';

const BAD: readonly (readonly [why: string, octets: string, code: string, offset: number])[] = [
  ['nothing at all', '', 'RTCP_TRUNCATED', 0],
  ['half a header', '80c9', 'RTCP_TRUNCATED', 2],
  ['version 1', `40c90001 00000001 ${NAME}`, 'RTCP_VERSION', 0],
  ['longer than the datagram', '80c90002 00000001', 'RTCP_TRUNCATED', 8],
  ['no SSRC', `80c90000 ${NAME}`, 'RTCP_TRUNCATED', 4],
  ['no sender info', `80c80001 00000001 ${NAME}`, 'RTCP_TRUNCATED', 8],
  ['a block that is not there', `81c90001 00000001 ${NAME}`, 'RTCP_TRUNCATED', 8],
  ['padding before the last packet', `a0c90002 00000001 00000004 ${NAME}`, 'RTCP_PADDING', 11],
  ['no padding where it is announced', `${RR} a1ca0003 00000001 01026162 00000000`, 'RTCP_PADDING', 23],
  ['padding of half a word', `${RR} a1ca0003 00000001 01026162 00000002`, 'RTCP_PADDING', 23],
  ['padding longer than the packet', `${RR} a1ca0003 00000001 01026162 000000fc`, 'RTCP_PADDING', 23],
  ['a description first', NAME, 'RTCP_COMPOUND', 0],
  ['a report alone', RR, 'RTCP_COMPOUND', 0],
  ['a name of another type', `${RR} 81ca0003 00000001 02026162 00000000`, 'RTCP_COMPOUND', 0],
  ['a list without an end', `${RR} 81ca0002 00000001 01026162`, 'RTCP_TRUNCATED', 20],
  ['a text beyond the end', `${RR} 81ca0002 00000001 01096162`, 'RTCP_TRUNCATED', 20],
  ['a list that ends in rubbish', `${RR} 81ca0003 00000001 01026162 00000100`, 'RTCP_SDES', 22],
  ['octets after the last source', `${RR} 81ca0004 00000001 01026162 00000000 00000000`, 'RTCP_SDES', 24],
  ['a goodbye of nobody there', `${RR} ${NAME} 82cb0001 00000001`, 'RTCP_TRUNCATED', 32],
  ['a reason beyond the end', `${RR} ${NAME} 81cb0002 00000001 05626565`, 'RTCP_TRUNCATED', 36],
];

test('bad compounds are refused with the octet', (t) => {
  for (const [why, octets, code, offset] of BAD) {
    const error = t.throws(() => parseRtcp(hex(octets)), { code }, why);
    t.like(error, { where: { offset } }, why);
  }
  t.notThrows(() => parseRtcp(hex(RR + NAME)));
  t.throws(() => parseRtcp(new Uint8Array(RTCP_OCTETS_MAX + 4)), { code: 'RTCP_TOO_LONG' });
});

test('a padded last packet is read without its padding', (t) => {
  const octets = hex(`${RR} a1ca0004 00000001 01026162 00000000 00000004`);
  t.deepEqual(parseRtcp(octets), parseRtcp(hex(RR + NAME)));
});

test('RTP and RTCP are told apart by the second octet (RFC 5761)', (t) => {
  const rtcp = Array.from({ length: 256 }, (_, second) => second).filter((second) =>
    isRtcp(Uint8Array.of(0x80, second)),
  );
  t.deepEqual([rtcp.at(0), rtcp.at(-1), rtcp.length], [192, 223, 32]);
  t.false(isRtcp(Uint8Array.of(0x80)));
});

test('what cannot be written is refused by the writer', (t) => {
  const body = new Uint8Array(3);
  t.throws(() => serialiseRtcp([{ kind: 'other', type: 204, count: 0, body }]), { message: /whole words/ });
  t.throws(() => serialiseRtcp([{ kind: 'other', type: 204, count: 32, body }]), { message: /31/ });
  t.throws(() => serialiseRtcp([{ kind: 'BYE', ssrcs: [-1], reason: undefined }]), { message: /32 bits/ });
  t.throws(() => serialiseRtcp([{ kind: 'other', type: 204, count: 0, body: new Uint8Array(2_000) }]), {
    message: /datagram/,
  });
});
