/**
 * Interoperation with the `openssl` command over loopback, both ways: our server with s_client, our client with s_server, and
 * a tap between the two of them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { concat, fromAscii, toAscii, toHex } from '../../sim/octets.ts';
import {
  connectTo,
  OPENSSL,
  OpenSsl,
  sClient,
  serve,
  sServer,
  tap,
  withoutExtendedMasterSecret,
} from './openssl-peer.fixture.ts';
import { PSK } from './engine.fuzz.ts';
import { decryptRecorded, readClientIdentity } from './index.ts';

const WRONG_PSK = '00112233';

const isThere = spawnSync(OPENSSL, ['version']).status === 0;
const interop = isThere ? test : test.skip;

if (!isThere)
  test('openssl is installed', (t) => {
    const message = 'openssl is not on PATH: interoperation was not tested';
    if ((process.env['CI'] ?? '') !== '') t.fail(`${message}; install it in CI`);
    else t.log(message);
    t.pass();
  });

const VARIANTS = [
  { name: 'both extensions', args: [], isPlain: false, encryptThenMac: true, extendedMasterSecret: true },
  { name: 'no EtM', args: ['-no_etm'], isPlain: false, encryptThenMac: false, extendedMasterSecret: true },
  { name: 'no EMS', args: [], isPlain: true, encryptThenMac: true, extendedMasterSecret: false },
  { name: 'neither', args: ['-no_etm'], isPlain: true, encryptThenMac: false, extendedMasterSecret: false },
];

for (const { name, args, isPlain, encryptThenMac, extendedMasterSecret } of VARIANTS) {
  const security = {
    version: 'TLS 1.2',
    cipherSuite: 'TLS_PSK_WITH_AES_128_CBC_SHA',
    pskIdentity: 'alice',
    encryptThenMac,
    extendedMasterSecret,
  } as const;

  interop(`our server and s_client talk both ways and close in order: ${name}`, async (t) => {
    const { port, session } = await serve(t);
    const openssl = sClient(t, port, args, isPlain ? withoutExtendedMasterSecret(t) : undefined);
    const { server, end } = await session;
    await end.secured;
    t.deepEqual(end.security, security);
    t.is(server.identity, 'alice');
    await openssl.says(/Cipher is PSK-AES128-CBC-SHA/);
    await openssl.says(extendedMasterSecret ? /Extended master secret: yes/ : /Extended master secret: no/);
    openssl.say('from openssl\n');
    await end.hears(13);
    t.is(end.text, 'from openssl\n');
    server.write(fromAscii('from calldrill\n'));
    await openssl.says(/from calldrill\n/);
    server.close();
    await end.closed;
    t.deepEqual(end.closes, [{ reason: 'closed' }]);
    t.is(await openssl.exited(), 0);
  });

  interop(
    `our client and s_server talk both ways, and the recording opens with the PSK: ${name}`,
    async (t) => {
      const configuration = isPlain ? withoutExtendedMasterSecret(t) : undefined;
      const { openssl, client, end } = await connectTo(t, args, toHex(PSK), configuration);
      await end.secured;
      t.deepEqual(end.security, security);
      client.write(fromAscii('from calldrill\n'));
      await openssl.says(/from calldrill\n/);
      openssl.say('from openssl\n');
      await end.hears(13);
      t.is(end.text, 'from openssl\n');
      client.close();
      await end.closed;
      t.deepEqual(end.closes, [{ reason: 'closed' }]);

      const recording = { clientToServer: end.stream, serverToClient: concat(...end.received) };
      const opened = decryptRecorded({ ...recording, psk: PSK });
      t.deepEqual(opened.security, security);
      t.deepEqual(opened.clientData.map(toHex), [toHex(fromAscii('from calldrill\n'))]);
      t.deepEqual(opened.serverData.map(toHex), [toHex(fromAscii('from openssl\n'))]);
      t.is(opened.keyLogLine, client.keyLogLine() ?? '');
      const psk = fromAscii('another key');
      t.throws(() => decryptRecorded({ ...recording, psk }), { code: 'TLS_PSK_WRONG' });
    },
  );
}

interop('s_client logs the same secret as our key log line', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'keys.log');
  const { port, session } = await serve(t);
  const openssl = sClient(t, port, ['-keylogfile', file]);
  const { server, end } = await session;
  await end.secured;
  server.close();
  await openssl.exited();
  const lines = readFileSync(file, 'utf8').split('\n');
  t.true(lines.includes(server.keyLogLine() ?? 'none'));
});

interop('s_client hangs up first, with close_notify', async (t) => {
  const { port, session } = await serve(t);
  const openssl = sClient(t, port);
  const { end } = await session;
  await end.secured;
  openssl.hangUp();
  await end.closed;
  t.deepEqual(end.closes, [{ reason: 'closed' }]);
  t.is(await openssl.exited(), 0);
});

interop('s_server that drops the connection without close_notify cut the session off', async (t) => {
  const { openssl, end } = await connectTo(t);
  await end.secured;
  openssl.say('Q\n');
  await end.closed;
  t.deepEqual(end.closes, [{ reason: 'insecure' }]);
});

interop('a hundred thousand octets cross in both directions', async (t) => {
  const { client, end } = await connectTo(t, ['-rev']);
  await end.secured;
  const lines = Array.from({ length: 1000 }, (_, number) => String(number).padStart(99, '.'));
  client.write(fromAscii(lines.map((line) => `${line}\n`).join('')));
  await end.hears(100_000);
  t.is(end.text, lines.map((line) => `${Array.from(line).reverse().join('')}\n`).join(''));
  client.close();
  await end.closed;
  t.deepEqual(end.closes, [{ reason: 'closed' }]);
});

interop('s_server with a hint is understood', async (t) => {
  const { end } = await connectTo(t, ['-psk_hint', 'crs']);
  await end.secured;
  t.is(end.security?.pskIdentity, 'alice');
});

interop('s_client with a wrong key gets alert 20', async (t) => {
  const { port, session, refused } = await serve(t);
  const openssl = sClient(t, port, ['-psk', WRONG_PSK]);
  const { end } = await session;
  await openssl.says(/alert number 20/);
  await end.closed;
  t.deepEqual(end.closes, [{ reason: 'insecure', alert: 20 }]);
  t.deepEqual(refused, [{ identity: 'alice', alert: 20, isStrange: false }]);
  t.is(end.security, undefined);
});

interop('our client gets alert 20 from an s_server with another key', async (t) => {
  const { end } = await connectTo(t, [], WRONG_PSK);
  await end.closed;
  t.deepEqual(end.closes, [{ reason: 'insecure', alert: 20, remote: true }]);
  t.is(end.security, undefined);
});

for (const { unknownIdentity, alert } of [
  { unknownIdentity: 'alert', alert: 115 },
  { unknownIdentity: 'as-wrong-key', alert: 20 },
] as const)
  interop(`s_client with an unknown identity gets alert ${alert} (${unknownIdentity})`, async (t) => {
    const { port, session, refused } = await serve(t, { unknownIdentity, psk: () => undefined });
    const openssl = sClient(t, port);
    const { end } = await session;
    await openssl.says(new RegExp(`alert number ${alert}\\b`));
    await end.closed;
    t.deepEqual(end.closes, [{ reason: 'insecure', alert }]);
    t.deepEqual(refused, [{ identity: 'alice', alert, isStrange: false }]);
  });

interop('s_client without our cipher suite gets alert 40', async (t) => {
  const { port, session } = await serve(t);
  const target = ['-connect', `127.0.0.1:${port}`, '-psk', toHex(PSK), '-psk_identity', 'alice'];
  const openssl = new OpenSsl(t, ['s_client', ...target, '-tls1_2', '-cipher', 'PSK-AES256-CBC-SHA']);
  await openssl.says(/alert number 40/);
  t.deepEqual((await session).end.closes, [{ reason: 'insecure', alert: 40 }]);
});

interop('s_client of TLS 1.3 only gets alert 70', async (t) => {
  const { port } = await serve(t);
  const openssl = new OpenSsl(t, ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_3']);
  await openssl.says(/alert number 70/);
  t.pass();
});

interop('s_client that asks for a renegotiation is refused', async (t) => {
  const { port, session } = await serve(t);
  const openssl = sClient(t, port);
  const { end } = await session;
  await end.secured;
  await openssl.says(/Cipher is PSK-AES128-CBC-SHA/);
  openssl.say('R\n');
  await openssl.says(/no renegotiation/);
  await end.closed;
  t.is(end.closes.length, 1);
});

for (const args of [[], ['-no_etm']])
  interop(
    `a session of s_client and s_server, ticket and all, opens with the PSK: ${args.join(' ')}`,
    async (t) => {
      const { openssl: server, port } = await sServer(t, args);
      const { port: tapped, recording } = await tap(t, port);
      const client = sClient(t, tapped);
      await client.says(/TLS session ticket:/);
      client.say('from the client\n');
      await server.says(/from the client\n/);
      server.say('from the server\n');
      await client.says(/from the server\n/);
      client.hangUp();
      await client.exited();
      const opened = decryptRecorded({ ...recording(), psk: PSK });
      t.is(opened.identity, 'alice');
      t.is(opened.security.encryptThenMac, args.length === 0);
      t.deepEqual(opened.clientData.map(toAscii), ['from the client\n']);
      t.deepEqual(opened.serverData.map(toAscii), ['from the server\n']);
      t.is(readClientIdentity(recording().clientToServer), 'alice');
      t.throws(() => decryptRecorded({ ...recording(), psk: fromAscii('x') }), { code: 'TLS_PSK_WRONG' });
    },
  );
