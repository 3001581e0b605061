/** What is particular to secure streams here: what is agreed, what the trace says, and how sessions are cut off. */
import test from 'ava';
import { SECOND } from '../../sim/clock.ts';
import { fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import type { KeyExchange, SecureStream } from '../fabric.ts';
import { SimulatedFabric } from './fabric.ts';
import { End, Pair } from './test-network.fixture.ts';

const PSK = fromAscii('0123456789abcdef');
const ADDRESS = { host: 'crs', port: 5061 };

interface Extensions {
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
  readonly keyExchange?: KeyExchange;
}

const BOTH: Extensions = { encryptThenMac: true, extendedMasterSecret: true };

function connectSecure(
  pair: Pair,
  offered: Extensions = BOTH,
  accepted: Extensions = BOTH,
  identity = 'alice',
): { near: End; far: End; stream: SecureStream } {
  const [near, far] = [new End(), new End()];
  const psk = (name: string): Uint8Array | undefined => (name === 'alice' ? PSK : undefined);
  pair.crs.listenSecure(5061, { psk, unknownIdentity: 'alert', ...accepted }, () => far);
  return { near, far, stream: pair.phone.connectSecure(ADDRESS, { identity, psk: PSK, ...offered }, near) };
}

test('extensions are agreed when both ends want them, and both say so in the trace', (t) => {
  const choices = [true, false].flatMap((encryptThenMac) =>
    [true, false].map((extendedMasterSecret) => ({ encryptThenMac, extendedMasterSecret })),
  );
  for (const offered of choices) {
    for (const accepted of choices) {
      const pair = new Pair({ delayMs: 20 });
      const { near, far, stream } = connectSecure(pair, offered, accepted);
      stream.write(fromAscii('x'));
      pair.drain();
      const agreed = {
        encryptThenMac: offered.encryptThenMac && accepted.encryptThenMac,
        extendedMasterSecret: offered.extendedMasterSecret && accepted.extendedMasterSecret,
      };
      t.deepEqual([near.opens, far.opens, far.text], [1, 1, 'x']);
      const secured = pair.events('network.secured');
      t.deepEqual(secured.map(({ on }) => on).sort(), ['alice-phone', 'crs']);
      for (const { data } of secured) {
        const { encryptThenMac, extendedMasterSecret, identity, suite } = data;
        t.deepEqual({ encryptThenMac, extendedMasterSecret }, agreed);
        t.deepEqual([identity, suite], ['alice', 'TLS_PSK_WITH_AES_128_CBC_SHA']);
      }
    }
  }
});

test('a session with an ephemeral exchange is in the trace by its suite, and its keys are kept for the examiner; those of others are not', (t) => {
  for (const keyExchange of ['psk', 'dhe-psk'] as const) {
    const pair = new Pair({ delayMs: 20 });
    const both = { ...BOTH, keyExchange };
    connectSecure(pair, both, both);
    pair.drain();
    const isEphemeral = keyExchange === 'dhe-psk';
    t.deepEqual(
      pair.events('network.secured').map(({ data }) => data.suite),
      [0, 1].map(() => (isEphemeral ? 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA' : 'TLS_PSK_WITH_AES_128_CBC_SHA')),
    );
    t.is(pair.fabric.sessionKeys.length, isEphemeral ? 1 : 0);
    const kept = structuredClone(pair.fabric.save());
    const { clock, trace } = pair;
    const random = new SeededRandom('kept');
    t.deepEqual(new SimulatedFabric({ clock, random, trace }, kept).sessionKeys, pair.fabric.sessionKeys);
  }
});

test('a refused handshake is in the trace with its identity and alert', (t) => {
  const pair = new Pair({ delayMs: 20 });
  const { near, far } = connectSecure(pair, BOTH, BOTH, 'mallory');
  pair.drain();
  t.deepEqual(near.closes, [{ reason: 'insecure', alert: 115, remote: true }]);
  t.deepEqual([far.opens, far.closes.length], [0, 0]);
  t.deepEqual(
    pair.events('network.secure-refused').map(({ on, data }) => [on, data.identity, data.alert]),
    [['crs', 'mallory', 115]],
  );
  t.is(pair.events('network.secured').length, 0);
});

test('octets that are no TLS are refused without an identity', (t) => {
  const pair = new Pair({ delayMs: 20 });
  connectSecure(pair).stream.reset();
  const near = new End();
  pair.phone.connect(ADDRESS, near).write(fromAscii('INVITE sip:bob SIP/2.0\r\n'));
  pair.drain();
  t.is(near.reason, 'closed');
  const [refused] = pair.events('network.secure-refused');
  t.is(refused?.data.identity, '');
  t.true((refused?.data.alert ?? 0) > 0);
});

test('a transport that ends without close_notify cut the session off', (t) => {
  const pair = new Pair({ delayMs: 20 });
  // A server that speaks no TLS and ends in order.
  pair.crs.listen(5061, (stream) => ({ onData: () => stream.close(), onClose: () => {} }));
  const near = new End();
  pair.phone.connectSecure(ADDRESS, { identity: 'alice', psk: PSK, ...BOTH }, near);
  pair.drain();
  t.deepEqual(near.closes, [{ reason: 'insecure' }]);
});

test('a server that never answers ends in timed-out, and one that falls silent too', (t) => {
  const silent = new Pair();
  silent.link.partition(true);
  const first = connectSecure(silent);
  silent.drain();
  t.deepEqual(first.near.closes, [{ reason: 'timed-out' }]);

  const cut = new Pair();
  const second = connectSecure(cut);
  cut.clock.runUntil(SECOND);
  cut.fabric.unplug('crs');
  second.stream.close();
  cut.drain();
  t.deepEqual(second.near.closes, [{ reason: 'timed-out' }]);
  t.deepEqual(second.far.closes, []);
});

test('a secure stream survives a bad link', (t) => {
  const pair = new Pair({ delayMs: 300, jitterMs: 200, lossRandom: 0.2, duplicate: 0.1 });
  const { near, far, stream } = connectSecure(pair);
  const octets = new Uint8Array(50_000).map((_, i) => i * 17);
  stream.write(octets);
  stream.close();
  stream.write(fromAscii('too late'));
  pair.drain();
  t.is(Buffer.compare(far.octets, octets), 0);
  t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
  stream.write(fromAscii('over'));
  stream.close();
  stream.reset();
  pair.drain();
  t.is(near.closes.length, 1);
});

test('an idle secure stream costs no events', (t) => {
  const pair = new Pair({ delayMs: 20 });
  connectSecure(pair);
  pair.clock.runUntil(5 * SECOND);
  t.is(pair.clock.pending, 0);
});

test('a secure stream that its owner resets says no more', (t) => {
  const pair = new Pair({ delayMs: 20 });
  const far = new End();
  pair.crs.listenSecure(5061, { psk: () => PSK, unknownIdentity: 'alert', ...BOTH }, (accepted) => {
    // Both records are in one segment.
    accepted.write(fromAscii('first'));
    accepted.write(fromAscii('second'));
    return far;
  });
  const near = new End();
  const stream = pair.phone.connectSecure(ADDRESS, { identity: 'alice', psk: PSK, ...BOTH }, near);
  let parts = 0;
  near.onData = () => {
    parts++;
    stream.reset();
  };
  pair.drain();
  t.is(parts, 1);
  t.deepEqual([near.reason, far.reason], ['reset', 'reset']);
});

test('a server that resets a secure stream while it accepts it never opens it', (t) => {
  const pair = new Pair({ delayMs: 20 });
  const [near, far] = [new End(), new End()];
  pair.crs.listenSecure(5061, { psk: () => PSK, unknownIdentity: 'alert', ...BOTH }, (accepted) => {
    accepted.reset();
    return far;
  });
  pair.phone.connectSecure(ADDRESS, { identity: 'alice', psk: PSK, ...BOTH }, near);
  pair.drain();
  t.deepEqual([far.opens, far.reason], [0, 'reset']);
  t.is(near.reason, 'reset');
});
