/** The ears of a run: what their files are called, which call they belong to, and how much they remember. */
import test from 'ava';
import { readWav } from '../../network/rtp/index.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { Ears } from './ears.ts';
import { heardCallsOf } from '../evidence/heard-calls.ts';

const SILENCE = new Uint8Array(160).fill(0xff);

const placed = (csb: string, call: string): AnyTraceEvent => ({
  n: 1,
  t: 0,
  type: 'handset.call-placed',
  on: 'a-phone',
  cause: 0,
  data: { call, csb, from: 'a', to: 'b', toNumber: '', octets: 0 },
});

const quality = (csb: string, device: string, user: string): AnyTraceEvent => ({
  n: 2,
  t: 0,
  type: 'handset.call-quality',
  on: device,
  cause: 0,
  data: {
    csb,
    from: 'a',
    to: 'b',
    user,
    lost: 0,
    discarded: 0,
    missingPercent: 0,
    burstRatio: 1,
    jitterMs: 0,
    bufferMs: 0,
    quietMs: 0,
    roundTripMs: null,
    delayMs: null,
    r: null,
    mos: null,
    category: null,
    peerLost: null,
    reportsSent: 0,
    reportsReceived: 0,
    reportsRefused: 0,
  },
});

test('a file has the name of its call and its listener, and no two have the same', (t) => {
  const long = `${'x'.repeat(64)}-to-${'y'.repeat(64)}`;
  const ears = new Ears();
  for (const [device, user, csb] of [
    ['a-phone', 'a', '00000001'],
    ['a-other', 'a', '00000001'],
    ['b-phone', 'b', '00000002'],
    ['c-phone', 'c', '00000003'],
  ] as const)
    ears.listen({ device, user, csb })(SILENCE);
  ears.listen({ device: 'deaf-phone', user: 'deaf', csb: '00000001' });
  const recordings = ears.recordings([placed('00000001', 'a-to-a#1'), placed('00000003', `${long}#1`)]);
  t.deepEqual(
    recordings.map(({ sound }) => sound.file),
    ['heard/a-to-a-1-a.wav', 'heard/a-to-a-1-a-2.wav', 'heard/00000002-b.wav', 'heard/00000003-c.wav'],
  );
  t.true(recordings.every(({ octets }) => readWav(octets).length === 160));
});

test('each end of a call has what was heard at it', (t) => {
  const ears = new Ears();
  for (const [device, user] of [
    ['b-phone', 'b'],
    ['a-phone', 'a'],
  ] as const) {
    const hear = ears.listen({ device, user, csb: '00000001' });
    for (let n = 0; n < 50; n++) hear(SILENCE);
  }
  const events = [
    placed('00000001', 'a-to-b#1'),
    quality('00000001', 'a-phone', 'a'),
    quality('00000001', 'b-phone', 'b'),
    quality('00000002', 'b-phone', 'b'),
  ];
  t.deepEqual(
    heardCallsOf(events, ears.recordings(events)).map(({ sound }) => sound),
    [
      { file: 'heard/a-to-b-1-a.wav', seconds: 1, cut: false },
      { file: 'heard/a-to-b-1-b.wav', seconds: 1, cut: false },
      undefined,
    ],
  );
});

test('what is beyond the bound of one ear or of all is left out, and the file says so', (t) => {
  const ears = new Ears({ each: 50, all: 140 });
  const listened = (user: string, frames: number) => {
    const hear = ears.listen({ device: `${user}-phone`, user, csb: user });
    for (let n = 0; n < frames; n++) hear(undefined);
  };
  listened('whole', 50);
  listened('long', 51);
  listened('last', 50);
  listened('late', 1);
  t.deepEqual(
    ears.recordings([]).map(({ user, sound, octets }) => [user, sound.seconds, sound.cut, octets.length]),
    [
      ['whole', 1, false, 44 + 16_000],
      ['long', 1, true, 44 + 16_000],
      ['last', 0.8, true, 44 + 12_800],
      ['late', 0, true, 44],
    ],
  );
});
