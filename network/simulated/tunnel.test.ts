import test from 'ava';
import type { CapturedPacket } from '../packet.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import { TestNetwork } from './test-network.fixture.ts';
import { carrying, Tunnel, TUNNEL_KEY_OCTETS } from './tunnel.ts';

/** A phone that sends through a tunnel, the tap on the network that carries it, and what the tunnel is sealed with. */
function dug() {
  const { fabric, clock } = new TestNetwork();
  const phone = fabric.attach('alice-phone');
  fabric.attach('vpn');
  const inner = fabric.link('alice-vpn', 'alice-phone', 'vpn', {});
  const outer = fabric.link('alice-abroad', 'alice-phone.abroad', 'abroad', {});
  const key = Uint8Array.from({ length: TUNNEL_KEY_OCTETS }, (_, index) => index);
  const options = { inner, outer, phone: 'alice-phone.abroad', gateway: 'vpn', key };
  const tunnel = new Tunnel(options);
  const seen: CapturedPacket[] = [];
  const off = carrying(outer, [tunnel]).tap((packet) => void seen.push(packet));
  let port = 5000;
  const send = (text: string): void => {
    phone.openDatagram(port++, () => undefined).send({ host: 'vpn', port: 9 }, fromAscii(text));
    while (clock.step());
  };
  return { tunnel, seen, off, send, options };
}

test('who taps the network that carries a tunnel sees when, how much and between whom, and no octet of it', (t) => {
  const { seen, send } = dug();
  send('PSK identity alice');
  t.is(seen.length, 1);
  const { packet, link, toward, lost } = seen[0] ?? t.fail();
  t.deepEqual([packet.protocol, packet.from.host, packet.to.host], ['udp', 'alice-phone.abroad', 'vpn']);
  t.deepEqual([link, toward, lost], ['alice-abroad', 'abroad', false]);
  t.false(toAscii(packet.octets).includes('alice'), 'neither what is said nor the addresses inside');
  t.true(packet.octets.length > 18 + 32);
});

test('whoever has its key reads it, and nobody with another key or after a change', (t) => {
  const { tunnel, seen, send, options } = dug();
  send('hello');
  const octets = seen[0]?.packet.octets ?? t.fail();
  const inside = tunnel.open(octets);
  t.is(toAscii(inside?.octets ?? new Uint8Array(0)), 'hello');
  t.deepEqual([inside?.from.host, inside?.to.port], ['alice-phone', 9]);
  const other = new Tunnel({ ...options, key: options.key.map((octet) => octet ^ 1) });
  t.is(other.open(octets), undefined);
  t.is(tunnel.open(octets.with(20, (octets[20] ?? 0) ^ 1)), undefined);
  t.is(tunnel.open(octets.subarray(0, 31)), undefined);
});

test('no two packets are sealed under one nonce, and who stops listening sees no more', (t) => {
  const { seen, off, send } = dug();
  send('a');
  send('b');
  const nonces = seen.map(({ packet }) => packet.octets.subarray(8, 16).join());
  t.is(new Set(nonces).size, 2);
  off();
  send('c');
  t.is(seen.length, 2);
});
