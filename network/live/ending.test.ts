/** How connections of the live fabric end, and how they do not: peers that are slow, that never end, or that come too late. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { HOUR, VirtualClock } from '../../sim/clock.ts';
import { fromAscii } from '../../sim/octets.ts';
import { Trace } from '../../sim/trace.ts';
import type { Stream } from '../fabric.ts';
import { connected, EndWitness } from '../fabric-under-test.fixture.ts';
import { LiveFabric } from './fabric.ts';
import { LiveNetwork, onLive as on } from './live-network.fixture.ts';
import { Sockets } from './sockets.ts';

const PSK = fromAscii('0123456789abcdef');
const BOTH = { encryptThenMac: true, extendedMasterSecret: true };
/** More than the buffers of the operating system hold, and less than may wait in two layers. */
const MUCH = fromAscii('x'.repeat(7_000_000));

interface Ends {
  readonly stream: Stream;
  readonly accepted: Stream;
  readonly near: EndWitness;
  readonly far: EndWitness;
}

async function plainEnds(network: LiveNetwork, near = new EndWitness()): Promise<Ends> {
  const { phone: client, crs: server } = network;
  return connected({ client, server, settle: async (done) => network.settle(done) }, near);
}

async function secureEnds(network: LiveNetwork, near = new EndWitness()): Promise<Ends> {
  const streams: Stream[] = [];
  const far = new EndWitness();
  const options = { psk: () => PSK, unknownIdentity: 'alert', ...BOTH } as const;
  const listener = network.crs.listenSecure(0, options, (stream) => {
    streams.push(stream);
    return far;
  });
  await network.settle();
  const stream = network.phone.connectSecure(listener.local, { identity: 'alice', psk: PSK, ...BOTH }, near);
  await network.settle(() => near.opens > 0 && far.opens > 0);
  const [accepted] = streams;
  if (accepted === undefined) throw new Error('the stream was not accepted');
  return { stream, accepted, near, far };
}

for (const [name, ends] of [
  ['a stream', plainEnds],
  ['a secure stream', secureEnds],
] as const) {
  on(
    `${name}: who still writes when the peer has closed loses nothing written before`,
    async (t, network) => {
      const { stream, accepted, near, far } = await ends(network);
      accepted.write(MUCH);
      stream.close();
      await network.settle(() => {
        // Once the peer's close has come this is written in vain.
        accepted.write(fromAscii('y'));
        return far.isOver;
      });
      await network.settle(() => near.isOver);
      t.true(near.text.length >= MUCH.length);
      t.deepEqual([near.reasons, far.reasons], ['closed', 'closed']);
    },
  );

  on(`${name}: a host that is unplugged in the middle of it reads no further`, async (t, network) => {
    let read = 0;
    const near: EndWitness = new EndWitness(({ length }) => {
      if (read === 0) network.fabric.unplug('alice-phone');
      read += length;
    });
    const { accepted } = await ends(network, near);
    accepted.write(MUCH);
    await network.settle(() => read > 0);
    await network.settle();
    // What TLS has taken in already.
    t.true(read < 1_000_000, `${read} octets`);
    network.fabric.plug('alice-phone');
    await network.settle(() => read > 1_000_000);
    t.true(read > 1_000_000);
  });
}

on('a peer that never ends its own side is given up', async (t, network) => {
  const far = new EndWitness();
  const streams: Stream[] = [];
  const listener = network.crs.listen(0, (stream) => {
    streams.push(stream);
    return far;
  });
  await network.settle();
  const raw = connect({ port: listener.local.port, host: '127.0.0.1', allowHalfOpen: true });
  raw.resume();
  raw.on('error', () => undefined);
  await network.settle(() => streams.length > 0);
  streams[0]?.close();
  await network.settle();
  t.is(far.reasons, '', 'it may have more to say');
  network.clock.runUntil(HOUR);
  await network.settle(() => far.isOver);
  t.is(far.reasons, 'timed-out');
  raw.destroy();
});

on(
  'a connection that comes when its listener has closed is closed, and nobody is told',
  async (t, network) => {
    let accepted = 0;
    const listener = network.crs.listen(0, () => {
      accepted++;
      return new EndWitness();
    });
    await network.settle();
    const raw = connect(listener.local.port, '127.0.0.1');
    let over = false;
    raw.once('close', () => (over = true));
    raw.on('error', () => undefined);
    network.before = (): void => listener.close();
    await network.settle(() => over);
    t.is(accepted, 0);
  },
);

test('a connection that comes after the clock has stopped keeps nothing open', async (t) => {
  const clock = new VirtualClock();
  const sockets = await Sockets.open({ bind: '127.0.0.1', spare: 1 });
  const onDefect = (thrown: unknown): void => t.fail(String(thrown));
  let isStopped = false;
  const enter = (action: () => void): void => {
    if (!isStopped) action();
  };
  const fabric = new LiveFabric({ sockets, clock, trace: new Trace(clock), enter, onDefect });
  const listener = fabric.attach('crs').listen(0, () => new EndWitness());
  while (listener.local.port === 0) await sleep(1);
  isStopped = true;
  const raw = connect(listener.local.port, '127.0.0.1');
  raw.on('error', () => undefined);
  await new Promise((resolve) => raw.once('connect', resolve));
  const closed = sockets.close().then(() => 'closed');
  t.is(await Promise.race([closed, sleep(5_000, 'still open', { ref: false })]), 'closed');
  t.is(sockets.open, 0);
  raw.destroy();
});
