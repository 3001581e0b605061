/** What a hostile peer, or somebody on the way, can do: each attempt ends in the alert that RFC 5246 has for it. */
import test from 'ava';
import { concat, fromAscii } from '../../sim/octets.ts';
import {
  clientOptions,
  COMBINATIONS,
  endsWithAlert,
  EnginePair,
  PSK,
  serverOptions,
  EngineWitness,
} from './engine.fuzz.ts';
import { FRUITLESS_RECORDS_MAX } from './engine.ts';
import { encodeHandshake, HANDSHAKE } from './handshake.ts';
import {
  encodeClientHello,
  encodeServerHello,
  parseClientHello,
  type ClientHello,
  type ServerHello,
} from './hello.ts';
import { vector } from './cursor.ts';
import { TlsPskClient, TlsPskServer } from './index.ts';
import { deriveKeys, Transcript, verifyData } from './keys.ts';
import { Sealer } from './protection.ts';
import { CONTENT, encodeRecord, RecordReader, type ContentType } from './record.ts';
import { SeededRandom } from '../../sim/random.ts';

const NOTHING = new Uint8Array(0);
const DONE = encodeHandshake(HANDSHAKE.serverHelloDone);
const handshake = (...messages: Uint8Array[]) => encodeRecord(CONTENT.handshake, concat(...messages));
const warning = (description: number) => encodeRecord(CONTENT.alert, Uint8Array.of(1, description));
const change = encodeRecord(CONTENT.changeCipherSpec, Uint8Array.of(1));

const PLAIN = { keyExchange: 'psk', encryptThenMac: false, extendedMasterSecret: false } as const;

const plainHello: ClientHello = {
  version: 0x0303,
  random: new Uint8Array(32),
  sessionId: NOTHING,
  cipherSuites: [0x8c],
  compressionMethods: Uint8Array.of(0),
  extensions: [],
};
const clientHello = (hello: Partial<ClientHello>) =>
  handshake(encodeHandshake(HANDSHAKE.clientHello, encodeClientHello({ ...plainHello, ...hello })));
const plainAnswer: ServerHello = {
  version: 0x0303,
  random: new Uint8Array(32),
  sessionId: NOTHING,
  cipherSuite: 0x8c,
  compressionMethod: 0,
  extensions: [],
};
const serverHello = (hello: Partial<ServerHello> = {}) =>
  encodeHandshake(HANDSHAKE.serverHello, encodeServerHello({ ...plainAnswer, ...hello }));
const keyExchange = (identity: Uint8Array) =>
  encodeHandshake(HANDSHAKE.clientKeyExchange, vector(2, identity));

/** How a fresh server ends after these octets: the alert that it sent last, or undefined while it is open. */
function serverAlert(...octets: Uint8Array[]): number | undefined {
  const witness = new EngineWitness();
  new TlsPskServer(serverOptions('attack'), witness).receive(concat(...octets));
  return sentAlert(witness);
}

function clientAlert(...octets: Uint8Array[]): number | undefined {
  const witness = new EngineWitness();
  const client = new TlsPskClient(clientOptions('attack'), witness);
  client.start();
  client.receive(concat(...octets));
  return sentAlert(witness);
}

function sentAlert(witness: EngineWitness): number | undefined {
  const alert = witness.closes[0]?.alert;
  if (alert !== undefined && !endsWithAlert(witness.sent.at(-1) ?? NOTHING, alert))
    throw new Error('the alert was not sent');
  return alert;
}

test('a server answers each bad opening with its alert', (t) => {
  t.is(serverAlert(clientHello({})), undefined, 'the control: a good one');
  t.is(serverAlert(clientHello({ version: 0x0302 })), 70);
  t.is(serverAlert(clientHello({ version: 0x0304 })), undefined);
  t.is(serverAlert(clientHello({ extensions: [{ type: 43, content: Uint8Array.of(2, 3, 4) }] })), 70);
  t.is(
    serverAlert(clientHello({ extensions: [{ type: 43, content: Uint8Array.of(4, 3, 4, 3, 3) }] })),
    undefined,
  );
  t.is(serverAlert(clientHello({ cipherSuites: [0x8d, 0x2f] })), 40);
  t.is(serverAlert(clientHello({ compressionMethods: Uint8Array.of(1) })), 47);
  t.is(serverAlert(clientHello({ extensions: [{ type: 22, content: Uint8Array.of(1) }] })), 50);
  t.is(serverAlert(clientHello({ extensions: [{ type: 0xff01, content: Uint8Array.of(1, 1) }] })), 40);
  t.is(serverAlert(handshake(encodeHandshake(HANDSHAKE.clientHello, Uint8Array.of(3)))), 50);
  t.is(serverAlert(handshake(Uint8Array.of(1, 0xff, 0xff, 0xff))), 47);
  t.is(serverAlert(handshake(encodeHandshake(HANDSHAKE.finished, new Uint8Array(12)))), 10);
  t.is(serverAlert(fromAscii('GET / HTTP/1.1\r\n')), 10);
  t.is(serverAlert(Uint8Array.of(22, 2, 0, 0, 0)), 70);
  t.is(serverAlert(Uint8Array.of(22, 3, 1, 0xff, 0xff)), 22);
  t.is(serverAlert(encodeRecord(CONTENT.applicationData, fromAscii('x'))), 10);
  t.is(serverAlert(handshake()), 10);
  t.is(serverAlert(change), 10);
  t.is(serverAlert(encodeRecord(CONTENT.changeCipherSpec, Uint8Array.of(2))), 50);
  t.is(serverAlert(encodeRecord(CONTENT.alert, Uint8Array.of(2))), 50);
  t.is(serverAlert(encodeRecord(CONTENT.alert, Uint8Array.of(3, 0))), 47);
});

test('a server answers each bad continuation with its alert', (t) => {
  const hello = clientHello({});
  const alice = handshake(keyExchange(fromAscii('alice')));
  t.is(serverAlert(hello, alice, change), undefined, 'the control: a good one');
  t.is(serverAlert(hello, hello), 10);
  t.is(serverAlert(hello, change), 10, 'keys changed early, as in CVE-2014-0224');
  t.is(serverAlert(hello, alice, alice), 10);
  t.is(serverAlert(hello, handshake(keyExchange(NOTHING))), 115);
  t.is(serverAlert(hello, handshake(keyExchange(new Uint8Array(129).fill(0x61)))), 115);
  t.is(serverAlert(hello, handshake(keyExchange(Uint8Array.of(0xc3)))), 115);
  t.is(
    serverAlert(hello, handshake(keyExchange(fromAscii('alice')), Uint8Array.of(20)), change),
    10,
    'inside a message',
  );
  t.is(serverAlert(hello, alice, change, change), 20);
  t.is(serverAlert(hello, encodeRecord(CONTENT.handshake, keyExchange(fromAscii('alice')), 0x0301)), 70);
});

test('a client answers each bad answer with its alert', (t) => {
  t.is(clientAlert(handshake(serverHello(), DONE)), undefined, 'the control: a good one, without RFC 5746');
  const hint = encodeHandshake(HANDSHAKE.serverKeyExchange, vector(2, fromAscii('hint')));
  t.is(clientAlert(handshake(serverHello(), hint, DONE)), undefined);
  t.is(clientAlert(handshake(serverHello(), hint, hint)), 10);
  t.is(clientAlert(handshake(serverHello({ version: 0x0302 }))), 70);
  t.is(clientAlert(handshake(serverHello({ cipherSuite: 0x8d }))), 47);
  t.is(clientAlert(handshake(serverHello({ compressionMethod: 1 }))), 47);
  t.is(clientAlert(handshake(serverHello({ extensions: [{ type: 35, content: NOTHING }] }))), 110);
  t.is(
    clientAlert(handshake(serverHello({ extensions: [{ type: 0xff01, content: Uint8Array.of(1, 1) }] }))),
    40,
  );
  t.is(clientAlert(handshake(serverHello({ extensions: [{ type: 23, content: Uint8Array.of(1) }] }))), 50);
  t.is(clientAlert(handshake(DONE)), 10);
  t.is(
    clientAlert(handshake(serverHello(), encodeHandshake(HANDSHAKE.serverHelloDone, Uint8Array.of(1)))),
    50,
  );
  t.is(clientAlert(handshake(serverHello()), change), 10);
  t.is(clientAlert(encodeRecord(CONTENT.applicationData, NOTHING)), 10);
  const afterDone = handshake(serverHello(), DONE);
  t.is(clientAlert(afterDone, handshake(encodeHandshake(HANDSHAKE.newSessionTicket))), 10);
  t.is(clientAlert(afterDone, handshake(DONE)), 10);
});

test('an extension that the client was told not to offer is unsupported', (t) => {
  const witness = new EngineWitness();
  const client = new TlsPskClient({ ...clientOptions('attack'), encryptThenMac: false }, witness);
  client.start();
  client.receive(handshake(serverHello({ extensions: [{ type: 22, content: NOTHING }] })));
  t.is(sentAlert(witness), 110);
});

test('warnings and hello requests in the handshake are passed over, but not for ever', (t) => {
  const request = handshake(encodeHandshake(HANDSHAKE.helloRequest));
  for (const fruitless of [request, warning(112)]) {
    const many = Array.from({ length: FRUITLESS_RECORDS_MAX }, () => fruitless);
    t.is(clientAlert(...many, handshake(serverHello(), DONE)), undefined);
    t.is(clientAlert(...many, fruitless), 10);
  }
  t.is(clientAlert(handshake(encodeHandshake(HANDSHAKE.helloRequest, Uint8Array.of(1)))), 50);
});

test('close_notify in the handshake closes', (t) => {
  const witness = new EngineWitness();
  const server = new TlsPskServer(serverOptions('attack'), witness);
  server.receive(concat(clientHello({}), warning(0)));
  t.deepEqual(witness.closes, [{ reason: 'closed' }]);
});

test('an extension stripped on the way is noticed at Finished, without EMS too', (t) => {
  for (const extendedMasterSecret of [true, false]) {
    const tamper = (sender: string, octets: Uint8Array) => {
      if (sender !== 'client' || octets[5] !== HANDSHAKE.clientHello) return octets;
      const hello = parseClientHello(octets.subarray(9));
      const extensions = hello.extensions.filter(({ type }) => type !== 22);
      return clientHello({ ...hello, extensions });
    };
    const pair = new EnginePair({ client: { extendedMasterSecret }, tamper }).start();
    t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: extendedMasterSecret ? 20 : 40 }]);
    t.is(pair.atClient.security, undefined);
  }
});

test('a change of the server hello is noticed by the server or the client', (t) => {
  for (const sender of ['client', 'server'] as const) {
    let flights = 0;
    const tamper = (from: string, octets: Uint8Array) => {
      if (from !== sender || flights++ > 0) return octets;
      const changed = octets.slice();
      changed[15] = (changed[15] ?? 0) ^ 1;
      return changed;
    };
    const pair = new EnginePair({ tamper }).start();
    t.is(pair.atClient.security ?? pair.atServer.security, undefined);
    t.is(pair.atServer.closes[0]?.reason, 'insecure');
  }
});

for (const combination of COMBINATIONS.filter(({ extendedMasterSecret }) => extendedMasterSecret)) {
  const name = combination.encryptThenMac ? 'encrypt-then-MAC' : 'MAC-then-encrypt';

  /** A session in which the next records of the client can be handled before they arrive. */
  const held = () => {
    const pair = new EnginePair({ client: combination }).start();
    pair.atClient.onSent = () => {};
    const from = pair.atClient.sent.length;
    return { pair, records: () => pair.atClient.sent.slice(from) };
  };

  test(`${name}: records that are changed, repeated, swapped or missing end the session with alert 20`, (t) => {
    const attacks: Record<string, (records: Uint8Array[]) => Uint8Array[]> = {
      changed: ([first = NOTHING]) => [
        Uint8Array.from(first, (octet, at) => (at === 30 ? octet ^ 1 : octet)),
      ],
      repeated: ([first = NOTHING]) => [first, first],
      swapped: ([first = NOTHING, second = NOTHING]) => [second, first],
      missing: ([, second = NOTHING]) => [second],
      shortened: ([first = NOTHING]) => [encodeRecord(CONTENT.applicationData, first.slice(5, -16))],
      retyped: ([first = NOTHING]) => [
        Uint8Array.from(first, (octet, at) => (at === 0 ? CONTENT.alert : octet)),
      ],
    };
    for (const [attack, change] of Object.entries(attacks)) {
      const { pair, records } = held();
      pair.client.write(fromAscii('first'));
      pair.client.write(fromAscii('second'));
      for (const record of change(records())) pair.server.receive(record);
      t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: 20 }], attack);
      t.is(pair.atServer.text, attack === 'repeated' ? 'first' : '');
      pair.run();
      t.deepEqual(pair.atClient.closes, [{ reason: 'insecure', alert: 20, remote: true }], attack);
      t.deepEqual(pair.refused, [], 'the handshake was not at fault');
    }
    const { pair, records } = held();
    pair.client.write(fromAscii('untouched'));
    for (const record of records()) pair.server.receive(record);
    t.is(pair.atServer.text, 'untouched', 'the control');
  });

  test(`${name}: an alert in clear cannot end an open session in order`, (t) => {
    const pair = new EnginePair({ client: combination }).start();
    pair.server.receive(warning(0));
    t.deepEqual(pair.atServer.closes, [{ reason: 'insecure', alert: 20 }]);
  });
}

/** A server that waits for the Finished of a client that holds the key and may send any record, protected. */
function unfinished(): {
  witness: EngineWitness;
  server: TlsPskServer;
  send: (type: ContentType, content: Uint8Array) => void;
  verified: Uint8Array;
} {
  const witness = new EngineWitness();
  const server = new TlsPskServer(serverOptions('rogue'), witness);
  const hello = encodeHandshake(HANDSHAKE.clientHello, encodeClientHello(plainHello));
  const exchange = keyExchange(fromAscii('alice'));
  server.receive(handshake(hello));
  const reader = new RecordReader();
  reader.push(witness.stream);
  const answer = reader.next(false)?.fragment ?? NOTHING;
  const transcript = new Transcript();
  for (const message of [hello, answer, DONE, exchange]) transcript.add(message);
  const negotiated = {
    ...PLAIN,
    clientRandom: plainHello.random,
    serverRandom: answer.slice(6, 38),
  };
  const keys = deriveKeys(PSK, negotiated, transcript.digest());
  const sealer = new Sealer(keys.client, false, new SeededRandom('rogue').stream('iv'));
  server.receive(concat(handshake(exchange), change));
  const send = (type: ContentType, content: Uint8Array) =>
    server.receive(encodeRecord(type, sealer.seal(type, content)));
  return { witness, server, send, verified: verifyData(keys, 'client', transcript.digest()) };
}

/** The same after the Finished: an open session. */
function rogue(): ReturnType<typeof unfinished> {
  const session = unfinished();
  session.send(CONTENT.handshake, encodeHandshake(HANDSHAKE.finished, session.verified));
  return session;
}

test('a rogue client with the key reaches an open session (the control)', (t) => {
  const { witness, send } = rogue();
  send(CONTENT.applicationData, fromAscii('hello'));
  t.is(witness.text, 'hello');
});

test('empty records are passed over, but not for ever, and data starts the count again', (t) => {
  const { witness, send } = rogue();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < FRUITLESS_RECORDS_MAX; i++) send(CONTENT.applicationData, NOTHING);
    send(CONTENT.applicationData, fromAscii('x'));
  }
  t.is(witness.text, 'xxx');
  for (let i = 0; i <= FRUITLESS_RECORDS_MAX; i++) send(CONTENT.applicationData, NOTHING);
  t.deepEqual(witness.closes, [{ reason: 'insecure', alert: 10 }]);
});

test('warnings in an open session are passed over, but not for ever', (t) => {
  const { witness, send } = rogue();
  for (let i = 0; i <= FRUITLESS_RECORDS_MAX; i++) send(CONTENT.alert, Uint8Array.of(1, 90));
  t.deepEqual(witness.closes, [{ reason: 'insecure', alert: 10 }]);
});

test('a renegotiation is refused with a warning and the session goes on, until it is too much', (t) => {
  const { witness, server, send } = rogue();
  const before = witness.sent.length;
  const again = encodeHandshake(HANDSHAKE.clientHello, encodeClientHello(plainHello));
  send(CONTENT.handshake, again);
  t.is(witness.sent.length, before + 1);
  send(CONTENT.applicationData, fromAscii('still here'));
  t.is(witness.text, 'still here');
  server.close();
  const closing = witness.sent.length;
  send(CONTENT.handshake, again);
  t.is(witness.sent.length, closing, 'nothing follows close_notify');
  for (let i = 0; i <= FRUITLESS_RECORDS_MAX; i++) send(CONTENT.handshake, again);
  t.deepEqual(witness.closes, [{ reason: 'insecure', alert: 10 }]);
  t.is(witness.sent.length, closing);
});

test('other handshake messages and key changes in an open session are unexpected', (t) => {
  const attempts = [
    [CONTENT.handshake, encodeHandshake(HANDSHAKE.finished, new Uint8Array(12))],
    [CONTENT.handshake, NOTHING],
    [CONTENT.changeCipherSpec, Uint8Array.of(1)],
  ] as const;
  for (const [type, content] of attempts) {
    const { witness, send } = rogue();
    send(type, content);
    t.deepEqual(witness.closes, [{ reason: 'insecure', alert: 10 }]);
  }
});

test('a fatal alert ends the session at once, and what follows in the same message is not read', (t) => {
  const { witness, send } = rogue();
  send(CONTENT.alert, Uint8Array.of(2, 80));
  send(CONTENT.applicationData, fromAscii('x'));
  t.deepEqual(witness.closes, [{ reason: 'insecure', alert: 80, remote: true }]);
  t.is(witness.text, '');
});

test('a Finished of another length or about another handshake is refused', (t) => {
  for (const [change, alert] of [
    [(verified: Uint8Array) => verified, undefined],
    [(verified: Uint8Array) => verified.map((octet) => octet ^ 1), 40],
    [(verified: Uint8Array) => verified.subarray(1), 50],
  ] as const) {
    const { witness, send, verified } = unfinished();
    send(CONTENT.handshake, encodeHandshake(HANDSHAKE.finished, change(verified)));
    t.is(sentAlert(witness), alert);
    t.is(witness.security !== undefined, alert === undefined);
  }
});

test('a Finished of the server about another handshake is refused by the client', (t) => {
  for (const isChanged of [false, true]) {
    const witness = new EngineWitness();
    const client = new TlsPskClient(
      { ...clientOptions('rogue'), encryptThenMac: false, extendedMasterSecret: false },
      witness,
    );
    client.start();
    client.receive(handshake(serverHello(), DONE));
    const transcript = new Transcript();
    const negotiated = {
      ...PLAIN,
      clientRandom: witness.stream.slice(11, 43),
      serverRandom: plainAnswer.random,
    };
    const keys = deriveKeys(PSK, negotiated, NOTHING);
    const reader = new RecordReader();
    reader.push(witness.stream);
    const [hello, exchange] = [
      reader.next(false)?.fragment ?? NOTHING,
      reader.next(false)?.fragment ?? NOTHING,
    ];
    for (const message of [hello, serverHello(), DONE, exchange]) transcript.add(message);
    const verified = verifyData(keys, 'client', transcript.digest());
    transcript.add(encodeHandshake(HANDSHAKE.finished, verified));
    const right = verifyData(keys, 'server', transcript.digest());
    const sealer = new Sealer(keys.server, false, new SeededRandom('rogue').stream('iv'));
    const body = isChanged ? right.map((octet) => octet ^ 1) : right;
    const finished = sealer.seal(CONTENT.handshake, encodeHandshake(HANDSHAKE.finished, body));
    client.receive(concat(change, encodeRecord(CONTENT.handshake, finished)));
    t.is(sentAlert(witness), isChanged ? 40 : undefined);
    t.is(witness.security === undefined, isChanged);
  }
});
