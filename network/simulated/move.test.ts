/** Hosts with several addresses, routers that filter, and a diversion in front of a router. */
import test from 'ava';
import { SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { Attachment } from '../fabric.ts';
import type { PacketFilter } from './routes.ts';
import { End, TestNetwork } from './test-network.fixture.ts';

/** A phone with a link to the gate of the server, and another through a visited network. */
class Roaming extends TestNetwork {
  readonly phone: Attachment;
  readonly crs: Attachment;

  constructor(filter?: PacketFilter) {
    super();
    const { fabric } = this;
    fabric.addRouter('gate', filter);
    fabric.addRouter('abroad');
    this.phone = fabric.attach('phone');
    this.crs = fabric.attach('crs');
    const home = fabric.link('home', 'phone', 'gate', { delayMs: 10 });
    fabric.link('gate-crs', 'gate', 'crs');
    fabric.link('abroad-gate', 'abroad', 'gate', { delayMs: 100 });
    fabric.addAddress('phone', 'phone', home);
    const away = fabric.link('away', 'phone.abroad', 'abroad', { delayMs: 50 });
    fabric.addAddress('phone', 'phone.abroad', away);
  }

  connect(): { near: End; far: End } {
    const near = new End();
    const far = new End();
    const listener = this.crs.listen(5061, () => far);
    this.phone.connect({ host: 'crs', port: 5061 }, near);
    this.clock.runUntil(this.clock.now() + 2 * SECOND);
    listener.close();
    return { near, far };
  }
}

test('after a move new streams have the new address, old ones end here and stall there', (t) => {
  const network = new Roaming();
  const old = network.connect();
  network.fabric.move('phone', 'phone.abroad');
  network.clock.runUntil(network.clock.now() + SECOND);
  t.is(old.near.reason, 'reset');
  t.is(old.far.reason, undefined);
  // The reset did not get out: the old address has no link any more.
  t.deepEqual(
    network.events('network.no-route').map(({ data }) => data.from.split(':')[0]),
    ['phone'],
  );
  const fresh = network.connect();
  t.is(fresh.near.opens, 1);
  t.deepEqual(
    network.events('network.stream-opened').map(({ on, data }) => `${on} ${data.local.split(':')[0] ?? ''}`),
    ['phone phone', 'crs crs', 'phone phone.abroad', 'crs crs'],
  );
  t.is(network.phone.host, 'phone.abroad');
});

test('what a device that has moved drops is told of the device, not of its address', (t) => {
  const network = new Roaming();
  network.fabric.move('phone', 'phone.abroad');
  network.fabric.linkNamed('away')?.setParameters({ corrupt: 1 }, 'phone.abroad');
  network.crs.openDatagram(0, () => undefined).send({ host: 'phone.abroad', port: 5004 }, new Uint8Array(20));
  network.drain();
  t.deepEqual(
    network.events('network.dropped').map(({ on, data }) => [on, data.reason]),
    [['phone', 'checksum']],
  );
});

test('a datagram to an address that its host has left is dropped there, and one to the other arrives', (t) => {
  const network = new Roaming();
  let received = 0;
  network.phone.openDatagram(7, () => received++);
  const socket = network.crs.openDatagram(0, () => {});
  const send = (host: string): void => {
    socket.send({ host, port: 7 }, fromAscii('x'));
    network.clock.runUntil(network.clock.now() + SECOND);
  };
  send('phone');
  send('phone.abroad');
  t.is(received, 1);
  network.fabric.move('phone', 'phone.abroad');
  send('phone');
  send('phone.abroad');
  t.is(received, 2);
  t.deepEqual(
    network.events('network.dropped').map(({ on, data }) => `${on} ${data.reason}`),
    ['phone.abroad not-attached', 'phone not-attached'],
  );
});

test('what is under way to the old address when its host leaves comes too late', (t) => {
  const network = new Roaming();
  let received = 0;
  network.phone.openDatagram(7, () => received++);
  network.crs.openDatagram(0, () => {}).send({ host: 'phone', port: 7 }, fromAscii('x'));
  network.fabric.move('phone', 'phone.abroad');
  network.drain();
  t.is(received, 0);
});

test('a link of a host that leads elsewhere stays up when it moves', (t) => {
  const network = new Roaming();
  const mdm = network.fabric.attach('mdm');
  network.fabric.link('phone-mdm', 'phone', 'mdm');
  let received = 0;
  network.phone.openDatagram(7, () => received++);
  network.fabric.move('phone', 'phone.abroad');
  mdm.openDatagram(0, () => {}).send({ host: 'phone', port: 7 }, fromAscii('x'));
  network.drain();
  t.is(received, 1);
});

test('a host that is unplugged is unplugged at every address', (t) => {
  const network = new Roaming();
  network.fabric.move('phone', 'phone.abroad');
  network.fabric.unplug('phone');
  t.is(network.connect().near.opens, 0);
  network.fabric.plug('phone');
  t.is(network.connect().near.opens, 1);
});

test('a host that is isolated is so at every address', (t) => {
  const network = new Roaming();
  network.fabric.move('phone', 'phone.abroad');
  network.fabric.isolate('phone');
  t.is(network.connect().near.opens, 0);
  network.fabric.rejoin();
  t.is(network.connect().near.opens, 1);
});

test('nobody moves to an address that is not theirs', (t) => {
  const { fabric } = new Roaming();
  for (const [host, address] of [
    ['phone', 'crs'],
    ['crs', 'crs'],
  ] as const) {
    const thrown = t.throws(() => fabric.move(host, address));
    t.true(thrown instanceof CalldrillError && thrown.code === 'NETWORK_UNKNOWN_HOST');
  }
});

test('a router passes on what its filter lets it, and tells once what it does not', (t) => {
  const network = new Roaming(({ to }) => to.port !== 22);
  const socket = network.phone.openDatagram(0, () => {});
  let received = 0;
  network.crs.openDatagram(22, () => received++);
  network.crs.openDatagram(23, () => received++);
  for (let i = 0; i < 3; i++) for (const port of [22, 23]) socket.send({ host: 'crs', port }, fromAscii('x'));
  network.drain();
  t.is(received, 3);
  t.deepEqual(
    network.events('network.dropped').map(({ on, data }) => `${on} ${data.to} ${data.reason}`),
    ['gate crs:22 filtered'],
  );
});

test('a flow is counted on each link that it crosses', (t) => {
  const network = new Roaming();
  const socket = network.phone.openDatagram(0, () => {});
  network.crs.openDatagram(23, () => {});
  for (let i = 0; i < 3; i++) socket.send({ host: 'crs', port: 23 }, fromAscii('xy'));
  network.drain();
  t.deepEqual(
    network.events('network.flow').map(({ on, data }) => [on, data.packets, data.octets]),
    [
      ['home', 3, 6],
      ['gate-crs', 3, 6],
    ],
  );
});

test('an attacker stands in for a host behind a router, for those on this side of it only', (t) => {
  const network = new Roaming();
  const { fabric } = network;
  const thief = fabric.attach('thief');
  const stolen = new End();
  thief.listen(5061, () => stolen);
  const restore = fabric.linkNamed('home')?.divert('crs', 'thief', 'gate');
  const { near, far } = network.connect();
  t.deepEqual([near.opens, stolen.opens, far.opens], [1, 1, 0]);
  restore?.();
  const after = network.connect();
  t.deepEqual([after.near.opens, after.far.opens], [1, 1]);
  const thrown = t.throws(() => fabric.linkNamed('home')?.divert('crs', 'thief'));
  t.true(thrown instanceof CalldrillError && thrown.code === 'NETWORK_NOT_ON_LINK');
});
