/** Links in the network: who reaches whom, cuts, taps, diversions. */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import type { Address, Attachment } from '../fabric.ts';
import type { LinkParameters } from './link-parameters.ts';
import { End, Pair, TestNetwork } from './test-network.fixture.ts';

/** A port that remembers what it was sent. */
function sink(host: Attachment, port = 5004): { texts: string[]; froms: Address[]; local: Address } {
  const texts: string[] = [];
  const froms: Address[] = [];
  const { local } = host.openDatagram(port, (from, octets) => {
    texts.push(toAscii(octets));
    froms.push(from);
  });
  return { texts, froms, local };
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (thrown) {
    return thrown instanceof CalldrillError ? thrown.code : String(thrown);
  }
  return undefined;
}

test('a packet arrives after the delay of its link', (t) => {
  const pair = new Pair({ delayMs: 37.5 });
  let at = 0;
  pair.crs.openDatagram(5004, () => {
    at = pair.clock.now();
  });
  pair.phone.openDatagram(5004, () => {}).send({ host: 'crs', port: 5004 }, fromAscii('x'));
  pair.drain();
  t.is(at, 37_500);
});

test('hosts without a link do not reach each other, and the trace says so once a second', (t) => {
  const network = new TestNetwork();
  const [alice, bob] = [network.fabric.attach('alice-phone'), network.fabric.attach('bob-phone')];
  network.fabric.attach('crs');
  network.fabric.link('alice-crs', 'alice-phone', 'crs');
  network.fabric.link('bob-crs', 'bob-phone', 'crs');
  const { texts, local } = sink(bob);
  const socket = alice.openDatagram(0, () => {});
  for (let i = 0; i < 3; i++) socket.send(local, fromAscii('hi'));
  network.clock.runUntil(1.5 * SECOND);
  socket.send(local, fromAscii('hi'));
  network.drain();
  t.deepEqual(texts, []);
  const refused = network.events('network.no-route');
  t.deepEqual(
    refused.map((event) => [event.t, event.on, event.data]),
    [0, 1.5 * SECOND].map((time) => [
      time,
      'alice-phone',
      { protocol: 'udp', from: 'alice-phone:49152', to: 'bob-phone:5004' },
    ]),
  );
});

test('a router passes packets on, by the shortest way', (t) => {
  const network = new TestNetwork('test', { routers: ['site', 'detour', 'far-detour'] });
  const { fabric } = network;
  const phone = fabric.attach('alice-phone');
  const crs = fabric.attach('crs');
  fabric.link('alice-detour', 'alice-phone', 'detour', { delayMs: 1 });
  fabric.link('detours', 'detour', 'far-detour', { delayMs: 1 });
  fabric.link('detour-crs', 'far-detour', 'crs', { delayMs: 1 });
  fabric.link('alice-site', 'alice-phone', 'site', { delayMs: 20 });
  fabric.link('site-crs', 'site', 'crs', { delayMs: 20 });
  const { texts, local } = sink(crs);
  const socket = phone.openDatagram(0, () => {});
  socket.send(local, fromAscii('x'));
  network.clock.runUntil(39 * MILLISECOND);
  t.deepEqual(texts, []);
  network.clock.runUntil(40 * MILLISECOND);
  t.deepEqual(texts, ['x']);
  // A shorter way that appears later is taken.
  fabric.link('alice-crs', 'alice-phone', 'crs', { delayMs: 5 });
  socket.send(local, fromAscii('y'));
  network.clock.runUntil(45 * MILLISECOND);
  t.deepEqual(texts, ['x', 'y']);
  socket.send({ host: 'nowhere', port: 1 }, fromAscii('z'));
  t.is(network.events('network.no-route').length, 1);
});

test('a packet for a host without a device, or a port that is closed, is told once', (t) => {
  const network = new TestNetwork();
  const phone = network.fabric.attach('alice-phone');
  network.fabric.link('alice-crs', 'alice-phone', 'crs');
  network.fabric.link('alice-bob', 'alice-phone', 'bob-phone');
  network.fabric.attach('bob-phone');
  const socket = phone.openDatagram(5004, () => {});
  for (const host of ['crs', 'crs', 'bob-phone', 'bob-phone']) socket.send({ host, port: 9 }, fromAscii('x'));
  network.drain();
  t.deepEqual(
    network.events('network.dropped').map(({ on, data }) => [on, data.reason]),
    [
      ['crs', 'not-attached'],
      ['bob-phone', 'port-closed'],
    ],
  );
});

test('a partition stops both directions or one, and takes what is under way', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const [near, far] = [sink(pair.phone), sink(pair.crs)];
  const [out, back] = [pair.phone.openDatagram(0, () => {}), pair.crs.openDatagram(0, () => {})];
  const exchange = (text: string): void => {
    out.send(far.local, fromAscii(text));
    back.send(near.local, fromAscii(text));
  };
  exchange('open');
  pair.clock.runUntil(5 * MILLISECOND);
  pair.link.partition(true, 'crs');
  pair.clock.runUntil(100 * MILLISECOND);
  exchange('one way');
  pair.clock.runUntil(200 * MILLISECOND);
  pair.link.partition(true);
  exchange('cut');
  pair.clock.runUntil(300 * MILLISECOND);
  pair.link.partition(false);
  exchange('healed');
  pair.drain();
  t.deepEqual(far.texts, ['healed']);
  t.deepEqual(near.texts, ['open', 'one way', 'healed']);
  const lost = pair.events('network.flow').map(({ data }) => [data.from, data.packets, data.lost]);
  t.deepEqual(lost, [
    ['alice-phone:49152', 4, 3],
    ['crs:49152', 4, 1],
  ]);
  t.deepEqual(
    pair.trace.events
      .filter(({ on, type }) => on === 'alice-crs' && type !== 'network.flow')
      .map(({ type, data }) => [type, data]),
    [
      ['network.partitioned', { toward: 'crs' }],
      ['network.partitioned', { toward: 'both' }],
      ['network.healed', { toward: 'both' }],
    ],
  );
});

test('nothing gets into or out of an unplugged host, and no tap sees it try', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const [near, far] = [sink(pair.phone), sink(pair.crs)];
  const [out, back] = [pair.phone.openDatagram(0, () => {}), pair.crs.openDatagram(0, () => {})];
  pair.fabric.unplug('alice-phone');
  out.send(far.local, fromAscii('out'));
  back.send(near.local, fromAscii('in'));
  pair.clock.runUntil(100 * MILLISECOND);
  t.deepEqual([near.texts, far.texts], [[], []]);
  t.deepEqual(
    pair.captured.map(({ packet }) => toAscii(packet.octets)),
    ['in'],
  );
  pair.fabric.plug('alice-phone');
  back.send(near.local, fromAscii('again'));
  pair.drain();
  t.deepEqual(near.texts, ['again']);
  t.is(pair.events('network.unplugged').length, 1);
  t.is(pair.events('network.plugged').length, 1);
});

test('a tap sees lost packets as lost, doubled ones once, in octets of its own', (t) => {
  const pair = new Pair({ delayMs: 10, lossRandom: 0.3, duplicate: 0.3 });
  const arrived = new Map<string, number>();
  pair.crs.openDatagram(5004, (_from, octets) => {
    const text = toAscii(octets);
    arrived.set(text, (arrived.get(text) ?? 0) + 1);
    octets.fill(0);
  });
  const socket = pair.phone.openDatagram(6000, () => {});
  for (let i = 0; i < 200; i++) socket.send({ host: 'crs', port: 5004 }, fromAscii(`packet ${i}`));
  pair.drain();
  t.is(pair.captured.length, 200);
  for (const { packet, lost, link, toward, time } of pair.captured) {
    const text = toAscii(packet.octets);
    t.deepEqual([link, toward, time], ['alice-crs', 'crs', 0]);
    t.deepEqual(
      [packet.from, packet.to],
      [
        { host: 'alice-phone', port: 6000 },
        { host: 'crs', port: 5004 },
      ],
    );
    t.is(arrived.has(text), !lost, text);
  }
  t.true([...arrived.values()].includes(2));
  t.deepEqual(Object.keys(pair.captured[0]?.packet ?? {}).sort(), ['from', 'octets', 'protocol', 'to']);
});

test('a tap that is taken off sees no more', (t) => {
  const pair = new Pair();
  const seen: string[] = [];
  const stop = pair.link.tap(({ packet }) => void seen.push(toAscii(packet.octets)));
  const socket = pair.phone.openDatagram(0, () => {});
  socket.send({ host: 'crs', port: 1 }, fromAscii('a'));
  stop();
  stop();
  socket.send({ host: 'crs', port: 1 }, fromAscii('b'));
  t.deepEqual(seen, ['a']);
});

test('a diversion puts another host in the place of the server, for datagrams and streams', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const rogue = pair.fabric.attach('rogue');
  const genuine = sink(pair.crs);
  const answers: [string, Address][] = [];
  const socket = pair.phone.openDatagram(6000, (from, octets) => void answers.push([toAscii(octets), from]));
  const imposter = rogue.openDatagram(5004, (from) => imposter.send(from, fromAscii('I am the server')));
  const [far, rogueEnd] = [new End(), new End()];
  pair.crs.listen(5061, () => far);
  rogue.listen(5061, (stream) => {
    stream.write(fromAscii('rogue'));
    return rogueEnd;
  });
  const undo = pair.link.divert('crs', 'rogue');
  socket.send(genuine.local, fromAscii('to the server'));
  const near = new End();
  pair.phone.connect({ host: 'crs', port: 5061 }, near);
  pair.clock.runUntil(SECOND);
  t.deepEqual(answers, [['I am the server', { host: 'crs', port: 5004 }]]);
  t.deepEqual(genuine.texts, []);
  t.deepEqual([near.opens, near.text, rogueEnd.opens, far.opens], [1, 'rogue', 1, 0]);
  t.true(pair.captured.every(({ packet }) => packet.from.host !== 'rogue' && packet.to.host !== 'rogue'));
  undo();
  undo();
  const honest = new End();
  pair.phone.connect({ host: 'crs', port: 5061 }, honest);
  socket.send(genuine.local, fromAscii('to the server'));
  pair.clock.runUntil(2 * SECOND);
  t.deepEqual([genuine.texts, far.opens, honest.opens], [['to the server'], 1, 1]);
  // The rogue is off the link again: it reaches nobody.
  imposter.send(socket.local, fromAscii('still me'));
  t.is(pair.events('network.no-route').length, 1);
  t.deepEqual(
    pair.events('network.diversion-ended').map(({ on, data }) => [on, data]),
    [['alice-crs', { host: 'crs', to: 'rogue' }]],
  );
});

test('a stream of the genuine server breaks when its phone is diverted', (t) => {
  const pair = new Pair({ delayMs: 10 });
  pair.fabric.attach('rogue');
  const { near, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  pair.link.divert('crs', 'rogue');
  stream.write(fromAscii('REGISTER'));
  pair.clock.runUntil(2 * SECOND);
  t.is(near.reason, 'reset');
});

test('a host in the place of both ends reads and answers both', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const middle = pair.fabric.attach('middle');
  pair.link.divert('crs', 'middle');
  pair.link.divert('alice-phone', 'middle');
  const relay = middle.openDatagram(5004, (from, octets) => {
    const host = from.host === 'crs' ? 'alice-phone' : 'crs';
    relay.send({ host, port: 5004 }, fromAscii(`${toAscii(octets)}, read`));
  });
  const heard: [string, Address][] = [];
  const phone = pair.phone.openDatagram(5004, (from, octets) => void heard.push([toAscii(octets), from]));
  const crs = pair.crs.openDatagram(5004, (from, octets) => {
    heard.push([toAscii(octets), from]);
    crs.send(from, fromAscii('answer'));
  });
  phone.send(crs.local, fromAscii('question'));
  pair.drain();
  t.deepEqual(heard, [
    ['question, read', phone.local],
    ['answer, read', crs.local],
  ]);
});

test('parameters change for both directions or one', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const times: number[] = [];
  const echo = pair.crs.openDatagram(5004, (from, octets) => {
    times.push(pair.clock.now());
    echo.send(from, octets);
  });
  const socket = pair.phone.openDatagram(0, () => void times.push(pair.clock.now()));
  pair.link.setParameters({ delayMs: 20 });
  pair.link.setParameters({ delayMs: 300 }, 'alice-phone');
  socket.send(echo.local, fromAscii('x'));
  pair.drain();
  t.deepEqual(times, [20_000, 320_000]);
});

test('mistakes are refused with a code', (t) => {
  const { fabric } = new TestNetwork();
  const phone = fabric.attach('alice-phone');
  const link = fabric.link('alice-crs', 'alice-phone', 'crs');
  t.is(fabric.linkNamed('alice-crs'), link);
  t.is(fabric.linkNamed('bob-crs'), undefined);
  t.deepEqual(fabric.links, [link]);
  t.is(
    codeOf(() => fabric.attach('alice-phone')),
    'NETWORK_HOST_ATTACHED',
  );
  t.is(
    codeOf(() => fabric.link('alice-crs', 'bob-phone', 'crs')),
    'NETWORK_LINK_TAKEN',
  );
  t.is(
    codeOf(() => fabric.link('again', 'crs', 'alice-phone')),
    'NETWORK_LINK_TAKEN',
  );
  t.is(
    codeOf(() => fabric.link('self', 'crs', 'crs')),
    'NETWORK_LINK_TAKEN',
  );
  t.is(
    codeOf(() => fabric.unplug('nobody')),
    'NETWORK_UNKNOWN_HOST',
  );
  t.is(
    codeOf(() => fabric.plug('nobody')),
    'NETWORK_UNKNOWN_HOST',
  );
  t.is(
    codeOf(() => link.partition(true, 'bob-phone')),
    'NETWORK_NOT_ON_LINK',
  );
  t.is(
    codeOf(() => link.divert('bob-phone', 'rogue')),
    'NETWORK_NOT_ON_LINK',
  );
  t.is(
    codeOf(() => phone.listen(65_536, () => new End())),
    'NETWORK_PORT_INVALID',
  );
  t.is(
    codeOf(() => phone.openDatagram(1.5, () => {})),
    'NETWORK_PORT_INVALID',
  );
  t.is(
    codeOf(() => phone.connect({ host: 'crs', port: 0 }, new End())),
    'NETWORK_PORT_INVALID',
  );
  const socket = phone.openDatagram(5004, () => {});
  t.is(
    codeOf(() => phone.openDatagram(5004, () => {})),
    'NETWORK_PORT_TAKEN',
  );
  t.is(
    codeOf(() => socket.send({ host: 'crs', port: 70_000 }, fromAscii('x'))),
    'NETWORK_PORT_INVALID',
  );
  for (let port = 49_152; port <= 65_535; port += 2) phone.openDatagram(0, () => {});
  t.is(
    codeOf(() => phone.openDatagram(0, () => {})),
    'NETWORK_NO_FREE_PORT',
  );
});

test('parameters without meaning are refused', (t) => {
  const bad: LinkParameters[] = [
    { delayMs: -1 },
    { delayMs: NaN },
    { jitterMs: Infinity },
    { lossRandom: 1.01 },
    { duplicate: -0.1 },
    { lossGemodel: { p: 2, r: 0.1 } },
    { lossGemodel: { p: 0.1, r: 0.1, oneMinusK: 3 } },
    { reorder: { probability: 0.1, gap: 0 } },
    { reorder: { probability: 0.1, gap: 1.5 } },
    { reorder: { probability: 7 } },
  ];
  const pair = new Pair();
  for (const parameters of bad) {
    t.is(
      codeOf(() => pair.link.setParameters(parameters)),
      'NETWORK_LINK_PARAMETER',
    );
    t.is(
      codeOf(() => new Pair(parameters)),
      'NETWORK_LINK_PARAMETER',
    );
  }
  for (const [parameters, said] of [
    [{ lossGemodel: { p: 5, r: 0.3, oneMinusH: 1 } }, 'loss gemodel p is 500 %'],
    [{ lossGemodel: { p: 0.1, r: 0.1, oneMinusK: 3 } }, 'loss gemodel 1-k is 300 %'],
    [{ delayMs: -1 }, 'delay is -1 ms'],
  ] as const)
    t.is(t.throws(() => pair.link.setParameters(parameters))?.message, `link ${pair.link.name}: ${said}`);
});
