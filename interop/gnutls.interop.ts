/**
 * Both ends of the live fabric's TLS with GnuTLS's command-line client and server at the other: a second implementation of TLS-PSK that
 * shares nothing with openssl. A handshake and data with the suite of the deployment, a wrong key, an identity that nobody has, a suite
 * that is not ours.
 */
import { createServer } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { fromAscii, toHex } from '../sim/octets.ts';
import { EndWitness } from '../network/fabric-under-test.fixture.ts';
import { LiveNetwork } from '../network/live/live-network.fixture.ts';
import { PSK } from '../network/tls-psk/engine.fuzz.ts';
import { OpenSsl } from '../network/tls-psk/openssl-peer.fixture.ts';
import { program, testWith } from './needs.ts';

const test = testWith(program('gnutls-cli', 'gnutls-bin'));

const WRONG_PSK = '00112233';
const BAD_RECORD_MAC = 20;
const HANDSHAKE_FAILURE = 40;
/** TLS_PSK_WITH_AES_128_CBC_SHA of TLS 1.2, and nothing else; an alternative to its cipher may be given. */
const priority = (cipher = 'AES-128-CBC'): string =>
  `NONE:+VERS-TLS1.2:+COMP-NULL:+PSK:+${cipher}:+SHA1:+SIGN-ALL:+CTYPE-ALL`;

interface RefusedHandshake {
  readonly identity: string | undefined;
  readonly alert: number;
}

/** Our server, and what it heard of handshakes that failed. */
async function served(t: ExecutionContext) {
  const network = await LiveNetwork.open();
  t.teardown(async () => network.close());
  const end = new EndWitness();
  const refused: RefusedHandshake[] = [];
  const listener = network.crs.listenSecure(
    0,
    {
      psk: (identity) => (identity === 'alice' ? PSK : undefined),
      unknownIdentity: 'as-wrong-key',
      encryptThenMac: true,
      extendedMasterSecret: true,
      onRefused: ({ identity, alert }) => refused.push({ identity, alert }),
    },
    (stream) => {
      stream.write(fromAscii('from calldrill\n'));
      return end;
    },
  );
  await network.settle();
  const client = (identity = 'alice', psk = toHex(PSK), cipher?: string): OpenSsl => {
    const key = ['--pskusername', identity, '--pskkey', psk];
    const where = ['--port', String(listener.local.port), '127.0.0.1'];
    return new OpenSsl(t, [...key, '--priority', priority(cipher), ...where], undefined, 'gnutls-cli');
  };
  return { network, end, refused, client };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Our client, connecting to a `gnutls-serv` that says back what it hears. */
async function connected(t: ExecutionContext, psk = toHex(PSK)) {
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-gnutls-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const passwords = join(folder, 'psk.txt');
  await writeFile(passwords, `alice:${psk}\n`, { mode: 0o600 });
  const port = await freePort();
  const listen = ['--echo', '--port', String(port), '--pskpasswd', passwords, '--priority', priority()];
  const gnutls = new OpenSsl(t, listen, undefined, 'gnutls-serv');
  await gnutls.says(/listening on IPv4[^\n]*done/); // It says so first, and listens then.
  const network = await LiveNetwork.open(new Map([['crs', '127.0.0.1']]));
  t.teardown(async () => network.close());
  const end = new EndWitness();
  const options = { identity: 'alice', psk: PSK, encryptThenMac: true, extendedMasterSecret: true };
  const stream = network.phone.connectSecure({ host: 'crs', port }, options, end);
  return { network, gnutls, end, stream };
}

test('gnutls-cli and our live server talk both ways', async (t) => {
  const { network, end, client } = await served(t);
  const gnutls = client();
  await gnutls.says(/from calldrill\n/);
  t.regex(gnutls.output, /Description: \(TLS1\.2[^\n]*PSK[^\n]*AES-128-CBC[^\n]*SHA1/);
  gnutls.say('from gnutls\n');
  await network.settle(() => end.text !== '');
  t.is(end.text, 'from gnutls\n');
  const secured = network.trace.events.find(({ type }) => type === 'network.secured')?.data;
  t.like(secured, { identity: 'alice', encryptThenMac: true });
  gnutls.hangUp();
  await network.settle(() => end.isOver);
});

test('our live client and gnutls-serv talk both ways', async (t) => {
  const { network, end, stream } = await connected(t);
  stream.write(fromAscii('there and back\n'));
  await network.settle(() => end.text !== '');
  t.is(end.text, 'there and back\n');
  t.is(stream.security?.encryptThenMac, true);
  stream.close();
  await network.settle(() => end.isOver);
  t.deepEqual(end.closes, [{ reason: 'closed' }]);
});

for (const [what, identity, psk] of [
  ['a wrong key', 'alice', WRONG_PSK],
  ['an identity that nobody has', 'mallory', toHex(PSK)],
] as const)
  test(`gnutls-cli with ${what} gets alert 20 from our live server`, async (t) => {
    const { network, end, refused, client } = await served(t);
    await client(identity, psk).says(/Error \[20\]|Bad record MAC/i);
    await network.settle(() => refused.length > 0);
    t.deepEqual(refused, [{ identity, alert: BAD_RECORD_MAC }]);
    t.is(end.opens, 0);
  });

test('gnutls-cli without our suite gets alert 40 from our live server', async (t) => {
  const { network, refused, client } = await served(t);
  await client('alice', toHex(PSK), 'AES-256-CBC').says(/Handshake failed|40/);
  await network.settle(() => refused.length > 0);
  t.is(refused[0]?.alert, HANDSHAKE_FAILURE);
});

test('our live client with a wrong key is refused by gnutls-serv', async (t) => {
  const { network, end, stream } = await connected(t, WRONG_PSK);
  await network.settle(() => end.isOver);
  t.like(end.closes[0], { reason: 'insecure', alert: BAD_RECORD_MAC, remote: true });
  t.is(stream.security, undefined);
});
