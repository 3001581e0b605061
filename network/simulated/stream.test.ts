/** Streams on links that lose, double, delay and reorder: what is written arrives in order, or the stream says why not. */
import test from 'ava';
import * as fc from 'fast-check';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { reassemble } from './capture.ts';
import type { LinkParameters } from './link-parameters.ts';
import { End, Pair } from './test-network.fixture.ts';

const badLink: fc.Arbitrary<LinkParameters> = fc.record({
  delayMs: fc.integer({ min: 0, max: 400 }),
  jitterMs: fc.integer({ min: 0, max: 200 }),
  distribution: fc.constantFrom('uniform', 'normal'),
  lossRandom: fc.double({ min: 0, max: 0.2, noNaN: true }),
  duplicate: fc.double({ min: 0, max: 0.3, noNaN: true }),
  reorder: fc.record({
    probability: fc.double({ min: 0, max: 0.3, noNaN: true }),
    gap: fc.integer({ min: 1, max: 5 }),
  }),
});

const payload = fc.uint8Array({ maxLength: 8000 });

function isPrefix(part: Uint8Array, whole: Uint8Array): boolean {
  return Buffer.compare(part, whole.subarray(0, part.length)) === 0;
}

test('data arrives intact and in order on bad links, and both ends close', (t) => {
  fc.assert(
    fc.property(badLink, fc.string(), payload, payload, (parameters, seed, out, back) => {
      const pair = new Pair(parameters, seed);
      const { near, far, stream, accepted } = pair.connect();
      stream.write(out);
      far.onOpen = () => {
        accepted().write(back);
        accepted().close();
      };
      pair.drain();
      // With 20 % loss each way, 13 attempts fail together about once in 600,000 segments.
      t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
      t.is(Buffer.compare(far.octets, out), 0);
      t.is(Buffer.compare(near.octets, back), 0);
    }),
    { numRuns: 150, seed: 1 },
  );
});

test('on hopeless links what arrives is a prefix, and each stream ends once with a reason', (t) => {
  const reasons = new Set<string | undefined>();
  fc.assert(
    fc.property(
      fc.double({ min: 0.3, max: 0.9, noNaN: true }),
      fc.string(),
      payload,
      (lossRandom, seed, out) => {
        const limits = { handshakeRetries: 3, retries: 3 };
        const pair = new Pair({ delayMs: 400, lossRandom }, seed, { streamLimits: limits });
        const { near, far, stream } = pair.connect();
        stream.write(out);
        stream.close();
        pair.drain();
        t.true(isPrefix(far.octets, out));
        t.is(near.closes.length, 1);
        // A client that gives up says nothing, so the other end may wait for ever.
        t.true(far.closes.length <= far.opens);
        if (near.reason === 'closed') t.is(far.octets.length, out.length);
        reasons.add(near.reason);
      },
    ),
    { numRuns: 200, seed: 2 },
  );
  t.true(reasons.has('closed') && reasons.has('timed-out'));
});

test('20 % loss and 800 ms round trip do not stop a transfer of 200,000 octets', (t) => {
  const pair = new Pair({ delayMs: 400, lossRandom: 0.2 });
  const { near, far, stream } = pair.connect();
  const octets = new Uint8Array(200_000).map((_, i) => i * 31);
  stream.write(octets);
  stream.close();
  pair.drain();
  t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
  t.is(Buffer.compare(far.octets, octets), 0);
});

test('an open stream that says nothing costs no events', (t) => {
  const pair = new Pair({ delayMs: 50 });
  const { near, stream } = pair.connect();
  stream.write(fromAscii('REGISTER'));
  pair.clock.runUntil(2 * SECOND);
  t.is(near.opens, 1);
  t.is(pair.clock.pending, 0);
});

test('a peer that never answers: 7 SYNs with doubled waits, then timed-out after 127 s', (t) => {
  const pair = new Pair();
  pair.link.setParameters({ lossRandom: 1 });
  const { near } = pair.connect();
  pair.drain();
  t.is(near.reason, 'timed-out');
  t.deepEqual(
    pair.captured.map(({ time }) => time / SECOND),
    [0, 1, 3, 7, 15, 31, 63],
  );
  t.is(pair.events('network.stream-closed')[0]?.t, 127 * SECOND);
  t.is(pair.events('network.stream-opened').length, 0);
});

test('a peer that falls silent: timed-out after the retries, and the other end never knows', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, far, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  pair.fabric.unplug('crs');
  stream.write(fromAscii('hello?'));
  pair.drain();
  t.is(near.reason, 'timed-out');
  t.is(far.reason, undefined);
  t.true(pair.clock.now() > 100 * SECOND && pair.clock.now() < 900 * SECOND);
});

test('a cut shorter than the patience of the transport only delays', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { far, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  pair.link.partition(true);
  stream.write(fromAscii('later'));
  pair.clock.runUntil(20 * SECOND);
  t.is(far.text, '');
  pair.link.partition(false);
  pair.clock.runUntil(60 * SECOND);
  t.is(far.text, 'later');
});

test('one lost segment among many is sent again after three duplicate acknowledgements, before any time-out', (t) => {
  const pair = new Pair({ delayMs: 50 });
  const { far, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  pair.link.setParameters({ delayMs: 50, lossRandom: 1 }, 'crs');
  stream.write(new Uint8Array(1400).fill(1));
  pair.link.setParameters({ delayMs: 50 }, 'crs');
  for (let i = 2; i <= 5; i++) stream.write(new Uint8Array(1400).fill(i));
  // Half a round trip for the acknowledgements, another for the repair; the time-out would be 200 ms at least.
  pair.clock.runUntil(SECOND + 160 * MILLISECOND);
  t.is(far.octets.length, 5 * 1400);
  t.deepEqual([...new Set(far.octets)], [1, 2, 3, 4, 5]);
});

test('two lost segments are both sent again without a time-out', (t) => {
  const pair = new Pair({ delayMs: 50 });
  const { far, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  for (let i = 1; i <= 8; i++) {
    pair.link.setParameters({ delayMs: 50, lossRandom: i === 1 || i === 3 ? 1 : 0 }, 'crs');
    stream.write(new Uint8Array(1400).fill(i));
  }
  // Acknowledgements after 100 ms, the first repair acknowledged 100 ms later, the second one's way: 250 ms.
  pair.clock.runUntil(SECOND + 260 * MILLISECOND);
  t.deepEqual([...new Set(far.octets)], [1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a segment that was sent twice measures no round trip (Karn)', (t) => {
  const pair = new Pair({ delayMs: 10 });
  pair.link.partition(true);
  const { near, stream } = pair.connect();
  pair.clock.runUntil(SECOND / 2);
  pair.link.partition(false);
  pair.clock.runUntil(2 * SECOND);
  t.is(near.opens, 1);
  stream.write(fromAscii('measures 20 ms'));
  pair.clock.runUntil(3 * SECOND);
  pair.link.setParameters({ lossRandom: 1 });
  pair.captured.length = 0;
  stream.write(fromAscii('is lost'));
  pair.clock.runUntil(4 * SECOND);
  t.is(pair.captured[1]?.time, 3200 * MILLISECOND);
});

test('the time-out follows the measured round trip', (t) => {
  const waits = (delayMs: number): number => {
    const pair = new Pair({ delayMs });
    const { stream } = pair.connect();
    for (let second = 5; second < 30; second++) {
      pair.clock.runUntil(second * SECOND);
      stream.write(fromAscii('x'));
    }
    pair.clock.runUntil(40 * SECOND);
    pair.link.setParameters({ lossRandom: 1 });
    pair.captured.length = 0;
    stream.write(fromAscii('y'));
    pair.clock.runUntil(50 * SECOND);
    return (pair.captured[1]?.time ?? 0) - (pair.captured[0]?.time ?? 0);
  };
  t.is(waits(5), 200 * MILLISECOND);
  const long = waits(800);
  t.true(long >= 1600 * MILLISECOND && long < 1800 * MILLISECOND, `${long}`);
});

test('no more than a window is ever under way, and full segments have 1,460 octets', (t) => {
  const pair = new Pair({ delayMs: 100 });
  const { stream } = pair.connect();
  stream.write(new Uint8Array(300_000));
  pair.clock.runUntil(350 * MILLISECOND);
  const sent = pair.captured
    .filter(({ toward }) => toward === 'crs')
    .map(({ packet }) => packet.octets.length);
  t.is(
    sent.reduce((sum, length) => sum + length, 0),
    65_535,
  );
  t.is(Math.max(...sent), 1460);
});

test('more than 16 MiB waiting is refused', (t) => {
  const { stream } = new Pair().connect();
  const megabyte = new Uint8Array(1024 * 1024);
  for (let i = 0; i < 16; i++) stream.write(megabyte);
  const thrown = t.throws(() => stream.write(Uint8Array.of(1)));
  t.true(thrown instanceof CalldrillError && thrown.code === 'NETWORK_STREAM_FULL');
});

test('sequence numbers wrap without a trace', (t) => {
  const random = new SeededRandom('wrap');
  const nearTheEnd = Object.assign(new SeededRandom('').stream(''), { uint32: () => 0xffff_ffff - 5000 });
  const streams = {
    stream: (name: string) => (name.includes(':sequence:') ? nearTheEnd : random.stream(name)),
  };
  const pair = new Pair({ delayMs: 40, jitterMs: 30, lossRandom: 0.1 }, 'wrap', { random: streams });
  const { near, far, stream } = pair.connect();
  const octets = new Uint8Array(100_000).map((_, i) => i * 13);
  stream.write(octets);
  stream.close();
  pair.drain();
  t.deepEqual([near.reason, far.reason], ['closed', 'closed']);
  t.is(Buffer.compare(far.octets, octets), 0);
  const sequences = pair.captured.map(({ packet }) => packet.tcp?.sequence ?? 0);
  t.true(
    sequences.some((sequence) => sequence > 0xffff_0000) && sequences.some((sequence) => sequence < 100_000),
  );
  t.is(Buffer.compare(reassemble(pair.captured)[0]?.clientToServer ?? new Uint8Array(0), octets), 0);
});

test('an end that has closed does not wait for ever for a peer that is gone', (t) => {
  const pair = new Pair({ delayMs: 100 });
  const { near, far, stream, accepted } = pair.connect();
  far.onOpen = () => accepted().write(new Uint8Array(1_000_000));
  stream.close();
  // By now the close is acknowledged, and the server still has data to send before its own.
  pair.clock.runUntil(SECOND);
  pair.fabric.unplug('crs');
  pair.drain();
  t.true(near.octets.length > 0 && near.octets.length < 1_000_000);
  t.deepEqual([near.reason, far.reason], ['timed-out', 'timed-out']);
});

test('what a packet leads to has as its cause what led to the packet', (t) => {
  const pair = new Pair({ delayMs: 10, lossRandom: 0.3 }, 'cause');
  pair.crs.listen(5061, () => new End());
  const cause = pair.trace.append('network.plugged', 'alice-phone', {});
  pair.trace.because(cause, () => pair.phone.connect({ host: 'crs', port: 5061 }, new End()));
  pair.drain();
  const opened = pair.events('network.stream-opened');
  t.deepEqual(
    opened.map((event) => event.data.side),
    ['client', 'server'],
  );
  t.is(opened[0]?.cause, cause);
});
