/** What a link does without any chance: rate, queue, MTU, blocks, hold, partitions by host, and the trace of changes. */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import type { LinkParameters } from './link-parameters.ts';
import { transmissionTime } from './rate.ts';
import { flowOf } from './flow.ts';
import { Pair, TestNetwork } from './test-network.fixture.ts';

/** Sends datagrams of `octets` one after the other at once; tells when each arrived. */
function burst(parameters: LinkParameters, packets: number, octets = 158): number[] {
  const pair = new Pair(parameters);
  const times: number[] = [];
  pair.crs.openDatagram(5004, () => times.push(pair.clock.now()));
  const socket = pair.phone.openDatagram(0, () => {});
  for (let i = 0; i < packets; i++) socket.send({ host: 'crs', port: 5004 }, new Uint8Array(octets));
  pair.drain();
  return times;
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (thrown) {
    return thrown instanceof CalldrillError ? thrown.code : String(thrown);
  }
  return undefined;
}

test('a rate spaces packets by the time that each takes to go out, after the delay', (t) => {
  // 14 + 20 + 8 + 158 = 200 octets are 1,600 bits: 1.6 ms at 1 Mbit/s.
  const rate = { bitsPerSecond: 1_000_000 };
  t.deepEqual(burst({ delayMs: 10, rate }, 3), [11_600, 13_200, 14_800]);
  t.deepEqual(burst({ delayMs: 10, rate: { ...rate, overheadOctets: -42 } }, 2, 158), [11_264, 12_528]);
  t.notDeepEqual(burst({ delayMs: 10, rate: { bitsPerSecond: 1_001_000 } }, 3), [11_600, 13_200, 14_800]);
});

test('a rate keeps its throughput over many packets, however short each is', (t) => {
  // 43 octets are 3.44 microseconds at 100 Mbit/s: rounding each one would cost a sixth.
  const times = burst({ rate: { bitsPerSecond: 100_000_000 } }, 10_000, 1);
  t.is(times.at(-1), Math.ceil(10_000 * 3.44));
});

test('cells round a packet up: ATM as in the manual of tc', (t) => {
  const flow = flowOf('udp', { host: 'a', port: 1 }, { host: 'b', port: 1 });
  const packet = { protocol: 'udp', from: flow.from, to: flow.to, octets: new Uint8Array(0) } as const;
  const rate = { bitsPerSecond: 8_000_000, cellOctets: 48, cellOverheadOctets: 5 };
  // 42 octets fit one cell; 48 do too; 49 do not.
  t.is(transmissionTime(packet, rate), 53);
  t.is(transmissionTime({ ...packet, octets: new Uint8Array(6) }, rate), 53);
  t.is(transmissionTime({ ...packet, octets: new Uint8Array(7) }, rate), 106);
  t.is(transmissionTime(packet, { bitsPerSecond: 8_000_000, overheadOctets: -100 }), 0);
});

test('a rate keeps packets in order whatever the jitter, and a packet that overtakes does not wait', (t) => {
  const times = burst({ delayMs: 50, jitterMs: 50, rate: { bitsPerSecond: 1_000_000 } }, 200);
  t.true(times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) >= 1_600));
  const reorder = { probability: 1, gap: 3 };
  t.deepEqual(burst({ delayMs: 50, rate: { bitsPerSecond: 1_000_000 }, reorder }, 3), [0, 51_600, 53_200]);
});

test('a full queue drops what comes last, and the trace says so', (t) => {
  const pair = new Pair({ delayMs: 20, limitPackets: 3 });
  const texts: string[] = [];
  pair.crs.openDatagram(5004, (_from, octets) => texts.push(toAscii(octets)));
  const socket = pair.phone.openDatagram(0, () => {});
  for (const text of ['a', 'b', 'c', 'd', 'e']) socket.send({ host: 'crs', port: 5004 }, fromAscii(text));
  pair.clock.runUntil(30 * MILLISECOND);
  socket.send({ host: 'crs', port: 5004 }, fromAscii('f'));
  pair.drain();
  t.deepEqual(texts, ['a', 'b', 'c', 'f']);
  t.deepEqual(
    pair.events('network.dropped').map(({ on, data }) => [on, data.reason]),
    [['alice-crs', 'queue-full']],
  );
  t.is(pair.events('network.flow')[0]?.data.lost, 2);
  t.is(pair.link.stateToward('crs').counts['queue-full'], 2);
  t.is(pair.captured.filter(({ lost }) => lost).length, 2);
});

test('a second copy needs a place in the queue as well', (t) => {
  t.is(burst({ delayMs: 20, duplicate: 1, limitPackets: 3 }, 2).length, 3);
  t.is(burst({ delayMs: 20, duplicate: 1 }, 2).length, 4);
});

test('a packet that is longer than the MTU is dropped, and one octet less is not', (t) => {
  const pair = new Pair({ mtuOctets: 1000 });
  let arrived = 0;
  pair.crs.openDatagram(5004, () => arrived++);
  const socket = pair.phone.openDatagram(0, () => {});
  for (const octets of [972, 973]) socket.send({ host: 'crs', port: 5004 }, new Uint8Array(octets));
  pair.drain();
  t.is(arrived, 1);
  t.deepEqual(
    pair.events('network.dropped').map(({ data }) => data.reason),
    ['too-big'],
  );
});

test('a blocked protocol does not get through, and the other one does', (t) => {
  for (const [block, expected] of [
    ['udp', [0, 1]],
    ['tcp', [1, 0]],
    ['all', [0, 0]],
  ] as const) {
    const pair = new Pair({ block });
    let datagrams = 0;
    pair.crs.openDatagram(5004, () => datagrams++);
    pair.phone.openDatagram(0, () => {}).send({ host: 'crs', port: 5004 }, fromAscii('x'));
    const { near } = pair.connect();
    pair.clock.runUntil(SECOND);
    t.deepEqual([datagrams, near.opens], [...expected], block);
    t.true(pair.events('network.dropped').every(({ data }) => data.reason === 'blocked'));
  }
});

test('a corrupt packet is dropped by its receiver, who says so; without a checksum it is delivered', (t) => {
  const received = (parameters: LinkParameters): { octets: Uint8Array[]; reasons: string[] } => {
    const pair = new Pair({ corrupt: 1, ...parameters });
    const octets: Uint8Array[] = [];
    pair.crs.openDatagram(5004, (_from, datagram) => octets.push(datagram));
    const socket = pair.phone.openDatagram(0, () => {});
    for (let i = 0; i < 50; i++) socket.send({ host: 'crs', port: 5004 }, new Uint8Array(1000));
    pair.drain();
    return { octets, reasons: pair.events('network.dropped').map(({ on, data }) => `${on} ${data.reason}`) };
  };
  t.deepEqual(received({}), { octets: [], reasons: ['crs checksum'] });
  const { octets } = received({ udpChecksum: false });
  t.true(octets.length > 40);
  const flipped = (each: Uint8Array): boolean => each.filter((octet) => octet !== 0).length === 1;
  t.true(octets.every(flipped));
  const doubled = received({ udpChecksum: false, duplicate: 1 }).octets;
  t.true(doubled.length > 80 && doubled.every(flipped), 'either of two has a bit of its own');
});

test('a stream survives corruption: segments are dropped and sent again', (t) => {
  const pair = new Pair({ delayMs: 10, corrupt: 0.1, udpChecksum: false });
  const { stream, far } = pair.connect();
  stream.write(new Uint8Array(50_000).fill(7));
  pair.clock.runUntil(60 * SECOND);
  t.deepEqual(far.octets, new Uint8Array(50_000).fill(7));
  t.true(pair.events('network.dropped').some(({ data }) => data.reason === 'checksum'));
});

test('what is held arrives on release, in order, and what was lost stays lost', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const texts: string[] = [];
  pair.crs.openDatagram(5004, (_from, octets) => texts.push(toAscii(octets)));
  const socket = pair.phone.openDatagram(0, () => {});
  const send = (text: string): void => socket.send({ host: 'crs', port: 5004 }, fromAscii(text));
  send('under way');
  pair.link.hold('crs');
  send('held');
  pair.clock.runUntil(SECOND);
  pair.link.setParameters({ delayMs: 1 });
  send('held too');
  pair.clock.runUntil(2 * SECOND);
  t.deepEqual(texts, []);
  t.is(pair.link.stateToward('crs').held, 3);
  t.is(pair.link.stateToward('alice-phone').held, undefined);
  t.is(pair.link.release(), 3);
  t.deepEqual(texts, ['under way', 'held', 'held too']);
  send('free');
  pair.drain();
  t.is(texts.at(-1), 'free');
  t.is(pair.link.release(), 0);
  t.deepEqual(
    pair.events('network.released').map(({ data }) => data.packets),
    [3, 0],
  );
});

test('a hold keeps 10,000 packets and no more', (t) => {
  const pair = new Pair();
  let arrived = 0;
  pair.crs.openDatagram(5004, () => arrived++);
  const socket = pair.phone.openDatagram(0, () => {});
  pair.link.hold();
  for (let i = 0; i < 10_002; i++) socket.send({ host: 'crs', port: 5004 }, new Uint8Array(1));
  pair.clock.runUntil(MILLISECOND);
  pair.link.release();
  t.is(arrived, 10_000);
  pair.fabric.flush();
  t.is(pair.events('network.flow')[0]?.data.lost, 2);
});

/** Three hosts around a router; tells who reaches whom, as `a>b`. */
class Triangle extends TestNetwork {
  readonly names = ['alice', 'bob', 'crs'] as const;
  readonly #reached = new Set<string>();
  readonly #sockets = new Map<
    string,
    ReturnType<ReturnType<TestNetwork['fabric']['attach']>['openDatagram']>
  >();

  constructor() {
    super('test', { routers: ['site'] });
    for (const name of this.names) {
      this.fabric.link(`${name}-site`, name, 'site');
      const socket = this.fabric
        .attach(name)
        .openDatagram(1, (from) => this.#reached.add(`${from.host}>${name}`));
      this.#sockets.set(name, socket);
    }
  }

  reached(): readonly string[] {
    this.#reached.clear();
    for (const from of this.names)
      for (const host of this.names)
        if (host !== from) this.#sockets.get(from)?.send({ host, port: 1 }, fromAscii('x'));
    this.drain();
    return [...this.#reached].sort();
  }
}

const EVERYBODY = ['alice>bob', 'alice>crs', 'bob>alice', 'bob>crs', 'crs>alice', 'crs>bob'];

test('a split by groups stops what passes between them, over any number of links, and nothing else', (t) => {
  const network = new Triangle();
  t.deepEqual(network.reached(), EVERYBODY);
  network.fabric.split([['alice'], ['crs', 'bob']]);
  t.deepEqual(network.reached(), ['bob>crs', 'crs>bob']);
  network.fabric.rejoin();
  t.deepEqual(network.reached(), EVERYBODY);
  network.fabric.split([['alice'], ['crs']], true);
  t.deepEqual(
    network.reached(),
    EVERYBODY.filter((pair) => pair !== 'alice>crs'),
  );
  network.fabric.isolate('bob');
  t.deepEqual(network.reached(), ['crs>alice']);
  network.fabric.rejoin();
  t.deepEqual(
    network.trace.events.filter(({ on }) => on === 'net').map(({ type, data }) => [type, data]),
    [
      ['network.split', { groups: 'alice | crs bob' }],
      ['network.rejoined', {}],
      ['network.split', { groups: 'alice > crs' }],
      ['network.isolated', { host: 'bob' }],
      ['network.rejoined', {}],
    ],
  );
});

test('a split takes what is under way', (t) => {
  const pair = new Pair({ delayMs: 10 });
  let arrived = 0;
  pair.crs.openDatagram(5004, () => arrived++);
  pair.phone.openDatagram(0, () => {}).send({ host: 'crs', port: 5004 }, fromAscii('x'));
  pair.fabric.split([['alice-phone'], ['crs']]);
  pair.drain();
  t.is(arrived, 0);
});

test('a partition without two groups, with a host twice, or with one that is unknown is refused', (t) => {
  const { fabric } = new Triangle();
  t.is(
    codeOf(() => fabric.split([['alice']])),
    'NETWORK_PARTITION',
  );
  t.is(
    codeOf(() => fabric.split([['alice'], []])),
    'NETWORK_PARTITION',
  );
  t.is(
    codeOf(() => fabric.split([['alice'], ['bob', 'alice']])),
    'NETWORK_PARTITION',
  );
  t.is(
    codeOf(() => fabric.split([['alice'], ['nobody']])),
    'NETWORK_UNKNOWN_HOST',
  );
  t.is(
    codeOf(() => fabric.isolate('nobody')),
    'NETWORK_UNKNOWN_HOST',
  );
});

test('a change is an event, each direction has its own parameters, and a host that is not on the link is refused', (t) => {
  const pair = new Pair({ delayMs: 10 });
  pair.link.setParameters({ delayMs: 20, lossRandom: 0.07 }, 'crs');
  t.deepEqual(pair.link.parametersToward('crs'), { delayMs: 20, lossRandom: 0.07 });
  t.deepEqual(pair.link.parametersToward('alice-phone'), { delayMs: 10 });
  t.deepEqual(
    pair.events('network.link-changed').map(({ on, data }) => [on, data]),
    [['alice-crs', { toward: 'crs', netem: 'delay 20ms loss random 7%' }]],
  );
  t.is(
    codeOf(() => pair.link.hold('bob-phone')),
    'NETWORK_NOT_ON_LINK',
  );
  const uneven = pair.fabric.link('uneven', 'a', 'b', { delayMs: 1 }, { delayMs: 2 });
  t.deepEqual(
    uneven.ends.map((end) => uneven.parametersToward(end).delayMs),
    [2, 1],
  );
});

test('parameters that mean nothing are refused', (t) => {
  const wrong: LinkParameters[] = [
    { lossCorrelation: 1.1 },
    { lossState: { p13: 0.6, p14: 0.6 } },
    { lossState: { p13: 0.6, p31: 0.6, p32: 0.6 } },
    { lossGemodel: { p: 2, r: 1 } },
    { corrupt: -1 },
    { rate: { bitsPerSecond: 0 } },
    { rate: { bitsPerSecond: 1000, overheadOctets: 0.5 } },
    { limitPackets: 0 },
    { mtuOctets: 67 },
    { reorder: { probability: 0.5, gap: 0 } },
    { delayMs: Number.NaN },
  ];
  for (const parameters of wrong)
    t.is(
      codeOf(() => new Pair(parameters)),
      'NETWORK_LINK_PARAMETER',
      JSON.stringify(parameters),
    );
});
