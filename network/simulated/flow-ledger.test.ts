/** The flows in the trace: one event per flow and second, with a digest that pins every octet. */
import { createHash } from 'node:crypto';
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { CapturedPacket } from '../packet.ts';
import { Pair } from './test-network.fixture.ts';

/** The digest as the ledger's header describes it, from a tap's packets. */
function digestOf(captured: readonly CapturedPacket[]): string {
  const hash = createHash('sha256');
  for (const { packet } of captured) {
    const { octets, tcp } = packet;
    const announced = tcp?.segmentOctetsMax;
    const header = Buffer.alloc(tcp === undefined ? 4 : announced === undefined ? 15 : 17);
    header.writeUInt32BE(octets.length, 0);
    if (tcp !== undefined) {
      header.writeUInt32BE(tcp.sequence, 4);
      header.writeUInt32BE(tcp.acknowledgement, 8);
      header.writeUInt8(tcp.flags, 12);
      header.writeUInt16BE(tcp.window, 13);
      if (announced !== undefined) header.writeUInt16BE(announced, 15);
    }
    hash.update(header).update(octets);
  }
  return hash.digest('hex').slice(0, 32);
}

test('each second with packets is one event; a silent one is none', (t) => {
  const pair = new Pair({ lossRandom: 0.2 });
  const socket = pair.phone.openDatagram(5004, () => {});
  const send = (): void => socket.send({ host: 'crs', port: 5004 }, new Uint8Array(160));
  pair.crs.openDatagram(5004, () => {});
  for (let i = 0; i < 150; i++) pair.clock.schedule(i * 20 * MILLISECOND, send);
  pair.clock.schedule(10.5 * SECOND, send);
  pair.drain();
  const flows = pair.events('network.flow');
  t.deepEqual(
    flows.map(({ t: time, on, data }) => [time, on, data.began, data.packets, data.octets]),
    [
      [SECOND, 'alice-crs', 0, 50, 8000],
      [2 * SECOND, 'alice-crs', SECOND, 50, 8000],
      [3 * SECOND, 'alice-crs', 2 * SECOND, 50, 8000],
      [11 * SECOND, 'alice-crs', 10 * SECOND, 1, 160],
    ],
  );
  const lost = pair.captured.filter((captured) => captured.lost).length;
  t.true(lost > 0);
  t.is(
    flows.reduce((sum, { data }) => sum + data.lost, 0),
    lost,
  );
  t.is(pair.trace.events.length, flows.length, 'no packet is an event');
});

test('the digest is SHA-256 over what was sent, for datagrams of any size and for segments', (t) => {
  const pair = new Pair();
  const socket = pair.phone.openDatagram(5004, () => {});
  pair.crs.openDatagram(5004, () => {});
  for (const length of [0, 1, 4081, 4092, 4096, 65_507, 160]) {
    socket.send({ host: 'crs', port: 5004 }, new Uint8Array(length).fill(length));
  }
  const { stream } = pair.connect();
  stream.write(new Uint8Array(10_000).fill(7));
  pair.clock.runUntil(SECOND);
  const flows = pair.events('network.flow');
  t.is(flows.length, 3);
  for (const { data } of flows) {
    const own = pair.captured.filter(({ packet }) => {
      const { protocol, from } = packet;
      return protocol === data.protocol && `${from.host}:${from.port}` === data.from;
    });
    t.is(data.digest, digestOf(own), data.from);
    t.is(data.packets, own.length);
  }
});

test('one changed bit changes the digest', (t) => {
  const digest = (last: number): string | undefined => {
    const pair = new Pair();
    const socket = pair.phone.openDatagram(5004, () => {});
    for (let i = 0; i < 100; i++) socket.send({ host: 'crs', port: 1 }, Uint8Array.of(i === 99 ? last : 0));
    pair.drain();
    return pair.events('network.flow')[0]?.data.digest;
  };
  t.is(digest(1), digest(1));
  t.not(digest(1), digest(0));
});

test('a packet at the turn of a second belongs to the new one', (t) => {
  const pair = new Pair();
  const socket = pair.phone.openDatagram(5004, () => {});
  const send = (): void => socket.send({ host: 'crs', port: 1 }, fromAscii('x'));
  // Scheduled before the ledger schedules its own end of the second.
  pair.clock.schedule(SECOND, send);
  send();
  pair.drain();
  t.deepEqual(
    pair.events('network.flow').map(({ data }) => [data.began, data.packets]),
    [
      [0, 1],
      [SECOND, 1],
    ],
  );
});

test('a run that ends within a second reports it once flushed', (t) => {
  const pair = new Pair();
  const socket = pair.phone.openDatagram(5004, () => {});
  pair.clock.runUntil(300 * MILLISECOND);
  socket.send({ host: 'crs', port: 1 }, fromAscii('x'));
  pair.fabric.flush();
  pair.fabric.flush();
  t.deepEqual(
    pair.events('network.flow').map(({ t: time, data }) => [time, data.began, data.packets]),
    [[300 * MILLISECOND, 0, 1]],
  );
  pair.drain();
  t.is(pair.events('network.flow').length, 1);
});
