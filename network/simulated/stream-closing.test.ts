/** The end of a stream: both ends at once, TIME-WAIT, and what comes for a stream that is over. */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { TCP_FIN, TCP_RST } from '../packet.ts';
import { has } from './segment.ts';
import { Pair } from './test-network.fixture.ts';

const flagged = (pair: Pair, flag: number): string[] =>
  pair.captured.flatMap(({ packet }) =>
    packet.tcp !== undefined && has(packet.tcp, flag) ? [packet.from.host] : [],
  );

test('two ends that close at the same moment both end in order, one FIN each, and both linger', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, far, stream, accepted } = pair.connect();
  pair.clock.runUntil(SECOND);
  stream.close();
  accepted().close();
  pair.clock.runUntil(2 * SECOND);
  t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
  t.deepEqual(flagged(pair, TCP_FIN), ['alice-phone', 'crs']);
  t.deepEqual(flagged(pair, TCP_RST), []);
  // Each was first as far as it knows, so each waits out its TIME-WAIT.
  t.is(pair.clock.pending, 2);
  pair.drain();
  t.is(pair.clock.now(), 61 * SECOND + 20_000);
});

test('two ends that close at the same moment lose no octet on a bad link', (t) => {
  const octets = new Uint8Array(20_000).map((_, i) => i * 7);
  for (let seed = 0; seed < 30; seed++) {
    const pair = new Pair({ delayMs: 100, jitterMs: 80, lossRandom: 0.2, duplicate: 0.2 }, `close-${seed}`);
    const { near, far, stream, accepted } = pair.connect();
    pair.clock.runUntil(60 * SECOND);
    stream.write(octets);
    accepted().write(octets);
    stream.close();
    accepted().close();
    pair.drain();
    t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
    t.is(Buffer.compare(near.octets, octets), 0);
    t.is(Buffer.compare(far.octets, octets), 0);
  }
});

test('an end that closed first answers a repeated FIN, then forgets', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, far, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  stream.close();
  // The phone's acknowledgement of the server's FIN is lost once.
  pair.clock.runUntil(SECOND + 15 * MILLISECOND);
  pair.link.partition(true, 'crs');
  pair.clock.runUntil(SECOND + 100 * MILLISECOND);
  pair.link.partition(false, 'crs');
  t.deepEqual([near.reason, far.reason], ['closed', undefined]);
  pair.clock.runUntil(5 * SECOND);
  t.is(far.reason, 'closed');
  const fins = pair.captured.filter(({ packet }) => ((packet.tcp?.flags ?? 0) & TCP_FIN) !== 0);
  t.true(fins.length >= 3);
  pair.drain();
  t.is(pair.clock.now(), 61 * SECOND + 20 * MILLISECOND);
});

test('only the end that closed first lingers, and what comes late for the other is reset', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, far, stream, accepted } = pair.connect();
  pair.clock.runUntil(SECOND);
  accepted().close();
  pair.clock.runUntil(2 * SECOND);
  t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
  t.is(pair.clock.pending, 1);
  stream.write(Uint8Array.of(1));
  accepted().write(Uint8Array.of(1));
  pair.drain();
  t.deepEqual([near.octets.length, far.octets.length], [0, 0]);
});
