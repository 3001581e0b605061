/** Secure streams on node:tls: what they say was agreed is what is on the wire, and a wiretapper with the PSK reads them. */
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { connect } from 'node:net';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import type { SecureServerOptions } from '../fabric.ts';
import { EndWitness } from '../fabric-under-test.fixture.ts';
import { reassemble } from '../simulated/capture.ts';
import { decryptRecorded, readClientIdentity } from '../tls-psk/recorded.ts';
import { onLive as on } from './live-network.fixture.ts';

const PSK = fromAscii('0123456789abcdef');
const CLIENT = { identity: 'alice', psk: PSK, encryptThenMac: true, extendedMasterSecret: true };
const SERVER: SecureServerOptions = {
  psk: (identity) => (identity === 'alice' ? PSK : undefined),
  unknownIdentity: 'alert',
  encryptThenMac: true,
  extendedMasterSecret: true,
};

/** A client that is not ours, with Alice's key. */
const stranger = (port: number, ciphers = 'PSK-AES128-CBC-SHA'): TLSSocket =>
  connectTls({
    host: '127.0.0.1',
    port,
    ciphers,
    maxVersion: 'TLSv1.2',
    pskCallback: () => ({ psk: PSK, identity: 'alice' }),
    checkServerIdentity: () => undefined,
  });

on('with an ephemeral exchange it does not, and does with the key log that is kept', async (t, network) => {
  const DHE = { keyExchange: 'dhe-psk' } as const;
  const [near, far] = [new EndWitness(), new EndWitness()];
  const listener = network.crs.listenSecure(0, { ...SERVER, ...DHE }, () => far);
  await network.settle();
  const stream = network.phone.connectSecure(listener.local, { ...CLIENT, ...DHE }, near);
  stream.write(fromAscii('hello'));
  await network.settle(() => far.text !== '');
  const [recorded] = reassemble(network.captured);
  if (recorded === undefined) return t.fail('nothing was recorded');
  t.throws(() => decryptRecorded({ ...recorded, psk: PSK }), { code: 'TLS_FORWARD_SECRET' });
  const keyLog = network.fabric.sessionKeys;
  t.is(keyLog.length, 1);
  const session = decryptRecorded({ ...recorded, psk: PSK, keyLog });
  t.is(toAscii(concat(...session.clientData)), 'hello');
  t.deepEqual(session.security, stream.security, 'what the stream says is what the wire says');
});

for (const encryptThenMac of [true, false]) {
  on(`a recorded session opens with its PSK, encrypt-then-MAC ${encryptThenMac}`, async (t, network) => {
    const { phone, crs } = network;
    const [near, far] = [new EndWitness(), new EndWitness()];
    const listener = crs.listenSecure(0, { ...SERVER, encryptThenMac }, (stream) => {
      stream.write(fromAscii('welcome'));
      return far;
    });
    await network.settle();
    const stream = phone.connectSecure(listener.local, { ...CLIENT, encryptThenMac }, near);
    stream.write(fromAscii('hello'));
    await network.settle(() => near.text !== '' && far.text !== '');
    stream.close();
    await network.settle(() => near.isOver && far.isOver);

    const [recorded, ...others] = reassemble(network.captured);
    t.deepEqual(others, []);
    if (recorded === undefined) return t.fail('nothing was recorded');
    t.true(recorded.complete);
    t.is(readClientIdentity(recorded.clientToServer), 'alice');
    const session = decryptRecorded({ ...recorded, psk: PSK });
    t.is(toAscii(concat(...session.clientData)), 'hello');
    t.is(toAscii(concat(...session.serverData)), 'welcome');
    t.deepEqual(session.security, stream.security, 'what the stream says is what the wire says');
    t.is(stream.security?.encryptThenMac, encryptThenMac);
    t.throws(() => decryptRecorded({ ...recorded, psk: fromAscii('another key') }), {
      code: 'TLS_PSK_WRONG',
    });
  });
}

on(
  'node:tls cannot be told to leave out the extended master secret, and the stream says so',
  async (t, network) => {
    const near = new EndWitness();
    const listener = network.crs.listenSecure(
      0,
      { ...SERVER, extendedMasterSecret: false },
      () => new EndWitness(),
    );
    await network.settle();
    const stream = network.phone.connectSecure(
      listener.local,
      { ...CLIENT, extendedMasterSecret: false },
      near,
    );
    await network.settle(() => near.opens > 0);
    t.true(stream.security?.extendedMasterSecret);
  },
);

on('no session is resumed: who comes back is asked for the key again', async (t, network) => {
  let asked = 0;
  const listener = network.crs.listenSecure(
    0,
    { ...SERVER, psk: () => (++asked, PSK) },
    () => new EndWitness(),
  );
  await network.settle();
  for (let round = 1; round <= 2; round++) {
    const reused = await new Promise<boolean>((resolve, reject) => {
      const socket = stranger(listener.local.port);
      socket.once('secureConnect', () => {
        resolve(socket.isSessionReused());
        socket.destroy();
      });
      socket.once('error', reject);
    });
    t.false(reused);
    t.is(asked, round);
  }
});

on('a client that wants to shake hands again is not heard', async (t, network) => {
  let asked = 0;
  const far = new EndWitness();
  const psk = (): Uint8Array => (asked++, PSK);
  const listener = network.crs.listenSecure(0, { ...SERVER, psk }, () => far);
  await network.settle();
  const socket = stranger(listener.local.port);
  const refused = await new Promise<Error | null>((resolve) => {
    socket.on('error', resolve);
    socket.once('secureConnect', () => socket.renegotiate({}, resolve));
  });
  t.regex(String(refused), /no.renegotiation/i);
  t.is(asked, 1);
  socket.destroy();
  await network.settle(() => far.isOver);
});

on('another suite is refused with the alert that is on the wire', async (t, network) => {
  const alerts: number[] = [];
  const onRefused = ({ alert }: { alert: number }): void => void alerts.push(alert);
  const listener = network.crs.listenSecure(0, { ...SERVER, onRefused }, () => new EndWitness());
  await network.settle();
  const socket = stranger(listener.local.port, 'PSK-AES128-GCM-SHA256');
  socket.on('error', () => undefined);
  await network.settle(() => alerts.length > 0);
  t.deepEqual(alerts, [40]);
  socket.destroy();
});

on('what is not TLS is refused and does no harm', async (t, network) => {
  let refused = 0;
  const onRefused = (): void => void refused++;
  const listener = network.crs.listenSecure(0, { ...SERVER, onRefused }, () => new EndWitness());
  await network.settle();
  const sockets = ['GET / HTTP/1.0\r\n\r\n', '\u0016\u0003', ''].map((text) => {
    const socket = connect(listener.local.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end(text);
    return socket;
  });
  await network.settle(() => refused === 3);
  const near = new EndWitness();
  network.phone.connectSecure(listener.local, CLIENT, near);
  await network.settle(() => near.opens > 0);
  t.is(near.opens, 1);
  for (const socket of sockets) socket.destroy();
});

on('a defect in what looks up keys is told as a defect, not as a refusal', async (t, network) => {
  const psk = (): never => {
    throw new Error('a defect');
  };
  const listener = network.crs.listenSecure(0, { ...SERVER, psk }, () => new EndWitness());
  await network.settle();
  const near = new EndWitness();
  network.phone.connectSecure(listener.local, CLIENT, near);
  await network.settle(() => network.defects.length > 0);
  t.deepEqual(network.defects.map(String), ['Error: a defect']);
});
