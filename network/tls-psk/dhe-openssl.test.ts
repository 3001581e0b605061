/** TLS_DHE_PSK_WITH_AES_128_CBC_SHA with the `openssl` command at the other end, and a tap between two of them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { concat, fromAscii, toAscii, toHex } from '../../sim/octets.ts';
import {
  connectAs,
  OPENSSL,
  sClient,
  serve,
  sServer,
  tap,
  withoutExtendedMasterSecret,
} from './openssl-peer.fixture.ts';
import { PSK } from './engine.fuzz.ts';
import { decryptRecorded, readClientIdentity } from './index.ts';

/** Without openssl `openssl.test.ts` says so. */
const isThere = spawnSync(OPENSSL, ['version']).status === 0;
const interop = isThere ? test : test.skip;

const DHE = { keyExchange: 'dhe-psk' } as const;
const CIPHER = ['-cipher', 'DHE-PSK-AES128-CBC-SHA'];

function folderOf(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file with the parameters of this group, as openssl itself has them. */
function groupFile(t: ExecutionContext, group: string): string {
  const file = join(folderOf(t), `${group}.pem`);
  const made = spawnSync(OPENSSL, ['genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', `group:${group}`]);
  writeFileSync(file, made.stdout);
  return file;
}

for (const [name, args, isPlain] of [
  ['both extensions', [], false],
  ['neither', ['-no_etm'], true],
] as const) {
  interop(`our server and s_client talk both ways, and log the same secret: ${name}`, async (t) => {
    const file = join(folderOf(t), 'keys.log');
    const { port, session } = await serve(t, DHE);
    const configuration = isPlain ? withoutExtendedMasterSecret(t) : undefined;
    const openssl = sClient(t, port, [...CIPHER, ...args, '-keylogfile', file], configuration);
    const { server, end } = await session;
    await end.secured;
    t.is(end.security?.cipherSuite, 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA');
    await openssl.says(/Cipher is DHE-PSK-AES128-CBC-SHA/);
    await openssl.says(/Server Temp Key: DH, 2048 bits/);
    openssl.say('from openssl\n');
    await end.hears(13);
    server.write(fromAscii('from calldrill\n'));
    await openssl.says(/from calldrill\n/);
    server.close();
    await end.closed;
    t.deepEqual(end.closes, [{ reason: 'closed' }]);
    t.is(await openssl.exited(), 0);
    t.true(
      readFileSync(file, 'utf8')
        .split('\n')
        .includes(server.keyLogLine() ?? 'none'),
    );
  });

  interop(
    `our client and s_server talk both ways, and the recording opens with the key log alone: ${name}`,
    async (t) => {
      const configuration = isPlain ? withoutExtendedMasterSecret(t) : undefined;
      const dhparam = ['-dhparam', groupFile(t, 'ffdhe2048')];
      const { openssl, client, end } = await connectAs(
        t,
        DHE,
        [...CIPHER, ...dhparam, ...args],
        toHex(PSK),
        configuration,
      );
      await end.secured;
      client.write(fromAscii('from calldrill\n'));
      await openssl.says(/from calldrill\n/);
      openssl.say('from openssl\n');
      await end.hears(13);
      client.close();
      await end.closed;
      t.deepEqual(end.closes, [{ reason: 'closed' }]);

      const recording = { clientToServer: end.stream, serverToClient: concat(...end.received) };
      t.throws(() => decryptRecorded({ ...recording, psk: PSK }), { code: 'TLS_FORWARD_SECRET' });
      const opened = decryptRecorded({ ...recording, psk: PSK, keyLog: [client.keyLogLine() ?? ''] });
      t.deepEqual(opened.security, end.security ?? opened.security);
      t.deepEqual(opened.serverData.map(toAscii), ['from openssl\n']);
    },
  );
}

interop(
  'the group that s_server chooses by itself is taken, with a hint too; one of 1,536 bits is not',
  async (t) => {
    const { end } = await connectAs(t, DHE, [...CIPHER, '-psk_hint', 'crs']);
    await end.secured;
    t.is(end.security?.pskIdentity, 'alice');
    const weak = ['-cipher', 'DHE-PSK-AES128-CBC-SHA:@SECLEVEL=0', '-dhparam', groupFile(t, 'modp_1536')];
    const refused = await connectAs(t, DHE, weak);
    await refused.end.closed;
    t.deepEqual(refused.end.closes, [{ reason: 'insecure', alert: 71 }]);
  },
);

interop('a wrong key gets alert 20 at either end', async (t) => {
  const { port, session } = await serve(t, DHE);
  const openssl = sClient(t, port, [...CIPHER, '-psk', '00112233']);
  await openssl.says(/alert number 20/);
  t.deepEqual((await session).end.closes, [{ reason: 'insecure', alert: 20 }]);
  const { end } = await connectAs(t, DHE, CIPHER, '00112233');
  await end.closed;
  t.deepEqual(end.closes, [{ reason: 'insecure', alert: 20, remote: true }]);
});

interop('s_client with the plain suite gets alert 40', async (t) => {
  const { port, session } = await serve(t, DHE);
  const openssl = sClient(t, port);
  await openssl.says(/alert number 40/);
  t.deepEqual((await session).end.closes, [{ reason: 'insecure', alert: 40 }]);
});

interop(
  'a session of s_client and s_server does not open with the PSK, and does with the log of the client',
  async (t) => {
    const file = join(folderOf(t), 'keys.log');
    const { openssl: server, port } = await sServer(t, CIPHER);
    const { port: tapped, recording } = await tap(t, port);
    const client = sClient(t, tapped, [...CIPHER, '-keylogfile', file]);
    await client.says(/TLS session ticket:/);
    client.say('from the client\n');
    await server.says(/from the client\n/);
    client.hangUp();
    await client.exited();
    t.is(readClientIdentity(recording().clientToServer), 'alice');
    t.throws(() => decryptRecorded({ ...recording(), psk: PSK }), { code: 'TLS_FORWARD_SECRET' });
    const keyLog = readFileSync(file, 'utf8').split('\n');
    t.deepEqual(decryptRecorded({ ...recording(), psk: PSK, keyLog }).clientData.map(toAscii), [
      'from the client\n',
    ]);
  },
);
