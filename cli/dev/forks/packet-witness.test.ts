import test from 'ava';
import { TCP_ACK, TCP_RST, type CapturedPacket } from '../../../network/packet.ts';
import type { TapListener } from '../../../network/tap.ts';
import { Handshakes, PacketDigest } from './packet-witness.ts';

/** A link on which a test says what passes. */
class Wire {
  readonly name = 'alice-crs';
  readonly ends = ['alice-phone', 'crs'] as const;
  readonly #taps: TapListener[] = [];

  tap(listener: TapListener): () => void {
    this.#taps.push(listener);
    return () => undefined;
  }

  pass(time: number, octets: readonly number[], flags = TCP_ACK, back = false): void {
    const [phone, crs] = [
      { host: 'alice-phone', port: 49_152 },
      { host: 'crs', port: 5061 },
    ];
    const tcp = { sequence: 1, acknowledgement: 1, flags, window: 65_535 };
    const [from, to] = back ? [crs, phone] : [phone, crs];
    const packet = { protocol: 'tcp' as const, from, to, octets: Uint8Array.from(octets), tcp };
    const captured: CapturedPacket = { time, link: this.name, toward: to.host, lost: false, packet };
    for (const tap of this.#taps) tap(captured);
  }
}

const CLIENT_HELLO = [22, 3, 3, 0, 1, 1];
const APPLICATION_DATA = [23, 3, 3, 0, 1, 0];

test('one octet, one microsecond or one flag makes another digest', (t) => {
  const digestOf = (pass: (wire: Wire) => void): string => {
    const wire = new Wire();
    const digest = new PacketDigest([wire]);
    pass(wire);
    return digest.hex;
  };
  const digests = [
    digestOf(() => undefined),
    digestOf((wire) => wire.pass(5, [1, 2, 3])),
    digestOf((wire) => wire.pass(5, [1, 2, 4])),
    digestOf((wire) => wire.pass(6, [1, 2, 3])),
    digestOf((wire) => wire.pass(5, [1, 2, 3], TCP_RST)),
    digestOf((wire) => wire.pass(5, [1, 2, 3], TCP_ACK, true)),
  ];
  t.is(new Set(digests).size, digests.length);
  t.is(
    digestOf((wire) => wire.pass(5, [1, 2, 3])),
    digests[1] ?? '',
  );
});

test('a handshake is under way from its ClientHello to the first data, or to a reset', (t) => {
  const wire = new Wire();
  const handshakes = new Handshakes([wire]);
  wire.pass(1, APPLICATION_DATA);
  t.is(handshakes.open, 0);
  wire.pass(2, CLIENT_HELLO);
  wire.pass(3, [22, 3, 3, 0, 1, 2], TCP_ACK, true);
  t.is(handshakes.open, 1);
  wire.pass(4, APPLICATION_DATA, TCP_ACK, true);
  t.is(handshakes.open, 0);
  wire.pass(5, CLIENT_HELLO);
  wire.pass(6, [], TCP_RST, true);
  t.deepEqual(handshakes.past, [
    { begins: 2, ends: 4 },
    { begins: 5, ends: 6 },
  ]);
});
