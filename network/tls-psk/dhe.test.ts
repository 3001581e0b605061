/** Sessions of TLS_DHE_PSK_WITH_AES_128_CBC_SHA: our two ends against each other, whoever recorded them, and hostile peers. */
import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { concat, fromAscii, toHex } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { encodeDheServerKeyExchange } from './dhe-messages.ts';
import {
  clientOptions,
  COMBINATIONS,
  EnginePair,
  EngineWitness,
  PSK,
  serverOptions,
  wholeSession,
  type PairOptions,
} from './engine.fuzz.ts';
import { EphemeralKey, FFDHE2048, numbersOf } from './ephemeral.ts';
import { encodeHandshake, HANDSHAKE } from './handshake.ts';
import { serverHelloOf } from './offered.ts';
import { CONTENT, encodeRecord } from './record.ts';
import {
  decryptRecorded,
  readClientIdentity,
  readOn,
  resumeTls,
  suitesOffered,
  suiteTaken,
  TlsPskClient,
  TlsPskServer,
  type RecordedSession,
} from './index.ts';

const DHE = { keyExchange: 'dhe-psk' } as const;
const WRONG = fromAscii('not the key');

const ephemeral = (options: PairOptions = {}): PairOptions => ({
  ...options,
  client: { ...DHE, ...options.client },
  server: { ...DHE, ...options.server },
});
const recordingOf = ({ atClient, atServer }: EnginePair): RecordedSession => ({
  clientToServer: atClient.stream,
  serverToClient: atServer.stream,
});

for (const combination of COMBINATIONS)
  test(`a session with an ephemeral exchange: encrypt-then-MAC ${combination.encryptThenMac}, EMS ${combination.extendedMasterSecret}`, (t) => {
    const pair = wholeSession(ephemeral({ client: combination }));
    const security = {
      version: 'TLS 1.2',
      cipherSuite: 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA',
      pskIdentity: 'alice',
      ...combination,
    } as const;
    t.deepEqual([pair.atClient.security, pair.atServer.security], [security, security]);
    t.is(pair.atServer.text, 'INVITEACK');
    t.is(pair.atClient.text, '100 Trying');
    t.is(pair.client.keyLogLine(), pair.server.keyLogLine());
    t.deepEqual(suitesOffered(pair.atClient.stream), [0x0090, 0x00ff]);
    t.is(suiteTaken(pair.atServer.stream), 0x0090);

    const recording = recordingOf(pair);
    t.is(readClientIdentity(recording.clientToServer), 'alice');
    for (const psk of [PSK, WRONG])
      t.throws(() => decryptRecorded({ ...recording, psk }), { code: 'TLS_FORWARD_SECRET' });
    const keyLog = ['# of another', `CLIENT_RANDOM ${'00'.repeat(32)} ${'11'.repeat(48)}`];
    t.throws(() => decryptRecorded({ ...recording, psk: PSK, keyLog }), { code: 'TLS_FORWARD_SECRET' });
    const opened = decryptRecorded({
      ...recording,
      psk: WRONG,
      keyLog: [...keyLog, pair.client.keyLogLine() ?? ''],
    });
    t.deepEqual(opened.security, security);
    t.deepEqual(opened.clientData, [fromAscii('INVITE'), fromAscii('ACK')]);
    t.deepEqual(opened.serverData, [fromAscii('100 Trying')]);
    t.deepEqual(readOn(recording, structuredClone(opened.place)).place, opened.place);
    const changed = `CLIENT_RANDOM ${toHex(recording.clientToServer.subarray(11, 43))} ${'11'.repeat(48)}`;
    t.throws(() => decryptRecorded({ ...recording, psk: PSK, keyLog: [changed] }), { code: 'TLS_PSK_WRONG' });
  });

test('the same seed gives the same octets, another seed another exchange, and it makes no difference where the transport cuts', (t) => {
  const octets = (seed: string, piece?: number) => {
    const pair = wholeSession(ephemeral(piece === undefined ? { seed } : { seed, piece }));
    return toHex(concat(pair.atClient.stream, pair.atServer.stream));
  };
  t.is(octets('one'), octets('one'));
  t.is(octets('one'), octets('one', 7));
  t.not(octets('one'), octets('two'));
});

test('a server that draws no exponent gives its sessions away to whoever gets the PSK', (t) => {
  const pair = wholeSession(ephemeral({ server: { fixedExponent: Uint8Array.of(1) } }));
  const opened = decryptRecorded({ ...recordingOf(pair), psk: PSK });
  t.deepEqual(opened.clientData, [fromAscii('INVITE'), fromAscii('ACK')]);
  t.is(opened.keyLogLine, pair.client.keyLogLine() ?? '');
  t.throws(() => decryptRecorded({ ...recordingOf(pair), psk: WRONG }), { code: 'TLS_PSK_WRONG' });
});

test('ends that speak different suites do not come together', (t) => {
  for (const options of [{ client: DHE }, { server: DHE }]) {
    const pair = new EnginePair(options).start();
    t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: 40 }]);
    t.deepEqual(pair.atClient.closes, [{ reason: 'insecure', alert: 40, remote: true }]);
  }
});

test('a wrong key and an unknown identity look the same, as with plain PSK', (t) => {
  const strange = new EnginePair(
    ephemeral({ client: { identity: 'nobody' }, server: { unknownIdentity: 'as-wrong-key' } }),
  ).start();
  const wrong = new EnginePair(
    ephemeral({ client: { psk: WRONG }, server: { unknownIdentity: 'as-wrong-key' } }),
  ).start();
  t.deepEqual(strange.atServer.stream, wrong.atServer.stream);
  for (const { atServer } of [strange, wrong])
    t.deepEqual(atServer.closes, [{ reason: 'insecure', alert: 20 }]);
  const told = new EnginePair(ephemeral({ client: { identity: 'nobody' } })).start();
  t.deepEqual(told.atServer.closes, [{ reason: 'insecure', alert: 115 }]);
});

test('an open session is taken up from what was kept of it', (t) => {
  const pair = new EnginePair(ephemeral()).start();
  const [atClient, atServer] = [new EngineWitness(), new EngineWitness()];
  const random = (side: string) => new SeededRandom('kept').stream(side);
  const client = resumeTls('client', structuredClone(pair.client.save()), random('client'), atClient);
  const server = resumeTls('server', structuredClone(pair.server.save()), random('server'), atServer);
  atClient.onSent = (octets) => server.receive(octets);
  atServer.onSent = (octets) => client.receive(octets);
  client.write(fromAscii('again'));
  server.write(fromAscii('and back'));
  t.deepEqual([atServer.text, atClient.text], ['again', 'and back']);
});

/** How a fresh client ends that meets a server with this key exchange. */
function clientAlert(
  exchange: Partial<Parameters<typeof encodeDheServerKeyExchange>[0]>,
): number | undefined {
  const numbers = numbersOf(new EphemeralKey(FFDHE2048, Uint8Array.of(7)));
  const body = encodeDheServerKeyExchange({ hint: new Uint8Array(0), ...numbers, ...exchange });
  return clientAlertTo(encodeHandshake(HANDSHAKE.serverKeyExchange, body));
}

function clientAlertTo(...messages: readonly Uint8Array[]): number | undefined {
  const witness = new EngineWitness();
  const client = new TlsPskClient({ ...clientOptions('hostile'), ...DHE }, witness);
  client.start();
  // The ServerHello alone, without the ServerHelloDone in its record.
  const hello = serverHelloOf(0x0090, new Uint8Array(32)).slice(5, -4);
  client.receive(encodeRecord(CONTENT.handshake, concat(hello, ...messages)));
  return witness.closes[0]?.alert;
}

test('a client takes no group that it does not know, and no value that makes no secret', (t) => {
  t.is(clientAlert({}), undefined);
  t.is(
    clientAlert({ prime: Uint8Array.of(23), generator: Uint8Array.of(5), publicValue: Uint8Array.of(4) }),
    71,
  );
  for (const publicValue of [Uint8Array.of(0), Uint8Array.of(1), new Uint8Array(256).fill(0xff)])
    t.is(clientAlert({ publicValue }), 40);
  t.is(clientAlert({ hint: new Uint8Array(129) }), 50);
});

test('a server cannot leave its half of the exchange out', (t) => {
  t.is(clientAlertTo(encodeHandshake(HANDSHAKE.serverHelloDone)), 10);
});

test('a client whose half makes no secret is refused before its key counts', (t) => {
  // The last message in clear of the client is its key exchange: its public value becomes 1.
  const tamper = (sender: 'client' | 'server', octets: Uint8Array): Uint8Array => {
    if (sender === 'server' || octets[5] !== HANDSHAKE.clientKeyExchange) return octets;
    const changed = octets.slice();
    const at = 5 + 4 + 2 + 'alice'.length + 2;
    changed.fill(0, at, at + 256);
    changed[at + 255] = 1;
    return changed;
  };
  const pair = new EnginePair(ephemeral({ tamper })).start();
  t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: 40 }]);
  t.deepEqual(
    pair.refused.map(({ identity }) => identity),
    ['alice'],
  );
});

test('whoever changes the exchange on the way is noticed at Finished', (t) => {
  const tamper = (sender: 'client' | 'server', octets: Uint8Array): Uint8Array => {
    if (sender === 'server' || octets[5] !== HANDSHAKE.clientKeyExchange) return octets;
    const changed = octets.slice();
    const at = 5 + 4 + 2 + 'alice'.length + 2 + 255;
    changed[at] = (changed[at] ?? 0) ^ 4;
    return changed;
  };
  const pair = new EnginePair(ephemeral({ tamper })).start();
  t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: 20 }]);
});

/** An exchange costs some milliseconds, so these are fewer than those of the messages by themselves. */
const MUTANTS = 200;
const whole = wholeSession(ephemeral());

for (const [side, sample] of [
  ['server', whole.atClient.stream],
  ['client', whole.atServer.stream],
] as const)
  test(`a ${side} with an ephemeral exchange ends every mutant of a session in order`, (t) => {
    const parse = (input: Uint8Array): unknown => {
      const witness = new EngineWitness();
      const server = (): TlsPskServer => new TlsPskServer({ ...serverOptions('pair'), ...DHE }, witness);
      const client = new TlsPskClient({ ...clientOptions('pair'), ...DHE }, witness);
      const end = side === 'server' ? server() : client;
      if (side === 'client') client.start();
      end.receive(input);
      end.transportClosed();
      if (witness.closes.length !== 1) throw new Error(`closed ${witness.closes.length} times`);
      return witness.text;
    };
    t.notThrows(() => parse(sample));
    const outcome = fuzz(
      { name: `TLS ${side} with an ephemeral exchange`, samples: [sample], parse },
      MUTANTS,
    );
    t.deepEqual(outcome.defects, []);
    t.is(outcome.read, MUTANTS);
  });
