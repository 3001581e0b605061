/** What a fabric shows, as a capture file: which packet becomes what, when, and with which remarks. */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import type { LinkParameters } from '../simulated/index.ts';
import { End, TestNetwork } from '../simulated/test-network.fixture.ts';
import { LinkCapture } from './link-capture.ts';
import { readPcapng, type ReadCapture } from './pcapng-reader.fixture.ts';

const BEGINS_MS = Date.UTC(2015, 9, 14, 8);

/** A phone, the server and the link between them, captured. */
class Captured extends TestNetwork {
  readonly phone = this.fabric.attach('alice-phone');
  readonly crs = this.fabric.attach('crs');
  readonly link;
  readonly chunks: Uint8Array[] = [];
  readonly capture: LinkCapture;

  constructor(parameters: LinkParameters = {}, { secrets = false, routers = [] as readonly string[] } = {}) {
    super('test', { routers });
    this.link = this.fabric.link('alice-crs', 'alice-phone', 'crs', parameters);
    this.capture = new LinkCapture(this.fabric, {
      tool: 'tool',
      title: 'a title',
      beginsMs: BEGINS_MS,
      clock: this.clock,
      secrets,
      onOctets: (octets) => this.chunks.push(octets),
    });
    this.fabric.show(this.capture);
  }

  /** Says words from the phone to the server, at the times given. */
  say(...words: readonly (readonly [at: number, word: string])[]): void {
    const socket = this.phone.openDatagram(0, () => {});
    for (const [at, word] of words)
      this.clock.schedule(at, () => socket.send({ host: 'crs', port: 5004 }, fromAscii(word)));
  }

  /** Runs to the end and reads the file. */
  read(): ReadCapture {
    this.drain();
    this.capture.finish();
    return readPcapng(concat(...this.chunks));
  }
}

const spoken = ({ packets }: ReadCapture) =>
  packets.map(({ frame, comments }) => [toAscii(frame.slice(42)), ...comments].join(' | '));

test('a packet is there with its time, its link, its direction and its names', (t) => {
  const network = new Captured({ delayMs: 10 });
  network.crs.openDatagram(5004, () => {});
  network.say([SECOND, 'hello']);
  const back = network.crs.openDatagram(5005, () => {});
  network.clock.schedule(2 * SECOND, () => back.send({ host: 'alice-phone', port: 9 }, fromAscii('you')));
  const read = network.read();
  t.like(read, { application: 'tool', comments: ['a title'], keyLog: '' });
  t.deepEqual(read.interfaces, [
    {
      name: 'alice-crs',
      description: 'between alice-phone and crs; outbound is from alice-phone to crs',
    },
  ]);
  t.deepEqual(
    [...read.names],
    [
      ['10.0.0.1', 'alice-phone'],
      ['10.0.0.2', 'crs'],
    ],
  );
  t.deepEqual(
    read.packets.map(({ time, direction, frame }) => [time, direction, toAscii(frame.slice(42))]),
    [
      [BEGINS_MS * 1000 + SECOND, 'outbound', 'hello'],
      [BEGINS_MS * 1000 + 2 * SECOND, 'inbound', 'you'],
    ],
  );
});

test('a packet names the event that it was sent in', (t) => {
  const network = new Captured();
  network.crs.openDatagram(5004, () => {});
  const socket = network.phone.openDatagram(0, () => {});
  const to = { host: 'crs', port: 5004 };
  const event = network.trace.append('network.healed', 'alice-crs', { toward: 'both' });
  network.trace.because(event, () => socket.send(to, fromAscii('a')));
  socket.send(to, fromAscii('b'));
  t.deepEqual(spoken(network.read()), [`a | trace #${event}`, 'b']);
});

test('what the link loses says so, whether it was dropped, kept off, or found the far end cut off', (t) => {
  const network = new Captured({ delayMs: 500 });
  network.crs.openDatagram(5004, () => {});
  const { clock, link } = network;
  network.say([0, 'arrives'], [SECOND, 'under way'], [2 * SECOND, 'kept off'], [4 * SECOND, 'dropped']);
  clock.schedule(1.2 * SECOND, () => link.partition(true));
  clock.schedule(3 * SECOND, () => link.partition(false));
  clock.schedule(3 * SECOND, () => link.setParameters({ lossRandom: 1 }));
  t.deepEqual(spoken(network.read()), [
    'arrives',
    'under way | lost on the link',
    'kept off | lost on the link',
    'dropped | lost on the link',
  ]);
});

test('a packet that is under way for longer than packets wait is not marked any more', (t) => {
  const network = new Captured({ delayMs: 5000 });
  network.say([0, 'late'], [3 * SECOND, 'next']);
  network.clock.schedule(4 * SECOND, () => network.link.partition(true));
  t.deepEqual(spoken(network.read()), ['late', 'next | lost on the link']);
});

test('packets that wait are bounded in octets, and the file is handed on while it is made', (t) => {
  const network = new Captured({ delayMs: 1000 });
  const socket = network.phone.openDatagram(0, () => {});
  const large = new Uint8Array(60_000);
  for (let i = 0; i < 200; i++) socket.send({ host: 'crs', port: 5004 }, large);
  const handedOn = network.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  t.true(handedOn > 200 * 60_000 - 9 * 1024 * 1024);
  t.true(handedOn < 200 * 60_000 - 7 * 1024 * 1024);
  t.true(network.chunks.every(({ length }) => length < 200_000));
  network.link.partition(true);
  const { packets } = network.read();
  t.is(packets.length, 200);
  const lost = packets.map(({ comments }) => comments.length);
  // The oldest had been written when the link was cut.
  t.is(lost[0], 0);
  t.is(lost[199], 1);
  t.deepEqual(
    lost,
    [...lost].sort((a, b) => a - b),
  );
});

test('a packet that a router passes on is there once on each link, and lost on the one that lost it', (t) => {
  const network = new Captured({}, { routers: ['crs'] });
  const { fabric } = network;
  fabric.attach('bob-phone').openDatagram(5004, () => {});
  fabric.link('bob-crs', 'bob-phone', 'crs', { lossRandom: 1 });
  network.clock.schedule(MILLISECOND, () => {
    network.phone.openDatagram(0, () => {}).send({ host: 'bob-phone', port: 5004 }, fromAscii('on'));
  });
  const read = network.read();
  t.deepEqual(spoken(read), ['on', 'on | lost on the link']);
  t.deepEqual(
    read.packets.map((packet) => [read.interfaces[packet.interface]?.name, packet.direction]),
    [
      ['alice-crs', 'outbound'],
      ['bob-crs', 'inbound'],
    ],
  );
  const [first, second] = read.packets.map(({ frame }) => [...frame]);
  // From the phone to the router, then from the router to the other phone; the addresses above stay.
  t.deepEqual([first?.[5], first?.[11]], [2, 1]);
  t.deepEqual([second?.[5], second?.[11]], [3, 2]);
  t.deepEqual(first?.slice(14), second?.slice(14));
});

test('links and hosts that come later are described before their first packet', (t) => {
  const network = new Captured();
  network.say([0, 'first']);
  network.clock.schedule(SECOND, () => {
    const late = network.fabric.attach('thief');
    network.fabric.link('thief-crs', 'thief', 'crs');
    late.openDatagram(0, () => {}).send({ host: 'crs', port: 5004 }, fromAscii('late'));
  });
  const read = network.read();
  t.deepEqual(spoken(read), ['first', 'late']);
  t.is(read.interfaces[1]?.name, 'thief-crs');
  t.is(read.names.get('10.0.0.3'), 'thief');
});

test('a SYN announces what its end takes: the MTU of the interface less the headers', (t) => {
  const network = new Captured({ mtuOctets: 1280 });
  network.link.setParameters({}, 'alice-phone');
  network.crs.listen(5061, () => new End());
  network.phone.connect({ host: 'crs', port: 5061 }, new End()).close();
  const options = network.read().packets.flatMap(({ frame }) => {
    const isSyn = ((frame[47] ?? 0) & 0x02) !== 0;
    return isSyn ? [Buffer.from(frame.slice(54)).toString('hex')] : [];
  });
  // Kind 2, 4 octets: 1,460 toward the phone's end, 1,240 toward the server's.
  t.deepEqual(options, ['020405b4', '020404d8']);
});

const PSK = { identity: 'alice', psk: new Uint8Array(32).fill(7) };
const MODERN = { encryptThenMac: true, extendedMasterSecret: true };

function talk(secrets: boolean): Captured {
  const network = new Captured({ delayMs: 20 }, { secrets });
  network.crs.listenSecure(
    5061,
    { ...MODERN, unknownIdentity: 'alert', psk: () => PSK.psk },
    () => new End(),
  );
  const stream = network.phone.connectSecure({ host: 'crs', port: 5061 }, { ...MODERN, ...PSK }, new End());
  stream.write(fromAscii('REGISTER'));
  stream.close();
  return network;
}

test('the keys of a session are in the file only when they are asked for', (t) => {
  const [without, open] = [false, true].map((secrets) => {
    const network = talk(secrets);
    return { read: network.read(), file: Buffer.from(concat(...network.chunks)) };
  });
  t.is(without?.read.keyLog, '');
  t.regex(open?.read.keyLog ?? '', /^CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n$/);
  t.deepEqual(framesOf(open?.read), framesOf(without?.read));
  const master = open?.read.keyLog.trim().split(' ')[2] ?? '';
  t.true(open?.file.includes(master));
  for (const secret of [master, Buffer.from(master, 'hex'), 'CLIENT_RANDOM', Buffer.from(PSK.psk)])
    t.false(without?.file.includes(secret));
});

const framesOf = (read: ReadCapture | undefined) => read?.packets.map(({ frame }) => frame);

test('the keys stand before the first packet that they open', (t) => {
  const { blocks, packets } = talk(true).read();
  const secretsAt = blocks.find(({ type }) => type === 0x0a)?.start ?? Infinity;
  // A ChangeCipherSpec record announces what is encrypted.
  const changeAt = packets.find(({ frame }) =>
    Buffer.from(frame).includes(Buffer.from('140303000101', 'hex')),
  )?.at;
  t.true(secretsAt < (changeAt ?? 0));
});

test('a capture changes nothing of what it captures', (t) => {
  const digestOf = (captured: boolean) => {
    const network = talk(true);
    if (!captured) network.fabric.show({ sent: () => {}, lost: () => {}, keyed: () => {} });
    network.drain();
    network.fabric.flush();
    return network.trace.digest();
  };
  t.is(digestOf(true), digestOf(false));
});
