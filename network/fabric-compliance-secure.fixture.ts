/** The compliance suite's part on secure streams. Registered by `fabric-compliance.ts`. */
import { fromAscii } from '../sim/octets.ts';
import { SeededRandom } from '../sim/random.ts';
import type { Address, KeyExchange, SecureClientOptions, SecureServerOptions } from './fabric.ts';
import { EndWitness, type FabricUnderTest, type OnFabric } from './fabric-under-test.fixture.ts';
import { TlsPskClient } from './tls-psk/index.ts';

const PSK = fromAscii('0123456789abcdef');
const OTHER_PSK = fromAscii('fedcba9876543210');
const BAD_RECORD_MAC = 20;
const UNKNOWN_PSK_IDENTITY = 115;
const HANDSHAKE_FAILURE = 40;

const clientOptions: SecureClientOptions = {
  identity: 'alice',
  psk: PSK,
  encryptThenMac: true,
  extendedMasterSecret: true,
};

function serverOptions(overrides: Partial<SecureServerOptions> = {}): SecureServerOptions {
  return {
    psk: (identity) => (identity === 'alice' ? PSK : undefined),
    unknownIdentity: 'alert',
    encryptThenMac: true,
    extendedMasterSecret: true,
    ...overrides,
  };
}

/**
 * What every fabric promises of secure streams: what was agreed is told, wrong keys and identities are refused, and a cut is no
 * close.
 */
export function secureStreamCompliance(on: OnFabric): void {
  opening(on);
  refusing(on);
  ending(on);
}

const SUITES = {
  psk: 'TLS_PSK_WITH_AES_128_CBC_SHA',
  'dhe-psk': 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA',
} as const;

function opens(on: OnFabric, keyExchange: KeyExchange): void {
  on(
    `a secure stream opens, says what was agreed, and carries data both ways: ${keyExchange}`,
    async (t, fabric) => {
      const { client, server, settle } = fabric;
      const near = new EndWitness();
      const far = new EndWitness();
      const identities: (string | undefined)[] = [];
      const listener = server.listenSecure(0, serverOptions({ keyExchange }), (stream) => {
        identities.push(stream.security?.pskIdentity);
        stream.write(fromAscii('welcome'));
        return far;
      });
      await settle();
      const stream = client.connectSecure(listener.local, { ...clientOptions, keyExchange }, near);
      stream.write(fromAscii('early'));
      t.is(stream.security, undefined);
      await settle(() => near.text !== '' && far.text !== '');
      t.deepEqual(identities, ['alice']);
      t.deepEqual([near.opens, far.opens], [1, 1]);
      t.deepEqual([near.text, far.text], ['welcome', 'early']);
      t.deepEqual(stream.security, {
        version: 'TLS 1.2',
        cipherSuite: SUITES[keyExchange],
        pskIdentity: 'alice',
        encryptThenMac: true,
        extendedMasterSecret: true,
      });
      stream.close();
      await settle(() => near.isOver && far.isOver);
      await settle();
      t.deepEqual([near.closes, far.closes], [[{ reason: 'closed' }], [{ reason: 'closed' }]]);
    },
  );
}

function opening(on: OnFabric): void {
  for (const keyExchange of ['psk', 'dhe-psk'] as const) opens(on, keyExchange);

  on('a secure stream carries 100,000 octets before its close', async (t, { client, server, settle }) => {
    const near = new EndWitness();
    const far = new EndWitness();
    const listener = server.listenSecure(0, serverOptions(), () => far);
    await settle();
    const stream = client.connectSecure(listener.local, clientOptions, near);
    stream.write(fromAscii('z'.repeat(100_000)));
    stream.close();
    await settle(() => near.isOver && far.isOver);
    t.is(far.text, 'z'.repeat(100_000));
    t.deepEqual([near.reasons, far.reasons], ['closed', 'closed']);
  });
}

function refusing(on: OnFabric): void {
  on('a wrong key is refused', async (t, fabric) => {
    const met = await refusal(fabric, serverOptions(), { ...clientOptions, psk: OTHER_PSK });
    t.deepEqual(met.near.closes, [{ reason: 'insecure', alert: BAD_RECORD_MAC, remote: true }]);
    t.deepEqual(met.refused, [{ identity: 'alice', alert: BAD_RECORD_MAC, host: fabric.client.host }]);
    t.is(met.accepted, 0);
    t.is(met.near.opens, 0);
  });

  for (const keyExchange of ['psk', 'dhe-psk'] as const)
    on(`whoever offers another key exchange than ${keyExchange} is refused`, async (t, fabric) => {
      const other = keyExchange === 'psk' ? 'dhe-psk' : 'psk';
      const offer = { ...clientOptions, keyExchange: other } as const;
      const met = await refusal(fabric, serverOptions({ keyExchange }), offer);
      t.deepEqual(met.near.closes, [{ reason: 'insecure', alert: HANDSHAKE_FAILURE, remote: true }]);
      t.is(met.accepted, 0);
    });

  on('an unknown identity is answered by its own alert, if so configured', async (t, fabric) => {
    const met = await refusal(fabric, serverOptions(), { ...clientOptions, identity: 'mallory' });
    t.deepEqual(met.near.closes, [{ reason: 'insecure', alert: UNKNOWN_PSK_IDENTITY, remote: true }]);
    t.deepEqual(met.refused, [
      { identity: 'mallory', alert: UNKNOWN_PSK_IDENTITY, host: fabric.client.host },
    ]);
    t.is(met.accepted, 0);
  });

  on('an unknown identity is answered like a wrong key, if so configured', async (t, fabric) => {
    const options = serverOptions({ unknownIdentity: 'as-wrong-key' });
    const met = await refusal(fabric, options, { ...clientOptions, identity: 'mallory' });
    t.deepEqual(met.near.closes, [{ reason: 'insecure', alert: BAD_RECORD_MAC, remote: true }]);
    t.is(met.accepted, 0);
  });

  on('a secure stream to a closed port is refused', async (t, { client, server, settle }) => {
    const listener = server.listen(0, () => new EndWitness());
    await settle();
    const { local } = listener;
    listener.close();
    await settle();
    const near = new EndWitness();
    client.connectSecure(local, clientOptions, near);
    await settle(() => near.isOver);
    t.deepEqual(near.closes, [{ reason: 'refused' }]);
  });
}

function ending(on: OnFabric): void {
  on('a session whose connection ends without a goodbye was cut off', async (t, fabric) => {
    const { client, server, settle } = fabric;
    for (const saysGoodbye of [true, false]) {
      const far = new EndWitness();
      const listener = server.listenSecure(0, serverOptions(), () => far);
      await settle();
      const session = new TlsPskClient(
        { ...clientOptions, random: new SeededRandom('cut off').stream('client') },
        {
          send: (octets) => stream.write(octets),
          onSecure: () => session.write(fromAscii('half of what was to be said')),
          onData: () => undefined,
          onClose: () => undefined,
        },
      );
      const stream = client.connect(listener.local, {
        onOpen: () => session.start(),
        onData: (octets) => session.receive(octets),
        onClose: () => undefined,
      });
      await settle(() => far.text !== '');
      if (saysGoodbye) session.close();
      stream.close();
      await settle(() => far.isOver);
      t.deepEqual(far.closes, [{ reason: saysGoodbye ? 'closed' : 'insecure' }]);
    }
  });

  on('a secure stream that is reset ends both sides', async (t, { client, server, settle }) => {
    const near = new EndWitness();
    const far = new EndWitness();
    const listener = server.listenSecure(0, serverOptions(), () => far);
    await settle();
    const stream = client.connectSecure(listener.local, clientOptions, near);
    await settle(() => near.opens > 0 && far.opens > 0);
    stream.reset();
    await settle(() => near.isOver && far.isOver);
    await settle();
    t.deepEqual([near.reasons, far.reasons], ['reset', 'reset']);
  });
}

/** A secure connection that is meant to fail, and what each side learnt. */
async function refusal(
  { client, server, settle }: FabricUnderTest,
  options: SecureServerOptions,
  offered: SecureClientOptions,
): Promise<{ near: EndWitness; refused: unknown[]; accepted: number }> {
  const refused: unknown[] = [];
  let accepted = 0;
  const onRefused = (told: { remote: Address; identity: string | undefined; alert: number }): void => {
    refused.push({ identity: told.identity, alert: told.alert, host: told.remote.host });
  };
  const listener = server.listenSecure(0, { ...options, onRefused }, () => {
    accepted++;
    return new EndWitness();
  });
  await settle();
  const near = new EndWitness();
  client.connectSecure(listener.local, offered, near);
  await settle(() => near.isOver && refused.length > 0);
  await settle();
  return { near, refused, accepted };
}
