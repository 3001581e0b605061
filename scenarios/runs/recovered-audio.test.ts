import test, { type ExecutionContext } from 'ava';
import { SECOND } from '../../sim/clock.ts';
import { performanceOf } from '../world/hall.fixture.ts';
import { csbOf, expanded, FRAME, framesIn, keysOf, wavOf, type Frame } from './captured-call.fixture.ts';
import type { Performance } from './performance.ts';
import { attackerKind } from '../../devices/attacker/kind.ts';

/**
 * What the thief's WAV files must be is worked out here a second time, from the packets that its tap captured, placed by RTP
 * timestamp. None of it is code of the attack's.
 */

/** A thief who stands at Alice's end only: what is lost on Bob's way to the server it never sees. */
const YAML = `steps:
  - { id: bob-calls, at: "08:01", by: bob, on: bob-phone, type: "call alice --for 12s" }
  - { id: alice-calls, at: "08:02", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { id: seize, at: "08:03", by: listener, type: "seize alice-phone" }
probes:
  - { id: in, row: dec-in, at: "08:03:10", by: listener, on: listener, type: "decrypt bob-to-alice#1", predict: opened, because: "sealed to Alice" }
  - { id: out, row: dec-out, at: "08:03:20", by: listener, on: listener, type: "decrypt alice-to-bob#1", predict: refused, because: "sealed to Bob" }
`;

function played(): Performance {
  const performance = performanceOf({
    yaml: YAML,
    devices: ['listener: { kind: attacker, taps: [alice-crs] }'],
    parameters: { 'network-profile': 'congested' },
    ends: '08:05',
  });
  performance.finish();
  return performance;
}

/** The call's frames of one direction, as the listener captured them. */
function capturedFrames(performance: Performance, csb: string, direction: 0 | 1): readonly Frame[] {
  const { world } = performance;
  const media = world.ofKind(attackerKind).get('listener')?.recorder.media(0, world.now) ?? [];
  return framesIn(
    media.map(({ packet }) => packet.octets),
    keysOf(performance, csb, direction),
  );
}

/** The samples from the first frame to the last: by timestamp, 0 where no frame was captured. */
function placed(frames: readonly Frame[]): Int16Array {
  const [first] = frames;
  if (first === undefined) return new Int16Array(0);
  const ahead = frames.map(({ timestamp }) => (timestamp - first.timestamp) | 0);
  const begin = Math.min(...ahead);
  const samples = new Int16Array(Math.max(...ahead) + FRAME - begin);
  for (const [index, { payload }] of frames.entries())
    samples.set(Array.from(payload, expanded), (ahead[index] ?? 0) - begin);
  return samples;
}

/** Whether a file is, octet for octet, what the captured frames come to. */
const isWhatWasCaptured = (file: Uint8Array, frames: readonly Frame[]): boolean =>
  Buffer.compare(file, wavOf(placed(frames))) === 0;

/** The frames between the first and the last that were not captured: their places in the file, counted in frames. */
function gapsOf(frames: readonly Frame[]): readonly number[] {
  const [first] = frames;
  const ahead = new Set(frames.map(({ timestamp }) => ((timestamp - (first?.timestamp ?? 0)) | 0) / FRAME));
  const begin = Math.min(...ahead);
  return Array.from({ length: Math.max(...ahead) - begin + 1 }, (_, n) => n).filter(
    (n) => !ahead.has(n + begin),
  );
}

function fileOf(t: ExecutionContext, performance: Performance, name: string): Uint8Array {
  const file = performance.artefacts.get(`audio/${name}`);
  t.not(file, undefined, `${name} among ${[...performance.artefacts.keys()].join(', ')}`);
  return file ?? new Uint8Array(0);
}

test('the recovered files are the captured packets, decoded octet for octet, with silence in the gaps; plants are refused', (t) => {
  const performance = played();
  const { events } = performance.world.trace;
  const csb = csbOf(performance, 'bob');
  const caller = capturedFrames(performance, csb, 0);
  const callee = capturedFrames(performance, csb, 1);
  const file = fileOf(t, performance, 'in-bob-to-alice-1-caller.wav');
  t.true(isWhatWasCaptured(file, caller));
  t.true(isWhatWasCaptured(fileOf(t, performance, 'in-bob-to-alice-1-callee.wav'), callee));

  // The network did lose packets on the way to this tap, and what is heard is speech.
  const gaps = gapsOf(caller);
  t.true(gaps.length > 10 && caller.length > 400, `${gaps.length} gaps, ${caller.length} frames`);
  t.deepEqual(gapsOf(callee), [], 'Alice is recorded before her packets can be lost');
  t.true(new Set(placed(caller)).size > 100);
  const result = events.find((event) => event.type === 'probe.result' && event.data.id === 'in');
  t.is(
    result?.type === 'probe.result' && result.data.audioSeconds,
    ((caller.length + callee.length) * FRAME) / 8_000,
  );

  // Planted violations: each is a file that somebody might take for the right one.
  const [gap] = gaps.filter((n) => !gaps.includes(n - 1));
  if (gap === undefined) return t.fail('there is a gap with a frame before it');
  const octetsAt = (n: number) => 44 + 2 * FRAME * n;
  const planted = (change: (file: Uint8Array) => Uint8Array | undefined): boolean => {
    const copy = Uint8Array.from(file);
    return isWhatWasCaptured(change(copy) ?? copy, caller);
  };
  t.true(planted(() => undefined));
  t.false(
    planted((copy) => void copy.copyWithin(octetsAt(gap), octetsAt(gap - 1), octetsAt(gap))),
    'a gap filled with the frame before it',
  );
  t.false(
    planted((copy) => Buffer.concat([copy.subarray(0, octetsAt(gap)), copy.subarray(octetsAt(gap + 1))])),
    'a gap that was closed',
  );
  t.false(
    planted((copy) => void copy.fill(0, octetsAt(gap - 1), octetsAt(gap))),
    'a frame that was captured and left out',
  );
  t.false(
    planted((copy) => void (copy[octetsAt(gap - 1)] = (copy[octetsAt(gap - 1)] ?? 0) ^ 4)),
    'one bit of one sample',
  );
});

test('a call that the victim placed gives no file', (t) => {
  const performance = played();
  const outcome = (id: string) =>
    performance.world.trace.events.flatMap((event) =>
      event.type === 'probe.result' && event.data.id === id ? [event.data] : [],
    )[0];
  t.is(outcome('in')?.outcome, 'opened');
  t.like(outcome('out'), {
    outcome: 'refused',
    positiveControl: 'opened',
    negativeControl: 'refused',
    audioSeconds: 0,
  });
  t.regex(outcome('out')?.because ?? '', /sealed to the callee/);
  t.deepEqual(
    [...performance.artefacts.keys()].filter((name) => name.startsWith('audio/out')),
    [],
  );
  t.true(performance.world.now >= 300 * SECOND);
});
