/** Who reaches whom on the live fabric: links, unplugged hosts, and ports that many hosts of one address share. */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { HOUR } from '../../sim/clock.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import { connected, EndWitness, type FabricUnderTest } from '../fabric-under-test.fixture.ts';
import { LiveNetwork, onLive as on } from './live-network.fixture.ts';
import { Sockets } from './sockets.ts';

const underTest = (network: LiveNetwork): FabricUnderTest => ({
  client: network.phone,
  server: network.crs,
  settle: async (done) => network.settle(done),
});

on('hosts on one address each have the same port', async (t, network) => {
  const { fabric, phone, crs } = network;
  const bob = fabric.attach('bob-phone');
  fabric.link('bob-crs', 'bob-phone', 'crs');
  const arrived: string[] = [];
  phone.openDatagram(
    7000,
    (from, octets) => void arrived.push(`alice hears ${toAscii(octets)} of ${from.host}`),
  );
  bob.openDatagram(7000, (from, octets) => void arrived.push(`bob hears ${toAscii(octets)} of ${from.host}`));
  const socket = crs.openDatagram(7000, () => undefined);
  socket.send({ host: 'bob-phone', port: 7000 }, fromAscii('b'));
  await network.settle(() => arrived.length === 1);
  socket.send({ host: 'alice-phone', port: 7000 }, fromAscii('a'));
  await network.settle(() => arrived.length === 2);
  t.deepEqual(arrived, ['bob hears b of crs', 'alice hears a of crs']);
});

on('without a link nothing arrives, and the trace says so once', async (t, network) => {
  const bob = network.fabric.attach('bob-phone');
  const arrived: string[] = [];
  const sink = bob.openDatagram(0, () => void arrived.push('a datagram'));
  const socket = network.phone.openDatagram(0, () => undefined);
  socket.send(sink.local, fromAscii('direct'));
  socket.send(sink.local, fromAscii('direct'));
  const near = new EndWitness();
  network.phone.connect({ host: 'bob-phone', port: 5061 }, near);
  await network.settle();
  t.deepEqual(arrived, []);
  t.deepEqual(
    network.trace.events.flatMap(({ type, on: host, data }) =>
      type === 'network.no-route' && 'protocol' in data ? [`${host} ${data.protocol}`] : [],
    ),
    ['alice-phone udp', 'alice-phone tcp'],
  );
  t.is(near.reasons, '');
  network.clock.runUntil(HOUR);
  await network.settle(() => near.isOver);
  t.is(near.reasons, 'timed-out');
});

on('an unplugged host hears and says nothing; plugged in again, its stream goes on', async (t, network) => {
  const { fabric, phone, crs } = network;
  const { stream, accepted, near, far } = await connected(underTest(network));
  const arrived: string[] = [];
  const sink = crs.openDatagram(0, () => void arrived.push('from the phone'));
  const own = phone.openDatagram(0, () => void arrived.push('to the phone'));
  fabric.unplug('alice-phone');
  stream.write(fromAscii('kept'));
  accepted.write(fromAscii('kept too'));
  own.send(sink.local, fromAscii('lost'));
  sink.send(own.local, fromAscii('lost'));
  const late = new EndWitness();
  const listener = crs.listen(0, () => new EndWitness());
  await network.settle();
  phone.connect(listener.local, late);
  await network.settle();
  t.deepEqual([near.text, far.text, late.opens, arrived], ['', '', 0, []]);
  fabric.plug('alice-phone');
  await network.settle(() => near.text !== '' && far.text !== '' && late.opens === 1);
  t.deepEqual([near.text, far.text, arrived], ['kept too', 'kept', []]);
  t.deepEqual(
    network.trace.events.filter(({ type }) => /plugged/.test(type)).map(({ type }) => type),
    ['network.unplugged', 'network.plugged'],
  );
});

on('an unplugged host that stays so gives up connecting', async (t, network) => {
  network.fabric.unplug('alice-phone');
  const near = new EndWitness();
  const stream = network.phone.connect({ host: 'crs', port: 5061 }, near);
  stream.write(fromAscii('anyone?'));
  network.clock.runUntil(HOUR);
  await network.settle(() => near.isOver);
  t.is(near.reasons, 'timed-out');
});

on('the tap has both directions of datagrams, and copies of their octets', async (t, network) => {
  const { phone, crs } = network;
  const sink = crs.openDatagram(0, (from) => sink.send(from, fromAscii('answer')));
  let answered = false;
  const socket = phone.openDatagram(0, () => void (answered = true));
  const octets = fromAscii('question');
  socket.send(sink.local, octets);
  octets.fill(0);
  await network.settle(() => answered);
  t.deepEqual(
    network.captured.map(({ packet, toward }) => [toAscii(packet.octets), packet.from.host, toward]),
    [
      ['question', 'alice-phone', 'crs'],
      ['answer', 'crs', 'alice-phone'],
    ],
  );
});

on('names are taken once', async (t, { fabric }) => {
  const code = (action: () => unknown): string => {
    const thrown = t.throws(action);
    return thrown instanceof CalldrillError ? thrown.code : String(thrown);
  };
  t.is(
    code(() => fabric.attach('crs')),
    'NETWORK_HOST_ATTACHED',
  );
  t.is(
    code(() => fabric.link('alice-crs', 'x', 'y')),
    'NETWORK_LINK_TAKEN',
  );
  t.is(
    code(() => fabric.link('again', 'crs', 'alice-phone')),
    'NETWORK_LINK_TAKEN',
  );
  t.is(
    code(() => fabric.unplug('nobody')),
    'NETWORK_UNKNOWN_HOST',
  );
  t.is(fabric.linkNamed('alice-crs')?.name, 'alice-crs');
});

on(
  'more sockets in one turn than are ready are refused, and a turn later there are more',
  async (t, network) => {
    const { phone } = network;
    for (let i = 0; i < 4; i++) phone.openDatagram(0, () => undefined);
    const thrown = t.throws(() => phone.openDatagram(0, () => undefined));
    t.true(thrown instanceof CalldrillError && thrown.code === 'NETWORK_NO_FREE_PORT');
    await network.settle();
    t.notThrows(() => phone.openDatagram(0, () => undefined));
  },
);

test('an address that this machine does not have is refused, and nothing stays open', async (t) => {
  await t.throwsAsync(Sockets.open({ bind: '203.0.113.1' }), { code: 'NETWORK_ADDRESS_UNUSABLE' });
});

if (process.platform === 'linux')
  test('a port that is taken on an own address is told', async (t) => {
    const network = await LiveNetwork.open(new Map([['crs', '127.0.0.9']]));
    const port = network.crs.openDatagram(0, () => undefined).local.port;
    network.crs.openDatagram(port, () => undefined);
    const listener = network.crs.listen(0, () => new EndWitness());
    await network.settle();
    network.crs.listen(listener.local.port, () => new EndWitness());
    await network.settle(() => network.defects.length === 2);
    await network.settle();
    t.true(
      network.defects.every((each) => each instanceof CalldrillError && each.code === 'NETWORK_PORT_TAKEN'),
    );
    await network.close();
  });
