/**
 * What strangers and misbehaving users can make the server do, in virtual time. Each limit is tried with the limit out of the way too: a
 * test that does not notice would prove nothing. `interop/hostile.interop.ts` does the same to the live server.
 */
import test from 'ava';
import { MINUTE, VirtualClock } from '../../sim/clock.ts';
import { SeededRandom } from '../../sim/random.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { HandshakeOver, Stream } from '../../network/fabric.ts';
import { networkError } from '../../network/simulated/errors.ts';
import { Conversation } from '../signalling/conversation.ts';
import { NUMBERS, Testbed, type TestbedOptions } from '../testbed.fixture.ts';
import { ALLOWANCE_LIMITS } from './allowance.ts';
import { Gate, GATE_LIMITS, type GateLimits } from './gate.ts';
import { CRS, intruder } from './intruder.fixture.ts';
import { RequestRate, RATE_KEYS_MAX } from './rate.ts';

const OFF = 1_000_000;

/** Octets to the server's port, on connections of their own; returns how many were reset. */
function knocks(bed: Testbed, host: string, count: number, octets: Uint8Array): { resets: number } {
  bed.fabric.link(`${host}-crs`, host, 'crs');
  const attachment = bed.fabric.attach(host);
  const told = { resets: 0 };
  for (let n = 0; n < count; n++) {
    const stream = attachment.connect(CRS, {
      onData: () => undefined,
      onClose: ({ reason }) => {
        if (reason === 'reset') told.resets++;
      },
    });
    if (octets.length > 0) stream.write(octets);
    bed.run(0.1);
  }
  return told;
}

const NOT_TLS = fromAscii('GET / HTTP/1.0\r\n\r\n');

const message = (method: string, n: number): Uint8Array =>
  fromAscii(
    `${method} tel:${NUMBERS.alice} SIP/2.0\r\nVia: SIP/2.0/TLS x:1;branch=z9hG4bK${n}\r\nMax-Forwards: 70\r\n` +
      `From: <tel:${NUMBERS.carol}>;tag=1\r\nTo: <tel:${NUMBERS.alice}>\r\nCall-ID: c${n}\r\nCSeq: 1 ${method}\r\n` +
      'Contact: <sip:x:1>\r\nContent-Length: 0\r\n\r\n',
  );

const answers = (text: string, status: number): number => text.split(`SIP/2.0 ${status} `).length - 1;

/** How often the log says it, and in how many lines. */
function logged(bed: Testbed, kind: string): { lines: number; count: number } {
  const lines = bed.crs.log.entries.filter((entry) => entry.kind === kind);
  return { lines: lines.length, count: lines.reduce((sum, { count }) => sum + count, 0) };
}

test('a burst is as long as the rate says, whatever the minute divides into and whenever it comes', (t) => {
  for (const perMinute of [1, 7, 9, 11, 18, 21, 23, 999])
    for (const now of [0, 123_456_789_001]) {
      const clock = new VirtualClock();
      clock.runUntil(now);
      const rate = new RequestRate(clock, perMinute);
      const taken = Array.from({ length: perMinute + 3 }, () => rate.take('a')).filter(Boolean).length;
      t.is(taken, perMinute, `${perMinute} a minute at ${now}`);
    }
});

test('a rate lets so many through in a burst, and as many again after a minute', (t) => {
  const clock = new VirtualClock();
  const rate = new RequestRate(clock, 10);
  const taken = (): number => Array.from({ length: 50 }, () => rate.take('a')).filter(Boolean).length;
  t.is(taken(), 10);
  t.false(rate.hasRoom('a'));
  t.true(rate.take('b'), 'another key has its own');
  clock.runUntil(MINUTE / 10);
  t.is(taken(), 1);
  clock.runUntil(2 * MINUTE);
  t.is(taken(), 10);
  rate.giveBack('a');
  t.is(taken(), 1);
  for (let n = 0; n < 2 * RATE_KEYS_MAX; n++) rate.take(String(n));
  t.is(rate.size, RATE_KEYS_MAX);
  rate.giveBack('never taken');
  t.is(rate.size, RATE_KEYS_MAX);
});

for (const [what, parameters, examined] of [
  ['60 in a minute are examined', {}, 60],
  ['planted: with the limit out of the way, all of them', { 'handshake-limit': OFF }, 100],
] as const)
  test(`what is not TLS, 100 times from one source: ${what}`, (t) => {
    const bed = Testbed.enrolled({ parameters, answers: true });
    const before = bed.events('crs.handshake-refused').length;
    const { resets } = knocks(bed, 'stranger', 100, NOT_TLS);
    const refused = bed.events('crs.handshake-refused').length - before;
    // One is forgiven each second, and ten come in it.
    t.true(refused >= examined && refused <= examined + 10, `${refused} were examined`);
    t.is(resets, 100 - refused);
    t.is(logged(bed, 'connection refused').count, 100 - refused);
    t.true(logged(bed, 'connection refused').lines <= 1);
    bed.type(bed.alice, 'restart');
    bed.run(15 * 60);
    bed.call(bed.alice, 'bob', '--for 2s');
    bed.run(5);
    t.is(bed.events('handset.call-secure').length, 2, 'others are let in');
  });

test('handshakes that nobody goes on with are few at a time, end, and let others in', (t) => {
  const bed = Testbed.enrolled();
  const { underWayPerSource, handshakeTimeout } = GATE_LIMITS;
  const { resets } = knocks(bed, 'stranger', 100, new Uint8Array(0));
  t.is(resets, 100 - underWayPerSource);
  t.is(bed.events('crs.handshake-refused').length, 0);
  bed.run(handshakeTimeout / 1_000_000);
  t.is(bed.events('crs.handshake-refused').length, underWayPerSource);
  t.is(bed.last('crs.handshake-refused')?.reason, 'no-identity');
});

test('planted: a gate without that limit lets all of them begin', (t) => {
  const admitted = (limits?: GateLimits) => {
    const gate = new Gate({
      clock: new VirtualClock(),
      failuresPerMinute: OFF,
      note: () => undefined,
      ...(limits === undefined ? {} : { limits }),
    });
    return Array.from({ length: 100 }, () => gate.admit({ host: 'x', port: 1 })).filter(Boolean).length;
  };
  t.is(admitted(), GATE_LIMITS.underWayPerSource);
  t.is(admitted({ ...GATE_LIMITS, underWayPerSource: OFF }), 100);
});

test('a crowd of sources cannot shut the gate: each has one handshake, and few have a line in the log', (t) => {
  const subjects = new Set<string>();
  const note = (_kind: string, subject: string): void => void subjects.add(subject);
  const gate = new Gate({ clock: new VirtualClock(), failuresPerMinute: 60, note });
  const admit = (source: number): HandshakeOver | undefined =>
    gate.admit({ host: `source-${source}`, port: 1 });
  for (let n = 0; n < 40 * 100; n++) admit(n % 100);
  const over = admit(1_000);
  t.truthy(over, 'a source that comes for the first time');
  t.is(admit(1_000), undefined, 'and no second time');
  over?.(true);
  t.truthy(admit(1_000));
  t.is(subjects.size, GATE_LIMITS.sourcesNamed + 1);
});

test('when many sources fail, each is granted a tenth, and who has the key still comes in', (t) => {
  const gate = new Gate({ clock: new VirtualClock(), failuresPerMinute: 60, note: () => undefined });
  const failing = (source: string): number => {
    let admitted = 0;
    for (let n = 0; n < 50; n++) {
      const over = gate.admit({ host: source, port: 1 });
      over?.(false);
      if (over !== undefined) admitted++;
    }
    return admitted;
  };
  const admitted = Array.from({ length: 100 }, (_, source) => failing(`source-${source}`));
  t.deepEqual(
    admitted.slice(0, 12),
    Array.from({ length: 12 }, () => 50),
  );
  t.deepEqual(
    admitted.slice(12),
    Array.from({ length: 88 }, () => 6),
  );
  for (let n = 0; n < 100; n++) gate.admit({ host: 'phone', port: 1 })?.(true);
  t.truthy(gate.admit({ host: 'phone', port: 1 }));
});

test('many phones behind one address come in: handshakes that succeed do not count', (t) => {
  const gate = new Gate({ clock: new VirtualClock(), failuresPerMinute: 10, note: () => undefined });
  for (let n = 0; n < 1_000; n++) gate.admit({ host: 'vpn', port: 1 })?.(true);
  t.truthy(gate.admit({ host: 'vpn', port: 1 }));
});

for (const [what, parameters, routed] of [
  ['20 in a minute are looked at', {}, 20],
  ['planted: with the limit out of the way, all of them', { 'call-limit': OFF }, 110],
] as const satisfies readonly (readonly [string, TestbedOptions['parameters'], number])[])
  test(`110 INVITEs of one user: ${what}`, (t) => {
    const bed = Testbed.enrolled({ parameters, answers: true });
    const { stream, heard } = intruder(bed);
    for (let n = 0; n < 110; n++) stream.write(message('INVITE', n));
    bed.run(1);
    t.is(bed.events('crs.call-refused').length, routed);
    t.is(answers(heard.text, 503), 110 - routed);
    t.is(heard.text.includes('Retry-After: 60'), routed < 110);
    t.is(logged(bed, 'too many requests').count, 110 - routed);
    bed.call(bed.alice, 'bob', '--for 2s');
    bed.run(5);
    t.is(bed.events('handset.call-secure').length, 2, 'calls of others go through');
  });

for (const [what, octets] of [
  ['requests', (n: number) => message('OPTIONS', n)],
  ['ACKs, which have no answer', (n: number) => message('ACK', n)],
  ['messages that cannot be read', () => fromAscii('OPTIONS tel:+1 SIP/2.0\r\nContent-Length: 0\r\n\r\n')],
] as const)
  test(`a user who sends too many ${what} is cut off, and let in again later`, (t) => {
    const flood = (parameters: TestbedOptions['parameters']) => {
      const bed = Testbed.enrolled({ ...(parameters === undefined ? {} : { parameters }) });
      const { stream, heard } = intruder(bed);
      for (let n = 0; n < 600 + ALLOWANCE_LIMITS.overstepped + 30; n++) stream.write(octets(n));
      bed.run(1);
      return { bed, heard };
    };
    const { bed, heard } = flood(undefined);
    t.is(heard.closed, 'reset');
    t.is(bed.last('crs.session-closed')?.reason, 'too many requests');
    t.is(logged(bed, 'too many requests').lines, 1);
    t.is(intruder(bed).heard.closed, 'insecure', 'not yet');
    t.is(bed.last('crs.handshake-refused')?.reason, 'too-many-requests');
    bed.run(60);
    t.is(intruder(bed).heard.closed, '');
    t.not(flood({ 'request-limit': OFF }).heard.closed, 'reset', 'planted: the limit out of the way');
  });

test('a user has eight sessions at the most, and the oldest makes room', (t) => {
  const bed = Testbed.enrolled();
  const all = Array.from({ length: 10 }, () => intruder(bed));
  // Carol's own phone was the first.
  t.deepEqual(
    all.map(({ heard }) => heard.closed === 'reset'),
    all.map((_, n) => n < 10 - ALLOWANCE_LIMITS.sessionsPerUser),
  );
  t.is(bed.events('crs.session-closed').filter(({ data }) => data.reason === 'too many sessions').length, 3);
});

test('packets of strangers to a relay are one counted line of the log', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob');
  const { log } = bed.crs;
  t.is(logged(bed, 'stray packet').lines, 0, 'a call by itself has none');
  bed.fabric.link('stranger-crs', 'stranger', 'crs');
  const socket = bed.fabric.attach('stranger').openDatagram(0, () => undefined);
  for (let n = 0; n < 3; n++)
    for (let port = 49_000; port < 65_536; port++) socket.send({ host: 'crs', port }, new Uint8Array(40));
  bed.run(2);
  t.deepEqual(logged(bed, 'stray packet'), { lines: 1, count: 6 });
  t.true(log.unexpected.some(({ detail }) => detail === 'from stranger'));
  bed.type(bed.alice, 'hang-up');
  bed.run(2);
  t.is(bed.last('crs.call-ended')?.strays, 6);
});

test('who asks and does not listen is cut off when the answers do not fit any more', (t) => {
  let resets = 0;
  const stream: Stream = {
    local: CRS,
    remote: CRS,
    write: () => {
      throw networkError('NETWORK_STREAM_FULL', 'it is full');
    },
    close: () => undefined,
    reset: () => void resets++,
  };
  const conversation = new Conversation(stream, new VirtualClock(), new SeededRandom('1').stream('x'), {
    onRequest: (request) => conversation.respond(request, 200, { toTag: 'x' }),
    onUnreadable: () => undefined,
  });
  t.notThrows(() => conversation.receive(message('OPTIONS', 1)));
  t.is(resets, 1);
});

test('who ends a line of a header with a bare LF is told of in the log and cut off: what follows is in doubt', (t) => {
  const bed = Testbed.enrolled();
  const { stream, heard } = intruder(bed);
  const options = (n: number, ...lines: readonly string[]): string =>
    [
      `OPTIONS tel:${NUMBERS.alice} SIP/2.0`,
      `Via: SIP/2.0/TLS a;branch=z9hG4bK${n}`,
      'Max-Forwards: 70',
      `From: <tel:${NUMBERS.carol}>;tag=x`,
      `To: <tel:${NUMBERS.alice}>`,
      `Call-ID: c${n}`,
      `CSeq: ${n} OPTIONS`,
      ...lines,
      'Content-Length: 0\r\n\r\n',
    ].join('\r\n');
  const second = options(2);
  stream.write(fromAscii(options(1, `X-Pad: a\nContent-Length: ${second.length}`) + second));
  bed.run(1);
  t.is(heard.text, '', 'neither is answered');
  t.is(heard.closed, 'closed');
  t.deepEqual(
    bed.crs.log.entries.filter(({ kind }) => kind === 'unreadable message').map(({ detail }) => detail),
    ['SIP_HEADER_LINE'],
  );
});
