import test from 'ava';
import { concat, fromAscii } from '../../sim/octets.ts';
import { COMBINATIONS, EnginePair, PSK, wholeSession } from './engine.fuzz.ts';
import { SeededRandom } from '../../sim/random.ts';
import { deriveKeys } from './keys.ts';
import { Sealer } from './protection.ts';
import { CONTENT, encodeRecord, type ContentType } from './record.ts';
import { decryptRecorded, readClientIdentity, readOn, type RecordedSession } from './index.ts';

const WRONG = fromAscii('not the key');

function recordingOf({ atClient, atServer }: EnginePair): RecordedSession {
  return { clientToServer: atClient.stream, serverToClient: atServer.stream };
}

/** The recording with only the first so many octets of one direction. */
function cut(recording: RecordedSession, direction: keyof RecordedSession, octets: number): RecordedSession {
  return { ...recording, [direction]: recording[direction].subarray(0, octets) };
}

for (const combination of COMBINATIONS) {
  const name = `encrypt-then-MAC ${combination.encryptThenMac}, EMS ${combination.extendedMasterSecret}`;
  const session = wholeSession({ client: combination });
  const recording = recordingOf(session);

  test(`the PSK alone opens a recorded session: ${name}`, (t) => {
    const opened = decryptRecorded({ ...recording, psk: PSK });
    t.is(opened.identity, 'alice');
    t.deepEqual(opened.security, session.atServer.security ?? opened.security);
    t.deepEqual(opened.clientData, [fromAscii('INVITE'), fromAscii('ACK')]);
    t.deepEqual(opened.serverData, [fromAscii('100 Trying')]);
    t.is(opened.keyLogLine, session.client.keyLogLine() ?? '');
  });

  test(`another PSK does not: ${name}`, (t) => {
    t.throws(() => decryptRecorded({ ...recording, psk: WRONG }), { code: 'TLS_PSK_WRONG' });
    const almost = PSK.slice();
    almost[0] = (almost[0] ?? 0) ^ 1;
    t.throws(() => decryptRecorded({ ...recording, psk: almost }), { code: 'TLS_PSK_WRONG' });
    t.throws(() => decryptRecorded({ ...recording, psk: new Uint8Array(0) }), { code: 'TLS_PSK_INVALID' });
  });

  test(`a cut recording opens up to the cut, or not at all inside the handshake: ${name}`, (t) => {
    const handshakeOnly = recordingOf(new EnginePair({ client: combination }).start());
    for (const direction of ['clientToServer', 'serverToClient'] as const) {
      let items = 0;
      for (let octets = 0; octets <= recording[direction].length; octets++) {
        const part = cut(recording, direction, octets);
        if (octets < handshakeOnly[direction].length) {
          t.throws(() => decryptRecorded({ ...part, psk: PSK }), { code: 'TLS_RECORDING_INCOMPLETE' });
          continue;
        }
        const opened = decryptRecorded({ ...part, psk: PSK });
        const data = direction === 'clientToServer' ? opened.clientData : opened.serverData;
        t.true(data.length >= items);
        items = data.length;
      }
      t.is(items, direction === 'clientToServer' ? 2 : 1);
    }
  });

  test(`a session that is read in parts is read as at once, wherever it is cut: ${name}`, (t) => {
    const whole = decryptRecorded({ ...recording, psk: PSK });
    const handshakeOnly = recordingOf(new EnginePair({ client: combination }).start());
    for (const direction of ['clientToServer', 'serverToClient'] as const) {
      for (let octets = handshakeOnly[direction].length; octets <= recording[direction].length; octets++) {
        const first = decryptRecorded({ ...cut(recording, direction, octets), psk: PSK });
        const then = readOn(recording, first.place);
        t.deepEqual([...first.clientData, ...then.clientData], whole.clientData);
        t.deepEqual([...first.serverData, ...then.serverData], whole.serverData);
        t.deepEqual(then.place, whole.place);
        t.is(then.keyLogLine, whole.keyLogLine);
        t.deepEqual(then.security, whole.security);
      }
    }
    t.deepEqual(readOn(recording, whole.place).clientData, []);
    t.deepEqual(readOn(recording, structuredClone(whole.place)).place, whole.place);
  });

  test(`a record changed after the handshake is refused, also when what is before it was read: ${name}`, (t) => {
    const clientToServer = recording.clientToServer.slice();
    const at = clientToServer.length - 1;
    clientToServer[at] = (clientToServer[at] ?? 0) ^ 1;
    t.throws(() => decryptRecorded({ ...recording, clientToServer, psk: PSK }), {
      code: 'TLS_BAD_RECORD_MAC',
    });
    const { place } = decryptRecorded({ ...cut(recording, 'clientToServer', at), psk: PSK });
    t.throws(() => readOn({ ...recording, clientToServer }, place), { code: 'TLS_BAD_RECORD_MAC' });
  });
}

test('the identity is read without any key', (t) => {
  const { clientToServer } = recordingOf(new EnginePair({ client: { identity: '+447700900001' } }).start());
  t.is(readClientIdentity(clientToServer), '+447700900001');
  t.throws(() => readClientIdentity(clientToServer.subarray(0, 80)), { code: 'TLS_RECORDING_INCOMPLETE' });
  t.throws(() => readClientIdentity(fromAscii('GET / HTTP/1.1')), { code: 'TLS_NOT_TLS' });
});

test('a refused handshake is incomplete for the key that the client had, wrong for the one of the server', (t) => {
  const refused = recordingOf(new EnginePair({ client: { psk: WRONG } }).start());
  t.throws(() => decryptRecorded({ ...refused, psk: WRONG }), { code: 'TLS_RECORDING_INCOMPLETE' });
  t.throws(() => decryptRecorded({ ...refused, psk: PSK }), { code: 'TLS_PSK_WRONG' });
});

test('two halves of different sessions do not make one', (t) => {
  const [one, two] = ['one', 'two'].map((seed) => recordingOf(wholeSession({ seed })));
  const mixed = {
    clientToServer: one?.clientToServer ?? new Uint8Array(0),
    serverToClient: two?.serverToClient ?? new Uint8Array(0),
  };
  t.throws(() => decryptRecorded({ ...mixed, psk: PSK }), { code: 'TLS_PSK_WRONG' });
});

test('a changed hello is noticed at Finished even where the keys do not follow from it', (t) => {
  const recording = recordingOf(wholeSession({ client: { extendedMasterSecret: false } }));
  const clientToServer = recording.clientToServer.slice();
  // The low octet of the second cipher suite: 5 header, 4 header, 2 version, 32 random, 1 session id, 2 length, 4 suites.
  clientToServer[49] = 0xfe;
  t.throws(() => decryptRecorded({ ...recording, clientToServer, psk: PSK }), { code: 'TLS_PSK_WRONG' });
});

test('a session of another cipher suite or version is told apart from a wrong key', (t) => {
  const recording = recordingOf(wholeSession({}));
  const changed = (at: number, octet: number) => {
    const serverToClient = recording.serverToClient.slice();
    serverToClient[at] = octet;
    return { ...recording, serverToClient, psk: PSK };
  };
  // After 5 + 4 octets of headers: version (2), random (32), session id (1, empty), cipher suite (2), compression (1).
  t.throws(() => decryptRecorded(changed(10, 2)), { code: 'TLS_VERSION_UNSUPPORTED' });
  t.throws(() => decryptRecorded(changed(45, 0x8d)), { code: 'TLS_NO_SHARED_CIPHER' });
  t.throws(() => decryptRecorded(changed(46, 1)), { code: 'TLS_NO_SHARED_CIPHER' });
});

test('handshakes out of order are refused', (t) => {
  const { clientToServer, serverToClient } = recordingOf(wholeSession({}));
  const change = Uint8Array.of(20, 3, 3, 0, 1, 1);
  const data = Uint8Array.of(23, 3, 3, 0, 1, 1);
  const open = (client: Uint8Array, server: Uint8Array) => () =>
    decryptRecorded({ clientToServer: client, serverToClient: server, psk: PSK });
  const unexpected = { code: 'TLS_UNEXPECTED_MESSAGE' };
  t.throws(open(serverToClient, clientToServer), unexpected);
  t.throws(open(clientToServer, concat(change, serverToClient)), unexpected);
  t.throws(open(concat(data, clientToServer), serverToClient), unexpected);
  const half = Uint8Array.of(22, 3, 3, 0, 1, 20);
  const keyChange = Buffer.from(clientToServer).indexOf(change);
  t.true(keyChange > 0);
  const parts = [clientToServer.subarray(0, keyChange), half, clientToServer.subarray(keyChange)];
  t.throws(open(concat(...parts), serverToClient), unexpected);
  const ticket = Uint8Array.of(22, 3, 3, 0, 4, 4, 0, 0, 0);
  const whole = Uint8Array.of(22, 3, 3, 0, 4, 14, 0, 0, 0);
  for (const [message, code] of [
    [ticket, 'TLS_PSK_WRONG'],
    [whole, 'TLS_UNEXPECTED_MESSAGE'],
  ] as const)
    t.throws(
      open(
        concat(clientToServer.subarray(0, keyChange), message, clientToServer.subarray(keyChange)),
        serverToClient,
      ),
      { code },
    );
});

test('after its close_notify a direction is not read on, and a change of keys is not understood', (t) => {
  const pair = new EnginePair({ client: { encryptThenMac: false, extendedMasterSecret: false } }).start();
  const recording = recordingOf(pair);
  const negotiated = {
    keyExchange: 'psk' as const,
    clientRandom: recording.clientToServer.slice(11, 43),
    serverRandom: recording.serverToClient.slice(11, 43),
    encryptThenMac: false,
    extendedMasterSecret: false,
  };
  const { client } = deriveKeys(PSK, negotiated, new Uint8Array(0));
  const open = (...records: [ContentType, Uint8Array][]) => {
    const sealer = new Sealer(client, false, new SeededRandom('recorded').stream('iv'));
    sealer.seal(CONTENT.handshake, new Uint8Array(0)); // takes the sequence number of the Finished
    const more = records.map(([type, content]) => encodeRecord(type, sealer.seal(type, content)));
    const clientToServer = concat(recording.clientToServer, ...more);
    return decryptRecorded({ ...recording, clientToServer, psk: PSK }).clientData;
  };
  const hello: [ContentType, Uint8Array] = [CONTENT.applicationData, fromAscii('hello')];
  const empty: [ContentType, Uint8Array] = [CONTENT.applicationData, new Uint8Array(0)];
  t.deepEqual(open(hello, empty, hello), [hello[1], hello[1]]);
  t.deepEqual(open(hello, [CONTENT.alert, Uint8Array.of(1, 100)], hello), [hello[1], hello[1]]);
  t.deepEqual(open(hello, [CONTENT.alert, Uint8Array.of(1, 0)], hello), [hello[1]]);
  t.throws(() => open(hello, [CONTENT.changeCipherSpec, Uint8Array.of(1)]), {
    code: 'TLS_UNEXPECTED_MESSAGE',
  });
});
