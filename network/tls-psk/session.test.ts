/** Our client and our server against each other, in memory. */
import { createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { concat, fromAscii, toHex } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import {
  clientOptions,
  COMBINATIONS,
  EnginePair,
  serverOptions,
  wholeSession,
  EngineWitness,
} from './engine.fuzz.ts';
import { tlsError } from './errors.ts';
import { TlsPskClient, TlsPskServer } from './index.ts';

/** Content types of the records in a stream. */
function recordTypes(stream: Uint8Array): number[] {
  const types: number[] = [];
  for (let at = 0; at < stream.length; at += 5 + (stream[at + 3] ?? 0) * 256 + (stream[at + 4] ?? 0))
    types.push(stream[at] ?? 0);
  return types;
}

for (const combination of COMBINATIONS) {
  const name = `encrypt-then-MAC ${combination.encryptThenMac}, EMS ${combination.extendedMasterSecret}`;

  test(`a session carries data both ways and closes in order: ${name}`, (t) => {
    for (const options of [{ client: combination }, { server: combination }]) {
      const pair = wholeSession(options);
      const security = {
        version: 'TLS 1.2',
        cipherSuite: 'TLS_PSK_WITH_AES_128_CBC_SHA',
        pskIdentity: 'alice',
        ...combination,
      } as const;
      t.deepEqual([pair.atClient.security, pair.atServer.security], [security, security]);
      t.is(pair.atServer.text, 'INVITEACK');
      t.is(pair.atClient.text, '100 Trying');
      t.deepEqual(pair.atClient.closes, [{ reason: 'closed' }]);
      t.deepEqual(pair.atServer.closes, [{ reason: 'closed' }]);
      t.is(pair.server.identity, 'alice');
      t.regex(pair.client.keyLogLine() ?? '', /^CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}$/);
      t.is(pair.client.keyLogLine(), pair.server.keyLogLine());
      t.deepEqual(pair.refused, []);
    }
  });

  test(`the same seed gives the same octets, another seed gives others: ${name}`, (t) => {
    const octets = (seed: string) => {
      const pair = wholeSession({ client: combination, seed });
      return toHex(concat(pair.atClient.stream, pair.atServer.stream));
    };
    t.is(octets('one'), octets('one'));
    t.not(octets('one'), octets('two'));
  });

  test(`it makes no difference where the transport cuts: ${name}`, (t) => {
    const whole = wholeSession({ client: combination });
    for (const piece of [1, 2, 7, 100]) {
      const pair = wholeSession({ client: combination, piece });
      t.is(pair.atServer.text, 'INVITEACK');
      t.is(toHex(pair.atServer.stream), toHex(whole.atServer.stream));
    }
  });

  test(`a wrong key is alert 20: ${name}`, (t) => {
    const pair = new EnginePair({ client: { ...combination, psk: fromAscii('wrong') } }).start();
    t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: 20 }]);
    t.deepEqual(pair.atClient.closes, [{ reason: 'insecure', alert: 20, remote: true }]);
    t.deepEqual(pair.refused, [{ identity: 'alice', alert: 20, isStrange: false }]);
    t.is(pair.atClient.security ?? pair.atServer.security, undefined);
  });

  test(`an unknown identity answered as a wrong key is the same octets as a wrong key: ${name}`, (t) => {
    const client = { ...combination, psk: fromAscii('wrong') };
    const wrongKey = new EnginePair({ client, server: { unknownIdentity: 'as-wrong-key' } }).start();
    const unknown = new EnginePair({
      client,
      server: { unknownIdentity: 'as-wrong-key', psk: () => undefined },
    }).start();
    t.is(toHex(unknown.atServer.stream), toHex(wrongKey.atServer.stream));
    t.deepEqual(
      unknown.atServer.sent.map(({ length }) => length),
      wrongKey.atServer.sent.map(({ length }) => length),
    );
    t.deepEqual(unknown.atClient.closes, [{ reason: 'insecure', alert: 20, remote: true }]);
    t.deepEqual(unknown.refused, [{ identity: 'alice', alert: 20, isStrange: false }]);
  });
}

test('the key behind an unknown identity is made with a secret that nobody can guess', (t) => {
  const drawn = new SeededRandom('pair').stream('server');
  const [serverRandom, secret] = [drawn.octets(32), drawn.octets(32)];
  const keyFrom = (guess: Uint8Array, identity = 'mallory') =>
    new Uint8Array(createHmac('sha256', guess).update(identity, 'utf8').digest());
  const admits = (psk: Uint8Array): boolean => {
    const client = { identity: 'mallory', psk };
    const { atClient, atServer, refused } = new EnginePair({
      client,
      server: { unknownIdentity: 'as-wrong-key' },
    }).start();
    const isIn = atServer.security !== undefined;
    t.is(atClient.security !== undefined, isIn);
    t.deepEqual(refused, isIn ? [] : [{ identity: 'mallory', alert: 20, isStrange: false }]);
    return isIn;
  };
  t.false(admits(keyFrom(secret, 'alice')), 'each identity has a key of its own');
  t.false(admits(keyFrom(new Uint8Array(32))), 'a secret of zeros');
  t.false(admits(keyFrom(new Uint8Array(0))), 'no secret');
  t.false(admits(keyFrom(serverRandom)), 'the random that the server sends in clear');
  t.false(admits(new Uint8Array(32)), 'a key of zeros');
  t.true(admits(keyFrom(secret)), 'the control: who knew the secret would come in');
});

test('flights leave in one piece each: two of the client, two of the server', (t) => {
  const pair = new EnginePair().start();
  t.deepEqual(pair.atClient.sent.map(recordTypes), [[22], [22, 20, 22]]);
  t.deepEqual(pair.atServer.sent.map(recordTypes), [
    [22, 22],
    [20, 22],
  ]);
});

test('the first record is of version 3.1, all others are of 3.3', (t) => {
  const pair = new EnginePair().start();
  t.is(toHex(pair.atClient.stream.subarray(0, 3)), '160301');
  t.is(toHex(pair.atServer.stream.subarray(0, 3)), '160303');
});

test('an unknown identity is alert 115 when the server says so', (t) => {
  const pair = new EnginePair({ client: { identity: 'mallory' } }).start();
  t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: 115 }]);
  t.deepEqual(pair.atClient.closes, [{ reason: 'insecure', alert: 115, remote: true }]);
  t.deepEqual(pair.refused, [{ identity: 'mallory', alert: 115, isStrange: false }]);
});

test('identities of 128 octets and keys of 64 work, longer ones and none are refused', (t) => {
  const identity = 'é'.repeat(64);
  const psk = new Uint8Array(64).fill(3);
  t.is(wholeSession({ client: { identity, psk }, server: { psk: () => psk } }).server.identity, identity);
  const make = (options: object) => () =>
    new TlsPskClient({ ...clientOptions('x'), ...options }, new EngineWitness());
  for (const bad of ['', 'x'.repeat(129), '\ud800'])
    t.throws(make({ identity: bad }), { code: 'TLS_IDENTITY_INVALID' });
  for (const length of [0, 65]) t.throws(make({ psk: new Uint8Array(length) }), { code: 'TLS_PSK_INVALID' });
});

test('a server whose own key is unusable says internal_error', (t) => {
  const pair = new EnginePair({ server: { psk: () => new Uint8Array(65) } }).start();
  t.deepEqual(pair.atClient.closes, [{ reason: 'insecure', alert: 80, remote: true }]);
});

test('the client random starts with the time when it is given', (t) => {
  const pair = new EnginePair({ client: { unixSeconds: 0x561e1a80 } }).start();
  t.is(toHex(pair.atClient.stream.subarray(11, 15)), '561e1a80');
  t.truthy(pair.atServer.security);
});

test('data of any length arrives as it was written, in records of at most 2^14 octets', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(40_000), { maxLength: 4 }), fc.boolean(), (lengths, encryptThenMac) => {
      const pair = new EnginePair({ client: { encryptThenMac } }).start();
      const random = new SeededRandom('data').stream('data');
      const written = lengths.map((length) => random.octets(length));
      for (const octets of written) pair.client.write(octets);
      pair.run();
      t.is(toHex(concat(...pair.atServer.data)), toHex(concat(...written)));
      t.true(pair.atServer.data.every(({ length }) => length <= 2 ** 14));
    }),
    { numRuns: 30 },
  );
});

test('what is written before the handshake is over is sent right after it, in order', (t) => {
  const pair = new EnginePair();
  const early = Buffer.from('early ');
  pair.client.write(early);
  early.fill(0);
  pair.server.write(fromAscii('early too '));
  pair.atClient.onOpened = () => pair.client.write(fromAscii('late'));
  pair.start();
  t.is(pair.atServer.text, 'early late');
  t.is(pair.atClient.text, 'early too ');
});

test('close before the handshake is over waits for it and for what was written', (t) => {
  const pair = new EnginePair();
  pair.client.write(fromAscii('all of it'));
  pair.client.close();
  pair.client.write(fromAscii('not this'));
  pair.start();
  t.is(pair.atServer.text, 'all of it');
  t.deepEqual(pair.atClient.closes, [{ reason: 'closed' }]);
  t.deepEqual(pair.atServer.closes, [{ reason: 'closed' }]);
});

test('after close the peer is heard until its close_notify', (t) => {
  const pair = new EnginePair().start();
  pair.server.write(fromAscii('on the way'));
  pair.client.close();
  pair.client.close();
  pair.client.write(fromAscii('too late'));
  pair.run();
  t.is(pair.atClient.text, 'on the way');
  t.is(pair.atServer.text, '');
  t.deepEqual(pair.atClient.closes, [{ reason: 'closed' }]);
});

test('both ends may close at once', (t) => {
  const pair = new EnginePair().start();
  pair.client.close();
  pair.server.close();
  pair.run();
  t.deepEqual([pair.atClient.closes, pair.atServer.closes], [[{ reason: 'closed' }], [{ reason: 'closed' }]]);
});

test('a transport that ends without close_notify cut the session off', (t) => {
  const pair = new EnginePair().start();
  pair.client.transportClosed();
  t.deepEqual(pair.atClient.closes, [{ reason: 'insecure' }]);
  pair.server.close();
  pair.server.transportClosed();
  pair.server.transportClosed();
  t.deepEqual(pair.atServer.closes, [{ reason: 'closed' }]);
});

test('a transport that ends in the handshake is no refusal', (t) => {
  const pair = new EnginePair();
  pair.server.transportClosed();
  t.deepEqual(pair.atServer.closes, [{ reason: 'insecure' }]);
  t.deepEqual(pair.refused, []);
});

test('nothing follows onClose', (t) => {
  const pair = wholeSession({});
  const before = pair.atServer.sent.length;
  pair.server.receive(Uint8Array.of(1, 2, 3));
  pair.server.write(fromAscii('x'));
  pair.server.close();
  pair.server.transportClosed();
  t.is(pair.atServer.sent.length, before);
  t.is(pair.atServer.closes.length, 1);
});

test('engines wired back to back, each calling the other inside send, do not trip over themselves', (t) => {
  const atClient = new EngineWitness();
  const atServer = new EngineWitness();
  const client = new TlsPskClient(clientOptions('direct'), atClient);
  const server = new TlsPskServer(serverOptions('direct'), atServer);
  atClient.onSent = (octets) => server.receive(octets);
  atServer.onSent = (octets) => client.receive(octets);
  atServer.onReceived = (octets) => server.write(octets);
  atClient.onOpened = () => client.write(fromAscii('echo'));
  atClient.onReceived = () => client.close();
  client.start();
  t.is(atClient.text, 'echo');
  t.deepEqual([atClient.closes, atServer.closes], [[{ reason: 'closed' }], [{ reason: 'closed' }]]);
});

test('a transport may end inside a callback: what has come is still read', (t) => {
  const pair = new EnginePair().start();
  pair.atServer.onReceived = () => pair.server.transportClosed();
  pair.client.write(fromAscii('one'));
  pair.client.write(fromAscii('two'));
  pair.client.close();
  const burst = concat(...pair.atClient.sent.slice(2));
  pair.server.receive(burst);
  t.is(pair.atServer.text, 'onetwo');
  t.deepEqual(pair.atServer.closes, [{ reason: 'closed' }]);
});

test('an error of the owner passes through, whatever its code, and the session goes on', (t) => {
  for (const error of [new Error('of the owner'), tlsError('TLS_PSK_INVALID', 'of another session')]) {
    const pair = new EnginePair().start();
    pair.atServer.onReceived = () => {
      throw error;
    };
    pair.client.write(fromAscii('one'));
    t.is(
      t.throws(() => pair.run()),
      error,
    );
    pair.atServer.onReceived = () => {};
    pair.client.write(fromAscii('two'));
    pair.run();
    t.is(pair.atServer.text, 'onetwo');
    t.deepEqual(pair.atServer.closes, []);
  }
});

test('the owner of a server hears of a refusal before the end', (t) => {
  const heard: string[] = [];
  const sink = {
    send: () => void heard.push('alert'),
    onSecure: () => {},
    onData: () => {},
    onClose: () => void heard.push('close'),
  };
  const server = new TlsPskServer(
    { ...serverOptions('order'), onRefused: () => void heard.push('refused') },
    sink,
  );
  server.receive(fromAscii('GET / HTTP/1.1'));
  t.deepEqual(heard, ['alert', 'refused', 'close']);
});
