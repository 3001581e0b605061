/** Same seed, same octets, same times; and what one host does changes nothing for those it has no business with. */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { fromAscii, toHex } from '../../sim/octets.ts';
import type { CapturedPacket } from '../packet.ts';
import { PROFILES } from './profiles.ts';
import { TestNetwork } from './test-network.fixture.ts';

const PSK = fromAscii('a shared key');
const security = { encryptThenMac: true, extendedMasterSecret: true };

/** A network in which each phone talks to the server, securely and by datagrams. */
function run(
  seed: string,
  phones: readonly string[],
): { digest: string; captured: Map<string, CapturedPacket[]> } {
  const network = new TestNetwork(seed);
  const { fabric, clock } = network;
  const crs = fabric.attach('crs');
  crs.listenSecure(5061, { psk: () => PSK, unknownIdentity: 'alert', ...security }, (stream) => ({
    onData: (octets) => stream.write(octets),
    onClose: () => {},
  }));
  const echo = crs.openDatagram(5004, (from, octets) => echo.send(from, octets));
  const captured = new Map<string, CapturedPacket[]>();
  for (const name of phones) {
    const link = fabric.link(`${name}-crs`, `${name}-phone`, 'crs', PROFILES.congested.parameters);
    const packets: CapturedPacket[] = [];
    captured.set(name, packets);
    link.tap((packet) => void packets.push(packet));
    const phone = fabric.attach(`${name}-phone`);
    const onClose = (): void => {};
    const stream = phone.connectSecure(
      { host: 'crs', port: 5061 },
      { identity: name, psk: PSK, ...security },
      { onData: () => {}, onClose },
    );
    stream.write(fromAscii(`REGISTER ${name}`));
    const socket = phone.openDatagram(5004, () => {});
    for (let i = 0; i < 100; i++) {
      clock.schedule(i * 20 * MILLISECOND, () => socket.send(echo.local, fromAscii(`${name} ${i}`)));
    }
  }
  clock.runUntil(10 * SECOND);
  fabric.flush();
  return { digest: network.trace.digest(), captured };
}

function print(captured: readonly CapturedPacket[] | undefined): string[] {
  return (captured ?? []).map(({ time, toward, lost, packet }) => {
    const { from, to, octets, tcp } = packet;
    return JSON.stringify([time, toward, lost, from, to, tcp, toHex(octets)]);
  });
}

test('the same seed gives the same octets at the same times', (t) => {
  const [first, second] = [run('seed', ['alice', 'bob']), run('seed', ['alice', 'bob'])];
  t.is(first.digest, second.digest);
  t.true(print(first.captured.get('alice')).length > 100);
  t.deepEqual(print(first.captured.get('alice')), print(second.captured.get('alice')));
});

test('another seed gives others', (t) => {
  t.not(run('seed', ['alice', 'bob']).digest, run('other', ['alice', 'bob']).digest);
});

test('another host changes nothing on the links of others', (t) => {
  const alice = (phones: readonly string[]): string[] => print(run('seed', phones).captured.get('alice'));
  const alone = alice(['alice']);
  t.true(alone.length > 100);
  t.deepEqual(alice(['alice', 'bob', 'thief']), alone);
  t.deepEqual(alice(['thief', 'alice']), alone);
});
