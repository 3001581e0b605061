/** Frames and what they are made of: addresses, headers, checksums. */
import test from 'ava';
import * as fc from 'fast-check';
import { fromHex, toHex } from '../../sim/octets.ts';
import { TCP_ACK, TCP_SYN, type Packet } from '../packet.ts';
import { hostAddress } from './host-address.ts';
import { addWords, checksumOf } from './checksum.ts';
import { frameOf } from './frame.ts';

const octetsOf = (hex: string) => fromHex(hex.replaceAll(' ', '')) ?? new Uint8Array(0);
const over = (octets: Uint8Array, sum = 0) => checksumOf(addWords(octets, 0, octets.length, sum));

test('the checksum is that of RFC 1071 section 3', (t) => {
  const words = octetsOf('0001 f203 f4f5 f6f7');
  t.is(addWords(words, 0, 8), 0x2ddf0);
  t.is(over(words), 0x220d);
  t.is(over(octetsOf('0001 f203 f4f5 f6')), checksumOf(0x0001 + 0xf203 + 0xf4f5 + 0xf600));
  t.is(over(words.subarray(4), addWords(words, 0, 4)), 0x220d);
  t.is(over(new Uint8Array(0)), 0xffff);
});

test('a stretch that holds its own checksum sums to zero, and no longer does when a bit flips', (t) => {
  const property = fc.property(
    fc.uint8Array({ minLength: 2, maxLength: 64 }),
    fc.nat(),
    (octets, flipped) => {
      const whole = octets.length % 2 === 0 ? octets : octets.slice(1);
      const sum = over(whole);
      const sealed = Uint8Array.of(...whole, sum >> 8, sum & 0xff);
      t.is(over(sealed), 0);
      const at = flipped % sealed.length;
      sealed[at] = (sealed[at] ?? 0) ^ 0x10;
      t.not(over(sealed), 0);
    },
  );
  t.notThrows(() => fc.assert(property, { numRuns: 300 }));
});

test('a host has an Ethernet address that nobody owns', (t) => {
  const { ipv4, ethernet } = hostAddress('alice-phone', '10.0.1.44');
  t.deepEqual([...ipv4], [10, 0, 1, 44]);
  t.is(toHex(ethernet), '02000a00012c');
  // The second bit of the first octet says locally administered, the first that it is one host's.
  t.is((ethernet[0] ?? 0) & 3, 2);
});

const crs = hostAddress('crs', '10.0.0.1');
const phone = hostAddress('alice-phone', '10.0.0.2');
const router = hostAddress('router', '10.0.0.3');

function frame(packet: Omit<Packet, 'from' | 'to'>, ports: readonly [number, number] = [49_152, 5061]) {
  const [from, to] = [
    { host: 'alice-phone', port: ports[0] },
    { host: 'crs', port: ports[1] },
  ];
  const addresses = { from: phone, to: crs, sender: phone, receiver: router };
  return frameOf({ ...packet, from, to }, addresses);
}

/** The checksum over pseudo header and segment, by a way of its own: zero when the one inside is right. */
function transportRemainder(octets: Uint8Array): number {
  const [addresses, transport] = [octets.slice(26, 34), octets.slice(34)];
  const length = transport.length;
  const pseudo = Uint8Array.of(...addresses, 0, octets[23] ?? 0, length >> 8, length & 0xff);
  const odd = length % 2 === 0 ? [] : [0];
  return over(Uint8Array.of(...pseudo, ...transport, ...odd));
}

test('a SYN is this frame, octet for octet', (t) => {
  const tcp = {
    sequence: 0x01020304,
    acknowledgement: 0,
    flags: TCP_SYN,
    window: 65_535,
    segmentOctetsMax: 1400,
  };
  t.is(
    toHex(frame({ protocol: 'tcp', octets: new Uint8Array(0), tcp })),
    toHex(
      octetsOf(
        '02000a000003 02000a000002 0800' +
          '4500 002c 0000 4000 4006 26ca 0a000002 0a000001' +
          'c000 13c5 01020304 00000000 6002 ffff ac94 0000 0204 0578',
      ),
    ),
  );
});

test('only a SYN announces a segment size, and every segment keeps its fields', (t) => {
  const tcp = { sequence: 0xfffffffe, acknowledgement: 0x8000_0001, flags: TCP_ACK, window: 7 };
  const octets = frame({ protocol: 'tcp', octets: Uint8Array.of(1, 2, 3), tcp });
  t.is(octets.length, 14 + 20 + 20 + 3);
  t.is(toHex(octets.slice(38, 50)), 'fffffffe8000000150100007');
  t.is(transportRemainder(octets), 0);
});

test('the checksums of every frame are right, and wrong when an octet of it is changed', (t) => {
  const property = fc.property(
    fc.uint8Array({ maxLength: 100 }),
    fc.boolean(),
    fc.tuple(fc.integer({ min: 1, max: 0xffff }), fc.integer({ min: 1, max: 0xffff })),
    fc.nat(),
    (octets, isTcp, ports, changed) => {
      const tcp = { sequence: 1, acknowledgement: 2, flags: TCP_SYN | TCP_ACK, window: 3 };
      const made = isTcp
        ? frame({ protocol: 'tcp', octets, tcp }, ports)
        : frame({ protocol: 'udp', octets }, ports);
      t.is(over(made.slice(14, 34)), 0);
      t.is(transportRemainder(made), 0);
      const at = 34 + (changed % (made.length - 34));
      made[at] = (made[at] ?? 0) ^ 0x01;
      t.not(transportRemainder(made), 0);
    },
  );
  t.notThrows(() => fc.assert(property, { numRuns: 300 }));
});

test('a UDP checksum that comes out as zero is sent as all ones', (t) => {
  // What the checksum of an empty payload lacks to zero, put into the payload.
  const empty = frame({ protocol: 'udp', octets: Uint8Array.of(0, 0) });
  const checksum = ((empty[40] ?? 0) << 8) | (empty[41] ?? 0);
  const octets = frame({ protocol: 'udp', octets: Uint8Array.of(checksum >> 8, checksum & 0xff) });
  t.is(toHex(octets.slice(40, 42)), 'ffff');
  t.is(transportRemainder(octets), 0);
});
