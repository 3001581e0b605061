/** Handshakes of streams: old duplicates, forged segments, and ends that change their mind while one is under way. */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { Address } from '../fabric.ts';
import { TCP_ACK, TCP_RST, TCP_SYN, type TcpHeader } from '../packet.ts';
import { flowOf } from './flow.ts';
import { End, Pair } from './test-network.fixture.ts';

/** A segment that some host made up, sent over the pair's link. */
function forge(
  pair: Pair,
  ends: { from: Address; to: Address },
  fields: Partial<TcpHeader>,
  sender = 'alice-phone',
): void {
  const flow = flowOf('tcp', ends.from, ends.to);
  const tcp = { sequence: 0, acknowledgement: 0, flags: 0, window: 65_535, ...fields };
  const octets = new Uint8Array(0);
  pair.link.send({ protocol: 'tcp', from: flow.from, to: flow.to, octets, tcp, flow, cause: 0 }, sender);
}

test('an old duplicate of a SYN opens nothing: its sender resets the answer', (t) => {
  const pair = new Pair({ delayMs: 10 });
  let accepted = 0;
  pair.crs.listen(5061, () => {
    accepted++;
    return new End();
  });
  forge(
    pair,
    { from: { host: 'alice-phone', port: 50_000 }, to: { host: 'crs', port: 5061 } },
    { flags: TCP_SYN, sequence: 7 },
  );
  pair.drain();
  t.is(accepted, 0);
  const flags = pair.captured.map(({ packet }) => packet.tcp?.flags);
  t.deepEqual(flags, [TCP_SYN, TCP_SYN | TCP_ACK, TCP_RST]);
});

test('an acknowledgement of what was never sent opens nothing either', (t) => {
  const pair = new Pair({ delayMs: 10 });
  let accepted = 0;
  pair.crs.listen(5061, () => {
    accepted++;
    return new End();
  });
  const ends = { from: { host: 'alice-phone', port: 50_000 }, to: { host: 'crs', port: 5061 } };
  forge(pair, ends, { flags: TCP_SYN, sequence: 7 });
  pair.clock.runUntil(10 * MILLISECOND);
  forge(pair, ends, { flags: TCP_ACK, sequence: 8, acknowledgement: 12_345 });
  pair.drain();
  t.is(accepted, 0);
});

test('an answer to a SYN that was not sent is reset, and harms no handshake', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, stream } = pair.connect();
  const from = { host: 'crs', port: 5061 };
  for (const flags of [TCP_SYN | TCP_ACK, TCP_RST | TCP_ACK, TCP_RST, TCP_SYN]) {
    forge(pair, { from, to: stream.local }, { flags, sequence: 7, acknowledgement: 12_345 }, 'crs');
  }
  pair.clock.runUntil(15 * MILLISECOND);
  const answers = pair.captured.filter(
    ({ packet }) => packet.tcp?.flags === TCP_RST && packet.from.host !== 'crs',
  );
  t.deepEqual(
    answers.map(({ packet }) => packet.tcp?.sequence),
    [12_345],
  );
  t.is(near.reason, undefined);
  pair.clock.runUntil(SECOND);
  t.is(near.opens, 1);
});

test('a reset outside the window, and one that answers no SYN of ours, are ignored', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { far, accepted, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  const sequence = pair.captured[0]?.packet.tcp?.sequence ?? 0;
  const ends = { from: stream.local, to: accepted().local };
  forge(pair, ends, { flags: TCP_RST, sequence: (sequence + 100_000) >>> 0 });
  pair.drain();
  t.is(far.reason, undefined);
  forge(pair, ends, { flags: TCP_RST, sequence: (sequence + 1) >>> 0 });
  pair.drain();
  t.is(far.reason, 'reset');
});

test('1,024 unfinished handshakes fill a port, and it opens again when they time out', (t) => {
  const pair = new Pair();
  // No answer gets back, so nothing resets these handshakes.
  pair.link.partition(true, 'alice-phone');
  let accepted = 0;
  pair.crs.listen(5061, () => {
    accepted++;
    return new End();
  });
  for (let i = 0; i < 1025; i++) {
    forge(
      pair,
      { from: { host: 'alice-phone', port: 10_000 + i }, to: { host: 'crs', port: 5061 } },
      { flags: TCP_SYN },
    );
  }
  pair.clock.runUntil(SECOND);
  t.deepEqual(
    pair.events('network.dropped').map(({ data }) => [data.from, data.reason]),
    [['alice-phone:11024', 'backlog-full']],
  );
  pair.clock.runUntil(200 * SECOND);
  pair.link.partition(false);
  pair.phone.connect({ host: 'crs', port: 5061 }, new End());
  pair.drain();
  t.is(accepted, 1);
});

test('a stream that its owner resets while data is handed over says no more', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { far, stream, accepted } = pair.connect();
  pair.clock.runUntil(SECOND);
  let parts = 0;
  far.onData = () => {
    parts++;
    accepted().reset();
  };
  // The first segment comes last, and would be handed over together with those that wait for it.
  pair.link.setParameters({ delayMs: 50 }, 'crs');
  stream.write(new Uint8Array(1400));
  pair.link.setParameters({ delayMs: 10 }, 'crs');
  stream.write(new Uint8Array(1400));
  stream.write(new Uint8Array(1400));
  pair.drain();
  t.is(parts, 1);
  t.is(far.reason, 'reset');
});

test('a server that resets a stream while it accepts it never opens it', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const [near, far] = [new End(), new End()];
  pair.crs.listen(5061, (stream) => {
    stream.reset();
    return far;
  });
  pair.phone.connect({ host: 'crs', port: 5061 }, near).write(fromAscii('x'));
  pair.drain();
  t.deepEqual([far.opens, far.text, far.reason], [0, '', 'reset']);
  t.is(near.reason, 'reset');
});

test('a listener that closes takes no handshake that is under way', (t) => {
  const pair = new Pair({ delayMs: 10 });
  let accepted = 0;
  const listener = pair.crs.listen(5061, () => {
    accepted++;
    return new End();
  });
  const near = new End();
  pair.phone.connect({ host: 'crs', port: 5061 }, near);
  pair.clock.runUntil(15 * MILLISECOND);
  listener.close();
  pair.drain();
  t.is(accepted, 0);
  t.is(near.reason, 'reset');
});

test('a client that resets as soon as it is open leaves nothing behind', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, far, stream } = pair.connect();
  near.onOpen = () => stream.reset();
  pair.drain();
  t.is(near.reason, 'reset');
  t.is(far.opens, 0);
});

test('a close before the handshake is done waits for it', (t) => {
  const pair = new Pair({ delayMs: 10 });
  const { near, far, stream } = pair.connect();
  stream.write(fromAscii('short'));
  stream.close();
  pair.drain();
  t.deepEqual([near.reason, far.reason, far.text], ['closed', 'closed', 'short']);
});
