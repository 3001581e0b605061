/** What a tap can make of TCP: whole streams from repeated, shuffled and missing segments, and real sessions opened from them. */
import test from 'ava';
import * as fc from 'fast-check';
import { SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import { TCP_ACK, TCP_FIN, TCP_RST, TCP_SYN, type CapturedPacket } from '../packet.ts';
import { decryptRecorded } from '../tls-psk/index.ts';
import { reassemble } from './capture.ts';
import { End, Pair } from './test-network.fixture.ts';

const client = { host: 'alice-phone', port: 50_000 };
const server = { host: 'crs', port: 5061 };

function segment(
  side: 'client' | 'server',
  sequence: number,
  flags: number,
  text = '',
  time = 0,
  port = client.port,
): CapturedPacket {
  const near = { ...client, port };
  const [from, to] = side === 'client' ? [near, server] : [server, near];
  const tcp = { sequence: sequence >>> 0, acknowledgement: 0, flags, window: 65_535 };
  const packet = { protocol: 'tcp' as const, from, to, octets: fromAscii(text), tcp };
  return { time, link: 'alice-crs', toward: to.host, lost: false, packet };
}

const INITIAL = 0xffff_fffd;

/** A whole conversation whose sequence numbers wrap. */
function conversation(): CapturedPacket[] {
  return [
    segment('client', INITIAL, TCP_SYN, '', 1),
    segment('server', 900, TCP_SYN | TCP_ACK, '', 2),
    segment('client', INITIAL + 1, TCP_ACK, 'abcd', 3),
    segment('server', 901, TCP_ACK, 'yes', 4),
    segment('client', INITIAL + 5, TCP_ACK, 'efgh', 5),
    segment('client', INITIAL + 9, TCP_ACK | TCP_FIN, 'ij', 6),
    segment('server', 904, TCP_ACK | TCP_FIN, '', 7),
  ];
}

test('a conversation is read in order', (t) => {
  const [stream, ...more] = reassemble(conversation());
  t.is(more.length, 0);
  t.deepEqual(stream, {
    client,
    server,
    clientToServer: fromAscii('abcdefghij'),
    serverToClient: fromAscii('yes'),
    beganAt: 1,
    endedAt: 7,
    complete: true,
  });
});

test('repetition, overlap and any order after the SYN change nothing', (t) => {
  const [syn, ...rest] = conversation();
  const noise = [
    segment('client', INITIAL + 3, TCP_ACK, 'cdef'),
    segment('client', INITIAL, TCP_SYN),
    ...rest,
  ];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(noise),
      fc.shuffledSubarray(rest, { minLength: rest.length }),
      (some, all) => {
        const [stream, ...more] = reassemble([...(syn === undefined ? [] : [syn]), ...some, ...all]);
        t.is(more.length, 0);
        t.is(toAscii(stream?.clientToServer ?? new Uint8Array(0)), 'abcdefghij');
        t.is(toAscii(stream?.serverToClient ?? new Uint8Array(0)), 'yes');
        t.true(stream?.complete);
      },
    ),
  );
});

test('a gap ends what can be read, and is told', (t) => {
  const captured = conversation().filter(({ time }) => time !== 5);
  const [stream] = reassemble(captured);
  t.is(toAscii(stream?.clientToServer ?? new Uint8Array(0)), 'abcd');
  t.false(stream?.complete);
  t.false(reassemble([...captured, segment('server', 904, TCP_RST)])[0]?.complete);
});

test('a tap that came late reads from there, and takes the end with the higher port for the client', (t) => {
  for (const first of [3, 4]) {
    const [stream] = reassemble(conversation().filter(({ time }) => time >= first));
    t.deepEqual([stream?.client, stream?.server], [client, server]);
    t.false(stream?.complete);
    t.is(toAscii(stream?.clientToServer ?? new Uint8Array(0)), first === 3 ? 'abcdefghij' : 'efghij');
  }
});

test('a stream without an end is not complete; a reset is an end', (t) => {
  const open = conversation().slice(0, 5);
  t.false(reassemble(open)[0]?.complete);
  t.true(reassemble([...open, segment('server', 904, TCP_RST)])[0]?.complete);
});

test('the same addresses used again make another recording', (t) => {
  const again = [segment('client', 5000, TCP_SYN, '', 9), segment('client', 5001, TCP_ACK, 'new', 10)];
  const streams = reassemble([...conversation(), ...again]);
  t.deepEqual(
    streams.map((stream) => [toAscii(stream.clientToServer), stream.beganAt]),
    [
      ['abcdefghij', 1],
      ['new', 9],
    ],
  );
});

test('other connections and datagrams are kept apart', (t) => {
  const { packet, ...rest } = segment('client', 0, 0, 'datagram');
  const { tcp: _tcp, ...datagram } = packet;
  const other = [
    segment('client', 1, TCP_SYN, '', 0, 50_001),
    segment('client', 2, TCP_ACK, 'other', 0, 50_001),
  ];
  const mixed = [{ ...rest, packet: { ...datagram, protocol: 'udp' as const } }, ...other, ...conversation()];
  t.deepEqual(
    reassemble(mixed).map(({ clientToServer }) => toAscii(clientToServer)),
    ['other', 'abcdefghij'],
  );
});

test('streams on a bad link are read in full by a tap', (t) => {
  const octets = fc.uint8Array({ maxLength: 5 * 1460 });
  fc.assert(
    fc.property(fc.string(), octets, octets, (seed, out, back) => {
      const pair = new Pair({ delayMs: 50, jitterMs: 40, lossRandom: 0.15, duplicate: 0.1 }, seed);
      const { far, stream, accepted } = pair.connect();
      stream.write(out);
      far.onOpen = () => {
        accepted().write(back);
        accepted().close();
      };
      pair.drain();
      const [recorded, ...more] = reassemble(pair.captured);
      t.is(more.length, 0);
      t.deepEqual([recorded?.client, recorded?.server], [stream.local, stream.remote]);
      t.is(Buffer.compare(recorded?.clientToServer ?? out, out), 0);
      t.is(Buffer.compare(recorded?.serverToClient ?? back, back), 0);
      t.true(recorded?.complete);
    }),
    { numRuns: 100, seed: 3 },
  );
});

test('a recorded secure stream opens with its key, and with no other', (t) => {
  const psk = fromAscii('the key on the QR code');
  const options = { encryptThenMac: true, extendedMasterSecret: true };
  const pair = new Pair({ delayMs: 40, jitterMs: 30, lossRandom: 0.1 });
  const far = new End();
  pair.crs.listenSecure(5061, { psk: () => psk, unknownIdentity: 'alert', ...options }, (stream) => {
    stream.write(fromAscii('200 OK'));
    return far;
  });
  const near = new End();
  const stream = pair.phone.connectSecure(server, { identity: 'alice', psk, ...options }, near);
  stream.write(fromAscii('REGISTER sip:crs'));
  pair.clock.runUntil(20 * SECOND);
  stream.close();
  pair.drain();
  t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
  const [recorded] = reassemble(pair.captured);
  if (recorded === undefined) throw new Error('nothing was recorded');
  const session = decryptRecorded({ ...recorded, psk });
  t.is(toAscii(concat(...session.clientData)), 'REGISTER sip:crs');
  t.is(toAscii(concat(...session.serverData)), '200 OK');
  const wrong = t.throws(() => decryptRecorded({ ...recorded, psk: fromAscii('the key of another user') }));
  t.true(wrong instanceof CalldrillError && wrong.code === 'TLS_PSK_WRONG');
});
