/**
 * Both ends of the live fabric's TLS with the `openssl` command at the other: a handshake and data, a wrong key, and an identity that is
 * not known, in both of the answers that RFC 4279 leaves open (s_server takes every identity, so this is asked of our server only). `network/tls-psk/openssl.test.ts` does this with the simulated fabric's TLS.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { fromAscii } from '../sim/octets.ts';
import type { SecureServerOptions } from '../network/fabric.ts';
import { EndWitness } from '../network/fabric-under-test.fixture.ts';
import { LiveNetwork } from '../network/live/live-network.fixture.ts';
import { OpenSsl, sClient, sServer } from '../network/tls-psk/openssl-peer.fixture.ts';
import { PSK } from '../network/tls-psk/engine.fuzz.ts';
import { program, testWith } from './needs.ts';

const test = testWith(program('openssl', 'openssl', ['version']));

const WRONG_PSK = '00112233';
const BAD_RECORD_MAC = 20;
const UNKNOWN_PSK_IDENTITY = 115;
const HANDSHAKE_FAILURE = 40;

/** Our server, and what it heard of handshakes that failed. */
async function served(t: ExecutionContext, options: Partial<SecureServerOptions> = {}) {
  const network = await LiveNetwork.open();
  t.teardown(async () => network.close());
  const end = new EndWitness();
  const refused: { identity: string | undefined; alert: number; isStrange: boolean }[] = [];
  const listener = network.crs.listenSecure(
    0,
    {
      psk: (identity) => (identity === 'alice' ? PSK : undefined),
      unknownIdentity: 'as-wrong-key',
      encryptThenMac: true,
      extendedMasterSecret: true,
      onRefused: ({ identity, alert, isStrange }) => refused.push({ identity, alert, isStrange }),
      ...options,
    },
    (stream) => {
      stream.write(fromAscii('from calldrill\n'));
      return end;
    },
  );
  await network.settle();
  return { network, end, refused, port: listener.local.port };
}

/** Our client, connecting to an `openssl s_server`. */
async function connected(t: ExecutionContext, args: readonly string[] = [], psk?: string) {
  const { openssl, port } = await sServer(t, args, psk);
  // The server is on an address of its own, so its port is the real one.
  const network = await LiveNetwork.open(new Map([['crs', '127.0.0.1']]));
  t.teardown(async () => network.close());
  const end = new EndWitness();
  const options = { identity: 'alice', psk: PSK, encryptThenMac: true, extendedMasterSecret: true };
  const stream = network.phone.connectSecure({ host: 'crs', port }, options, end);
  return { network, openssl, end, stream };
}

for (const encryptThenMac of [true, false]) {
  const args = encryptThenMac ? [] : ['-no_etm'];
  const how = `encrypt-then-MAC ${encryptThenMac ? 'on' : 'off'}`;

  test(`s_client and our live server talk both ways and close in order: ${how}`, async (t) => {
    const { network, end, port } = await served(t);
    const openssl = sClient(t, port, args);
    await openssl.says(/from calldrill\n/);
    await openssl.says(/Cipher is PSK-AES128-CBC-SHA/);
    openssl.say('from openssl\n');
    await network.settle(() => end.text !== '');
    t.is(end.text, 'from openssl\n');
    const secured = network.trace.events.find(({ type }) => type === 'network.secured')?.data;
    t.like(secured, { identity: 'alice', encryptThenMac });
    openssl.hangUp();
    await network.settle(() => end.isOver);
    t.deepEqual(end.closes, [{ reason: 'closed' }]);
    t.is(await openssl.exited(), 0);
  });

  test(`our live client and s_server talk both ways: ${how}`, async (t) => {
    const { network, openssl, end, stream } = await connected(t, args);
    stream.write(fromAscii('from calldrill\n'));
    await openssl.says(/from calldrill\n/);
    openssl.say('from openssl\n');
    await network.settle(() => end.text !== '');
    t.is(end.text, 'from openssl\n');
    t.is(stream.security?.encryptThenMac, encryptThenMac);
    stream.close();
    await network.settle(() => end.isOver);
    t.deepEqual(end.closes, [{ reason: 'closed' }]);
  });
}

test('s_client with a wrong key gets alert 20 from our live server', async (t) => {
  const { network, end, refused, port } = await served(t);
  const openssl = sClient(t, port, ['-psk', WRONG_PSK]);
  await openssl.says(/alert number 20/);
  await network.settle(() => refused.length > 0);
  t.deepEqual(refused, [{ identity: 'alice', alert: BAD_RECORD_MAC, isStrange: false }]);
  t.is(end.opens, 0);
});

test('our live client with a wrong key gets alert 20 from s_server', async (t) => {
  const { network, end, stream } = await connected(t, [], WRONG_PSK);
  await network.settle(() => end.isOver);
  t.deepEqual(end.closes, [{ reason: 'insecure', alert: BAD_RECORD_MAC, remote: true }]);
  t.is(stream.security, undefined);
});

for (const [unknownIdentity, alert] of [
  ['alert', UNKNOWN_PSK_IDENTITY],
  ['as-wrong-key', BAD_RECORD_MAC],
] as const)
  test(`s_client with an unknown identity gets alert ${alert} from our live server (${unknownIdentity})`, async (t) => {
    const { network, refused, port } = await served(t, { unknownIdentity, psk: () => undefined });
    const openssl = sClient(t, port);
    await openssl.says(new RegExp(`alert number ${alert}\\b`));
    await network.settle(() => refused.length > 0);
    t.deepEqual(refused, [{ identity: 'alice', alert, isStrange: false }]);
  });

const OWN_CERTIFICATE = '<a certificate of its own>';

for (const [what, ...args] of [
  ['with every other PSK suite', '-cipher', 'PSK:!PSK-AES128-CBC-SHA'],
  ['with PSK suites that encrypt nothing', '-cipher', 'PSK+eNULL:@SECLEVEL=0'],
  ['with certificate suites and a certificate of its own', '-cipher', 'aRSA', OWN_CERTIFICATE],
] as const)
  test(`s_client ${what} gets alert 40 from our live server, which says what is strange`, async (t) => {
    const { network, end, refused, port } = await served(t);
    const own = args.at(-1) === OWN_CERTIFICATE ? await certificate(t) : [];
    const openssl = sClient(t, port, [...args.filter((each) => each !== OWN_CERTIFICATE), ...own]);
    await openssl.says(/alert number 40/);
    await network.settle(() => refused.length > 0);
    t.deepEqual(refused, [{ identity: undefined, alert: HANDSHAKE_FAILURE, isStrange: true }]);
    t.is(end.opens, 0);
  });

for (const [what, octets] of [
  ['SIP', 'REGISTER sip:crs SIP/2.0\r\n\r\n'],
  ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
  ['SSH', 'SSH-2.0-OpenSSH_6.7\r\n'],
] as const)
  test(`${what} in clear is closed by our live server before anything reads it`, async (t) => {
    const { network, end, refused, port } = await served(t);
    const socket = connect(port, '127.0.0.1', () => socket.write(octets));
    t.teardown(() => socket.destroy());
    socket.on('error', () => undefined);
    await network.settle(() => refused.length > 0);
    t.like(refused[0], { identity: undefined, isStrange: true });
    t.deepEqual([end.opens, end.text], [0, '']);
  });

/** Arguments with a certificate that `openssl` makes for itself. */
async function certificate(t: ExecutionContext): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-certificate-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const [key, own] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=own', '-keyout', key, '-out', own];
  await new OpenSsl(t, ['req', '-x509', ...made]).exited();
  return ['-key', key, '-cert', own];
}
