/** The receive window: what an owner does not take, the peer does not send; and a closed window opens again, whatever is lost. */
import test from 'ava';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import type { Stream } from '../fabric.ts';
import { SimulatedStream } from './stream.ts';
import { Pair } from './test-network.fixture.ts';

const OCTETS = new Uint8Array(200_000).map((_, i) => i * 31);

function simulated(stream: Stream): SimulatedStream {
  if (!(stream instanceof SimulatedStream)) throw new Error('not a simulated stream');
  return stream;
}

/** A server that reads nothing, a client that has written everything, a second of time for the window to fill. */
function filled(): {
  pair: Pair;
  ends: ReturnType<Pair['connect']>;
  reader: SimulatedStream;
} {
  const pair = new Pair({ delayMs: 10 });
  const ends = pair.connect();
  pair.clock.runUntil(SECOND);
  const reader = simulated(ends.accepted());
  reader.pause();
  ends.stream.write(OCTETS);
  pair.clock.runUntil(2 * SECOND);
  return { pair, ends, reader };
}

const windows = (pair: Pair): number[] =>
  pair.captured.flatMap(({ packet }) => (packet.from.host === 'crs' ? [packet.tcp?.window ?? -1] : []));

test('an owner that pauses gets nothing, and its peer sends one window and stops', (t) => {
  const { pair, ends, reader } = filled();
  t.is(ends.far.octets.length, 0);
  t.is(windows(pair).at(-1), 0);
  const sent = pair.captured.reduce(
    (sum, { packet }) => sum + (packet.from.host === 'crs' ? 0 : packet.octets.length),
    0,
  );
  // Beyond the window there are probes only: one octet each.
  t.true(sent >= 65_535 && sent < 65_545, `${sent}`);
  reader.resume();
  ends.stream.close();
  pair.drain();
  t.is(Buffer.compare(ends.far.octets, OCTETS), 0);
  t.deepEqual([ends.near.reason, ends.far.reason], ['closed', 'closed']);
});

test('a closed window is probed with one octet, ever more rarely, for as long as the peer answers', (t) => {
  const { pair, ends } = filled();
  pair.captured.length = 0;
  pair.clock.runUntil(60 * MINUTE);
  const probes = pair.captured.filter(({ packet }) => packet.from.host !== 'crs');
  t.deepEqual([...new Set(probes.map(({ packet }) => packet.octets.length))], [1]);
  const last = probes.slice(-3).map(({ time }) => time);
  t.deepEqual(
    [(last[1] ?? 0) - (last[0] ?? 0), (last[2] ?? 0) - (last[1] ?? 0)],
    [120 * SECOND, 120 * SECOND],
  );
  // Far more probes than the retries after which a silent peer is given up.
  t.true(probes.length > 25);
  t.is(ends.near.reason, undefined);
});

test('a lost window update only delays: the next probe finds the window open', (t) => {
  const { pair, ends, reader } = filled();
  pair.link.partition(true, 'alice-phone');
  reader.resume();
  pair.clock.runUntil(pair.clock.now() + SECOND / 10);
  pair.link.partition(false, 'alice-phone');
  ends.stream.close();
  pair.clock.runUntil(MINUTE);
  t.is(Buffer.compare(ends.far.octets, OCTETS), 0);
  t.is(ends.near.reason, 'closed');
});

test('a peer that falls silent while its window is closed is given up like any other', (t) => {
  const { pair, ends } = filled();
  pair.fabric.unplug('crs');
  pair.drain();
  t.is(ends.near.reason, 'timed-out');
});

test('pausing and resuming on a bad link loses nothing and never exceeds the window', (t) => {
  for (let seed = 0; seed < 10; seed++) {
    const pair = new Pair({ delayMs: 40, jitterMs: 30, lossRandom: 0.1, duplicate: 0.1 }, `window-${seed}`);
    const { near, far, stream, accepted } = pair.connect();
    pair.clock.runUntil(20 * SECOND);
    const reader = simulated(accepted());
    let taken = 0;
    far.onData = (octets) => {
      far.parts.push(octets);
      taken += octets.length;
    };
    stream.write(OCTETS);
    stream.close();
    for (let round = 0; round < 20; round++) {
      reader.pause();
      const before = taken;
      pair.clock.runUntil(pair.clock.now() + SECOND);
      t.is(taken, before);
      reader.resume();
      pair.clock.runUntil(pair.clock.now() + SECOND / 4);
    }
    pair.drain();
    t.is(Buffer.compare(far.octets, OCTETS), 0);
    t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
  }
});

test('a peer that has closed is followed only when all it sent was taken', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, far, stream, accepted } = pair.connect();
  pair.clock.runUntil(SECOND);
  const reader = simulated(accepted());
  reader.pause();
  stream.write(OCTETS.subarray(0, 5000));
  stream.close();
  pair.clock.runUntil(5 * SECOND);
  t.deepEqual([far.octets.length, near.reason, far.reason], [0, undefined, undefined]);
  reader.resume();
  reader.pause();
  pair.clock.runUntil(6 * SECOND);
  t.is(far.octets.length, 0);
  reader.resume();
  pair.clock.runUntil(7 * SECOND);
  t.deepEqual([far.octets.length, near.reason, far.reason], [5000, 'closed', 'closed']);
  reader.resume();
  pair.drain();
});

test('a segment that was overtaken does not bring an old window back', (t) => {
  const { pair, ends, reader } = filled();
  // What the server sends now travels long, and says that the window is closed.
  pair.link.setParameters({ delayMs: 400 }, 'alice-phone');
  reader.write(Uint8Array.of(1));
  pair.clock.runUntil(pair.clock.now() + SECOND / 100);
  pair.link.setParameters({ delayMs: 10 }, 'alice-phone');
  reader.write(Uint8Array.of(2));
  reader.resume();
  pair.captured.length = 0;
  pair.clock.runUntil(pair.clock.now() + SECOND);
  t.is(Buffer.compare(ends.far.octets, OCTETS), 0);
  t.deepEqual([...ends.near.octets], [1, 2]);
});
