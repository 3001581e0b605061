/**
 * What was heard is held against what was said and what arrived, as a capture of the links has them: the packets of the call, opened
 * and decoded a second time, and of each whether the last link before the listener lost it.
 */
import test from 'ava';
import { readPcapng, type ReadPacket } from '../../network/capture/pcapng-reader.fixture.ts';
import { assets, performanceOf } from '../world/hall.fixture.ts';
import { csbOf, expanded, FRAME, framesIn, keysOf, wavOf } from './captured-call.fixture.ts';
import { HEARD_DELAY, isSilent, startOf, walkThrough, type Said, type Walk } from './heard-frames.fixture.ts';
import type { Performance } from './performance.ts';
import { CAPTURE_FILE } from './run-capture.ts';

/** Ethernet, IPv4 and UDP in front of a packet, and where the protocol is told. */
const HEADERS_OCTETS = 42;
const PROTOCOL_AT = 23;
const UDP = 17;

const CALL = '{ at: "08:01", by: alice, on: alice-phone, type: "call bob --for 8s" }';
const LOSSY = '{ at: "08:00:50", by: crs-admin, on: net, type: "link all delay 40ms loss gemodel 4% 35%" }';
const FILES = ['heard/alice-to-bob-1-alice.wav', 'heard/alice-to-bob-1-bob.wav'];

interface Heard {
  readonly performance: Performance;
  readonly file: Uint8Array;
  readonly samples: Int16Array;
  readonly said: Said;
  readonly walk: Walk;
}

function performed(
  profile: string,
  steps: readonly string[],
  { heard = true, more = '', seed = '1' }: { heard?: boolean; more?: string; seed?: string } = {},
): Performance {
  const performance = performanceOf(
    {
      yaml: `steps:\n${steps.map((step) => `  - ${step}\n`).join('')}${more}expect:\n  - { id: begun, see: trace.began, opening: included }\n`,
      ends: '08:02',
      parameters: { 'network-profile': profile },
      seed,
    },
    { capture: { secrets: false }, heard },
  );
  performance.finish();
  return performance;
}

/** What Bob heard of the call that Alice placed. */
function heardByBob(profile: string, steps: readonly string[] = [CALL], seed = '1'): Heard {
  const performance = performed(profile, steps, { seed });
  const file = performance.artefacts.get('heard/alice-to-bob-1-bob.wav') ?? new Uint8Array(0);
  const samples = new Int16Array(file.slice(44).buffer);
  const said = saidByAlice(performance);
  return { performance, file, samples, said, walk: walkThrough(samples, said) };
}

function saidByAlice(performance: Performance): Said {
  const { packets, interfaces } = readPcapng(performance.artefacts.get(CAPTURE_FILE) ?? new Uint8Array(0));
  const on = (link: string, direction: ReadPacket['direction']) =>
    packets.filter(
      (packet) =>
        packet.frame[PROTOCOL_AT] === UDP &&
        interfaces[packet.interface]?.name === link &&
        packet.direction === direction,
    );
  const octetsOf = ({ frame }: ReadPacket) => frame.subarray(HEADERS_OCTETS);
  const keys = keysOf(performance, csbOf(performance, 'alice'), 0);
  const sent = framesIn(on('alice-crs', 'outbound').map(octetsOf), keys);
  const numbers = new Map(sent.map(({ timestamp }, number) => [timestamp, number]));
  const arrived = on('bob-crs', 'inbound')
    .filter(({ comments }) => !comments.includes('lost on the link'))
    // The header of SRTP is in clear.
    .flatMap((packet) => numbers.get(new DataView(octetsOf(packet).slice().buffer).getUint32(4)) ?? []);
  return {
    frames: sent.map(({ payload }) => Int16Array.from(payload, expanded)),
    arrived: new Set(arrived),
  };
}

function qualityOf({ performance }: Heard) {
  const quality = performance.world.trace.events.find(
    (event) => event.type === 'handset.call-quality' && event.data.user === 'bob',
  );
  if (quality?.type !== 'handset.call-quality') throw new Error('Bob heard nothing');
  return quality.data;
}

/** Percent of the frames that were missing, to a hundredth. */
const missingIn = ({ heard, madeUp }: Walk): number =>
  Math.round((10_000 * madeUp.length) / (heard + madeUp.length)) / 100;

const perfect = heardByBob('perfect');
// Under this seed the playout does not move inside a gap, where nobody could say which frame was left out.
const lossy = heardByBob('perfect', [LOSSY, CALL], '2');

test('over a perfect network Bob hears what Alice says, sample for sample, without one frame of silence', (t) => {
  const { walk, samples, said, file } = perfect;
  t.deepEqual(Buffer.from(file), wavOf(samples));
  t.deepEqual(walk.problems, []);
  t.deepEqual(walk.madeUp, []);
  // The first delay is longer than such a network needs, so one frame of silence is left out to shorten it.
  const [[place, by] = [-1, 0], ...more] = walk.moves;
  t.deepEqual([by, more], [1, []]);
  t.true(isSilent(said.frames[place]));

  const speech = assets.speech[0] ?? new Uint8Array(0);
  const spoken = Int16Array.from({ length: samples.length + FRAME }, (_, n) =>
    expanded(speech[n % speech.length] ?? 0),
  );
  const expected = Int16Array.from([
    ...new Int16Array(HEARD_DELAY),
    ...spoken.subarray(0, place * FRAME),
    ...spoken.subarray((place + 1) * FRAME),
  ]).subarray(0, samples.length);
  t.deepEqual(samples, expected);
  t.true(said.frames.length - samples.length / FRAME <= 2, 'what was in the buffer at the end is not heard');
});

test('what the network lost is made up, and nothing else; the counts are those of the trace', (t) => {
  const { walk, said } = lossy;
  t.deepEqual(walk.problems, []);
  const first = Math.min(...said.arrived);
  const end = Math.max(...walk.places.map(({ heard }) => heard ?? 0));
  const lost = said.frames.flatMap((_, n) => (n > first && n < end && !said.arrived.has(n) ? n : []));
  t.deepEqual(
    walk.madeUp.map((place) => walk.places[place]?.turn),
    lost,
  );
  t.true(lost.length > 50 && lost.filter((n) => lost.includes(n - 3) && lost.includes(n - 2)).length > 5);
  const { missingPercent, lost: counted, discarded } = qualityOf(lossy);
  t.deepEqual([missingPercent, counted, discarded], [missingIn(walk), lost.length, 0]);
  t.is(walk.moves.length, 1);
});

test('planted: a file that somebody might take for what was heard is refused', (t) => {
  const { walk, samples, said } = lossy;
  const isRight = (changed: Int16Array): boolean => {
    const again = walkThrough(changed, said);
    return (
      again.problems.length === 0 &&
      again.moves.length === 1 &&
      missingIn(again) === qualityOf(lossy).missingPercent
    );
  };
  const planted = (change: (copy: Int16Array) => Int16Array | undefined): boolean => {
    const copy = samples.slice();
    return isRight(change(copy) ?? copy);
  };
  const isLoud = (place: number) =>
    samples.subarray(startOf(place), startOf(place + 1)).some((sample) => Math.abs(sample) > 2_000);
  const gap = walk.madeUp.find((place) => !walk.madeUp.includes(place - 1) && isLoud(place - 1));
  if (gap === undefined) return t.fail('there is a gap in loud speech');
  const [from, to] = [startOf(gap), startOf(gap + 1)];
  const { turn = -1 } = walk.places[gap] ?? {};
  t.true(planted(() => undefined));
  t.false(
    planted((copy) => void copy.fill(0, from, to)),
    'silence in place of what is made up',
  );
  t.false(
    planted((copy) => void copy.copyWithin(from, from - FRAME, from)),
    'the frame before a gap once more',
  );
  t.false(
    planted((copy) => (copy.set(said.frames[turn] ?? [], from), copy)),
    'a frame that was lost',
  );
  t.false(
    planted((copy) => Int16Array.from([...copy.subarray(0, from), ...copy.subarray(to)])),
    'a gap that was closed',
  );
  t.false(
    planted((copy) => Int16Array.from([...copy.subarray(0, from - FRAME), ...copy.subarray(from)])),
    'a frame that arrived and was left out',
  );
  t.false(
    planted((copy) => Int16Array.from([...new Int16Array(FRAME), ...copy])),
    'a frame too late',
  );
  t.false(
    planted((copy) => copy.slice(1)),
    'a sample too early',
  );
  t.false(
    planted((copy) => void (copy[from - FRAME + 1] = (copy[from - FRAME + 1] ?? 0) ^ 4)),
    'one bit of one sample',
  );
});

for (const profile of ['home-wifi', '3g', 'congested'])
  test(`${profile}: every frame is one that arrived or made up, as many as the rating says`, (t) => {
    const heard = heardByBob(profile);
    t.deepEqual(heard.walk.problems, []);
    t.is(missingIn(heard.walk), qualityOf(heard).missingPercent);
    const seconds = heard.samples.length / 8_000;
    t.true(seconds > 7.5 && seconds < 9, `${seconds} s`);
  });

/** Of the call that is heard, and of what a fork does with it. */
const PROBED = `probes:
  - { id: replay, row: replay, at: "08:01:30", by: insider, on: insider, type: "replay alice-to-bob#1", predict: refused, because: "it is cached" }
`;

const soundsOf = ({ artefacts }: Performance): readonly string[] =>
  [...artefacts.keys()].filter((name) => name.endsWith('.wav'));

test('the trace is the same with and without, a file is the same each time, and nobody listens to a fork', (t) => {
  const [once, again] = [0, 1].map(() => performed('3g', [CALL], { more: PROBED }));
  const without = performed('3g', [CALL], { heard: false, more: PROBED });
  if (once === undefined || again === undefined) return t.fail();
  t.true(once.made.get('replay')?.forked);
  t.deepEqual(soundsOf(once).toSorted(), FILES);
  t.deepEqual(soundsOf(without), []);
  t.is(once.world.trace.digest(), without.world.trace.digest());
  for (const name of FILES) t.deepEqual(once.artefacts.get(name), again.artefacts.get(name), name);
});
