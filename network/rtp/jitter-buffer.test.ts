import test, { type ExecutionContext } from 'ava';
import * as fc from 'fast-check';
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import { SeededRandom } from '../../sim/random.ts';
import { JitterBuffer, type PlayoutReport } from './jitter-buffer.ts';

const FRAME = 20 * MILLISECOND;
const loud = new Uint8Array(160).fill(0x10);
const quiet = new Uint8Array(160).fill(0xff);

interface Arrival {
  readonly n: number;
  readonly at: Micros;
  readonly frame: Uint8Array;
}

/** Frames with a network delay each (undefined: lost), in order of arrival. */
function arrivals(
  delays: readonly (Micros | undefined)[],
  frameOf: (n: number) => Uint8Array = () => loud,
): readonly Arrival[] {
  return delays
    .flatMap((delay, n) => (delay === undefined ? [] : [{ n, at: n * FRAME + delay, frame: frameOf(n) }]))
    .sort((a, b) => a.at - b.at || a.n - b.n);
}

function play(list: readonly Arrival[], ends = (list.at(-1)?.at ?? 0) + SECOND): PlayoutReport {
  const buffer = new JitterBuffer();
  for (const { n, at, frame } of list) buffer.add(n, at, frame);
  return buffer.end(ends);
}

const steady = (count: number, delay: Micros = 50 * MILLISECOND) =>
  Array.from({ length: count }, () => delay);

test('an even stream is heard whole, and soon waits for one frame only', (t) => {
  const report = play(arrivals(steady(1_000)));
  t.deepEqual([report.heard + report.missing, report.discarded], [1_000, 0]);
  t.true(report.missing <= 1, 'one frame at most is left out to shorten the delay');
  t.true(report.wait > 20 * MILLISECOND && report.wait < 24 * MILLISECOND, `${report.wait}`);
});

test('in silence the delay changes without a frame of speech being lost', (t) => {
  const report = play(arrivals(steady(1_000), () => quiet));
  t.deepEqual([report.missing, report.adapted, report.heard], [0, 1, 999]);
});

test('lost frames are missing, with their bursts; what never came at the end is not', (t) => {
  const delays: (Micros | undefined)[] = steady(400);
  for (const n of [100, 150, 151, 152, 390, 399]) delays[n] = undefined;
  const report = play(arrivals(delays, () => quiet));
  t.deepEqual([report.missing, report.bursts, report.heard], [5, 3, 394 - report.adapted]);
});

test('a frame that comes after its turn is discarded, and was missing', (t) => {
  const delays = steady(400);
  delays[200] = 500 * MILLISECOND;
  const report = play(arrivals(delays, () => quiet));
  t.deepEqual([report.discarded, report.missing, report.bursts], [1, 1, 1]);
});

/** Uniform jitter of `width` on top of 50 ms. */
function jittered(seed: string, count: number, width: Micros): readonly Micros[] {
  const random = new SeededRandom('jitter buffer').stream(seed);
  return Array.from({ length: count }, () => 50 * MILLISECOND + random.below(width + 1));
}

test('the wait grows with the jitter until hardly a frame is late, and stays below it', (t) => {
  for (const width of [40, 80, 160, 300].map((ms) => ms * MILLISECOND)) {
    const { discarded, wait } = play(arrivals(jittered(`${width}`, 3_000, width), () => quiet));
    t.true(discarded <= 90, `${discarded} of 3,000 late at ${width}`);
    t.true(wait > width / 2 - 10_000 && wait < width / 2 + 60_000, `${wait} at ${width}`);
  }
});

test('planted: a buffer that does not adapt throws away what this one plays', (t) => {
  const width = 160 * MILLISECOND;
  const delays = jittered('planted', 3_000, width);
  const fixed = delays.filter((delay) => delay > (delays[0] ?? 0) + 40 * MILLISECOND).length;
  t.true(fixed > 200);
  t.true(play(arrivals(delays, () => quiet)).discarded < fixed / 3);
});

test('it adapts where people talk without a pause too, and counts what that costs', (t) => {
  const { missing, discarded, adapted } = play(arrivals(jittered('speech', 3_000, 160 * MILLISECOND)));
  t.true(adapted >= 3, `${adapted}`);
  t.true(missing >= discarded && missing < 150, `${missing}, ${discarded}`);
});

test('when the jitter ends the wait shrinks again', (t) => {
  const delays = [...jittered('ends', 1_000, 200 * MILLISECOND), ...steady(3_000)];
  const buffer = new JitterBuffer();
  for (const { n, at, frame } of arrivals(delays, () => quiet)) buffer.add(n, at, frame);
  const before = play(arrivals(delays.slice(0, 1_000), () => quiet));
  const all = buffer.end(5_000 * FRAME);
  const after = (all.wait * all.heard - before.wait * before.heard) / (all.heard - before.heard);
  t.true(before.wait > 80 * MILLISECOND && after < 60 * MILLISECOND, `${before.wait} then ${after}`);
});

test('a path that becomes much longer, or shorter, is followed after half a second', (t) => {
  for (const [first, then] of [
    [50, 1_050],
    [1_250, 50],
  ] as const) {
    const delays = [...steady(500, first * MILLISECOND), ...steady(1_000, then * MILLISECOND)];
    const { heard, wait } = play(arrivals(delays, () => quiet));
    t.true(heard > 1_300, `${heard} heard from ${first} to ${then} ms`);
    t.true(wait < 400 * MILLISECOND, `${wait}`);
  }
});

test('what was held back and comes all at once does not break it', (t) => {
  const delays = steady(2_000).map((delay, n) => (n >= 500 && n < 750 ? (750 - n) * FRAME + delay : delay));
  const { heard, missing } = play(arrivals(delays, () => quiet));
  t.true(heard > 1_650, `${heard}`);
  t.true(heard + missing < 2_100);
});

test('an ear hears every frame in order, and a gap where one is missing', (t) => {
  const heard: (number | undefined)[] = [];
  const buffer = new JitterBuffer((frame) => heard.push(frame?.[0]));
  for (const n of [0, 1, 3, 2, 6, 7]) buffer.add(n, 0, new Uint8Array(160).fill(n));
  t.deepEqual(heard, [], 'nothing is due yet');
  buffer.end(5 * FRAME);
  t.deepEqual(heard, [0, 1, 2, 3]);
  const report = buffer.end(9 * FRAME);
  t.deepEqual(heard, [0, 1, 2, 3, undefined, undefined, 6, 7]);
  t.like(report, { heard: 6, missing: 2, bursts: 1 });
});

function consistent(t: ExecutionContext, list: readonly Arrival[], ends: Micros): void {
  const heard: (Uint8Array | undefined)[] = [];
  const buffer = new JitterBuffer((frame) => heard.push(frame));
  for (const { n, at, frame } of list) buffer.add(n, at, frame);
  const report = buffer.end(ends);
  t.deepEqual(report, play(list, ends), 'an ear changes nothing');
  t.true(report.bursts <= report.missing && report.heard + report.discarded <= list.length);
  t.true(report.wait >= 0 && heard.length >= report.heard);
  const numbers = heard.flatMap((frame) => (frame === undefined ? [] : [frame[1] ?? 0]));
  t.true(numbers.length >= report.heard);
}

test('property: whatever arrives when, nothing is heard twice, and everything is accounted for', (t) => {
  const arrival = fc.record({
    n: fc.oneof(fc.integer({ min: -5, max: 200 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 })),
    gap: fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 5_000_000 })),
    silent: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 150, size: 'max' }), (drawn) => {
      let at = 0;
      const list = drawn.map(({ n, gap, silent }) => {
        at += gap;
        return { n, at, frame: silent ? quiet : loud };
      });
      consistent(t, list, at + SECOND);
    }),
    { numRuns: 200 },
  );
});

test('nothing at all is nothing', (t) => {
  t.deepEqual(new JitterBuffer().end(SECOND), {
    heard: 0,
    missing: 0,
    bursts: 0,
    discarded: 0,
    adapted: 0,
    wait: 0,
  });
});
