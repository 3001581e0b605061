/** The blocks of a capture file, held against the draft's figures and against the reader of the tests. */
import test from 'ava';
import * as fc from 'fast-check';
import { concat, toHex } from '../../sim/octets.ts';
import { hostAddress } from './host-address.ts';
import {
  decryptionSecrets,
  enhancedPacket,
  FLAGS,
  interfaceDescription,
  nameResolution,
  sectionHeader,
} from './pcapng.ts';
import { readPcapng } from './pcapng-reader.fixture.ts';

const packed = (words: string) => words.replaceAll(' ', '');

test('a section header is these octets', (t) => {
  t.is(
    toHex(sectionHeader('tool', 'abc')),
    packed(
      '0a0d0d0a 30000000 4d3c2b1a 01000000 ffffffffffffffff 01000300 61626300 04000400 746f6f6c 00000000 30000000',
    ),
  );
});

test('an interface, a name, secrets and a packet are these octets', (t) => {
  t.is(
    toHex(interfaceDescription('l', 'de')),
    packed(
      '01000000 30000000 0100 0000 00000000 02000100 6c000000 03000200 64650000 09000100 06000000 00000000 30000000',
    ),
  );
  t.is(
    toHex(nameResolution([hostAddress('crs', '10.0.0.1')])),
    packed('04000000 1c000000 0100 0800 0a000001 63727300 00000000 1c000000'),
  );
  t.is(toHex(decryptionSecrets('CR')), packed('0a000000 18000000 4b534c54 02000000 43520000 18000000'));
  const packet = { interface: 2, time: 1_444_809_600_000_001, flags: FLAGS.inbound, comments: ['x'] };
  t.is(
    toHex(enhancedPacket({ ...packet, frame: Uint8Array.of(1, 2, 3, 4, 5) })),
    packed(
      '06000000 3c000000 02000000 0b220500 01e0f9f2 05000000 05000000 0102030405000000 01000100 78000000 02000400 05000000 00000000 3c000000',
    ),
  );
});

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((each) => !each.includes('\0'));
const packet = fc.record({
  time: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  frame: fc.uint8Array({ maxLength: 70 }),
  flags: fc.constantFrom(FLAGS.inbound, FLAGS.outbound),
  comments: fc.array(text, { maxLength: 3 }),
});

test('what is written is read again', (t) => {
  const property = fc.property(
    fc.record({ tool: text, comment: text, link: text, key: text }),
    fc.uniqueArray(text, { maxLength: 5 }),
    fc.array(packet, { maxLength: 5 }),
    ({ tool, comment, link, key }, hosts, packets) => {
      const file = concat(
        sectionHeader(tool, comment),
        nameResolution(hosts.map((host, n) => hostAddress(host, `10.0.0.${n + 1}`))),
        interfaceDescription(link, 'x'),
        decryptionSecrets(key),
        ...packets.map((each) => enhancedPacket({ ...each, interface: 0 })),
      );
      const read = readPcapng(file);
      t.like(read, { application: tool, comments: [comment], keyLog: key });
      t.deepEqual(read.interfaces, [{ name: link, description: 'x' }]);
      t.deepEqual([...read.names.values()], hosts);
      t.deepEqual(
        read.packets.map(({ time, frame, comments, direction }) => ({
          time,
          frame,
          comments,
          flags: FLAGS[direction],
        })),
        packets,
      );
      t.throws(() => readPcapng(file.subarray(0, -1)));
    },
  );
  t.notThrows(() => fc.assert(property, { numRuns: 200 }));
});

test('the reader of the tests refuses what a capture must not be', (t) => {
  const [section, link] = [sectionHeader('t', 'c'), interfaceDescription('l', 'd')];
  const sent = enhancedPacket({
    interface: 0,
    time: 1,
    frame: Uint8Array.of(1),
    flags: FLAGS.inbound,
    comments: [],
  });
  t.is(readPcapng(concat(section, link, sent)).packets.length, 1);
  t.throws(() => readPcapng(concat(section, sent)), { message: /not described/ });
  t.throws(() => readPcapng(concat(link, sent)), { message: /one section/ });
  t.throws(() => readPcapng(concat(section, section)), { message: /one section/ });
  for (let at = 0; at < sent.length; at += 4) {
    const broken = sent.slice();
    // Interface, time and the octet of the frame itself can be anything.
    if ([12, 16, 28].includes(at)) continue;
    broken[at] = (broken[at] ?? 0) ^ 0x41;
    t.throws(() => readPcapng(concat(section, link, broken)), { message: /^octet \d+: / }, `octet ${at}`);
  }
});
